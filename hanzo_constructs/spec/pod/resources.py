"""Rules for what a container asks of its node: requests and limits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...kube.core import ResourceRequirements
from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.names import key_problem
from ...kube.quantity import quantity_value

__all__ = ["asks_for", "request_problems"]

_RESOURCES = ("cpu", "memory", "ephemeral-storage")
"""What every node has and a container may ask for."""


def request_problems(resources: ResourceRequirements, at: Path = ("resources",)) -> Iterator[Problem]:
    """Yield requests above their limits, and what no container can ask for."""
    if resources.claims:
        message = "needs resourceClaims of the pod, which cannot be declared here; leave it out"
        yield Problem((*at, "claims"), message)
    requests, limits = resources.requests or {}, resources.limits or {}
    for field, amounts in (("requests", requests), ("limits", limits)):
        for name, amount in amounts.items():
            if problem := _amount_problem(name, amount):
                yield Problem((*at, field, name), problem)
    for name, request in requests.items():
        limit = limits.get(name)
        if limit is not None and _exceeds(request, limit):
            yield Problem((*at, "requests", name), f"must not exceed the limit ({limit}), got {request}")


def asks_for(name: str, resources: ResourceRequirements | None) -> bool:
    """Tell whether *resources* request *name*; the API server takes a limit without a request for the request."""
    return resources is not None and (name in (resources.requests or ()) or name in (resources.limits or ()))


@lru_cache(maxsize=4096)
def _amount_problem(name: str, amount: str) -> str:
    if name not in _RESOURCES and not name.startswith("hugepages-") and (key_problem(name) or "/" not in name):
        known = ", ".join(_RESOURCES)
        return f"must be one of {known}, hugepages-<size> or a device such as nvidia.com/gpu, got {shown(name)}"
    return f"must not be negative, got {amount}" if quantity_value(amount) < 0 else ""


@lru_cache(maxsize=4096)
def _exceeds(request: str, limit: str) -> bool:
    return request != limit and quantity_value(request) > quantity_value(limit)
