"""LatticeService: a workload by what it depends on; the platform derives the rest."""

from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar, Literal

from ..kube.core import IPBlock, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort
from ..kube.core.scalars import Positive32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import dns_label_problem, service_name_problem
from ..kube.quantity import Quantity
from .canary import CANARY, PRIMARY
from .cluster_services import OfferedService
from .connections import Connection, variable_names
from .external_endpoints import Endpoint
from .image import ImageSpec
from .ingress import Ingress
from .lattice_deploy import LatticeCanary, LatticeDeploy, canary_problems
from .lattice_resources import ExternalServiceResource, ServiceResource
from .lattice_workload import METRICS, LatticeWorkload
from .network_policy import NetworkPolicy
from .observability import ServiceMonitor
from .ports import ServicePort
from .repeats import repeats
from .resource import Resource
from .resource_rules import one_workload_problem, reserved_label_problems, variant_label_problems
from .workload import WorkloadSpec

__all__ = [
    "LatticeAutoscaling",
    "LatticeMetric",
    "LatticeService",
    "LatticeServiceSpec",
]

_LONGEST_BESIDE_CANARY = 63 - len(f"-{CANARY}")


_SCRAPED = ServiceMonitor()


@lru_cache(maxsize=64)
def _policy(outside: tuple[Endpoint, ...]) -> NetworkPolicy:
    """Return the policy that lets in nobody, and lets out to the endpoints *outside* alone, whose addresses are known."""
    rules = [
        NetworkPolicyEgressRule(
            to=(NetworkPolicyPeer(ip_block=IPBlock(cidr=endpoint.cidr)),),
            ports=(NetworkPolicyPort(port=endpoint.port, protocol=endpoint.protocol),),
        )
        for endpoint in outside
    ]
    return NetworkPolicy(allow_intra_namespace=False, egress=tuple(rules))


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
        "backup": "nothing: a volume is backed up by what its storage class offers, a database by the kind Datastore",
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
    def canary(self) -> LatticeCanary | None:
        """The new version beside the old one."""
        return self.deploy.canary if self.deploy else None

    @property
    def service_monitor(self) -> ServiceMonitor | None:
        """How Prometheus scrapes the workload, where it has a port for that."""
        return _SCRAPED if any(port.name == METRICS for port in self.ports) else None

    @property
    def network_policy(self) -> NetworkPolicy:
        """Who may connect, and whom the pods may connect to: nobody but whom the resources name."""
        outside = [
            endpoint
            for resource in self.workload.resources.values()
            if isinstance(resource, ExternalServiceResource)
            for endpoint in resource.params.parsed.values()
            if endpoint.cidr
        ]
        return _policy(tuple(outside))

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

    def _canary_problems(self) -> Iterable[Problem]:
        if self.canary:
            yield from canary_problems(self.canary, self.workload.containers)
            if (primary := self.ports[0]).protocol != "TCP":
                message = (
                    f"needs requests by HTTP, of which a Gateway gives it a share; {primary.name} is {primary.protocol}"
                )
                yield Problem(("deploy", "canary"), message)

    rules = (_bound_problems, _connected_problems, _canary_problems, *WorkloadSpec.rules)


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

    @property
    def side_services(self) -> dict[str, str]:
        """The names of the Services of the old and of the new version, where there is a canary."""
        if self.spec.canary is None:
            return {}
        names = self.adopted.names
        return {PRIMARY: self.service_name, CANARY: names.get(f"Service-{CANARY}", f"{self.name}-{CANARY}")}

    @property
    def offered_services(self) -> tuple[OfferedService, ...]:
        """Its Services, by which others call it: that of the canary too."""
        name = self.side_services.get(CANARY)
        own = super().offered_services
        return (*own, OfferedService(name, self.ports, headless=False)) if name else own

    def calls(self, namespace: str) -> tuple[tuple[str, str], ...]:
        """Return the Services that it names as those that it calls."""
        return tuple(place for _, each, place in self.spec.dependencies(namespace) if each.is_outbound)

    def callers(self, namespace: str) -> tuple[tuple[str, str], ...] | None:
        """Return the resources that may call it: those that it names."""
        return tuple(place for _, each, place in self.spec.dependencies(namespace) if each.is_inbound)

    def _service_name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if dns_label_problem(name):
            return
        if problem := service_name_problem(name):
            yield Problem(("metadata", "name"), problem)
        elif self.spec.canary and len(name) > _LONGEST_BESIDE_CANARY:
            message = f"must have at most {_LONGEST_BESIDE_CANARY} characters, because the names of the children of a canary stand behind it"
            yield Problem(("metadata", "name"), f"{message}, got {len(name)}")

    def _label_problems(self) -> Iterable[Problem]:
        yield from variant_label_problems(self.metadata.labels, self.spec.labels)
        yield from reserved_label_problems(self.metadata.labels, self.spec.labels)

    def _adopted_problems(self) -> Iterable[Problem]:
        if self.spec.canary and self.adopted.selector:
            yield one_workload_problem(("spec", "deploy", "canary"))

    def _own_name_problems(self) -> Iterable[Problem]:
        own = self.metadata.namespace
        for name, resource, _ in self.spec.dependencies(""):
            if name == self.metadata.name and resource.namespace in (None, own):
                message = f"{shown(name)} is this workload itself, whose pods may not call each other; leave it out"
                yield Problem(("spec", "workload", "resources", name), message)

    rules = (_service_name_problems, _label_problems, _adopted_problems, _own_name_problems)
