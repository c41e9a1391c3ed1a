"""What one resource has to do with others, whoever they are: all that links are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..children.network_policy import PodPort
from ..platform import Platform
from ..spec.resource import Resource
from .fronts import NO_DOORS, Doors, Facts, Front, Scrape, doors_of, facts_of, scraped
from .kind import compiler_of
from .needs import Labels, Need, needs_of
from .offers import Entrance, Name, offer_of
from .targets import Target, TargetName, further_targets, target_of

if TYPE_CHECKING:
    from ..spec.base import BaseGateway

__all__ = ["GatewayRoute", "Ties", "ties_of", "ties_of_wrong"]


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


def ties_of(resource: Resource, platform: Platform) -> Ties:
    """Return what *resource* has to do with others."""
    offer, labels, compiler = offer_of(resource, platform), tuple(resource.selector.items()), compiler_of(resource)
    target = target_of(resource, offer)
    return Ties(
        resource.kind,
        (offer.namespace, offer.name),
        labels if compiler.is_gateway else None,
        compiler.route(resource, platform),
        offer.addresses if offer.policy and offer.policy.restricts_ingress else (),
        offer.policy is not None and offer.policy.allow_intra_namespace and platform.output != "resources",
        tuple(needs_of(resource, platform)),
        tuple(_connected(resource, offer.namespace)),
        target,
        further_targets(resource, offer, target),
        labels,
        offer.entrances,
        offer.policy is not None and offer.policy.restricts_egress,
        offer.pod_ports if offer.policy else (),
        facts_of(resource, offer, platform),
        calls=resource.calls(offer.namespace),
        inbound=resource.callers(offer.namespace),
    )


def ties_of_wrong(document: Any, platform: Platform) -> Ties:
    """Return what *document*, which is wrong, has to do with others: a Gateway that is wrong is there all the same."""
    metadata = document.get("metadata") if isinstance(document, dict) else None
    if not isinstance(metadata, dict) or document.get("kind") != "Gateway":
        return Ties("", ("", ""))
    name = str(metadata.get("namespace") or platform.namespace or ""), str(metadata.get("name"))
    return Ties("Gateway", name, gateway=())


def _connected(resource: Resource, namespace: str) -> Iterator[TargetName]:
    for each in resource.spec.connections:
        yield each.kind, each.namespace or namespace, each.name
    for place, name in resource.calls(namespace):
        yield "", place, name
