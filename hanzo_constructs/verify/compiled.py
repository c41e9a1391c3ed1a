"""What the proof wants to know of a resource and of what was derived from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..errors import Finding
from ..kube.hosts import NamedHost
from ..kube.manifest import Manifest
from ..kube.owner import Owner, Pods
from ..platform import Rules
from ..spec.pod import Unasked
from ..spec.secrets import KeyNeed

__all__ = ["Compiled"]


class Compiled(Protocol):
    """A resource and what was derived from it, as the compiler hands it over."""

    @property
    def resource(self) -> object:
        """The resource; its string names it as messages do."""
        ...

    @property
    def rules(self) -> Rules:
        """What holds for the resource."""
        ...

    @property
    def resource_manifest(self) -> Manifest:
        """The resource as an operator would get it."""
        ...

    @property
    def owner(self) -> Owner:
        """Name, namespace and labels of the resource."""
        ...

    @property
    def pods(self) -> Sequence[Pods]:
        """What its workloads run."""
        ...

    @property
    def manifests(self) -> Sequence[Manifest]:
        """The derived objects."""
        ...

    @property
    def sidecar_ports(self) -> Sequence[tuple[int, str]]:
        """Ports that a sidecar of the workload listens on, whether it declares them or not."""
        ...

    @property
    def chosen_names(self) -> Mapping[tuple[str, str], str]:
        """The field of the resource that names an object, by the object's kind and name, where the user chose it."""
        ...

    @property
    def overlaid(self) -> Mapping[tuple[str, str], Manifest]:
        """What was derived where the user laid something over it, by kind and name of the object."""
        ...

    @property
    def hosts(self) -> Sequence[tuple[str, NamedHost]]:
        """The hosts that the resource leads others to, and the fields that name them."""
        ...

    @property
    def key_needs(self) -> Sequence[KeyNeed]:
        """What the Secrets that fill the environment of the main container must hold."""
        ...

    @property
    def unmet(self) -> Sequence[Finding]:
        """Connections to what is not in the set."""
        ...

    @property
    def unasked(self) -> Sequence[Unasked]:
        """Requests that an autoscaler measures use against, and that nothing but a LimitRange brings."""
        ...

    @property
    def is_scaled_from_outside(self) -> bool:
        """Whether the resource says that somebody else owns the number of its pods."""
        ...
