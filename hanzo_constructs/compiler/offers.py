"""What a resource offers to others: its Services, their ports, and the network policy that guards its pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..children.network_policy import PodPort
from ..kube.core import Container
from ..platform import Platform
from ..spec.cluster_services import OfferedService
from ..spec.exposure import NetworkPolicy
from ..spec.ports import ServicePort
from ..spec.resource import Resource

__all__ = ["Name", "Offer", "credentials", "is_credentials", "offer_of", "resource_address"]

Name = tuple[str, str]
"""Namespace (an empty string for none) and name."""


class Offer(NamedTuple):
    """What one resource offers."""

    owner: str
    """The resource, as messages name it: `Service hanzo/api`."""
    namespace: str
    """Empty for none."""
    kind: str
    name: str
    services: Mapping[str, OfferedService]
    """Its Services by name."""
    secret: str | None
    """The Secret with the credentials of its clients."""
    ports: tuple[ServicePort, ...]
    """All that are declared, those too that no Service offers."""
    sidecars: tuple[tuple[str, Container], ...]
    """Further containers that run as long as the pods, and the fields where they stand."""
    policy: NetworkPolicy | None
    """The network policy, where it is on."""

    @property
    def addresses(self) -> tuple[Name, ...]:
        """By what others call it, in its namespace: each of its Services, itself, and the Secret for its clients."""
        secret = (credentials(self.secret),) if self.secret else ()
        itself = resource_address(self.kind, self.name)
        return tuple((self.namespace, name) for name in (*self.services, itself, *secret))

    @property
    def pod_ports(self) -> tuple[PodPort, ...]:
        """Every port that the pods declare, those of sidecars too."""
        declared = [(port.container_port, port.protocol) for port in self.ports]
        declared += [
            (port.container_port, port.protocol or "TCP") for _, each in self.sidecars for port in each.ports or ()
        ]
        return tuple(dict.fromkeys(declared))

    def behind(self, service: str, port: int | str | None) -> tuple[PodPort, ...]:
        """Return the ports of the pods behind the *port* (number or name) of *service*; of all its ports for None.

        Who has the credentials gets the first port, which is that of the engine. A headless Service leads to the pods
        themselves, and so to every port that they declare.
        """
        if service == resource_address(self.kind, self.name):
            main = next(iter(self.services.values()), None)
            return tuple((each.container_port, each.protocol) for each in main.ports[:1]) if main else ()
        if self.secret and service == credentials(self.secret):
            return tuple((each.container_port, each.protocol) for each in self.ports[:1])
        if (offered := self.services.get(service)) is None:
            return ()
        named = [each for each in offered.ports if port is None or port in {each.name, each.exposed_port}]
        found: list[PodPort] = [(each.container_port, each.protocol) for each in named]
        if offered.headless:
            found += [each for each in self.pod_ports if port is None or port == each[0]]
        return tuple(dict.fromkeys(found))


def credentials(secret: str) -> str:
    """Return by what name *secret* stands among the addresses of a namespace; no Service can have it."""
    return f"Secret {secret}"


def resource_address(kind: str, name: str) -> str:
    """Return by what the resource of *kind* and *name* stands among the addresses of a namespace, whatever its Services."""
    return f"{kind}/{name}"


def is_credentials(address: str) -> bool:
    """Tell whether *address* is one that `credentials` returned."""
    return " " in address


def offer_of(resource: Resource, platform: Platform) -> Offer:
    """Return what *resource* offers on *platform*."""
    spec = resource.spec
    policy: NetworkPolicy | None = getattr(spec, "network_policy", None)
    return Offer(
        owner=str(resource),
        namespace=resource.metadata.namespace or platform.namespace or "",
        kind=resource.kind,
        name=resource.name,
        services={service.name: service for service in resource.offered_services},
        secret=spec.credentials_secret if "credentials_secret" in spec.model_fields_set else None,
        ports=resource.ports,
        sidecars=tuple(_sidecars(resource)),
        policy=None if policy is None or policy.enabled is False else policy,
    )


def _sidecars(resource: Resource) -> Iterator[tuple[str, Container]]:
    """Yield the further containers that run as long as the pods: sidecars, and init containers that go on running."""
    for index, container in enumerate(getattr(resource.spec, "sidecars", ())):
        yield f"spec.sidecars[{index}]", container
    for index, container in enumerate(getattr(resource.spec, "init_containers", ())):
        if container.restart_policy == "Always":
            yield f"spec.initContainers[{index}]", container
