"""Options of Services that need another one, or that contradict it.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateService`, and `pkg/registry/core/service/storage/alloc.go`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.cidrs import address_problem
from ...kube.fields import field_path, shown
from ..objects import Object

__all__ = ["service_option_findings"]

_FAMILIES = ("IPv4", "IPv6")
_LONGEST_AFFINITY = 86400
"""Seconds for which connections of one client can lead to one pod."""
_RARE = {
    *("allocateLoadBalancerNodePorts", "clusterIPs", "externalIPs", "healthCheckNodePort", "ipFamilies"),
    "sessionAffinityConfig",
}


def service_option_findings(obj: Object) -> Iterator[Finding]:
    """Yield what the API server refuses in the Service *obj*; most have none of these fields."""
    spec = obj.spec
    for field in sorted(_RARE & spec.keys()):
        if field == "sessionAffinityConfig" and spec[field] and spec.get("sessionAffinity", "None") == "None":
            message = "has no effect without sessionAffinity ClientIP; leave it out"
            yield Finding(message, field_path(("spec", field)), severity="warning")
        for index, message in _problems(field, spec[field], spec):
            step = () if index is None else (index,)
            yield Finding(message, field_path(("spec", field, *step)))


def _problems(field: str, value: Any, spec: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
    """Yield what is wrong with the *value* of *field*, and at which of its items."""
    balanced = spec.get("type") == "LoadBalancer"
    if field == "healthCheckNodePort" and value and not (balanced and spec.get("externalTrafficPolicy") == "Local"):
        yield None, "needs type LoadBalancer and externalTrafficPolicy Local"
    elif field == "allocateLoadBalancerNodePorts" and value is not None and not balanced:
        yield None, f"needs type LoadBalancer, got {spec.get('type', 'ClusterIP')}"
    elif field == "clusterIPs" and value and value[0] != spec.get("clusterIP"):
        yield None, f"must begin with clusterIP, got {shown(value[0])}"
    elif field == "sessionAffinityConfig" and value:
        yield from _affinity_problems(value, spec)
    elif field == "externalIPs":
        yield from _address_problems(value)
    elif field == "ipFamilies" and value:
        yield from _family_problems(value, spec)


def _affinity_problems(value: Any, spec: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
    seconds = (value.get("clientIP") or {}).get("timeoutSeconds")
    if spec.get("sessionAffinity") == "ClientIP" and isinstance(seconds, int) and not 0 < seconds <= _LONGEST_AFFINITY:
        yield None, f"clientIP.timeoutSeconds must be 1 to {_LONGEST_AFFINITY}, got {seconds}"


def _address_problems(value: Any) -> Iterator[tuple[int | None, str]]:
    for index, address in enumerate(value or ()):
        if problem := address_problem(str(address)):
            yield index, problem


def _family_problems(value: Any, spec: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
    for index, family in enumerate(value):
        if family not in _FAMILIES:
            yield index, f"must be IPv4 or IPv6, got {shown(family)}"
        elif family in value[:index]:
            yield index, f"{family} is used twice"
    if len(value) > 1 and spec.get("ipFamilyPolicy") == "SingleStack":
        yield None, "needs ipFamilyPolicy PreferDualStack or RequireDualStack for two families"
