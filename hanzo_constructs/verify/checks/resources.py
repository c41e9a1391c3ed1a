"""Requests and limits of a container agree."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ...spec.pod import limit_problem
from ..objects import Object

__all__ = ["resource_findings"]


def resource_findings(obj: Object) -> Iterator[Finding]:
    """Yield requests above their limits, and amounts of devices and huge pages that differ: both are refused."""
    for path, container, *_ in obj.pod.containers:
        resources = container.get("resources")
        if not resources:
            continue
        limits = resources.get("limits") or {}
        for name, request in (resources.get("requests") or {}).items():
            limit = limits.get(name)
            if limit is not None and (problem := limit_problem(name, request, limit)):
                yield Finding(problem, field_path((*path, "resources", "requests", name)))
