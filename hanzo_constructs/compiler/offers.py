"""What a resource offers to others: its Services, their ports, and the network policy that guards its pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..children.network_policy import PodPort
from ..platform import Platform
from ..spec.cluster_services import OfferedService
from ..spec.network_policy import NetworkPolicy
from ..spec.ports import ServicePort
from ..spec.resource import Resource

if TYPE_CHECKING:
    from ..kube.core import Container

__all__ = ["Entrance", "Name", "Offer", "credentials", "is_credentials", "offer_of", "resource_address"]

Name = tuple[str, str]
"""Namespace (an empty string for none) and name."""


class Entrance(NamedTuple):
    """A name by which pods are reached, in plain values that other processes read fast."""

    address: Name
    ports: tuple[tuple[str, int, int, str], ...]
    """Name and number of each port of the Service, and number and protocol of the port of the pods."""

    def behind(self, port: int | str | None) -> tuple[PodPort, ...]:
        """Return the ports of the pods behind *port* (number or name) of the Service; of all its ports for None."""
        found = [(number, protocol) for name, own, number, protocol in self.ports if port in (None, name, own)]
        return tuple(dict.fromkeys(found))


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
    def entrances(self) -> tuple[Entrance, ...]:
        """The names by which others reach the pods, and the ports behind them."""
        found = []
        for name, service in self.services.items():
            ports = _opened(service.ports)
            if service.headless:
                ports += [("", number, number, protocol) for number, protocol in self.pod_ports]
            found.append(Entrance((self.namespace, name), tuple(ports)))
        if main := next(iter(self.services.values()), None):
            itself, ports = (self.namespace, resource_address(self.kind, self.name)), _opened(main.ports)
            found.append(Entrance(itself, (*(("", *each[1:]) for each in ports[:1]), *ports)))
        if self.secret:
            found.append(Entrance((self.namespace, credentials(self.secret)), tuple(_opened(self.ports[:1]))))
        return tuple(found)

    @property
    def pod_ports(self) -> tuple[PodPort, ...]:
        """Every port that the pods declare, those of sidecars too."""
        declared = [(port.container_port, port.protocol) for port in self.ports]
        declared += [
            (port.container_port, port.protocol or "TCP") for _, each in self.sidecars for port in each.ports or ()
        ]
        return tuple(dict.fromkeys(declared))


def _opened(ports: Sequence[ServicePort]) -> list[tuple[str, int, int, str]]:
    return [(port.name, port.exposed_port, port.container_port, port.protocol) for port in ports]


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
