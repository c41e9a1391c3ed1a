"""What compiling yields: the children, the doubts, and on demand the reason for everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..children.origin import Origins
from ..errors import Finding
from ..kube.hosts import NamedHost
from ..kube.manifest import Manifest, present
from ..kube.model import written
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.resource import Resource

if TYPE_CHECKING:
    from ..spec.scaling import Autoscaling
    from ..spec.secrets import KeyNeed
    from .reasons import Reason

__all__ = ["Child", "Compilation"]


@dataclass(frozen=True, slots=True)
class Child:
    """One Kubernetes object derived from a resource."""

    id: str
    """Name within the resource, stable: `Deployment`, `KMSSecret-api-secrets`."""
    manifest: Manifest
    because: str
    """Why the child exists: the field of the spec that asks for it, or `always`."""
    named: str = ""
    """The field that holds its name, where the user chose that; else the name follows from the resource's."""
    explain: Callable[[], Origins] | None = None
    """Where those of its values come from that depend on more than the resource; asked for on demand."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """A resource and everything derived from it."""

    resource: Resource
    rules: Rules
    owner: Owner
    children: tuple[Child, ...]
    """In apply order: what others need comes first."""
    warnings: tuple[Finding, ...]
    clients: tuple[Manifest, ...] = ()
    """Peers of the network policy that other resources of the set ask for: only the set knows them."""
    hosts: tuple[tuple[str, NamedHost], ...] = ()
    """The hosts that the resource leads others to, as a gateway does, and the fields that name them."""

    @property
    def key_needs(self) -> tuple[KeyNeed, ...]:
        """What the Secrets that fill the environment of the main container must hold."""
        from .kind import compiler_of

        return tuple(compiler_of(self.resource).key_needs(self.resource))

    @property
    def manifests(self) -> list[Manifest]:
        """The children as Kubernetes objects, in apply order."""
        return [child.manifest for child in self.children]

    @property
    def chosen_names(self) -> dict[tuple[str, str], str]:
        """The field of the resource that names a child, by the child's kind and name, where the user chose the name."""
        return {
            (child.manifest["kind"], child.manifest["metadata"]["name"]): child.named
            for child in self.children
            if child.named
        }

    @property
    def is_scaled_from_outside(self) -> bool:
        """Whether the resource says that somebody else owns the number of its pods."""
        autoscaling: Autoscaling | None = getattr(self.resource.spec, "autoscaling", None)
        return autoscaling is not None and autoscaling.enabled is not False and autoscaling.external

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why each value stands in the children that the user did not write there."""
        from .reasons import reasons  # explaining costs more than compiling, and is asked for rarely

        return reasons(self)

    @property
    def resource_manifest(self) -> Manifest:
        """The resource itself as a cluster with an operator takes it: conveniences spelled out, nothing derived."""
        resource = self.resource
        metadata: dict[str, Any] = {"name": self.owner.name, "namespace": self.owner.namespace}
        metadata |= {key: value for key, value in written(resource.metadata).items() if key not in metadata}
        spec = written(resource.spec)
        if self.clients:
            policy = spec["networkPolicy"]
            spec["networkPolicy"] = {**policy, "allowFrom": [*policy.get("allowFrom", ()), *self.clients]}
        return {
            "apiVersion": f"{self.rules.platform.api_group}/{resource.api_version.rpartition('/')[2]}",
            "kind": resource.kind,
            "metadata": present(metadata),
            "spec": spec,
        }
