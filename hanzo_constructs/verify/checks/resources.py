"""Requests and limits of a container agree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from ...errors import Finding
from ...kube.fields import field_path
from ...kube.quantity import quantity_value
from ...kube.resource_names import is_indivisible
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
            if limit is None or request == limit:
                continue
            message = ""
            if _amount(request) > _amount(limit):
                message = f"must not exceed the limit ({limit}), got {request}"
            elif is_indivisible(name) and _amount(request) != _amount(limit):
                message = f"must equal the limit ({limit}), got {request}"
            if message:
                yield Finding(message, field_path((*path, "resources", "requests", name)))


@lru_cache(maxsize=4096)
def _amount(quantity: str | int) -> int:
    """Return *quantity* in billionths, the finest that Kubernetes keeps."""
    return math.ceil(quantity_value(str(quantity)) * 10**9)
