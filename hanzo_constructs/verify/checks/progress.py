"""A rollout is not called failed while its pods may still be starting."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.availability import seconds_to_available
from ...spec.rollout import DEFAULT_DEADLINE, NO_DEADLINE
from ..objects import Object

__all__ = ["progress_findings"]


def progress_findings(obj: Object) -> Iterator[Finding]:
    """Yield a deadline that is shorter than what the probes of the pods allow."""
    if not obj.pod.containers:
        return
    deadline = obj.spec.get("progressDeadlineSeconds", DEFAULT_DEADLINE)
    needed = seconds_to_available(obj.pod.spec, obj.spec.get("minReadySeconds", 0))
    if needed >= deadline != NO_DEADLINE:
        message = (
            f"the rollout counts as failed after {deadline} seconds without progress, "
            f"but the probes let a pod take {needed} until it is available"
        )
        yield Finding(message, "spec.progressDeadlineSeconds", severity="warning")
