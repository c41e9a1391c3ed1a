"""What resources of one set have to do with each other: gathered from all of them before one of them compiles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from ..children.network_policy import PodPort
from ..errors import Finding
from ..platform import Platform
from ..spec.resource import Resource
from ..spec.route_prefix import prefix_key
from .agreements import Half, Known, halves_of, is_agreed
from .config_texts import Told
from .fronts import NO_DOORS, Doors
from .needs import Labels, Need, need_rank
from .offers import Entrance, Name, is_credentials
from .resource_ties import ties_of
from .targets import Target, TargetName
from .ties import GatewayRoute, Ties, with_read_needs

__all__ = [
    "NO_LINKS",
    "GatewayRoute",
    "Links",
    "Reached",
    "Ties",
    "contradictions",
    "in_order",
    "in_reach",
    "is_ambiguous",
    "is_neighbour",
    "links_between",
    "links_of",
    "reached_by",
    "ties_of",
    "with_surroundings",
]


class Reached(NamedTuple):
    """Pods of the set that a resource is declared to need."""

    who: str
    """Whose they are, as messages name it: `Service hanzo/api`."""
    namespace: str
    labels: Labels
    ports: tuple[PodPort, ...]
    """Those that are needed."""
    field: str
    """Where the need is said, in the resource that has it."""


@dataclass(frozen=True, slots=True)
class Links:
    """The links between the resources of a set."""

    gateways: Mapping[Name, Labels] = field(default_factory=lambda: MappingProxyType({}))
    """Every Gateway of the set, and what selects its pods."""
    routes: Mapping[Name, tuple[GatewayRoute, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Routes of Base applications by the Gateway they ask for, in the order of their prefixes."""
    admitted: Mapping[Name, tuple[Need, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What others need of a resource with a network policy, by the namespace and name of that."""
    targets: Mapping[Name, Mapping[TargetName, Target]] = field(default_factory=lambda: MappingProxyType({}))
    """How what a resource connects to is reached, by the namespace and name of who connects."""
    reached: Mapping[Name, tuple[Reached, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What a resource whose policy restricts whom its pods connect to needs of the set, by its namespace and name."""
    doors: Mapping[Name, Doors] = field(default_factory=lambda: MappingProxyType({}))
    """How else the pods of a resource are reached, by its namespace and name."""
    halves: Mapping[Name, tuple[Half, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Halves of agreements that a resource lacks, or that nobody answers, by its namespace and name."""

    def concern(self, name: Name) -> bool:
        """Tell whether any of them is one of the resource of that namespace and *name*, but that its Gateway is there."""
        by_name = (self.routes, self.admitted, self.targets, self.reached, self.doors, self.halves)
        return any(name in each for each in by_name)


NO_LINKS = Links()


def links_of(resources: Iterable[Resource], platform: Platform) -> tuple[Links, tuple[Finding, ...]]:
    """Return the links between *resources*, whatever their order, and what is contradictory about them.

    Of two resources of one kind and name, which is a mistake that others report, the first counts.
    """
    return links_between(ties_of(resource, platform) for resource in resources)


def links_between(ties: Iterable[Ties]) -> tuple[Links, tuple[Finding, ...]]:
    """Return what `links_of` returns for the resources that have *ties*."""
    unique: dict[tuple[str, Name], Ties] = {}
    for each in ties:
        unique.setdefault((each.kind, each.name), each)
    declared, doors = with_surroundings(unique.values())
    gateways = {each.name: each.gateway for each in declared if each.gateway is not None}
    routes = in_order(each.routed for each in declared if each.routed)
    admitted, reached = MappingProxyType(_admitted(declared)), MappingProxyType(_reached(declared))
    halves = MappingProxyType(_halves(declared))
    links = Links(gateways, routes, admitted, _targets(declared), reached, doors, halves)
    return links, tuple(contradictions(routes))


def with_surroundings(ties: Collection[Ties]) -> tuple[Collection[Ties], dict[Name, Doors]]:
    """Return *ties* with what follows from the ConfigMaps, Services and monitors of the set, and the doors of each by its name."""
    return _behind_doors(_with_read_needs(ties))


def _with_read_needs(ties: Collection[Ties]) -> Collection[Ties]:
    told: dict[Name, list[Told]] = {}
    for each in ties:
        for text in each.told:
            told.setdefault(text.address, []).append(text)
    return [with_read_needs(each, told) for each in ties] if told else ties


def _behind_doors(ties: Collection[Ties]) -> tuple[Collection[Ties], dict[Name, Doors]]:
    """Return *ties* with what Services and monitors of the user's own lead to, and the doors of each by its name."""
    fronts = tuple(front for each in ties for front in each.fronts)
    scrapes = tuple(scrape for each in ties for scrape in each.scrapes)
    if not fronts and not scrapes:
        return ties, {}
    found, needs, doors = list[Ties](), list[Need](), dict[Name, Doors]()
    for each in ties:
        mine = each.doors(fronts, scrapes)
        found.append(each.behind_doors(mine))
        needs += each.scraped(mine, scrapes)
        if mine is not NO_DOORS and each.guarded:
            doors[each.name] = mine
    return [*found, Ties("", ("", "monitors of the user's own"), needs=tuple(needs))], doors


def _targets(ties: Collection[Ties]) -> Mapping[Name, Mapping[TargetName, Target]]:
    """Return how what those with *ties* connect to is reached, as far as it is among them."""
    asked = {name for each in ties for name in each.connects}
    known = {
        name: target
        for each in ties
        for name in each.target_names
        if name in asked and (target := each.reached_as(name))
    }
    found: dict[Name, dict[TargetName, Target]] = {}
    for each in ties if known else ():
        if reached := {name: known[name] for name in each.connects if name in known}:
            found.setdefault(each.name, {}).update(reached)
    return MappingProxyType(found)


def in_order(routed: Iterable[tuple[Name, GatewayRoute]]) -> Mapping[Name, tuple[GatewayRoute, ...]]:
    """Return routes by their Gateway, in the order of their prefixes."""
    routes: dict[Name, list[GatewayRoute]] = {}
    for gateway, route in routed:
        routes.setdefault(gateway, []).append(route)
    return MappingProxyType({name: tuple(sorted(found, key=_order)) for name, found in sorted(routes.items())})


def _admitted(ties: Collection[Ties]) -> dict[Name, tuple[Need, ...]]:
    """Return what resources that have *ties* need of others that have a network policy, by the name of the latter."""
    guarded: dict[Name, list[Name]] = {}
    owners: dict[Name, Ties] = {}
    for each in ties:
        if each.guarded:
            owners.setdefault(each.name, each)
        for address in each.guarded:
            guarded.setdefault(address, []).append(each.name)
    found: dict[Name, list[Need]] = {}
    for each in ties if guarded else ():
        for need in each.needs:
            names = guarded.get(need.address, ())
            if not names or each.name in names or is_ambiguous(need.address, names):
                continue
            if not is_neighbour(need, owners[names[0]]) and is_agreed(need, each, owners[names[0]]):
                found.setdefault(names[0], []).append(need)
    return {name: tuple(sorted(found[name], key=need_rank)) for name in sorted(found)}


def _reached(ties: Collection[Ties]) -> dict[Name, tuple[Reached, ...]]:
    """Return what those of *ties* need of the others whose pods may not connect to anybody else, by their names."""
    restricted = {each.caller: each for each in ties if each.restricted}
    if not restricted:
        return {}
    owners: dict[Name, list[tuple[Ties, Entrance]]] = {}
    for each in ties:
        for entrance in each.entrances:
            owners.setdefault(entrance.address, []).append((each, entrance))
    found: dict[Name, list[Reached]] = {}
    for each in ties:
        for need in each.needs:
            caller = restricted.get(need.caller.pods)
            if caller is not None and (reached := reached_by(need, caller, owners.get(need.address, ()))):
                found.setdefault(caller.name, []).append(reached)
    return {name: in_reach(found[name]) for name in sorted(found)}


def reached_by(need: Need, caller: Ties, owners: Sequence[tuple[Ties, Entrance]]) -> Reached | None:
    """Return what *need* of *caller* asks for among the *owners* of its address.

    None where nobody offers it, where two may be meant, and where the owner does not let the caller in.
    """
    if not owners or is_ambiguous(need.address, owners):
        return None
    ties, entrance = owners[0]
    if not is_agreed(need, caller, ties):
        return None
    ports = entrance.behind(need.port)
    namespace, name = ties.name
    who = f"{ties.kind} {namespace}/{name}" if namespace else f"{ties.kind} {name}"
    return Reached(who, namespace, ties.labels, ports, need.field) if ports else None


def _halves(ties: Collection[Ties]) -> dict[Name, tuple[Half, ...]]:
    """Return the halves of agreements that resources with *ties* lack, or that nobody answers."""
    bilateral = [each for each in ties if each.inbound is not None]
    if not bilateral:
        return {}
    needs: dict[Name, list[tuple[Ties, Need]]] = {}
    named: dict[Name, list[Ties]] = {}
    for each in ties:
        named.setdefault(each.name, []).append(each)
        for need in each.needs:
            needs.setdefault(need.address, []).append((each, need))
    inviting: dict[Name, list[Ties]] = {}
    for each in bilateral:
        for name in each.inbound or ():
            inviting.setdefault(name, []).append(each)
    offered = {entrance.address for each in ties for entrance in each.entrances}
    known = Known(
        lambda address: needs.get(address, ()),
        lambda name: named.get(name, ()),
        lambda name: inviting.get(name, ()),
        lambda address: address in offered,
    )
    return {each.name: found for each in bilateral if (found := halves_of(each, known))}


def in_reach(found: Iterable[Reached]) -> tuple[Reached, ...]:
    """Return *found* in an order that no declaration changes, each of them once."""
    return tuple(sorted({*found}))


def is_neighbour(need: Need, ties: Ties) -> bool:
    """Tell whether who has *need* is let in anyway by the policy of the resource with *ties*, as its neighbour."""
    return ties.admits_neighbours and need.caller.namespace == ties.name[0]


def is_ambiguous(address: Name, owners: Sized) -> bool:
    """Tell whether *address* is a Secret that several *owners* share, which does not say whose client reads it."""
    return is_credentials(address[1]) and len(owners) > 1


def _order(route: GatewayRoute) -> tuple[str, str, str]:
    return prefix_key(route.gateway.route), route.namespace, route.name


def contradictions(routes: Mapping[Name, tuple[GatewayRoute, ...]]) -> Iterable[Finding]:
    """Yield each route whose prefix another application has in the same gateway; the later one is the subject."""
    for (namespace, name), found in routes.items():
        first: dict[str, GatewayRoute] = {}
        for route in found:
            earlier = first.setdefault(prefix_key(route.gateway.route), route)
            if earlier is not route:
                message = f"{route.gateway.route} is routed twice in Gateway {namespace}/{name} (also by {earlier.owner}); give each its own"
                yield Finding(message, "spec.gateway.route", route.owner)
