"""Rules for what an autoscaler measures and how fast it follows (`pkg/apis/autoscaling/validation` of Kubernetes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..kube.fields import Path, listed, shown, wire_name
from ..kube.model import Problem
from ..kube.names import key_problem
from ..kube.quantity import quantity_value
from .selectors import selector_problems

if TYPE_CHECKING:
    from ..kube.core import HorizontalPodAutoscalerBehavior, HPAScalingRules, MetricSpec, MetricTarget

__all__ = ["behavior_problems", "metric_problems"]

_SOURCES = {
    "ContainerResource": "container_resource",
    "External": "external",
    "Object": "object",
    "Pods": "pods",
    "Resource": "resource",
}
_TARGETS = {"average_utilization": "Utilization", "average_value": "AverageValue", "value": "Value"}
"""The fields of a target, and the type that each belongs to."""
_ALLOWED = {
    "container_resource": ("average_utilization", "average_value"),
    "external": ("value", "average_value"),
    "object": ("value", "average_value"),
    "pods": ("average_value",),
    "resource": ("average_utilization", "average_value"),
}
"""By source: the fields of which its target has exactly one."""
_LONGEST_WINDOW, _LONGEST_PERIOD = 3600, 1800
"""Seconds."""


def metric_problems(metrics: Sequence[MetricSpec], at: Path) -> Iterator[Problem]:
    """Yield what no API server takes in *metrics*."""
    for index, metric in enumerate(metrics):
        place, source = (*at, index), _SOURCES[metric.type]
        for name in _SOURCES.values():
            if name != source and getattr(metric, name) is not None:
                yield Problem((*place, wire_name(name)), f"must be left out beside type {metric.type}")
        measured = getattr(metric, source)
        if measured is None:
            yield Problem((*place, wire_name(source)), f"required because type is {metric.type}")
            continue
        below = (*place, wire_name(source))
        yield from _target_problems(measured.target, _ALLOWED[source], (*below, "target"))
        identifier = getattr(measured, "metric", None)
        if identifier is not None:
            if not identifier.name or "/" in identifier.name or "%" in identifier.name:
                message = f"must be a name without / and %, got {shown(identifier.name)}"
                yield Problem((*below, "metric", "name"), message)
            if identifier.selector is not None:
                yield from selector_problems(identifier.selector, (*below, "metric", "selector"))
        elif problem := key_problem(measured.name):
            yield Problem((*below, "name"), problem)


def _target_problems(target: MetricTarget, allowed: Sequence[str], at: Path) -> Iterator[Problem]:
    given = [name for name in _TARGETS if getattr(target, name) is not None]
    wanted = next((name for name, kind in _TARGETS.items() if kind == target.type), "")
    if wanted not in allowed:
        known = listed([_TARGETS[name] for name in allowed])
        yield Problem((*at, "type"), f"must be one of {known} here, got {target.type}")
        return
    for name in given:
        if name != wanted:
            yield Problem((*at, wire_name(name)), f"must be left out beside type {target.type}")
    if wanted not in given:
        yield Problem((*at, wire_name(wanted)), f"required because type is {target.type}")
        return
    value = getattr(target, wanted)
    if (value if isinstance(value, int) else quantity_value(value)) <= 0:
        yield Problem((*at, wire_name(wanted)), f"must be more than 0, got {value}")


def behavior_problems(behavior: HorizontalPodAutoscalerBehavior, at: Path) -> Iterator[Problem]:
    """Yield what no API server takes in *behavior*."""
    for field, rules in (("scaleUp", behavior.scale_up), ("scaleDown", behavior.scale_down)):
        if rules is not None:
            yield from _rules_problems(rules, (*at, field))


def _rules_problems(rules: HPAScalingRules, at: Path) -> Iterator[Problem]:
    window = rules.stabilization_window_seconds
    if window is not None and not 0 <= window <= _LONGEST_WINDOW:
        message = f"must be from 0 to {_LONGEST_WINDOW}, got {window}"
        yield Problem((*at, "stabilizationWindowSeconds"), message)
    if rules.policies is not None and not rules.policies:
        yield Problem((*at, "policies"), "must have an entry; to scale not at all write selectPolicy: Disabled")
    for index, policy in enumerate(rules.policies or ()):
        place = (*at, "policies", index)
        if policy.value <= 0:
            yield Problem((*place, "value"), f"must be more than 0, got {policy.value}")
        if not 0 < policy.period_seconds <= _LONGEST_PERIOD:
            message = f"must be from 1 to {_LONGEST_PERIOD}, got {policy.period_seconds}"
            yield Problem((*place, "periodSeconds"), message)
    if rules.tolerance is not None and quantity_value(rules.tolerance) < 0:
        yield Problem((*at, "tolerance"), f"must not be negative, got {rules.tolerance}")
