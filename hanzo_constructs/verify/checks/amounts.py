"""Counts, seconds and ports above the pods, in bounds that an API server accepts; the types of the pods have theirs.

Source: Kubernetes' `pkg/apis/apps/validation/validation.go`, `pkg/apis/batch/validation/validation.go`,
`pkg/apis/autoscaling/validation/validation.go` and `pkg/apis/core/validation/validation.go`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from ...errors import Finding
from ...kube.fields import Path, field_path
from ...kube.kinds import ROUTES
from ..objects import Object

__all__ = ["AMOUNT_KINDS", "amount_findings"]


class _Bounds(NamedTuple):
    """Where a number stands below the spec of an object, `*` for every item of a list, and what it may be."""

    place: str
    least: int = 0
    most: int | None = None

    def problem(self, value: int) -> str:
        """Say that *value* is out of bounds; empty where it is not."""
        if self.most == _LAST_PORT and not self.least <= value <= _LAST_PORT:
            return f"must be a port from 1 to {_LAST_PORT}, got {value}"
        if value < self.least:
            return f"must be at least {self.least}, got {value}"
        return ""


_LAST_PORT = 65535
_NODE_PORTS = range(30000, 32768)
_JOB = (
    "activeDeadlineSeconds",
    "backoffLimit",
    "backoffLimitPerIndex",
    "completions",
    "maxFailedIndexes",
    "parallelism",
)
_POD = (_Bounds("activeDeadlineSeconds", 1),)
_ROLLED = tuple(map(_Bounds, ("replicas", "minReadySeconds", "revisionHistoryLimit")))


def _ports(*places: str) -> tuple[_Bounds, ...]:
    return tuple(_Bounds(place, 1, _LAST_PORT) for place in places)


def _job(at: str = "") -> tuple[_Bounds, ...]:
    return tuple(_Bounds(f"{at}{field}") for field in (*_JOB, "ttlSecondsAfterFinished"))


_BOUNDS: MappingProxyType[str, Sequence[_Bounds]] = MappingProxyType(
    {
        "Deployment": (*_ROLLED, _Bounds("progressDeadlineSeconds")),
        "ReplicaSet": _ROLLED[:2],
        "DaemonSet": _ROLLED[1:],
        "StatefulSet": (*_ROLLED, _Bounds("updateStrategy.rollingUpdate.partition"), _Bounds("ordinals.start")),
        "Job": _job(),
        "CronJob": (
            *map(_Bounds, ("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")),
            *_job("jobTemplate.spec."),
        ),
        "HorizontalPodAutoscaler": (_Bounds("minReplicas"), _Bounds("maxReplicas", 1)),
        "PodDisruptionBudget": (_Bounds("minAvailable"), _Bounds("maxUnavailable")),
        "Service": (_Bounds("ports.*.nodePort", 0, _LAST_PORT), _Bounds("healthCheckNodePort", 0, _LAST_PORT)),
        "Ingress": _ports("rules.*.http.paths.*.backend.service.port.number", "defaultBackend.service.port.number"),
        "NetworkPolicy": _ports("ingress.*.ports.*.endPort", "egress.*.ports.*.port", "egress.*.ports.*.endPort"),
        **dict.fromkeys(ROUTES, _ports("rules.*.backendRefs.*.port", "parentRefs.*.port")),
    }
)
AMOUNT_KINDS = (*_BOUNDS, "Pod")
"""Kinds with numbers that are looked at."""


def amount_findings(obj: Object) -> Iterator[Finding]:
    """Yield numbers of *obj* that are out of bounds."""
    for bounds in _BOUNDS.get(obj.kind, ()):
        for path, value in _numbers(obj.spec, bounds.place.split("."), ("spec",)):
            if problem := bounds.problem(value):
                yield Finding(problem, field_path(path))
    if obj.kind == "Service":
        yield from _rare_port_findings(obj)
    for bounds in _POD:
        for path, value in _numbers(obj.pod.spec, [bounds.place], obj.pod.path):
            if problem := bounds.problem(value):
                yield Finding(problem, field_path(path))


def _rare_port_findings(obj: Object) -> Iterator[Finding]:
    for path, value in _numbers(obj.spec, ("ports", "*", "nodePort"), ("spec",)):
        if 0 < value <= _LAST_PORT and value not in _NODE_PORTS:
            message = f"is outside of {_NODE_PORTS[0]}-{_NODE_PORTS[-1]}, what a cluster gives where nobody set its service-node-port-range, got {value}"
            yield Finding(message, field_path(path), severity="warning")


def _numbers(value: Any, steps: Sequence[str], path: Path) -> Iterator[tuple[Path, int]]:
    """Yield the integers at *steps* below *value*, which may be anything, and where they stand."""
    if not steps:
        if isinstance(value, int) and not isinstance(value, bool):
            yield path, value
    elif steps[0] == "*":
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _numbers(item, steps[1:], (*path, index))
    elif isinstance(value, dict):
        yield from _numbers(value.get(steps[0]), steps[1:], (*path, steps[0]))
