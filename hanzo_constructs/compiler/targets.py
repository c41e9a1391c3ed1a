"""How a resource is reached: what those who connect to it are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..spec.cluster_services import OfferedService
from ..spec.resource import Resource
from .kind import compiler_of
from .offers import Offer

__all__ = ["Target", "TargetName", "TargetPort", "further_targets", "scheme_of", "target_of", "unreadable"]

TargetName = tuple[str, str, str]
"""Kind, namespace (an empty string for none) and name of a resource."""

_SCHEMES = frozenset(("amqp", "grpc", "https", "redis", "tcp", "ws", "wss"))
"""What a port may say that it speaks, beside HTTP."""


class TargetPort(NamedTuple):
    """A port of a Service as its clients see it."""

    name: str
    number: int
    scheme: str
    """What is spoken through it."""


class Target(NamedTuple):
    """A resource as those see it who connect to it."""

    owner: str
    """The resource, as messages name it: `SQL shop/orders-db`."""
    namespace: str
    """Empty for none."""
    service: str
    """Name of the Service for its clients."""
    ports: tuple[TargetPort, ...]
    """The ports of that Service; who names none means the first."""
    database: str
    """The database that is there from the beginning; empty where that is not known."""
    secrets: tuple[str, ...]
    """The Secret with the credentials of its clients, or else all that are filled for it."""
    database_hint: str = ""
    """What says which database there is, where that is not known."""
    is_datastore: bool = False
    is_outside: bool = False
    """Whether it is no resource of the set, so that only what its kind says is known."""

    def port(self, name: str | None) -> TargetPort | None:
        """Return the port of that *name*, the first one for None; None where there is none."""
        return next((port for port in self.ports if name in (None, port.name)), None)


def target_of(resource: Resource, offer: Offer) -> Target:
    """Return how *resource*, which has that *offer*, is reached."""
    main, spec = offer.services.get(resource.service_name), resource.spec
    database = compiler_of(resource).database
    credentials: str | None = spec.credentials_secret if database else None
    filled = (
        tuple([each.managed_secret_name for each in spec.kms_secrets]) if "kms_secrets" in spec.model_fields_set else ()
    )
    name, hint = database(resource) if database else ("", "it is no database")
    return Target(
        owner=offer.owner,
        namespace=offer.namespace,
        service=resource.service_name,
        ports=(*_ports(resource, main),) if main else (),
        database=name,
        secrets=(credentials,) if credentials else filled,
        database_hint=hint,
        is_datastore=database is not None,
    )


def further_targets(resource: Resource, offer: Offer, main: Target) -> tuple[Target, ...]:
    """Return how *resource* is reached by those of its Services that do not bear its name; *main* is how it is reached."""
    return tuple(
        main._replace(service=name, ports=(*_ports(resource, service),))
        for name, service in offer.services.items()
        if name != offer.name
    )


def scheme_of(name: str, protocol: str, app_protocol: str | None) -> str:
    """Return what a port says that it speaks (`appProtocol: grpc`, a name such as `https-admin`), else http."""
    if protocol != "TCP":
        return protocol.lower()
    said = (app_protocol or "").removeprefix("kubernetes.io/"), name.partition("-")[0]
    return next((scheme for scheme in said if scheme in _SCHEMES), "http")


def unreadable(secret: str, owner: str, place: str, namespace: str) -> str:
    """Say that pods in *namespace* cannot read the *secret* of *owner*, which is in another *place*."""
    return (
        f"pods in {namespace or 'no namespace'} cannot read the Secret {secret} of {owner}, which is in {place or 'none'};"
        " write a secretKeyRef to a Secret of their own namespace"
    )


def _ports(resource: Resource, service: OfferedService) -> Iterator[TargetPort]:
    schemes = compiler_of(resource).schemes(resource)
    for port in service.ports:
        number = port.container_port if service.headless else port.exposed_port
        scheme = schemes.get(port.name) or scheme_of(port.name, port.protocol, port.app_protocol)
        yield TargetPort(port.name, number, scheme)
