"""Rules for what a container asks of its node: requests and limits.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateResourceRequirements` and what it calls.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...kube.core import ResourceRequirements
from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.quantity import quantity_value
from ...kube.resource_names import HUGE_PAGES, NODE_RESOURCES, is_container_resource, is_device, is_indivisible

__all__ = ["Asking", "Unasked", "amount_problem", "limit_problem", "measure_problems", "request_problems", "unasked"]


class Unasked(NamedTuple):
    """A request that an autoscaler measures use against, and that is missing."""

    field: str
    """Where it would stand."""
    resource: str
    """`cpu` or `memory`."""


Asking = list[tuple[Path, ResourceRequirements | None]]
"""Containers that an autoscaler measures together: their places and what they ask for."""


def request_problems(resources: ResourceRequirements, at: Path = ("resources",)) -> Iterator[Problem]:
    """Yield requests above their limits, and what no container can ask for."""
    if resources.claims:
        message = "needs resourceClaims of the pod, which cannot be declared here; leave it out"
        yield Problem((*at, "claims"), message)
    requests, limits = resources.requests or {}, resources.limits or {}
    for field, amounts in (("requests", requests), ("limits", limits)):
        for name, amount in amounts.items():
            if problem := amount_problem(name, amount):
                yield Problem((*at, field, name), problem)
    for name, request in requests.items():
        limit = limits.get(name)
        if limit is not None and (problem := limit_problem(name, request, limit)):
            yield Problem((*at, "requests", name), problem)
        elif limit is None and name not in NODE_RESOURCES and is_indivisible(name):
            message = (
                f"required beside a request for {name}, which cannot be exceeded; write limits, and leave requests out"
            )
            yield Problem((*at, "limits", name), message)
    pages = next((name for name in (*requests, *limits) if name.startswith(HUGE_PAGES)), None)
    if pages and not {"cpu", "memory"} & {*requests, *limits}:
        yield Problem(at, f"must have cpu or memory beside {pages}")


def _requested(name: str, resources: ResourceRequirements | None) -> str | None:
    """Return how much of *name* is requested; the API server takes a limit without a request for the request."""
    if resources is None:
        return None
    return (resources.requests or {}).get(name) or (resources.limits or {}).get(name)


def unasked(resource: str, containers: Asking) -> Iterator[Path]:
    """Yield the places of requests for *resource* that are missing in *containers*."""
    for place, resources in containers:
        if _requested(resource, resources) is None:
            yield (*place, "resources", "requests", resource)


def measure_problems(resource: str, containers: Asking) -> Iterator[Problem]:
    """Yield a request for *resource* that asks for nothing in all of *containers* together."""
    amounts = [_requested(resource, resources) for _, resources in containers]
    if None not in amounts and not any(quantity_value(amount) for amount in amounts if amount):
        yield Problem(
            ("resources", "requests", resource),
            f"is {amounts[0]}, but autoscaling measures {resource} use against it, so that it never scales",
        )


@lru_cache(maxsize=1024)
def amount_problem(name: str, amount: str) -> str:
    """Say why no container can ask for *amount* of *name*."""
    value = quantity_value(amount)
    if not is_container_resource(name):
        known = ", ".join(NODE_RESOURCES)
        return f"must be one of {known}, hugepages-<size> or a device such as nvidia.com/gpu, got {shown(name)}"
    if value < 0:
        return f"must not be negative, got {amount}"
    if name.startswith(HUGE_PAGES):
        return _pages_problem(name, amount)
    if is_device(name) and math.ceil(value * 1000) % 1000:
        return f"must be an integer, because a device is not divided, got {amount}"
    return ""


def _pages_problem(name: str, amount: str) -> str:
    text = name.removeprefix(HUGE_PAGES)
    try:
        size = quantity_value(text)
    except ValueError:
        size = quantity_value("0")
    if size <= 0 or math.ceil(size * 1000) % 1000:
        return f"the name must be hugepages-<size> with a size such as 2Mi or 1Gi, got {shown(text)}"
    if math.ceil(quantity_value(amount)) % size:
        return f"must be a multiple of the page size ({text}), got {amount}"
    return ""


@lru_cache(maxsize=1024)
def limit_problem(name: str, request: str | int, limit: str | int) -> str:
    """Say why the API server refuses a *request* for *name* beside its *limit*; it compares billionths."""
    if request == limit or (asked := _billionths(request)) == (most := _billionths(limit)):
        return ""
    if asked > most:
        return f"must not exceed the limit ({limit}), got {request}"
    # nobody can have more of it for a while
    exact = f"must equal the limit ({limit}), because {name} cannot be exceeded, got {request}"
    return exact if is_indivisible(name) else ""


def _billionths(quantity: str | int) -> int:
    """Return *quantity* in billionths, the finest that Kubernetes keeps."""
    return math.ceil(quantity_value(str(quantity)) * 10**9)
