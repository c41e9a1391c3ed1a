"""Rules of how many pods there are, how they change, and when they are asked whether they live."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from ...kube.core import HPAScalingPolicy, HPAScalingRules, MetricSpec, MetricTarget
from ...spec.probes import ProbeSpec
from ...spec.rollout import MIN_READY_SECONDS, DeploymentRollout
from ...spec.scaling import BOTH_BOUNDS, Autoscaling, PodDisruptionBudget
from .rule import CelRule, either, filled, is_on, needs, never_with, number_or, value_or

__all__ = ["RULES"]

_HTTP = "(has(self.path) || has(self.port))"
_FOR_HTTP = "is for a probe by HTTP; write port, or leave it out"
_PROBE = (
    CelRule(
        "",
        f"({_HTTP} ? 1 : 0) + {either('tcpSocket', 'grpc', 'exec')} == 1",
        "must have exactly one handler: port (with path for HTTP), tcpSocket, grpc or exec",
    ),
    CelRule(
        "port", needs("path", "has(self.port)"), "required for an HTTP probe: the number or name of a declared port"
    ),
    *(CelRule(field, needs(field, _HTTP), _FOR_HTTP) for field in ("scheme", "host")),
    CelRule("httpHeaders", f"!({filled('httpHeaders')}) || {_HTTP}", _FOR_HTTP),
)

_BESIDE_EXTERNAL = (
    "minReplicas",
    "maxReplicas",
    "targetCpuUtilization",
    "targetMemoryUtilization",
    "metrics",
    "behavior",
)
_AUTOSCALING = (
    *(
        CelRule(
            field, never_with(field, is_on("external")), "has no effect beside external: true; leave one of them out"
        )
        for field in _BESIDE_EXTERNAL
    ),
    CelRule(
        "minReplicas",
        needs("maxReplicas", f"{value_or('minReplicas', '1')} <= self.maxReplicas"),
        "must not exceed maxReplicas",
    ),
    *(
        CelRule(
            "metrics",
            f"!has(self.{field}) || !has(self.metrics) || "
            f"!self.metrics.exists(each, has(each.resource) && each.resource.name == '{resource}')",
            f"one measures {resource}, as {field} does; leave one of them out",
        )
        for field, resource in (("targetCpuUtilization", "cpu"), ("targetMemoryUtilization", "memory"))
    ),
)
_SOURCES = {
    "ContainerResource": "containerResource",
    "External": "external",
    "Object": "object",
    "Pods": "pods",
    "Resource": "resource",
}
_ALLOWED = {
    "containerResource": ("Utilization", "AverageValue"),
    "external": ("Value", "AverageValue"),
    "object": ("Value", "AverageValue"),
    "pods": ("AverageValue",),
    "resource": ("Utilization", "AverageValue"),
}
_METRIC_TARGET = tuple(
    CelRule(
        f"{field}.target.type",
        f"!has(self.{field}) || {' || '.join(f'self.{field}.target.type == {kind!r}' for kind in kinds)}",
        f"must be {' or '.join(kinds)} here",
    )
    for field, kinds in _ALLOWED.items()
)
_METRIC = _METRIC_TARGET + tuple(
    CelRule(
        field,
        f"(self.type == '{kind}') == has(self.{field})",
        f"required beside type {kind}, and to be left out beside any other",
    )
    for kind, field in _SOURCES.items()
)
_TARGET = (
    *(
        CelRule(
            field,
            f"(self.type == '{kind}') == has(self.{field})",
            f"required beside type {kind}, and to be left out beside any other",
        )
        for kind, field in (("Utilization", "averageUtilization"), ("AverageValue", "averageValue"), ("Value", "value"))
    ),
    CelRule("averageUtilization", needs("averageUtilization", "self.averageUtilization > 0"), "must be more than 0"),
)
_SCALING_RULES = (
    CelRule(
        "stabilizationWindowSeconds",
        needs(
            "stabilizationWindowSeconds",
            "self.stabilizationWindowSeconds >= 0 && self.stabilizationWindowSeconds <= 3600",
        ),
        "must be from 0 to 3600",
    ),
    CelRule(
        "policies",
        needs("policies", "size(self.policies) > 0"),
        "must have an entry; to scale not at all write selectPolicy: Disabled",
    ),
)
_SCALING_POLICY = (
    CelRule("value", "self.value > 0", "must be more than 0"),
    CelRule("periodSeconds", "self.periodSeconds > 0 && self.periodSeconds <= 1800", "must be from 1 to 1800"),
)
_BUDGET = (
    CelRule(
        "", "!(has(self.minAvailable) && has(self.maxUnavailable)) || has(self.enabled) && !self.enabled", BOTH_BOUNDS
    ),
)


def _is_none(field: str) -> str:
    return f"has(self.{field}) && " + number_or(field, f"self.{field} == 0", f"self.{field}.matches('^0+%$')")


_ROLLOUT = (
    CelRule(
        "maxSurge",
        f"!({_is_none('maxSurge')} && {_is_none('maxUnavailable')})",
        "maxSurge or maxUnavailable must be more than 0, or no pod is ever replaced",
    ),
    CelRule(
        "progressDeadlineSeconds",
        needs(
            "progressDeadlineSeconds",
            f"self.progressDeadlineSeconds > {value_or('minReadySeconds', str(MIN_READY_SECONDS))}",
        ),
        f"must be more than minReadySeconds, which is {MIN_READY_SECONDS} where it is left out",
    ),
)

RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    ProbeSpec: _PROBE,
    Autoscaling: _AUTOSCALING,
    MetricSpec: _METRIC,
    MetricTarget: _TARGET,
    HPAScalingRules: _SCALING_RULES,
    HPAScalingPolicy: _SCALING_POLICY,
    PodDisruptionBudget: _BUDGET,
    DeploymentRollout: _ROLLOUT,
}
