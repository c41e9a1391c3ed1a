"""Bounds of autoscalers and disruption budgets that an API server accepts."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import Finding
from ...spec.scaling import BOTH_BOUNDS, bounds_problem
from ..objects import Object

__all__ = ["autoscaler_bound_findings", "budget_bound_findings"]


def autoscaler_bound_findings(obj: Object) -> Iterable[Finding]:
    """Return that the lower bound of an autoscaler is above its upper one."""
    least, most = obj.spec.get("minReplicas", 1), obj.spec["maxReplicas"]
    problem = bounds_problem(least, most)
    return [Finding(problem, "spec")] if problem else ()


def budget_bound_findings(obj: Object) -> Iterable[Finding]:
    """Return that a budget has both bounds."""
    if "minAvailable" in obj.spec and "maxUnavailable" in obj.spec:
        return [Finding(BOTH_BOUNDS, "spec")]
    return ()
