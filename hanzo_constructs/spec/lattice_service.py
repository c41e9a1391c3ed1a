"""LatticeService: a workload by what it depends on; the platform derives the rest."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..kube.core import IPBlock, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort
from ..kube.core.scalars import Positive32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Mapping, Model, Problem
from ..kube.names import dns_label_problem, service_name_problem
from ..kube.quantity import Quantity
from .connections import Connection, variable_names
from .image import ImageSpec
from .ingress import Ingress
from .lattice_containers import LatticeContainer
from .lattice_resources import ExternalServiceResource, LatticeResource, ServiceResource
from .lattice_rules import dependency_problems, reference_problems, template_problems
from .network_policy import NetworkPolicy
from .observability import ServiceMonitor
from .ports import PortNumber, ServicePort
from .repeats import repeats
from .resource import Resource
from .resource_rules import reserved_label_problems
from .workload import WorkloadSpec

__all__ = [
    "METRICS",
    "LatticeAutoscaling",
    "LatticeDeploy",
    "LatticeMetric",
    "LatticePort",
    "LatticePorts",
    "LatticeService",
    "LatticeServiceSpec",
    "LatticeWorkload",
]

MAIN = "main"
"""The name of the container that serves, where there are several."""
METRICS = "metrics"
"""The name of the port that is scraped."""
_DEFAULT_PORT = ServicePort(name="http", container_port=8080)


class LatticePort(Model):
    """A port of the Service."""

    port: PortNumber
    """Port of the Service."""
    target_port: PortNumber | None = None
    """Port of the container; left out, the same."""
    protocol: Literal["TCP", "UDP", "SCTP"] = "TCP"
    """Transport protocol."""


class LatticePorts(Model):
    """How the workload is reached."""

    other_names = {"serviceType": "ingress, for clients outside the cluster"}  # noqa: RUF012 - no field

    ports: Annotated[Mapping[LatticePort], Field(min_length=1)]
    """Ports by name; one called metrics is scraped by Prometheus."""


class LatticeWorkload(CheckedModel):
    """The containers of the pods, and what they depend on."""

    containers: Annotated[Mapping[LatticeContainer], Field(min_length=1)]
    """Containers by name; of several, the one called main serves, and the others stand beside it."""
    service: LatticePorts | None = None
    """How the workload is reached; left out, by the port http, 8080."""
    resources: Mapping[LatticeResource] = Field(default_factory=dict)
    """What the workload depends on, by name."""

    @property
    def main(self) -> str:
        """The name of the container that serves."""
        return MAIN if MAIN in self.containers else next(iter(self.containers))

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """Ports of the main container and of the Service; the one called http, or else the first, is the primary one."""
        if self.service is None:
            return (_DEFAULT_PORT,)
        names = sorted(self.service.ports, key=lambda name: (name != _DEFAULT_PORT.name, name == METRICS))
        return tuple(_port(name, self.service.ports[name]) for name in names)

    def problems(self) -> Iterable[Problem]:
        """Refuse names that no cluster takes, and references to what there is not."""
        for at, names in (
            (("containers",), self.containers),
            (("resources",), self.resources),
            (("service", "ports"), self.service.ports if self.service else ()),
        ):
            for name in names:
                if problem := dns_label_problem(name):
                    yield Problem((*at, name), problem)
        if len(self.containers) > 1 and MAIN not in self.containers:
            yield Problem(("containers",), f"must have one called {MAIN}, which serves, where there are several")
        if self.service:
            yield from _port_problems(self.service.ports)
        yield from dependency_problems(self.containers, self.resources, self.main)
        yield from reference_problems(self.containers, self.resources)
        yield from template_problems(self.containers, self.resources)


def _port_problems(ports: Mapping[LatticePort]) -> Iterable[Problem]:
    """Yield ports that another one is already."""
    first: dict[tuple[int, str], str] = {}
    for name, port in ports.items():
        if (earlier := first.setdefault((port.port, port.protocol), name)) != name:
            message = f"{port.port}/{port.protocol} is the port {earlier} already; choose another"
            yield Problem(("service", "ports", name, "port"), message)


def _port(name: str, port: LatticePort) -> ServicePort:
    target = port.port if port.target_port is None else port.target_port
    own = port.port if port.target_port is not None else None
    return ServicePort.model_construct(name=name, container_port=target, service_port=own, protocol=port.protocol)


class LatticeMetric(CheckedModel):
    """Something that an autoscaler aims at."""

    metric: str
    """cpu or memory, in percent of the requests, or a metric of the pods, as a metrics adapter calls it."""
    target: Quantity
    """The average over the pods to aim at."""

    def problems(self) -> Iterable[Problem]:
        """Refuse shares of the requests that are none."""
        if self.metric in ("cpu", "memory") and not (self.target.isdecimal() and 1 <= int(self.target) <= 100):
            yield Problem(("target",), f"must be a percentage of the requests from 1 to 100, got {shown(self.target)}")


class LatticeAutoscaling(CheckedModel):
    """How far the number of pods may grow above replicas."""

    other_names = {"min": "replicas of the spec", "minReplicas": "replicas of the spec", "maxReplicas": "max"}  # noqa: RUF012 - they are no fields

    enabled: ClassVar[None] = None
    external: ClassVar[bool] = False

    max: Positive32
    """Most pods; replicas are the fewest."""
    metrics: Items[LatticeMetric] = ()
    """What is aimed at; left out, 80 percent of the requests for cpu."""

    def problems(self) -> Iterable[Problem]:
        """Refuse two targets for one metric."""
        names = [each.metric for each in self.metrics]
        for index, earlier in repeats(names):
            message = f"{shown(names[index])} is used twice"
            yield Problem(("metrics", index, "metric"), message, related=("metrics", earlier, "metric"))


class LatticeDeploy(Model):
    """How a new version takes the place of the old one."""

    strategy: Literal["rolling"] = "rolling"
    """rolling starts each new pod before it stops an old one."""


class LatticeServiceSpec(WorkloadSpec):
    """A workload by its containers and what they depend on."""

    replicas: Positive32
    """Number of pods; beside autoscaling, the fewest."""
    workload: LatticeWorkload
    """The containers, and what they depend on."""
    autoscaling: LatticeAutoscaling | None = None
    """How far the number of pods may grow; left out, it stays."""
    ingress: Ingress | None = None
    """Hosts under which the workload is reached from outside; left out, it is reached inside the cluster only."""
    connections: Items[Connection] = ()  # type: ignore[assignment]
    """Resources of the platform that it connects to by variables of their own form; resources of type service say the
    same in fewer words."""
    deploy: LatticeDeploy | None = None
    """How a new version takes the place of the old one; left out, rolling."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "containers": "workload.containers",
        "resources": "workload.resources",
        "service": "workload.service",
        "sidecars": "workload.containers, of which the one called main serves",
        "advertise": "a resource of type service with direction inbound for each caller",
        "observability": "workload.service.ports.metrics, the port that is scraped",
    }

    @property
    def image(self) -> ImageSpec:
        """The image of the main container."""
        return self.workload.containers[self.workload.main].image

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """Ports of the main container and of the Service."""
        return self.workload.ports

    @property
    def service_monitor(self) -> ServiceMonitor | None:
        """How Prometheus scrapes the workload, where it has a port for that."""
        return ServiceMonitor() if any(port.name == METRICS for port in self.ports) else None

    @property
    def network_policy(self) -> NetworkPolicy:
        """Who may connect, and whom the pods may connect to: nobody but whom the resources name."""
        return NetworkPolicy(allow_intra_namespace=False, egress=(*self._outside(),))

    def _outside(self) -> Iterable[NetworkPolicyEgressRule]:
        """Yield a rule for each endpoint that is known by its address."""
        for resource in self.workload.resources.values():
            if isinstance(resource, ExternalServiceResource):
                for endpoint in resource.params.parsed.values():
                    if endpoint.cidr:
                        peer = NetworkPolicyPeer(ip_block=IPBlock(cidr=endpoint.cidr))
                        port = NetworkPolicyPort(port=endpoint.port, protocol="TCP")
                        yield NetworkPolicyEgressRule(to=(peer,), ports=(port,))

    def dependencies(self, namespace: str) -> Iterable[tuple[str, ServiceResource, tuple[str, str]]]:
        """Yield the other services by the names of the resources, and their places: namespace and name."""
        for name, resource in self.workload.resources.items():
            if isinstance(resource, ServiceResource):
                yield name, resource, (resource.namespace or namespace, name)

    def _bound_problems(self) -> Iterable[Problem]:
        if self.autoscaling and self.autoscaling.max < self.replicas:
            message = f"must be at least replicas ({self.replicas}), got {self.autoscaling.max}"
            yield Problem(("autoscaling", "max"), message)

    def _connected_problems(self) -> Iterable[Problem]:
        main = self.workload.main
        for name, (index, variable) in variable_names(self.connections):
            if name in self.workload.containers[main].variables:
                at = ("workload", "containers", main, "variables", name)
                related = ("connections", index, "env", variable)
                yield Problem(at, f"{shown(name)} is set by a connection; leave one of them out", related)

    rules = (_bound_problems, _connected_problems, *WorkloadSpec.rules)


class LatticeService(Resource):
    """A workload by what it depends on."""

    api_version: str = "lattice.dev/v1alpha1"
    """API group and version."""
    kind: Literal["LatticeService"] = "LatticeService"
    """LatticeService."""
    spec: LatticeServiceSpec
    """What is wanted."""

    @property
    def container_name(self) -> str:
        """The name of the main container."""
        return self.adopted.container or self.spec.workload.main

    def calls(self, namespace: str) -> tuple[tuple[str, str], ...]:
        """Return the Services that it names as those that it calls."""
        return tuple(place for _, each, place in self.spec.dependencies(namespace) if each.is_outbound)

    def callers(self, namespace: str) -> tuple[tuple[str, str], ...] | None:
        """Return the resources that may call it: those that it names."""
        return tuple(place for _, each, place in self.spec.dependencies(namespace) if each.is_inbound)

    def _service_name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if not dns_label_problem(name) and (problem := service_name_problem(name)):
            yield Problem(("metadata", "name"), problem)

    def _label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    def _own_name_problems(self) -> Iterable[Problem]:
        own = self.metadata.namespace
        for name, resource, _ in self.spec.dependencies(""):
            if name == self.metadata.name and resource.namespace in (None, own):
                message = f"{shown(name)} is this workload itself, whose pods may not call each other; leave it out"
                yield Problem(("spec", "workload", "resources", name), message)

    rules = (_service_name_problems, _label_problems, _own_name_problems)
