"""CronJob: work that is done again and again, one job at a time."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods

__all__ = ["cron_job"]

_DEADLINE = 23 * 60 * 60


def cron_job(pods: Pods, template: dict[str, Any], *, schedule: str, time_zone: str | None = None) -> Manifest:
    """Run *template* whenever *schedule* says, unless it still runs; None: in the time zone of the controller."""
    return manifest(
        "CronJob",
        pods.owner,
        name=pods.name,
        spec=present(
            {
                "schedule": schedule,
                "timeZone": time_zone,  # on by default since Kubernetes 1.25, the oldest that is supported
                "concurrencyPolicy": "Forbid",
                "successfulJobsHistoryLimit": 3,
                "failedJobsHistoryLimit": 1,
                "jobTemplate": {"spec": {"activeDeadlineSeconds": _DEADLINE, "backoffLimit": 3, "template": template}},
            }
        ),
    )
