"""The result of compiling: the children of a resource, and the warnings about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import Finding
from ..kube.hosts import NamedHost
from ..kube.manifest import Manifest, present
from ..kube.model import written
from ..kube.owner import Owner, Pods
from ..platform import Rules
from ..spec.kinds import kind_named
from ..spec.pod import Unasked
from ..spec.resource import Resource
from ..spec.secrets import KeyNeed
from .child import Child
from .links import NO_LINKS, Links
from .offers import Name

if TYPE_CHECKING:
    from ..spec.ports import ServicePort
    from ..spec.scaling import Autoscaling

__all__ = ["Compilation"]


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
    key_needs: tuple[KeyNeed, ...] = ()
    """What the Secrets that fill the environment of the main container must hold."""
    links: Links = NO_LINKS
    """What the resource has to do with others of its set."""
    unmet: tuple[Finding, ...] = ()
    """Connections to what is not in the set: errors once the set is complete."""
    unasked: tuple[Unasked, ...] = ()
    """Requests that an autoscaler measures use against, and that nothing but a LimitRange brings."""

    @property
    def place(self) -> Name:
        """Namespace and name of the resource; the namespace is empty where nobody says it."""
        return self.owner.namespace or "", self.owner.name

    @property
    def manifests(self) -> list[Manifest]:
        """The children as Kubernetes objects, in apply order."""
        return [child.manifest for child in self.children]

    @property
    def pods(self) -> tuple[Pods, ...]:
        """What its workloads run, the main one first."""
        return tuple(child.pods for child in self.children if child.pods)

    @property
    def sidecar_ports(self) -> tuple[tuple[int, str], ...]:
        """Numbers and protocols of the ports that a sidecar of the workload listens on, whether it declares them or not."""
        ports: tuple[ServicePort, ...] = getattr(self.resource.spec, "ports", ())
        return tuple([(port.container_port, port.protocol) for port in ports if port.container is not None])

    @property
    def chosen_names(self) -> dict[tuple[str, str], str]:
        """The field of the resource that names a child, by the child's kind and name, where the user chose the name."""
        return {
            (child.manifest["kind"], child.manifest["metadata"]["name"]): child.name_field
            for child in self.children
            if child.name_field
        }

    @property
    def overlaid(self) -> dict[tuple[str, str], Manifest]:
        """What was derived where the user laid something over it, by kind and name of the child."""
        return {
            (child.manifest["kind"], child.manifest["metadata"]["name"]): child.derived
            for child in self.children
            if child.derived is not None
        }

    @property
    def is_scaled_from_outside(self) -> bool:
        """Whether the resource says that somebody else owns the number of its pods."""
        autoscaling: Autoscaling | None = getattr(self.resource.spec, "autoscaling", None)
        return autoscaling is not None and autoscaling.enabled is not False and autoscaling.external

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
            "apiVersion": kind_named(resource.kind).api_version(self.rules.platform),
            "kind": resource.kind,
            "metadata": present(metadata),
            "spec": spec,
        }
