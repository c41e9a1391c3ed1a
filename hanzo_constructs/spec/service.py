"""Service: a stateless workload that answers requests, or works through a queue."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from ..kube.core.scalars import NonNegative32
from ..kube.fields import listed, shown
from ..kube.model import Problem, Rule
from ..kube.names import dns_label_problem, service_name_problem
from ..kube.published import UNSTORED
from .cluster_services import ServedSpec, service_problems
from .containers import ContainersSpec
from .image import Image
from .ingress import Ingress
from .network_policy import NetworkPolicy
from .observability import ServiceMonitor, monitor_problems
from .pod import (
    port_problems,
    probe_problems,
    sidecar_port_problems,
)
from .ports import Ports, ServicePort, exposed
from .probes import ProbeSpec
from .resource import Resource
from .resource_rules import container_name_problems, reserved_label_problems
from .rollout import DeploymentRollout
from .scaling import Autoscaling, PodDisruptionBudget
from .workload import WorkloadSpec

if TYPE_CHECKING:
    from .dicts import ServiceSpecArguments

__all__ = ["Service", "ServiceSpec", "ServingSpec", "StatelessSpec", "ingress_problems"]


class ServingSpec(ContainersSpec, ServedSpec):
    """What a workload that others may connect to has, beside its image and its ports."""

    if TYPE_CHECKING:
        replicas: int

        @property
        def ports(self) -> tuple[ServicePort, ...]:
            """Ports of the main container and of the Service."""
            raise NotImplementedError  # for type checkers alone: each kind has a field or a property of the name

    liveness_probe: ProbeSpec | None = None
    """When it fails, the container is restarted."""
    readiness_probe: ProbeSpec | None = None
    """While it fails, the pod gets no traffic."""
    startup_probe: ProbeSpec | None = None
    """Until it succeeds, the other probes wait."""
    ingress: Ingress | None = None
    """Hosts under which the service is reached from outside; left out, it is reached inside the cluster only."""
    autoscaling: Autoscaling | None = None
    """Bounds for the number of pods, in place of replicas."""
    pdb: PodDisruptionBudget | None = None
    """How many pods may be missing while nodes are drained; left out, nothing holds a drain up."""
    network_policy: NetworkPolicy | None = None
    """Who may connect; left out, everybody in the cluster may."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the service; left out, it does not."""

    def _liveness_problems(self) -> Iterable[Problem]:
        return probe_problems(self.liveness_probe, "livenessProbe", self.ports) if self.liveness_probe else ()

    def _readiness_problems(self) -> Iterable[Problem]:
        return probe_problems(self.readiness_probe, "readinessProbe", self.ports) if self.readiness_probe else ()

    def _startup_problems(self) -> Iterable[Problem]:
        return probe_problems(self.startup_probe, "startupProbe", self.ports) if self.startup_probe else ()

    def _ingress_problems(self) -> Iterable[Problem]:
        return ingress_problems(self.ingress, self.ports) if self.ingress else ()

    def _service_problems(self) -> Iterable[Problem]:
        return service_problems(self, self.ports)

    def _monitor_problems(self) -> Iterable[Problem]:
        monitor = self.service_monitor
        if not monitor or monitor.enabled is False:
            return
        if exposed(self.ports):
            yield from monitor_problems(monitor, self.ports)
        else:
            yield Problem(("serviceMonitor",), _needs_ports(self.ports))

    serving_rules: ClassVar[tuple[Rule, ...]] = (
        _liveness_problems,
        _readiness_problems,
        _startup_problems,
        *ContainersSpec.container_rules,
        _service_problems,
        _ingress_problems,
        _monitor_problems,
    )
    rules = (*serving_rules, *WorkloadSpec.rules)


class StatelessSpec(ServingSpec):
    """What a workload without a disk of its own has, beside its image and its ports."""

    strategy: Annotated[Literal["RollingUpdate", "Recreate"], UNSTORED] = "RollingUpdate"
    """How pods are replaced: RollingUpdate starts each new one before it stops an old one, Recreate first stops all old
    ones."""
    rollout: DeploymentRollout | None = None
    """How new pods take the place of old ones."""

    def _strategy_problems(self) -> Iterable[Problem]:
        if self.rollout and self.strategy == "Recreate":
            for field, bound in (
                ("maxSurge", self.rollout.max_surge),
                ("maxUnavailable", self.rollout.max_unavailable),
            ):
                if bound is not None:
                    message = "has no effect because strategy is Recreate; leave one of them out"
                    yield Problem(("rollout", field), message)

    rules = (*ServingSpec.serving_rules, _strategy_problems, *WorkloadSpec.rules)


class ServiceSpec(StatelessSpec):
    """A stateless HTTP or gRPC workload, or a worker without ports."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[ServiceSpecArguments]) -> None: ...

    image: Image
    """Image of the main container."""
    replicas: Annotated[NonNegative32, UNSTORED] = 1
    """Number of pods; leave it out beside autoscaling."""
    ports: Ports = ()  # pyright: ignore[reportIncompatibleMethodOverride] - a field of this kind, derived in another
    """Ports of the main container and of the Service; the first is the primary one."""

    def _port_problems(self) -> Iterable[Problem]:
        further = {name for service in self.services for name in service.ports} if self.services else ()
        return port_problems(self.ports, further=further) if self.ports else ()

    def _sidecar_port_problems(self) -> Iterable[Problem]:
        return sidecar_port_problems(self.ports, self.sidecars, self.init_containers) if self.ports else ()

    rules = (_port_problems, _sidecar_port_problems, *StatelessSpec.rules)


def ingress_problems(ingress: Ingress, declared: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield why *ingress* cannot lead to a workload that has *declared* its ports."""
    if ingress.enabled is False:
        return
    ports = exposed(declared)
    if not ports:
        yield Problem(("ingress",), _needs_ports(declared))
    elif ports[0].protocol != "TCP":
        yield Problem(("ingress",), f"needs a TCP port as the first of spec.ports, got {ports[0].protocol}")
    if not (rules := ingress.placed_rules):
        return
    tcp = [port for port in ports if port.protocol == "TCP"]
    names = dict.fromkeys(port.name for port in tcp)
    numbers = dict.fromkeys(port.exposed_port for port in tcp)
    for place, rule in rules:
        if rule.port is None or rule.service_name is not None:
            continue
        known: Collection[str | int] = names if isinstance(rule.port, str) else numbers
        if rule.port not in known:
            message = f"{shown(rule.port)} is not a TCP port of the Service, declared are {listed(known)}"
            yield Problem(("ingress", *place, "port"), message)


def _needs_ports(ports: Sequence[ServicePort]) -> str:
    """Say what a block needs that works through the Service, where none of *ports* is on it."""
    if ports:
        return "needs a port of the Service; leave expose: false out of one in spec.ports"
    return "needs ports; declare at least one in spec.ports"


class Service(Resource):
    """A stateless workload."""

    kind: str = "Service"
    """Service, or the facade's kind."""
    spec: ServiceSpec
    """What is wanted."""

    def _service_name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if exposed(self.spec.ports) and not dns_label_problem(name) and (problem := service_name_problem(name)):
            yield Problem(("metadata", "name"), problem)

    def _sidecar_problems(self) -> Iterable[Problem]:
        sidecars = self.spec.sidecars
        return container_name_problems(self.container_name, "sidecars", sidecars) if sidecars else ()

    def _init_container_problems(self) -> Iterable[Problem]:
        init_containers = self.spec.init_containers
        if not init_containers:
            return ()
        return container_name_problems(self.container_name, "initContainers", init_containers)

    def _label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    def _certificate_problems(self) -> Iterable[Problem]:
        ingress, secrets = self.spec.ingress, self.spec.kms_secrets
        if not secrets or not ingress or ingress.enabled is False or not ingress.tls:
            return
        certificate = f"{self.metadata.name}-tls"
        for index, secret in enumerate(secrets):
            if secret.managed_secret_name == certificate:
                message = (
                    f"{shown(certificate)} is the secret with the certificate of spec.ingress; choose another name"
                )
                yield Problem(("spec", "kmsSecrets", index, "managedSecretName"), message)

    rules = (
        _certificate_problems,
        _service_name_problems,
        _sidecar_problems,
        _init_container_problems,
        _label_problems,
        Resource.further_service_problems,
    )
