"""Service: a stateless workload that answers requests, or works through a queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import Container, EnvFromSource, LocalObjectReference, ResourceRequirements, Volume, VolumeMount
from ..kube.fields import shown
from ..kube.labels import COMPONENT, INSTANCE, NAME, PART_OF
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import LabelValue, ObjectName, annotation_problems, label_problems
from .environment import Env
from .exposure import Ingress, NetworkPolicy
from .image import Image
from .observability import ServiceMonitor
from .pod import (
    container_problems,
    environment_problems,
    mount_problems,
    port_problems,
    probe_problems,
    repeated,
    request_problems,
    volume_problems,
)
from .ports import Ports
from .probes import ProbeSpec
from .scaling import Autoscaling, PodDisruptionBudget
from .secrets import KmsSecretRef

__all__ = ["ServiceSpec"]


class ServiceSpec(CheckedModel):
    """A stateless HTTP or gRPC workload, or a worker without ports."""

    image: Image
    """Image of the main container."""
    replicas: Annotated[int, Field(ge=0)] = 1
    """Number of pods; left out where autoscaling owns it."""
    ports: Ports = ()
    """Ports of the main container and of the Service; the first is the primary one."""
    env: Env = ()
    """Environment variables of the main container, in order."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    volumes: Items[Volume] = ()
    """Volumes of the pod."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the main container sees the volumes."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the main container."""
    liveness_probe: ProbeSpec | None = None
    """When it fails, the container is restarted."""
    readiness_probe: ProbeSpec | None = None
    """While it fails, the pod gets no traffic."""
    startup_probe: ProbeSpec | None = None
    """Until it succeeds, the other probes wait."""
    ingress: Ingress | None = None
    """Hosts under which the service is reached from outside."""
    autoscaling: Autoscaling | None = None
    """Bounds for the replica count; takes the count over from replicas."""
    pdb: PodDisruptionBudget | None = None
    """How many pods a drain may take at once."""
    network_policy: NetworkPolicy | None = None
    """Who may connect."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the service."""
    kms_secrets: Items[KmsSecretRef] = ()
    """Secrets filled from the key management service."""
    sidecars: Items[Container] = ()
    """Further containers of the pod."""
    init_containers: Items[Container] = ()
    """Containers that run before the others."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with credentials for the registry."""
    service_account_name: ObjectName | None = None
    """Service account of the pods; naming one also mounts its token."""
    strategy: Literal["RollingUpdate", "Recreate"] = "RollingUpdate"
    """How pods are replaced: one at a time, or all at once after the old ones are gone."""
    command: Items[str] | None = None
    """Entry point of the main container, instead of the image's."""
    args: Items[str] | None = None
    """Arguments of the entry point, instead of the image's."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of every child and of the pods; never of the selector."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the pods."""
    part_of: LabelValue | None = None
    """Larger application this service belongs to: the label app.kubernetes.io/part-of."""
    component: LabelValue | None = None
    """Role within that application: the label app.kubernetes.io/component."""
    fs_group: Annotated[int, Field(ge=0)] | None = None
    """Group that owns the files of the pod's volumes."""

    def problems(self) -> Iterator[Problem]:
        """Yield every rule between fields that does not hold."""
        volumes = [volume.name for volume in self.volumes]
        yield from port_problems(self.ports)
        yield from self._probe_problems()
        yield from environment_problems(self.env, self.env_from)
        if self.volumes:
            yield from volume_problems(self.volumes)
        yield from mount_problems(self.volume_mounts, volumes)
        yield from request_problems(self.resources)
        yield from container_problems(self.sidecars, "sidecars", volumes)
        yield from container_problems(self.init_containers, "initContainers", volumes)
        yield from self._name_problems()
        if self.ingress and self.ingress.enabled is not False:
            yield from self._ingress_problems(self.ingress)
        if self.service_monitor and self.service_monitor.enabled is not False:
            yield from self._monitor_problems(self.service_monitor)
        if self.autoscaling and self.autoscaling.enabled is not False:
            yield from self._autoscaling_problems(self.autoscaling)
        yield from self._label_problems()

    def _probe_problems(self) -> Iterator[Problem]:
        for field, probe in (
            ("livenessProbe", self.liveness_probe),
            ("readinessProbe", self.readiness_probe),
            ("startupProbe", self.startup_probe),
        ):
            if probe:
                yield from probe_problems(probe, field, self.ports)

    def _name_problems(self) -> Iterator[Problem]:
        if self.init_containers and self.sidecars:
            sidecars = {container.name for container in self.sidecars}
            for index, container in enumerate(self.init_containers):
                if container.name in sidecars:
                    yield Problem(("initContainers", index, "name"), f"{shown(container.name)} is a sidecar's name too")
        if len(self.kms_secrets) > 1:
            names = (secret.managed_secret_name for secret in self.kms_secrets)
            yield from repeated(names, field="managedSecretName", at=("kmsSecrets",))

    def _ingress_problems(self, ingress: Ingress) -> Iterator[Problem]:
        if not self.ports:
            yield Problem(("ingress",), "needs ports; declare at least one in spec.ports")
        elif self.ports[0].protocol != "TCP":
            yield Problem(("ingress",), f"needs a TCP port as the first of spec.ports, got {self.ports[0].protocol}")
        for index, rule in enumerate(ingress.path_rules):
            if rule.port is None or rule.service_name is not None:
                continue
            tcp = [port for port in self.ports if port.protocol == "TCP"]
            known = [port.name if isinstance(rule.port, str) else port.exposed_port for port in tcp]
            if rule.port not in known:
                message = f"{shown(rule.port)} is not a TCP port of the Service, declared are {', '.join(map(str, known)) or 'none'}"
                yield Problem(("ingress", "pathRules", index, "port"), message)

    def _monitor_problems(self, monitor: ServiceMonitor) -> Iterator[Problem]:
        protocols = {port.name: port.protocol for port in self.ports}
        if not protocols:
            yield Problem(("serviceMonitor",), "needs ports; declare at least one in spec.ports")
            return
        name = monitor.port_name(self.ports)
        if name not in protocols:
            message = f"{shown(name)} is not a declared port, declared are {', '.join(protocols)}"
            yield Problem(("serviceMonitor", "metricsPort"), message)
        elif protocols[name] != "TCP":
            yield Problem(("serviceMonitor", "metricsPort"), f"must name a TCP port, {name} is {protocols[name]}")

    def _autoscaling_problems(self, autoscaling: Autoscaling) -> Iterator[Problem]:
        memory = autoscaling.target_memory_utilization is not None
        cpu = autoscaling.target_cpu_utilization is not None or not memory
        containers: list[tuple[tuple[str | int, ...], ResourceRequirements | None]] = [((), self.resources)]
        containers += [(("sidecars", index), sidecar.resources) for index, sidecar in enumerate(self.sidecars)]
        containers += [
            (("initContainers", index), each.resources)
            for index, each in enumerate(self.init_containers)
            if each.restart_policy == "Always"  # it runs beside the others and is measured with them
        ]
        for resource, targeted in (("cpu", cpu), ("memory", memory)):
            for place, resources in containers if targeted else ():
                # the API server takes a limit without a request for the request
                if not any(
                    resource in (amounts or {})
                    for amounts in (resources and resources.requests, resources and resources.limits)
                ):
                    yield Problem(
                        (*place, "resources", "requests", resource),
                        f"required because autoscaling targets {resource} use, which is measured against it",
                    )

    def _label_problems(self) -> Iterator[Problem]:
        for path, message in label_problems(self.labels):
            yield Problem(("labels", *path), message)
        for path, message in annotation_problems(self.annotations):
            yield Problem(("annotations", *path), message)
        for key in (NAME, INSTANCE):
            if key in self.labels:
                yield Problem(
                    ("labels", key), "belongs to the selector and is derived from metadata.name; leave it out"
                )
        for key, field, value in ((PART_OF, "partOf", self.part_of), (COMPONENT, "component", self.component)):
            if value is not None and key in self.labels:
                yield Problem(("labels", key), f"is {field} ({value}); leave one of them out")
