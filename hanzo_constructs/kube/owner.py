"""Whom a child belongs to, and which pods it means: the few facts about a resource that builders need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["Adopted", "Owner", "Pods"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Owner:
    """Name, namespace and labels of the resource that children are derived from."""

    name: str
    namespace: str | None
    """None: the children carry no namespace."""
    labels: dict[str, str]
    """Labels of every child."""
    names: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    """Names that children have already and must keep, by the id of the child: `{"Ingress": "web-public"}`."""

    client_service: str | None = None
    """Name of the Service for clients, where it is not that of the resource."""
    selector: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    """What selects the pods of all its workloads."""

    def named(self, child: str, name: str) -> str:
        """Return the name of the *child* of that id: the one that it must keep, or else *name*."""
        return self.names.get(child, name)

    @property
    def service(self) -> str:
        """Name of the Service for clients."""
        return self.client_service or self.named("Service", self.name)


class Adopted(NamedTuple):
    """What a workload that runs already has and cannot change; None where it is derived."""

    name: str | None = None
    container: str | None = None
    """Name of the main container."""
    service_name: str | None = None
    """Of a StatefulSet, the Service below which its pods have names."""
    pod_management: str | None = None
    """Of a StatefulSet, its podManagementPolicy."""
    claim_name: str | None = None
    """Of a StatefulSet, the name of its claim template."""
    claim_labels: Mapping[str, str] | None = None
    """Of a StatefulSet, the labels of its claim template."""
    without_class: bool = False
    """Of a StatefulSet, whether its claim template names no storage class."""


_NOTHING = Adopted()


@dataclass(frozen=True, slots=True)
class Pods:
    """The pods of a workload of a resource, which may have several: canaries, jobs. No two of them share a pod."""

    owner: Owner
    name: str
    """Name of the workload, unless one is adopted, and of the Service, the budget, the autoscaler and the policy of its
    pods."""
    labels: dict[str, str]
    """Labels of the pods; they contain `selector`."""
    selector: dict[str, str]
    """What selects these pods and no others; the same in every epoch and for ever."""
    adopted: Adopted = _NOTHING
    variables: Sequence[Mapping[str, Any]] = ()
    """Variables of the main container that stand before all others: how it reaches what it connects to."""
    variables_of: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """The same for sidecars and init containers, by name."""

    @property
    def workload(self) -> str:
        """Name of the workload."""
        return self.adopted.name or self.name

    @property
    def container(self) -> str:
        """Name of the main container."""
        return self.adopted.container or self.owner.name

    @property
    def claim_labels(self) -> Mapping[str, str]:
        """Labels of the claim template."""
        return self.selector if self.adopted.claim_labels is None else self.adopted.claim_labels
