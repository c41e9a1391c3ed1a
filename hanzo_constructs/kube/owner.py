"""Whom a child belongs to, and which pods it means: the few facts about a resource that builders need."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Owner", "Pods"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Name, namespace and labels of the resource that children are derived from."""

    name: str
    namespace: str | None
    """None: the children carry no namespace."""
    labels: dict[str, str]
    """Labels of every child."""


@dataclass(frozen=True, slots=True)
class Pods:
    """The pods of a workload of a resource, which may have several: canaries, jobs. No two of them share a pod."""

    owner: Owner
    name: str
    """Name of the workload, and of the Service, the budget, the autoscaler and the policy of its pods."""
    labels: dict[str, str]
    """Labels of the pods; they contain `selector`."""
    selector: dict[str, str]
    """What selects these pods and no others; the same in every epoch and for ever."""
