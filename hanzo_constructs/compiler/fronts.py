"""Services and monitors of the user's own that lead to pods of resources by labels, and not by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..kube.fields import field_path
from ..kube.labels import SERVICE_ROLE, recommended_labels
from ..kube.requirements import Requirements, matches, requirements
from ..platform import Platform
from ..spec.resource import OWN_PREFIX, Resource
from .needs import Caller, Labels, Need, prometheus
from .offers import Entrance, Offer

__all__ = [
    "NO_DOORS",
    "Doors",
    "Facts",
    "Front",
    "Scrape",
    "doors_of",
    "entrance_of",
    "facts_of",
    "front_of",
    "scraped",
    "scrapes_of",
]

_SCRAPED = {"ServiceMonitor": "endpoints", "PodMonitor": "podMetricsEndpoints"}
"""Where monitors name ports."""


class Facts(NamedTuple):
    """By what selectors know the pods of a resource, and its Services."""

    labels: Labels = ()
    """Labels of the pods and of the Services; what the epoch adds to them nobody should select by."""
    services: tuple[tuple[str, Labels], ...] = ()
    """Its Services by name, and the labels that they have besides."""
    ports: tuple[tuple[str, int, str], ...] = ()
    """Name, number and protocol of every port of the pods."""
    of_pods: Labels = ()
    """Labels that the pods have besides, and the Services have not."""


class Front(NamedTuple):
    """A Service of the user's own."""

    namespace: str
    name: str
    kind: str
    """Its type: `ClusterIP`, `NodePort` or `LoadBalancer`."""
    labels: Labels
    selector: Labels
    ports: tuple[tuple[str, int, int | str, str], ...]
    """Name and number of each port, and where it leads: number or name of a port of the pods, and its protocol."""
    has_addresses: bool = False
    """Whether it has addresses outside the cluster that the user writes (externalIPs)."""

    @property
    def is_open(self) -> bool:
        """Whether clients from outside the cluster reach it."""
        return self.kind != "ClusterIP" or self.has_addresses

    @property
    def described(self) -> str:
        """How messages name it: `Service shop/front (type NodePort)`."""
        place = f"{self.namespace}/{self.name}" if self.namespace else self.name
        how = f"type {self.kind}" if self.kind != "ClusterIP" else "externalIPs"
        return f"Service {place} ({how})"


class Scrape(NamedTuple):
    """What a monitor of the user's own has scraped."""

    namespaces: tuple[str, ...] | None
    """None: all."""
    asked: Requirements
    """What the labels of Services, or with *of_pods* those of pods, must be like."""
    port: int | str
    of_pods: bool
    """Whether the port is one of the pods, and not of the Service."""
    selects_pods: bool
    caller: Caller
    """Prometheus."""
    field: str


class Doors(NamedTuple):
    """How else pods of one resource are reached than by what is derived."""

    entrances: tuple[Entrance, ...] = ()
    fronts: tuple[Front, ...] = ()
    """Whose the first of the entrances are."""


NO_DOORS = Doors()


def facts_of(resource: Resource, offer: Offer, platform: Platform) -> Facts:
    """Return by what labels the pods and Services of *resource* are known."""
    spec = resource.spec
    labels = recommended_labels(
        resource.name, component=spec.component, part_of=spec.part_of, version=None, managed_by=platform.managed_by
    )
    labels |= {key: value for key, value in resource.metadata.labels.items() if key.startswith(OWN_PREFIX)}
    labels |= spec.labels | resource.selector
    main = getattr(spec, "service", None)
    further = {resource.service_name: main.labels} if main is not None else {}
    services = tuple((name, tuple(further.get(name, {}).items())) for name in offer.services)
    named = [(port.name, port.container_port, port.protocol) for port in offer.ports]
    named += [
        (each.name or "", each.container_port, each.protocol or "TCP")
        for _, box in offer.sidecars
        for each in box.ports or ()
    ]
    return Facts(tuple(labels.items()), services, tuple(named))


def front_of(manifest: Mapping[str, Any]) -> Front | None:
    """Return the Service *manifest* of the user's own, where it leads to pods."""
    metadata, spec = manifest["metadata"], manifest.get("spec") or {}
    selector, kind = spec.get("selector") or {}, spec.get("type") or "ClusterIP"
    if not selector or kind == "ExternalName":
        return None
    ports = tuple(
        (each.get("name") or "", each["port"], each.get("targetPort") or each["port"], each.get("protocol") or "TCP")
        for each in spec.get("ports") or ()
    )
    labels = tuple((metadata.get("labels") or {}).items())
    return Front(
        metadata.get("namespace") or "",
        metadata["name"],
        kind,
        labels,
        tuple(selector.items()),
        ports,
        bool(spec.get("externalIPs")),
    )


def scrapes_of(manifest: Mapping[str, Any], platform: Platform) -> Iterator[Scrape]:
    """Yield what the monitor *manifest* of the user's own has scraped."""
    kind, spec = manifest["kind"], manifest["spec"]
    where = spec.get("namespaceSelector") or {}
    own = manifest["metadata"].get("namespace") or ""
    namespaces = None if where.get("any") else tuple(where.get("matchNames") or (own,))
    asked, selects_pods = requirements(spec.get("selector")), kind == "PodMonitor"
    for index, endpoint in enumerate(spec.get(_SCRAPED[kind]) or ()):
        for name in ("port", "portNumber", "targetPort"):
            if port := endpoint.get(name):
                of_pods = selects_pods or name != "port"
                field = field_path(("spec", _SCRAPED[kind], index, name))
                yield Scrape(namespaces, asked, port, of_pods, selects_pods, prometheus(platform), field)
                break


def doors_of(namespace: str, name: str, facts: Facts, fronts: Sequence[Front], scrapes: Sequence[Scrape]) -> Doors:
    """Return how the pods with *facts*, of the resource *name* in *namespace*, are reached by *fronts* and *scrapes*."""
    pods = dict((*facts.labels, *facts.of_pods))
    mine = tuple(each for each in fronts if each.namespace == namespace and {*each.selector} <= pods.items())
    entrances = [entrance_of(each, facts) for each in mine]
    if any(each.of_pods for each in scrapes):
        itself = tuple((port, number, number, protocol) for port, number, protocol in facts.ports)
        entrances.append(Entrance((namespace, _pods_of(name)), itself))
    return Doors(tuple(entrances), mine) if entrances else NO_DOORS


def entrance_of(front: Front, facts: Facts) -> Entrance:
    """Return the way to pods with *facts* through *front*."""
    return Entrance((front.namespace, front.name), tuple(_through(front, facts)))


def _through(front: Front, facts: Facts) -> Iterator[tuple[str, int, int, str]]:
    for name, number, target, protocol in front.ports:
        if isinstance(target, int):
            yield name, number, target, protocol
        else:
            yield from (
                (name, number, own, protocol)
                for known, own, other in facts.ports
                if (known, other) == (target, protocol)
            )


def _pods_of(name: str) -> str:
    """Return by what the pods of the resource *name* stand among the addresses of a namespace; no Service can have it."""
    return f"pods/{name}"


def scraped(namespace: str, name: str, facts: Facts, doors: Doors, scrapes: Sequence[Scrape]) -> Iterator[Need]:
    """Yield what Prometheus needs of the resource *name* for the monitors of the user's own."""
    own = dict(facts.labels)
    services = [(service, own | dict(labels)) for service, labels in facts.services]
    services += [(front.name, dict(front.labels)) for front in doors.fronts]
    for each in scrapes:
        if each.namespaces is not None and namespace not in each.namespaces:
            continue
        if each.selects_pods:
            found = [_pods_of(name)] if matches(own | dict(facts.of_pods), each.asked) else []
        else:
            asked = tuple(one for one in each.asked if one[0] != SERVICE_ROLE)
            found = [service for service, labels in services if matches(labels, asked)]
            found = [_pods_of(name)] if found and each.of_pods else found
        for address in found:
            yield Need(each.caller, namespace, address, each.port, each.field)
