"""What resources of one set have to do with each other: gathered from all of them before one of them compiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType

from ..errors import Finding
from ..platform import Platform
from ..spec.base import BaseGateway
from ..spec.resource import Base, Gateway, Resource
from ..spec.route_prefix import prefix_key
from .needs import Need, need_rank, needs_of
from .offers import Name, Offer, offer_of

__all__ = ["NO_LINKS", "GatewayRoute", "Links", "links_of"]


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
    gateways: set[Name] = set()
    guarded: dict[Name, Offer] = {}
    needs: list[tuple[Name, Need]] = []
    routes: dict[Name, list[GatewayRoute]] = {}
    seen: set[tuple[str, str, str]] = set()
    for resource in resources:
        namespace = resource.metadata.namespace or platform.namespace or ""
        if (identity := (resource.kind, namespace, resource.name)) in seen:
            continue
        seen.add(identity)
        needs += [((namespace, resource.name), need) for need in needs_of(resource, platform)]
        if (offer := offer_of(resource, platform)).policy:
            guarded |= dict.fromkeys(offer.addresses, offer)
        if isinstance(resource, Gateway):
            gateways.add((namespace, resource.name))
        elif isinstance(resource, Base) and (gateway := resource.spec.gateway) and namespace:
            route = GatewayRoute(str(resource), namespace, resource.name, resource.spec.port, gateway)
            routes.setdefault((gateway.gateway_namespace or namespace, gateway.gateway_name), []).append(route)
    ordered = {name: tuple(sorted(found, key=_order)) for name, found in sorted(routes.items())}
    links = Links(frozenset(gateways), MappingProxyType(ordered), MappingProxyType(_admitted(needs, guarded)))
    return links, tuple(_contradictions(ordered))


def _admitted(needs: Iterable[tuple[Name, Need]], guarded: Mapping[Name, Offer]) -> dict[Name, tuple[Need, ...]]:
    """Return the *needs* of one resource towards another that is *guarded*, by the name of the latter."""
    found: dict[Name, list[Need]] = {}
    for caller, need in needs:
        offer = guarded.get((need.namespace, need.service))
        if offer and (name := (offer.namespace, offer.name)) != caller:
            found.setdefault(name, []).append(need)
    return {name: tuple(sorted(found[name], key=need_rank)) for name in sorted(found)}


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
