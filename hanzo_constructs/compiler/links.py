"""What resources of one set have to do with each other: gathered from all of them before one of them compiles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType

from ..errors import Finding
from ..platform import Platform
from ..spec.base import BaseGateway
from ..spec.resource import Base, Gateway, Resource
from ..spec.route_prefix import prefix_key
from .needs import Need, need_rank, needs_of
from .offers import Name, is_credentials, offer_of

__all__ = ["NO_LINKS", "GatewayRoute", "Links", "is_ambiguous", "links_of", "routes_of"]


@dataclass(frozen=True, slots=True)
class GatewayRoute:
    """The route of a Base application in a Gateway."""

    owner: str
    """The Base, as messages name it: `Base hanzo/my-app`."""
    namespace: str
    name: str
    port: int
    replicas: int
    gateway: BaseGateway


@dataclass(frozen=True, slots=True)
class Links:
    """The links between the resources of a set."""

    gateways: AbstractSet[Name] = frozenset()
    """Every Gateway of the set."""
    routes: Mapping[Name, tuple[GatewayRoute, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Routes of Base applications by the Gateway they ask for, in the order of their prefixes."""
    admitted: Mapping[Name, tuple[Need, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What others need of a resource with a network policy, by the namespace and name of that."""


NO_LINKS = Links()


def links_of(resources: Iterable[Resource], platform: Platform) -> tuple[Links, tuple[Finding, ...]]:
    """Return the links between *resources*, whatever their order, and what is contradictory about them.

    Of two resources of one kind and name, which is a mistake that others report, the first counts.
    """
    unique: dict[tuple[str, Name], Resource] = {}
    for resource in resources:
        unique.setdefault((resource.kind, _name(resource, platform)), resource)
    declared = unique.values()
    gateways = frozenset(_name(each, platform) for each in declared if isinstance(each, Gateway))
    routes = routes_of((each for each in declared if isinstance(each, Base)), platform)
    links = Links(gateways, routes, MappingProxyType(_admitted(declared, platform)))
    return links, tuple(_contradictions(routes))


def routes_of(applications: Iterable[Base], platform: Platform) -> Mapping[Name, tuple[GatewayRoute, ...]]:
    """Return the routes of *applications* by the Gateway they ask for, in the order of their prefixes."""
    routes: dict[Name, list[GatewayRoute]] = {}
    for each in applications:
        namespace, name = _name(each, platform)
        if (gateway := each.spec.gateway) and namespace:
            route = GatewayRoute(str(each), namespace, name, each.spec.port, each.spec.replicas, gateway)
            routes.setdefault((gateway.gateway_namespace or namespace, gateway.gateway_name), []).append(route)
    return MappingProxyType({name: tuple(sorted(found, key=_order)) for name, found in sorted(routes.items())})


def _name(resource: Resource, platform: Platform) -> Name:
    return resource.metadata.namespace or platform.namespace or "", resource.name


def _admitted(resources: Collection[Resource], platform: Platform) -> dict[Name, tuple[Need, ...]]:
    """Return what *resources* need of others that have a network policy, by the name of the latter."""
    guarded: dict[Name, list[Name]] = {}
    for resource in resources:
        if (offer := offer_of(resource, platform)).policy:
            for address in offer.addresses:
                guarded.setdefault(address, []).append((offer.namespace, offer.name))
    found: dict[Name, list[Need]] = {}
    for resource in resources if guarded else ():
        caller = _name(resource, platform)
        for need in needs_of(resource, platform):
            names = guarded.get(need.address, ())
            if names and caller not in names and not is_ambiguous(need.address, names):
                found.setdefault(names[0], []).append(need)
    return {name: tuple(sorted(found[name], key=need_rank)) for name in sorted(found)}


def is_ambiguous(address: Name, owners: Sized) -> bool:
    """Tell whether *address* is a Secret that several *owners* share, which does not say whose client reads it."""
    return is_credentials(address[1]) and len(owners) > 1


def _order(route: GatewayRoute) -> tuple[str, str, str]:
    return prefix_key(route.gateway.route), route.namespace, route.name


def _contradictions(routes: Mapping[Name, tuple[GatewayRoute, ...]]) -> Iterable[Finding]:
    """Yield each route whose prefix another application has in the same gateway; the later one is the subject."""
    for (namespace, name), found in routes.items():
        first: dict[str, GatewayRoute] = {}
        for route in found:
            earlier = first.setdefault(prefix_key(route.gateway.route), route)
            if earlier is not route:
                message = f"{route.gateway.route} is routed twice in Gateway {namespace}/{name} (also by {earlier.owner}); give each its own"
                yield Finding(message, "spec.gateway.route", route.owner)
