"""Rules for what a pod is told of itself, in a variable or in a file.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateObjectFieldSelector`,
`validateContainerResourceFieldSelector` and `validateContainerResourceDivisor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown, suggestion
from ...kube.model import Problem
from ...kube.names import key_problem
from ...kube.quantity import quantity_value

if TYPE_CHECKING:
    from ...kube.core import ObjectFieldSelector, ResourceFieldSelector

__all__ = ["IN_FILES", "IN_VARIABLES", "amount_problems", "field_problems"]

_KEYED = ("metadata.labels['<key>']", "metadata.annotations['<key>']")
IN_VARIABLES = (
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
    *_KEYED,
)
"""Fields of a pod that a variable can be filled from."""
IN_FILES = (
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "metadata.labels",
    "metadata.annotations",
    *_KEYED,
)
"""Fields of a pod that a file can be filled from."""

_ENTRY = re.compile(r"metadata\.(labels|annotations)\['(.*)'\]", re.DOTALL)
_AMOUNTS = re.compile(r"(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.*)", re.DOTALL)


def field_problems(field: ObjectFieldSelector, known: tuple[str, ...], at: Path) -> Iterator[Problem]:
    """Yield why *field* is none of the *known* ones of a pod."""
    if problem := _field_problem(field.field_path, known):
        yield Problem((*at, "fieldPath"), problem)
    if field.api_version not in (None, "", "v1"):
        yield Problem((*at, "apiVersion"), f"must be v1, got {shown(field.api_version)}")


@lru_cache(maxsize=1024)
def _field_problem(path: str, known: tuple[str, ...]) -> str:
    if entry := _ENTRY.fullmatch(path):
        kind, key = entry.groups()
        problem = key_problem(key.lower() if kind == "annotations" else key)
        return f"the key {problem}" if problem else ""
    if path in known and path not in _KEYED:
        return ""
    near = suggestion(path, known)
    hint = f", did you mean {near}?" if near else ""
    return f"must be one of {', '.join(known)}, got {shown(path)}{hint}"


def amount_problems(amount: ResourceFieldSelector, at: Path, *, named: bool) -> Iterator[Problem]:
    """Yield why *amount* is no request or limit; a file must have *named* the container, a variable has one."""
    if named and not amount.container_name:
        yield Problem((*at, "containerName"), "required in a volume, which belongs to no container")
    if not _AMOUNTS.fullmatch(amount.resource):
        message = f"must be limits or requests of cpu, memory, ephemeral-storage or hugepages-<size>, such as limits.cpu, got {shown(amount.resource)}"
        yield Problem((*at, "resource"), message)
    elif amount.divisor is not None and (problem := _divisor_problem(amount.resource, amount.divisor)):
        yield Problem((*at, "divisor"), problem)


@lru_cache(maxsize=1024)
def _divisor_problem(resource: str, divisor: str) -> str:
    value = quantity_value(divisor)
    if not value:
        return ""  # as if it was left out
    # the canonical form counts, in which 1024 is no Ki, and 1e0 is not 1
    exponential = "e" in divisor.lower() and not divisor.endswith(("E", "Ei"))
    if resource.endswith(".cpu"):
        return f"must be 1 or 1m, got {shown(divisor)}" if exponential or value not in (1, Fraction(1, 1000)) else ""
    binary = divisor.endswith("i") and value >= 1024  # smaller amounts are written without a binary unit
    powers = [] if exponential else [(1024 if binary else 1000) ** power for power in range(7)]
    units = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi or 1Ei"
    return "" if value in powers else f"must be {units}, got {shown(divisor)}"
