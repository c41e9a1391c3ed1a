"""An index of all objects of the set: names, labels, ports, references; what the checks of the whole set need.

The index of four thousand services takes some twenty megabytes; their manifests would take hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..kube.fields import Path
from ..platform import Platform
from ..spec.pod import Unasked
from ..spec.secrets import KeyNeed
from .facts import (
    Exclusive,
    LabelledMount,
    Monitor,
    Policy,
    Reference,
    Scaler,
    SecretValue,
    Selection,
    ServiceFacts,
    Workload,
)
from .hosts import HostUse, Text, shown_hosts
from .objects import Origin
from .selecting import Matcher, Requirements

__all__ = ["SetIndex"]

T = TypeVar("T")

_LISTS = (
    *("twins", "monitors", "scalers", "contested", "contended", "references"),
    *("policies", "texts", "secrets", "hosts", "rivals", "key_needs", "unasked"),
)


@dataclass(slots=True)
class SetIndex:
    """All that the checks of the whole set look at; filled object by object, in input order."""

    platform: Platform
    """Where the set is to run."""
    objects: dict[str, dict[tuple[str, str], Origin]] = field(default_factory=dict)
    """By kind, then by namespace and name."""
    twins: list[tuple[Origin, Origin]] = field(default_factory=list)
    """Objects that exist twice: the second, then the first."""
    workloads: dict[tuple[str, str, str], Workload] = field(default_factory=dict)
    """By kind, namespace and name."""
    selections: dict[tuple[str, Requirements], Selection] = field(default_factory=dict)
    """By namespace and selector."""
    services: dict[tuple[str, str], ServiceFacts] = field(default_factory=dict)
    """By namespace and name."""
    monitors: list[Monitor] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    scalers: list[Scaler] = field(default_factory=list)
    exclusive_claims: dict[tuple[str, str], Origin] = field(default_factory=dict)
    """Claims that the pods of one node at most can mount, by namespace and name."""
    claim_templates: dict[tuple[str, str], Workload] = field(default_factory=dict)
    """StatefulSets whose pods have such claims, by namespace and what the names of the claims have before the number."""
    labelled: dict[tuple[str, str], list[LabelledMount]] = field(default_factory=dict)
    """Who mounts a claim, by its namespace and name; that of one which a StatefulSet makes for each pod ends in a dash."""
    routes: dict[tuple[str, str, str, str], Origin] = field(default_factory=dict)
    """Who serves a class, host, path and path type."""
    contested: list[tuple[Origin, Path, Origin, str]] = field(default_factory=list)
    """Places of routes that somebody else serves already, and what they serve."""
    exclusive: dict[Exclusive, Origin] = field(default_factory=dict)
    """Who has what one object alone can have."""
    contended: list[tuple[Origin, Path, Origin, Exclusive]] = field(default_factory=list)
    """Places that ask for what somebody else has already."""
    references: list[Reference] = field(default_factory=list)
    provided: dict[tuple[str, str], Origin] = field(default_factory=dict)
    """Who has a Secret filled by something in the cluster, by its namespace and name."""
    rivals: list[tuple[Origin, Path, Origin, str]] = field(default_factory=list)
    """Places that have a Secret filled that somebody else has filled already, and its name."""
    keys: dict[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)
    """Keys of ConfigMaps and Secrets, by kind, namespace and name."""
    texts: list[Text] = field(default_factory=list)
    hosts: list[HostUse] = field(default_factory=list)
    """Hosts that routes of gateways name."""
    key_needs: list[tuple[Origin, KeyNeed]] = field(default_factory=list)
    """What Secrets of the set must hold together."""
    unasked: list[tuple[Origin, Unasked]] = field(default_factory=list)
    """Requests of resources that an autoscaler measures use against, and that are missing."""
    default_requests: set[tuple[str, str]] = field(default_factory=set)
    """Namespaces whose containers ask for something by default, and for what: `cpu`."""
    resolved_hosts: list[HostUse] = field(default_factory=list)
    """Every host in a text or a route that the set offers or should offer; known when all objects have been added."""
    secrets: list[SecretValue] = field(default_factory=list)
    resolved: list[Reference] = field(default_factory=list)
    """References to objects of the set; known when all objects have been added."""
    missing: list[Reference] = field(default_factory=list)
    """References to objects that are not in the set; likewise."""
    _shared: dict[Any, Any] = field(default_factory=dict)
    """Paths and ports, which are equal in most resources: each is held once."""

    def share(self, value: T) -> T:
        """Return the one that is held of all that equal *value*, which is hashable and one of few."""
        shared: T = self._shared.setdefault(value, value)
        return shared

    def select(self, namespace: str, asked: Requirements) -> Selection:
        """Return the selection of the pods of *namespace* that meet *asked*."""
        key = (namespace, asked)
        if (known := self.selections.get(key)) is None:
            known = self.selections[key] = Selection(namespace, asked)
        return known

    def provide(self, origin: Origin, path: Path, name: str) -> None:
        """Note that *origin* says, at *path*, that something in the cluster fills the Secret *name*."""
        first = self.provided.setdefault((origin.namespace, name), origin)
        # several Ingresses may have one certificate
        if first is not origin and not first.kind == origin.kind == "Ingress":
            self.rivals.append((origin, path, first, name))

    def claim_owner(self, namespace: str, name: str) -> Workload | None:
        """Return the StatefulSet that makes the claim *name* for a pod of its own."""
        template, _, number = name.rpartition("-")
        owner = self.claim_templates.get((namespace, template))
        if owner and number.isdecimal() and (owner.replicas is None or int(number) < owner.replicas):
            return owner
        return None

    def merge(self, later: SetIndex) -> bool:
        """Add what the index of *later* objects holds, and return whether that could be done.

        It cannot when an object or a route is in both; this index is then incomplete and must not be used.
        """
        for kind, objects in later.objects.items():
            mine = self.objects.setdefault(kind, {})
            if not mine.keys().isdisjoint(objects):
                return False
            mine |= objects
        for mine, theirs in zip(self.unique, later.unique, strict=True):
            if not mine.keys().isdisjoint(theirs):
                return False
        for key, selection in later.selections.items():
            self.select(*key).merge(selection)
        for claim, mounts in later.labelled.items():
            self.labelled.setdefault(claim, []).extend(mounts)
        for name in ("workloads", "services", "keys", "exclusive_claims", "claim_templates"):
            getattr(self, name).update(getattr(later, name))
        for mine, theirs in zip(self.unique, later.unique, strict=True):
            mine.update(theirs)
        for entries, others in zip(self.lists, later.lists, strict=True):
            entries.extend(others)
        self.default_requests |= later.default_requests
        self.platform = later.platform
        return True

    @property
    def lists(self) -> tuple[list[Any], ...]:
        """What objects have said, one entry after the other."""
        return tuple(getattr(self, name) for name in _LISTS)

    @property
    def unique(self) -> tuple[dict[Any, Origin], ...]:
        """What only one object can have, and which has it."""
        return self.routes, self.provided, self.exclusive

    def settle(self) -> None:
        """Find out what every selector matches and whether every reference resolves, now that all objects are known."""
        labelled = ((each.origin.namespace, each.labels, each) for each in self.workloads.values())
        pods = Matcher(labelled, (asked for _, asked in self.selections))
        for selection in self.selections.values():
            selection.found = pods.matching(selection.namespace, selection.asked)
        self.resolved, self.missing = [], []
        objects, provided, nothing = self.objects, self.provided, {}  # type: ignore[var-annotated]
        for reference in self.references:
            kind, name = reference[0], reference[1:3]
            there = name in objects.get(kind, nothing) or (kind == "Secret" and name in provided)
            if kind == "PersistentVolumeClaim" and not there:
                there = self.claim_owner(*name) is not None
            (self.resolved if there else self.missing).append(reference)
        self._settle_hosts()

    def _settle_hosts(self) -> None:
        """Find out which hosts the set offers or should, and which must be there already."""
        self.resolved_hosts = []
        for use in (*self.hosts, *shown_hosts(self.texts, self.platform.cluster_domain)):
            address = (use.host.namespace, use.host.service)
            if address in self.services or use.host.certain:
                self.resolved_hosts.append(use)
            if address not in self.services and use.host.certain:
                self.missing.append(("Service", *address, use.origin, use.path, (), False, False))
