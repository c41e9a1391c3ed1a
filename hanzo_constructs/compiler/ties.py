"""What one resource has to do with others, whoever they are: all that links are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..children.network_policy import PodPort
from .config_texts import Read, Told, read_needs
from .fronts import NO_DOORS, Doors, Facts, Front, Scrape, doors_of, scraped
from .needs import Labels, Need
from .offers import Entrance, Name
from .targets import Target, TargetName

if TYPE_CHECKING:
    from ..spec.base import BaseGateway

__all__ = ["GatewayRoute", "Ties", "with_read_needs"]


@dataclass(frozen=True, slots=True)
class GatewayRoute:
    """The route of a Base application in a Gateway."""

    owner: str
    """The Base, as messages name it: `Base hanzo/my-app`."""
    namespace: str
    name: str
    service: str
    """Name of the Service for its clients."""
    port: int
    replicas: int
    gateway: BaseGateway


class Ties(NamedTuple):
    """What one resource has to do with others, whoever they are: all that links are made from."""

    kind: str
    name: Name
    gateway: Labels | None = None
    """Of a Gateway, what selects its pods."""
    routed: tuple[Name, GatewayRoute] | None = None
    """The Gateway that it asks for a route, and the route."""
    guarded: tuple[Name, ...] = ()
    """Its addresses, where a network policy guards them."""
    admits_neighbours: bool = False
    """Whether the policy lets in every pod of the namespace, so that nobody need know which of them need it; an operator
    is told."""
    needs: tuple[Need, ...] = ()
    connects: tuple[TargetName, ...] = ()
    """What its connections lead to."""
    target: Target | None = None
    """How it is reached."""
    further: tuple[Target, ...] = ()
    """How it is reached by Services that do not bear its name."""
    labels: Labels = ()
    """What selects its pods."""
    entrances: tuple[Entrance, ...] = ()
    """By what others reach its pods."""
    restricted: bool = False
    """Whether its network policy restricts whom its pods connect to."""
    pod_ports: tuple[PodPort, ...] = ()
    """Every port that its pods declare, where it has a network policy."""

    facts: Facts = Facts()
    """By what selectors know its pods and Services."""
    fronts: tuple[Front, ...] = ()
    """Services of the user's own, which lead to pods of anybody."""
    scrapes: tuple[Scrape, ...] = ()
    """What monitors of the user's own have scraped, of anybody."""
    calls: tuple[Name, ...] = ()
    """The Services that it names as those that it calls."""
    inbound: tuple[Name, ...] | None = None
    """The resources that alone may call it; None: whoever declares to."""

    told: tuple[Told, ...] = ()
    """What stands in ConfigMaps that it brings along."""
    reads: tuple[Read, ...] = ()
    """The variables that it gets from ConfigMaps of anybody."""
    domain: str = ""
    """DNS domain of the cluster."""

    @property
    def names_nobody(self) -> bool:
        """Whether links come only of others that name it: it has none where these are not there."""
        asks = self.gateway is not None or self.routed or self.connects or self.restricted
        return not asks and self.inbound is None

    @property
    def is_bilateral(self) -> bool:
        """Whether it names its callers, and lets in nobody else."""
        return self.inbound is not None

    def doors(self, fronts: Sequence[Front], scrapes: Sequence[Scrape]) -> Doors:
        """Return how its pods are reached by *fronts* and *scrapes* of the set."""
        return doors_of(*self.name, self.facts, fronts, scrapes) if self.labels and (fronts or scrapes) else NO_DOORS

    def scraped(self, doors: Doors, scrapes: Sequence[Scrape]) -> tuple[Need, ...]:
        """Return what *scrapes* need of it."""
        return tuple(scraped(*self.name, self.facts, doors, scrapes)) if self.labels and scrapes else ()

    def behind_doors(self, doors: Doors) -> Ties:
        """Return the same with *doors*, which are guarded as the rest is."""
        if not doors.entrances:
            return self
        addresses = tuple(each.address for each in doors.entrances)
        opened = [(number, protocol) for each in doors.entrances for _, _, number, protocol in each.ports]
        guarded = self.guarded and (*self.guarded, *addresses)
        ports = tuple(dict.fromkeys((*self.pod_ports, *opened))) if guarded else self.pod_ports
        return self._replace(entrances=(*self.entrances, *doors.entrances), guarded=guarded, pod_ports=ports)

    def behind(self, need: Need) -> tuple[PodPort, ...]:
        """Return the ports of the pods that *need* asks for; none where it asks for something else.

        Who has the credentials gets the first port, which is that of the engine. A headless Service leads to the pods
        themselves, and so to every port that they declare.
        """
        for entrance in self.entrances:
            if entrance.address == need.address:
                return entrance.behind(need.port)
        return ()

    @property
    def caller(self) -> tuple[str, Labels]:
        """By what the pods are known where they need others."""
        return self.name[0], self.labels

    @property
    def target_names(self) -> tuple[TargetName, ...]:
        """By what names it is asked for: of its kind, and whatever its kind, as its Services are called."""
        further = (("", each.namespace, each.service) for each in self.further)
        return ((self.kind, *self.name), ("", *self.name), *further)

    def reached_as(self, name: TargetName) -> Target | None:
        """Return how it is reached by who asks for that *name*."""
        kind, _, service = name
        return next((each for each in self.further if not kind and each.service == service), self.target)


def with_read_needs(ties: Ties, told: Mapping[Name, Iterable[Told]]) -> Ties:
    """Return *ties* with the needs that follow from what is *told* in the ConfigMaps that they read, by the names of these."""
    needs = tuple(read_needs(ties.reads, told, ties.domain)) if ties.reads and told else ()
    return ties._replace(needs=(*ties.needs, *needs)) if needs else ties
