"""Services in front of a workload: the main one, and further ones of the same pods."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from ..kube.cidrs import cidr_problem
from ..kube.fields import listed, shown, wire_name
from ..kube.labels import INSTANCE, NAME, SERVICE_ROLE, LabelText
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import (
    SERVICE_NAME_FORM,
    DnsLabel,
    QualifiedName,
    annotation_problems,
    label_problems,
    service_name_problem,
)
from ..kube.published import UNIQUE_ITEMS, text
from .ports import ServicePort, exposed, untranslated
from .repeats import repeated, repeats
from .workload import WorkloadSpec

__all__ = ["FurtherService", "OfferedService", "ServedSpec", "ServiceOptions", "service_problems"]

SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
"""The annotation that the field loadBalancerSourceRanges replaced."""
_MOST_SERVICES, _MOST_PORTS = 64, 256
_OF_OUTSIDE = ("external_traffic_policy",)
_OF_LOAD_BALANCERS = ("load_balancer_class", "load_balancer_source_ranges")
_OF_ADDRESSES = ("session_affinity", "internal_traffic_policy", "traffic_distribution")
"""Fields that say which pods are behind an address that a headless Service has not."""


class OfferedService(NamedTuple):
    """A Service, and what clients reach by its name."""

    name: str
    ports: tuple[ServicePort, ...]
    headless: bool
    """Whether its name leads to the pods themselves, and so to all of their ports."""


class ServiceOptions(CheckedModel):
    """How the Service is reached, and by whom."""

    type: Literal["ClusterIP", "NodePort", "LoadBalancer"] = "ClusterIP"
    """From where: the cluster alone, a port of every node too, or a load balancer of the cloud too."""
    headless: bool = False
    """Whether its name leads to the pods themselves, without an address of its own in between."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the Service, such as those that load balancers and scrapers read."""
    labels: Mapping[LabelText] = Field(default_factory=dict)
    """Labels of the Service alone."""
    session_affinity: Literal["None", "ClientIP"] | None = None
    """ClientIP leads the connections of one client to one pod; left out, to any."""
    external_traffic_policy: Literal["Cluster", "Local"] | None = None
    """Local keeps the address of clients from outside, and leads to pods of the node that they reached; left out,
    Cluster."""
    internal_traffic_policy: Literal["Cluster", "Local"] | None = None
    """Local leads to pods of the client's own node alone; left out, Cluster."""
    traffic_distribution: Literal["PreferSameZone", "PreferSameNode", "PreferClose"] | None = None
    """Which pods clients reach first; left out, what the platform says. PreferClose is what Kubernetes 1.31 to 1.33
    call PreferSameZone."""
    load_balancer_class: QualifiedName | None = None
    """Which load balancer is meant, where the cluster has several."""
    load_balancer_source_ranges: Items[Annotated[str, text("[0-9a-fA-F:.]+/(0|[1-9][0-9]{0,2})")]] = ()
    """Ranges of addresses such as 10.0.0.0/8 whose clients a load balancer lets in; left out, everybody."""

    @property
    def is_open(self) -> bool:
        """Whether clients from outside the cluster reach it."""
        return self.type != "ClusterIP"

    def problems(self) -> Iterator[Problem]:
        """Refuse what the API server refuses, and what has no effect."""
        if self.headless and self.is_open:
            yield Problem(("headless",), f"must be left out beside type {self.type}, which needs an address")
        for names, allowed, needed in (
            (_OF_OUTSIDE, self.is_open, "type NodePort or LoadBalancer"),
            (_OF_LOAD_BALANCERS, self.type == "LoadBalancer", "type LoadBalancer"),
        ):
            for name in names:
                if getattr(self, name) and not allowed:
                    yield Problem((wire_name(name),), f"needs {needed}, got {self.type}")
        for name in _OF_ADDRESSES if self.headless else ():
            if getattr(self, name) not in (None, "None"):
                yield Problem((wire_name(name),), "has no effect on a headless Service; leave one of them out")
        for index, each in enumerate(self.load_balancer_source_ranges):
            if problem := cidr_problem(each):
                yield Problem(("loadBalancerSourceRanges", index), problem)
        yield from self._metadata_problems()

    def _metadata_problems(self) -> Iterator[Problem]:
        if SOURCE_RANGES in self.annotations:
            yield Problem(("annotations", SOURCE_RANGES), "is old; write loadBalancerSourceRanges instead")
        for path, message in annotation_problems(self.annotations):
            yield Problem(("annotations", *path), message)
        for key in (NAME, INSTANCE, SERVICE_ROLE):
            if key in self.labels:
                yield Problem(("labels", key), "is derived and tells the children apart; leave it out")
        for path, message in label_problems(self.labels):
            yield Problem(("labels", *path), message)


class FurtherService(ServiceOptions):
    """A further Service of the same pods."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[str, SERVICE_NAME_FORM]
    """Name of the Service, by which clients call it."""
    ports: Annotated[Items[DnsLabel], UNIQUE_ITEMS, Field(max_length=_MOST_PORTS)] = ()
    """Names of declared ports that it offers, those with expose: false too; left out, the ports of the main Service."""

    def problems(self) -> Iterator[Problem]:
        """Refuse names that no Service has, and ports that come twice."""
        if problem := service_name_problem(self.name):
            yield Problem(("name",), problem)
        for index, earlier in repeats(self.ports):
            yield Problem(("ports", index), f"{shown(self.ports[index])} is used twice", related=("ports", earlier))
        yield from super().problems()

    def offered(self, ports: Sequence[ServicePort]) -> tuple[ServicePort, ...]:
        """Return those of the declared *ports* that it offers, in their order: those of the containers if it is headless."""
        found = tuple([port for port in ports if port.name in self.ports]) if self.ports else exposed(ports)
        return untranslated(found) if self.headless else found


class ServedSpec(WorkloadSpec):
    """A workload that clients reach by Services."""

    service: ServiceOptions | None = None
    """How the main Service is reached; left out, from the cluster alone."""
    services: Annotated[Items[FurtherService], Field(max_length=_MOST_SERVICES)] = ()
    """Further Services of the same pods: for other clients, by other ways."""


def service_problems(spec: ServedSpec, ports: Sequence[ServicePort]) -> Iterable[Problem]:
    """Return what is wrong between the Services of *spec* and its *ports*, all that are declared."""
    if spec.service is None and not spec.services and all(port.node_port is None for port in ports):
        return ()
    return [*_offered_port_problems(spec, ports), *_node_port_problems(spec, ports)]


def _offered_port_problems(spec: ServedSpec, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield Services without ports, with ports that nobody declares, and with the name of another one."""
    known = dict.fromkeys(port.name for port in ports)
    if spec.service is not None and not exposed(ports):
        yield Problem(("service",), "needs a port of the Service; declare one in spec.ports without expose: false")
    for index, service in enumerate(spec.services):
        for place, name in enumerate(service.ports):
            if name not in known:
                message = f"{shown(name)} is not a declared port, declared are {listed(known)}"
                yield Problem(("services", index, "ports", place), message)
        if not service.ports and not exposed(ports):
            yield Problem(("services", index, "ports"), "required because the main Service offers no port")
        first: dict[tuple[int, str], str] = {}
        for port in service.offered(ports):
            other = first.setdefault((port.exposed_port, port.protocol), port.name)
            if other != port.name:
                message = f"{port.name} and {other} have one number, {port.exposed_port}/{port.protocol}; leave one out"
                yield Problem(("services", index, "ports"), message)
    yield from repeated([service.name for service in spec.services], field="name", at=("services",))


def _node_port_problems(spec: ServedSpec, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield ports of nodes that no Service has, or two have."""
    opened = [("service", exposed(ports))] if spec.service is not None and spec.service.is_open else []
    opened += [
        (f"services[{index}]", service.offered(ports)) for index, service in enumerate(spec.services) if service.is_open
    ]
    for index, port in enumerate(ports):
        if port.node_port is None:
            continue
        offering = [place for place, offered in opened if port.name in {each.name for each in offered}]
        if not offering:
            message = (
                f"needs service.type NodePort or LoadBalancer, got {spec.service.type if spec.service else 'ClusterIP'}"
            )
            yield Problem(("ports", index, "nodePort"), message)
        elif len(offering) > 1:
            message = f"a port of a node belongs to one Service, but {' and '.join(offering)} offer {port.name}"
            yield Problem(("ports", index, "nodePort"), message)
