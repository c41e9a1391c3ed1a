"""What is remembered of the objects of a set: facts that the checks of the whole set look at.

What there is most of is a plain tuple: a class of its own costs ten times as much to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..kube.fields import Path
from .objects import Origin
from .selecting import Requirements

__all__ = [
    "Exclusive",
    "LabelledMount",
    "Monitor",
    "Parts",
    "Policy",
    "Port",
    "PortUse",
    "Reference",
    "Scaler",
    "SecretValue",
    "Selection",
    "ServiceFacts",
    "Workload",
]

Port = tuple[int, str, str]
"""Number, name (or an empty string) and protocol of a port that something listens on."""

PortUse = tuple[Path, int | str, str]
"""A place that names a port, its number or name, and its protocol."""

Parts = tuple[tuple[Path, int | str], ...]
"""Keys or ports that are expected of an object, and where they stand below the reference to it."""

Reference = tuple[str, str, str, Origin, Path, Parts, bool, bool]
"""A place that names an object: kind, namespace and name of what it means; by whom, and where; the parts it expects;
whether it is optional; whether the object must be in the set, because it is derived too."""


class Workload(NamedTuple):
    """Something that runs pods."""

    origin: Origin
    labels: dict[str, str]
    """Labels of the pods."""
    ports: tuple[Port, ...]
    """What the containers of a pod declare to listen on."""
    complete: bool
    """Whether they declare every port; a datastore of epoch 2025 declares one, whatever the engine listens on."""
    replicas: int | None
    """None: left to an autoscaler, or to Kubernetes, which runs one."""
    transient: bool
    """Whether the pods come and go: those of a job."""
    claims: tuple[tuple[str, Path], ...]
    """Claims that all of the pods mount, and where that is said."""
    surges: bool
    """Whether a rollout starts a new pod before it stops an old one."""
    scaled_from_outside: bool
    """Whether the resource says that somebody else owns the count."""
    placed: bool
    """Whether the pods say which nodes they run on, or which other pods they run beside."""
    unasked: frozenset[str]
    """Of `cpu` and `memory`, what some container that lasts does not ask for."""


@dataclass(slots=True)
class Selection:
    """A selector of pods, and all who select by it."""

    namespace: str
    asked: Requirements
    users: list[tuple[Origin, Path]] = field(default_factory=list)
    ports: list[tuple[Origin, tuple[PortUse, ...]]] = field(default_factory=list)
    """Ports that Services and policies expect of the pods."""
    apart: list[tuple[Origin, Path]] = field(default_factory=list)
    """Who keeps away from the pods, and where that is said."""
    budgets: list[tuple[Origin, int | str | None, int | str | None]] = field(default_factory=list)
    """minAvailable and maxUnavailable of disruption budgets."""
    found: list[Workload] = field(default_factory=list)
    """What it matches; known when all objects have been added."""

    @property
    def lists(self) -> tuple[list[Any], ...]:
        """All that objects have said of it."""
        return self.users, self.ports, self.apart, self.budgets

    def merge(self, later: Selection) -> None:
        """Add what *later* objects have said of it."""
        for entries, others in zip(self.lists, later.lists, strict=True):
            entries.extend(others)


class ServiceFacts(NamedTuple):
    """What references to a Service are compared with."""

    origin: Origin
    labels: dict[str, str]
    ports: tuple[Port, ...]
    headless: bool


class Scaler(NamedTuple):
    """An autoscaler and what it scales."""

    origin: Origin
    target: tuple[str, str, str]
    """Kind, namespace and name."""
    least: int
    most: int
    measured: tuple[str, ...] = ()
    """What it measures the use of, in percent of the requests: `cpu`, `memory`."""


class Monitor(NamedTuple):
    """A scraper's selector of Services."""

    origin: Origin
    asked: Requirements
    ports: tuple[tuple[Path, str], ...]
    elsewhere: bool
    """Whether it looks into other namespaces too."""


class Policy(NamedTuple):
    """A network policy: whose pods it isolates, and of the user's own, whom it lets through."""

    origin: Origin
    asked: Requirements
    restricts: tuple[str, ...]
    """The directions that it restricts: `ingress`, `egress`."""
    ingress: tuple[dict[str, Any], ...] = ()
    egress: tuple[dict[str, Any], ...] = ()


class LabelledMount(NamedTuple):
    """Pods that mount a claim."""

    origin: Origin
    path: Path
    """Where the claim is named."""
    label: str
    """The SELinux label that its files are to have: user, role, type and level."""
    recursive: bool
    """Whether each file gets the label, and not the mount as a whole."""


class Exclusive(NamedTuple):
    """What a cluster gives to one object alone."""

    kind: str
    """`node port`, and so on."""
    value: str
    nodes: str = ""
    """The nodes it is for, in a form that can be compared; empty for the whole cluster."""
    certain: bool = True
    """Whether every cluster refuses it to a second one."""


class SecretValue(NamedTuple):
    """A value that must stand nowhere else."""

    origin: Origin
    key: str
    value: str
