"""The links of a set that changes: adding, removing and asking take as long as the one resource has links."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import chain
from typing import Generic, TypeVar

from ..spec.route_prefix import prefix_key
from .agreements import Known, halves_of, is_agreed
from .config_texts import Told
from .fronts import NO_DOORS, Doors, Scrape
from .links import (
    NO_LINKS,
    GatewayRoute,
    Links,
    Reached,
    Ties,
    in_order,
    in_reach,
    is_ambiguous,
    is_neighbour,
    reached_by,
)
from .needs import Labels, Need, need_rank
from .offers import Entrance, Name
from .targets import Target, TargetName
from .ties import with_read_needs

__all__ = ["LinkIndex"]

K = TypeVar("K", bound=Hashable)


class LinkIndex(Generic[K]):
    """The ties of resources, by what they ask of each other; the caller names each resource by a key of its own."""

    def __init__(self) -> None:
        self._ties: dict[K, Ties] = {}
        self._gateways: dict[Name, dict[K, None]] = {}
        self._routes: dict[Name, dict[K, GatewayRoute]] = {}
        """Routes by the Gateway that they are wanted in, whether there is one or not."""
        self._prefixes: dict[tuple[Name, str], dict[K, GatewayRoute]] = {}
        """The same by what the prefix means, too."""
        self._needs: dict[Name, dict[K, tuple[Name, list[Need]]]] = {}
        """Needs and the name of who has them by the address that is needed, whether anything stands there or not."""
        self._guarded: dict[Name, dict[K, None]] = {}
        """What has a network policy, by each of its addresses."""
        self._entrances: dict[Name, dict[K, Entrance]] = {}
        """By what pods are reached, by the address."""
        self._wishes: dict[tuple[str, Labels], dict[K, list[Need]]] = {}
        """Needs by the namespace and the labels of who has them."""
        self._targets: dict[TargetName, dict[K, None]] = {}
        """Resources by the name that connections ask for, the first counts."""
        self._connecting: dict[TargetName, dict[K, None]] = {}
        """Resources by the names that their connections ask for, whether there is anything or not."""
        self._surrounding: dict[K, Ties] = {}
        """Who has Services and monitors that lead to the pods of others by their labels."""
        self._names: dict[Name, dict[K, None]] = {}
        """Resources by namespace and name."""
        self._inviting: dict[Name, dict[K, None]] = {}
        """Resources that name their callers, by these."""
        self._known = Known(
            self._needing, self._named, self._invited_by, lambda address: bool(self._entrances.get(address))
        )
        self._given: dict[K, Ties] = {}
        """Ties as they were added, without what follows from the ConfigMaps of others."""
        self._told: dict[Name, dict[K, list[Told]]] = {}
        """Texts of ConfigMaps, by the name of these."""
        self._readers: dict[Name, dict[K, None]] = {}
        """Who gets variables from ConfigMaps, by the names of these, whether there are such or not."""
        self.version = 0
        """Changes with the set: as long as it is the same, so are all links."""

    def __iter__(self) -> Iterator[K]:
        """Yield the keys in the order in which they were added."""
        return iter(self._given)

    @property
    def is_guarded(self) -> bool:
        """Whether any of the resources has a network policy."""
        return any(self._guarded.values()) or any(each.restricted for each in self._ties.values())

    def add(self, key: K, ties: Ties) -> None:
        """Add the resource *key*, or replace its ties."""
        if self._given.get(key) == ties:
            return
        self.remove(key)
        self._given[key] = ties
        for text in ties.told:
            self._told.setdefault(text.address, {}).setdefault(key, []).append(text)
        for read in ties.reads:
            self._readers.setdefault(read.address, {})[key] = None
        self._insert(key, self._with_read_needs(ties))
        self._renew_readers(ties)

    def _insert(self, key: K, ties: Ties) -> None:
        self._ties[key] = ties
        self.version += 1
        if ties.gateway is not None:
            self._gateways.setdefault(ties.name, {})[key] = None
        for name in ties.target_names if ties.target is not None else ():
            self._targets.setdefault(name, {})[key] = None
        for name in ties.connects:
            self._connecting.setdefault(name, {})[key] = None
        self._names.setdefault(ties.name, {})[key] = None
        for caller in ties.inbound or ():
            self._inviting.setdefault(caller, {})[key] = None
        if ties.routed:
            gateway, route = ties.routed
            self._routes.setdefault(gateway, {})[key] = route
            self._prefixes.setdefault(_prefix(gateway, route), {})[key] = route
        for address in ties.guarded:
            self._guarded.setdefault(address, {})[key] = None
        for entrance in ties.entrances:
            self._entrances.setdefault(entrance.address, {})[key] = entrance
        if ties.fronts or ties.scrapes:
            self._surrounding[key] = ties
        for need in ties.needs:
            self._needs.setdefault(need.address, {}).setdefault(key, (ties.name, []))[1].append(need)
            self._wishes.setdefault(need.caller.pods, {}).setdefault(key, []).append(need)

    def remove(self, key: K) -> None:
        """Remove the resource *key*, if it is there."""
        given = self._given.pop(key, None)
        if given is None:
            return
        for text in given.told:
            self._told[text.address].pop(key, None)
        for read in given.reads:
            self._readers[read.address].pop(key, None)
        self._take_out(key)
        self._renew_readers(given)

    def _renew_readers(self, ties: Ties) -> None:
        """Have those know of it who read a ConfigMap with texts that *ties* tell."""
        for key in dict.fromkeys(key for text in ties.told for key in self._readers.get(text.address, ())):
            renewed = self._with_read_needs(self._given[key])
            if renewed != self._ties[key]:
                self._take_out(key)
                self._insert(key, renewed)

    def _with_read_needs(self, ties: Ties) -> Ties:
        told = {each.address: chain.from_iterable(self._told.get(each.address, {}).values()) for each in ties.reads}
        return with_read_needs(ties, {address: [*texts] for address, texts in told.items()})

    def _take_out(self, key: K) -> None:
        ties = self._ties.pop(key)
        self.version += 1
        self._surrounding.pop(key, None)
        self._gateways.get(ties.name, {}).pop(key, None)
        for name in ties.target_names:
            self._targets.get(name, {}).pop(key, None)
        for name in ties.connects:
            self._connecting[name].pop(key, None)
        self._names[ties.name].pop(key)
        for caller in ties.inbound or ():
            self._inviting[caller].pop(key, None)
        if ties.routed:
            self._routes[ties.routed[0]].pop(key, None)
            self._prefixes[_prefix(*ties.routed)].pop(key, None)
        for address in ties.guarded:
            self._guarded[address].pop(key, None)
        for entrance in ties.entrances:
            self._entrances[entrance.address].pop(key, None)
        for need in ties.needs:
            self._needs[need.address].pop(key, None)
            self._wishes[need.caller.pods].pop(key, None)

    def links(self, ties: Ties) -> Links:
        """Return the links of the set as far as they concern a resource with *ties*, which need not be part of it."""
        if not (ties.guarded or ties.gateway is not None or ties.routed or ties.connects or ties.restricted):
            return NO_LINKS
        doors = self._doors(ties)
        ties = ties.behind_doors(doors)
        routes = (
            in_order((ties.name, each) for each in self._routes.get(ties.name, {}).values())
            if ties.gateway is not None
            else {}
        )
        asked: dict[Name, Labels] = {}
        if ties.routed and (key := self.gateway(ties.routed[0])) is not None:
            asked[ties.routed[0]] = self._ties[key].gateway or ()
        scraped = ties.scraped(doors, self._scrapes)
        needs = tuple(sorted({*self._needs_of(ties), *(scraped if ties.guarded else ())}, key=need_rank))
        targets = {name: target for name in ties.connects if (target := self._target(name))}
        reached = in_reach(self._reached_by(ties)) if ties.restricted else ()
        return Links(
            asked,
            routes,
            {ties.name: needs} if needs else {},
            {ties.name: targets} if targets else {},
            {ties.name: reached} if reached else {},
            {ties.name: doors} if doors is not NO_DOORS and ties.guarded else {},
            {ties.name: halves} if (halves := halves_of(ties, self._known)) else {},
        )

    def related(self, ties: Ties) -> list[K]:
        """Return whose links may be others once a resource with *ties* is added or removed, in the order of the set.

        Some of them may stay as they are; all others do. Where Services or monitors of the user's own lead anywhere, it is
        everybody.
        """
        if ties.fronts or ties.scrapes or self._surrounding:
            return [*self._given]
        found = {*self._neighbours(self._with_read_needs(ties))}
        for key in [key for text in ties.told for key in self._readers.get(text.address, ())]:
            found |= {key, *self._neighbours(self._ties[key])}
        return [key for key in self._given if key in found] if found else []

    def _neighbours(self, ties: Ties) -> Iterator[K]:
        """Yield who asks something of a resource with *ties*, of whom it asks something, and who offers the same."""
        asked = {*ties.guarded, *(entrance.address for entrance in ties.entrances)}
        places: list[Mapping[K, object] | None] = [
            self._names.get(ties.name),
            self._inviting.get(ties.name),
            self._routes.get(ties.name) if ties.gateway is not None else None,
            self._gateways.get(ties.routed[0]) if ties.routed else None,
            *(self._connecting.get(name) for name in ties.target_names),
            *(self._names.get(name) for name in (*(ties.inbound or ()), *ties.calls)),
        ]
        for address in {*asked, *(need.address for need in ties.needs)}:
            places += [self._guarded.get(address), self._entrances.get(address)]
        places += [self._needs.get(address) for address in asked]
        places.append(self._wishes.get(ties.caller))
        for place in places:
            yield from place or ()

    def _needing(self, address: Name) -> Iterator[tuple[Ties, Need]]:
        for key, (_, needs) in self._needs.get(address, {}).items():
            yield from ((self._ties[key], need) for need in needs)

    def _named(self, name: Name) -> list[Ties]:
        return [self._ties[key] for key in self._names.get(name, ())]

    def _invited_by(self, name: Name) -> Iterator[Ties]:
        return (self._ties[key] for key in self._inviting.get(name, ()))

    @property
    def _scrapes(self) -> tuple[Scrape, ...]:
        return tuple(each for ties in self._surrounding.values() for each in ties.scrapes)

    def _doors(self, ties: Ties) -> Doors:
        """Return how else the pods of the resource with *ties* are reached."""
        fronts = tuple(each for other in self._surrounding.values() for each in other.fronts)
        return ties.doors(fronts, self._scrapes)

    def gateway(self, name: Name) -> K | None:
        """Return the first Gateway called *name*."""
        return next(iter(self._gateways.get(name, ())), None)

    def same_routes(self, gateway: Name, route: GatewayRoute) -> Iterator[tuple[K, GatewayRoute]]:
        """Yield who wants a route in *gateway* for what the prefix of *route* means, the first declared first."""
        yield from self._prefixes.get(_prefix(gateway, route), {}).items()

    def _target(self, name: TargetName) -> Target | None:
        """Return how the first resource of that *name* is reached."""
        key = next(iter(self._targets.get(name, ())), None)
        return None if key is None else self._ties[key].reached_as(name)

    def _needs_of(self, ties: Ties) -> Iterator[Need]:
        """Yield what others need of the resource with *ties*."""
        for address in ties.guarded:
            if is_ambiguous(address, self._guarded.get(address, ())):
                continue
            for key, (caller, needs) in self._needs.get(address, {}).items():
                if caller != ties.name:
                    agreed = (need for need in needs if is_agreed(need, self._ties[key], ties))
                    yield from (need for need in agreed if not is_neighbour(need, ties))

    def _reached_by(self, ties: Ties) -> Iterator[Reached]:
        """Yield what the pods of the resource with *ties* need of the set."""
        for need in (*ties.needs, *chain.from_iterable(self._wishes.get(ties.caller, {}).values())):
            owners = [(self._ties[key], entrance) for key, entrance in self._entrances.get(need.address, {}).items()]
            owners = owners or self._behind_fronts(need)
            owners = owners or [(ties, each) for each in ties.entrances if each.address == need.address]
            if need.caller.pods == ties.caller and (reached := reached_by(need, ties, owners)):
                yield reached

    def _behind_fronts(self, need: Need) -> list[tuple[Ties, Entrance]]:
        """Return whose pods a Service of the user's own leads to, which *need* asks for."""
        if not any(
            need.address == (each.namespace, each.name) for ties in self._surrounding.values() for each in ties.fronts
        ):
            return []
        found = ((ties, self._doors(ties)) for ties in self._ties.values())
        return [(ties, each) for ties, doors in found for each in doors.entrances if each.address == need.address]


def _prefix(gateway: Name, route: GatewayRoute) -> tuple[Name, str]:
    return gateway, prefix_key(route.gateway.route)
