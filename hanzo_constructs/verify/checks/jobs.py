"""Jobs end, and those of a CronJob begin."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.cron import schedule_problem
from ...kube.fields import field_path, shown
from ..objects import Object

__all__ = ["job_findings"]

_ENDING = ("OnFailure", "Never")


def job_findings(obj: Object) -> Iterator[Finding]:
    """Yield pods that would be started again when they are done, and schedules that no controller can read."""
    policy = obj.pod.spec.get("restartPolicy")
    if policy not in _ENDING:
        got = f", got {shown(policy)}" if policy is not None else "; left out, it is Always"
        message = f"must be {' or '.join(_ENDING)} in a job{got}"
        yield Finding(message, field_path((*obj.pod.path, "restartPolicy")))
    if obj.kind == "CronJob":
        schedule = obj.spec.get("schedule")
        if problem := "required" if schedule is None else schedule_problem(schedule):
            yield Finding(problem, "spec.schedule")
