"""CronJob: work that is done again and again, one job at a time."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods

__all__ = ["cron_job"]


def cron_job(pods: Pods, job: dict[str, Any], *, schedule: dict[str, Any]) -> Manifest:
    """Start jobs of the spec *job* whenever *schedule* says: fields of the spec of a CronJob in wire names.

    What is left out of them: one job at a time, and as many of the last ones stay as Kubernetes keeps by itself.
    """
    return manifest(
        "CronJob",
        pods,
        spec=present(
            {
                "schedule": schedule["schedule"],
                "timeZone": schedule.get("timeZone"),  # on by default since 1.25, the oldest that is supported
                "concurrencyPolicy": schedule.get("concurrencyPolicy", "Forbid"),
                "startingDeadlineSeconds": schedule.get("startingDeadlineSeconds"),
                "suspend": schedule.get("suspend"),
                "successfulJobsHistoryLimit": schedule.get("successfulJobsHistoryLimit", 3),
                "failedJobsHistoryLimit": schedule.get("failedJobsHistoryLimit", 1),
                "jobTemplate": {"spec": job},
            }
        ),
    )
