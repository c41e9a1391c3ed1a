"""What resources of one set mean for each other: found in all of them first, used while one of them compiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import Finding
from ..platform import Platform
from ..spec.base import BaseGateway
from ..spec.resource import Resource

__all__ = ["NO_LINKS", "GatewayRoute", "Links", "links_of"]

Name = tuple[str, str]
"""Namespace (an empty string for none) and name of a resource."""


@dataclass(frozen=True, slots=True)
class GatewayRoute:
    """The route of a Base application in a Gateway."""

    owner: str
    """The Base, as messages name it: `Base hanzo/my-app`."""
    namespace: str
    name: str
    port: int
    gateway: BaseGateway


@dataclass(frozen=True, slots=True)
class Links:
    """The links between the resources of a set."""

    gateways: frozenset[Name] = frozenset()
    """Every Gateway of the set."""
    routes: Mapping[Name, tuple[GatewayRoute, ...]] = field(default_factory=dict)
    """Routes of Base applications by the Gateway they ask for, in the order of their prefixes."""


NO_LINKS = Links()


def links_of(resources: Iterable[Resource], platform: Platform) -> tuple[Links, tuple[Finding, ...]]:
    """Return the links between *resources*, whatever their order, and what is contradictory about them."""
    gateways: set[Name] = set()
    routes: dict[Name, list[GatewayRoute]] = {}
    for resource in resources:
        namespace = resource.metadata.namespace or platform.namespace or ""
        if resource.kind == "Gateway":
            gateways.add((namespace, resource.name))
        elif resource.kind == "Base" and (gateway := resource.spec.gateway):
            route = GatewayRoute(str(resource), namespace, resource.name, resource.spec.port, gateway)
            routes.setdefault((gateway.gateway_namespace or namespace, gateway.gateway_name), []).append(route)
    ordered = {
        name: tuple(sorted(found, key=lambda route: (route.gateway.route, route.namespace, route.name)))
        for name, found in sorted(routes.items())
    }
    return Links(frozenset(gateways), ordered), tuple(_contradictions(ordered))


def _contradictions(routes: Mapping[Name, tuple[GatewayRoute, ...]]) -> Iterable[Finding]:
    for (_, gateway), found in routes.items():
        for earlier, later in zip(found, found[1:], strict=False):
            if earlier.gateway.route == later.gateway.route:
                message = f'"{later.gateway.route}" is routed twice in the gateway {gateway} (also by {earlier.owner})'
                yield Finding(message, "spec.gateway.route", later.owner)
