"""Deployment: the pods of a stateless workload."""

from __future__ import annotations

from typing import Any

from ..kube.availability import seconds_to_available
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.rollout import DEFAULT_DEADLINE, NO_DEADLINE, DeploymentRollout, is_none

__all__ = ["WHY", "deployment", "progress_deadline"]

_NOTHING_WRITTEN = DeploymentRollout.model_construct()
_PULL_SECONDS = 60
"""Seconds that a pod may take to be scheduled and to pull its images, beside what its probes allow."""

WHY = {
    "spec.minReadySeconds": "a pod that dies within 10 seconds of being ready never replaces an old one",
    "spec.strategy.rollingUpdate": "one new pod before an old one goes, so that capacity never falls",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def deployment(
    pods: Pods,
    template: dict[str, Any],
    *,
    replicas: int | None,
    strategy: str,
    rollout: DeploymentRollout | None,
    rules: Rules,
) -> Manifest:
    """Run *template*; *replicas* is None where an autoscaler owns the count."""
    own = rollout or _NOTHING_WRITTEN
    history = own.revision_history_limit
    return manifest(
        "Deployment",
        pods,
        spec=present(
            {
                "replicas": replicas,
                "revisionHistoryLimit": rules.epoch.revision_history if history is None else history,
                "minReadySeconds": own.seconds_ready,
                "progressDeadlineSeconds": own.progress_deadline_seconds
                or _deadline(template, own.seconds_ready, rules),
                "selector": {"matchLabels": dict(pods.selector)},
                "strategy": present(
                    {"type": strategy, "rollingUpdate": _rolling(own) if strategy == "RollingUpdate" else None}
                ),
                "template": template,
            }
        ),
    )


def _rolling(rollout: DeploymentRollout) -> dict[str, Any]:
    # one new pod before an old one goes: capacity never falls below the replica count
    surge = 1 if rollout.max_surge is None else rollout.max_surge
    missing = rollout.max_unavailable
    return {"maxSurge": surge, "maxUnavailable": int(is_none(surge)) if missing is None else missing}


def _deadline(template: dict[str, Any], ready: int, rules: Rules) -> int | None:
    """Return a deadline longer than a new pod may take; None where Kubernetes' own is."""
    return progress_deadline(template, ready) if rules.epoch.progress_deadline else None


def progress_deadline(template: dict[str, Any], ready: int, *, fetching: int = 0) -> int | None:
    """Return a deadline longer than a new pod of *template* may take until it was *ready* so long.

    *fetching* are seconds that it may take before its containers start. None where Kubernetes' own deadline will do.
    """
    seconds = seconds_to_available(template["spec"], ready) + _PULL_SECONDS + fetching
    return min(seconds, NO_DEADLINE) if seconds > DEFAULT_DEADLINE else None
