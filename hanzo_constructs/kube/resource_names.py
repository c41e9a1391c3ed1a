"""Whose resources are whose: those of every node, huge pages, and what device plugins offer.

Source: Kubernetes' `pkg/apis/core/helper/helpers.go`, `IsNativeResource`, `IsExtendedResourceName`, `IsOvercommitAllowed`.
"""

from __future__ import annotations

from .names import key_problem

__all__ = ["HUGE_PAGES", "NODE_RESOURCES", "is_container_resource", "is_device", "is_indivisible"]

NODE_RESOURCES = ("cpu", "memory", "ephemeral-storage")
"""What every node has and a container may ask for."""
HUGE_PAGES = "hugepages-"
_KUBERNETES = "kubernetes.io/"
_OF_QUOTAS = "requests."


def is_container_resource(name: str) -> bool:
    """Tell whether a container may ask for *name*."""
    if name in NODE_RESOURCES:
        return True
    if key_problem(name):
        return False
    return name.startswith(HUGE_PAGES) if "/" not in name else _KUBERNETES in name or is_device(name)


def is_device(name: str) -> bool:
    """Tell whether *name* is an extended resource; one that begins as its own quota would is none."""
    of_others = "/" in name and _KUBERNETES not in name and not name.startswith(_OF_QUOTAS)
    return of_others and not key_problem(_OF_QUOTAS + name)


def is_indivisible(name: str) -> bool:
    """Tell whether a node never lends out more of *name* than it has, so that requests equal limits."""
    return name.startswith(HUGE_PAGES) or ("/" in name and _KUBERNETES not in name)
