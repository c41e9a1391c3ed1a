"""Datastore: a database, cache, object store or message broker that keeps its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import Container, EnvFromSource, LocalObjectReference, ResourceRequirements, Volume, VolumeMount
from ..kube.fields import shown, suggestion
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import LabelValue, ObjectName, service_name_problem
from .backup import Backup
from .engines import ENGINES, Engine
from .environment import Env
from .exposure import NetworkPolicy
from .image import Image
from .observability import ServiceMonitor
from .pod import (
    container_problems,
    environment_problems,
    mount_problems,
    port_problems,
    repeated,
    request_problems,
    volume_problems,
)
from .ports import Ports, ServicePort
from .scaling import PodDisruptionBudget
from .secrets import KmsSecretRef
from .storage import Storage
from .workload import labelling_problems

__all__ = ["CLAIM", "DatastoreSpec"]

CLAIM = "data"
"""Name of the claim template, and of the volume it makes."""
ENGINE_ALIASES = {"datastore": "clickhouse"}


class DatastoreSpec(CheckedModel):
    """A stateful engine with a claim for each replica."""

    type: Literal["clickhouse", "datastore", "postgresql", "valkey", "docdb", "minio", "nats"] | None = None
    """Engine: clickhouse (also called datastore), postgresql, valkey, docdb, minio or nats; required unless the kind fixes it."""
    image: Image | None = None
    """Image of the engine; left out, the engine's default."""
    replicas: Annotated[int, Field(ge=0)] = 1
    """Number of pods, each with a claim of its own."""
    storage: Storage
    """The claim of each replica, mounted at the engine's data directory."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the engine."""
    env: Env = ()
    """Environment variables of the engine, in order."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables; they win over credentialsSecret."""
    volumes: Items[Volume] = ()
    """Further volumes of the pod, beside the data."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the engine sees the further volumes."""
    credentials_secret: ObjectName | None = None
    """Secret whose keys reach the engine as environment variables, before envFrom."""
    kms_secrets: Items[KmsSecretRef] = ()
    """Secrets filled from the key management service."""
    backup: Backup | None = None
    """When a dump is taken and where it goes."""
    service_aliases: Items[str] = ()
    """Further names in the namespace under which clients reach the engine."""
    ports: Ports = ()
    """Ports beside the engine's; one with the name of an engine's port replaces it."""
    network_policy: NetworkPolicy | None = None
    """Who may connect."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the engine."""
    command: Items[str] | None = None
    """Entry point of the engine, instead of the image's."""
    args: Items[str] | None = None
    """Arguments of the entry point, instead of the engine's."""
    sidecars: Items[Container] = ()
    """Further containers of the pod."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with credentials for the registry."""
    service_account_name: ObjectName | None = None
    """Service account of the pods; naming one also mounts its token."""
    pdb: PodDisruptionBudget | None = None
    """How many pods a drain may take at once."""
    fs_group: Annotated[int, Field(ge=0)] | None = None
    """Group that owns the files of the pod's volumes."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of every child and of the pods; never of the selector."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the pods."""
    part_of: LabelValue | None = None
    """Larger application this datastore belongs to: the label app.kubernetes.io/part-of."""
    component: LabelValue | None = None
    """Role within that application: the label app.kubernetes.io/component."""

    def engine(self, fixed: str | None = None) -> Engine:
        """Return the engine, which a facade has *fixed*."""
        name = fixed or self.type or ""
        return ENGINES[ENGINE_ALIASES.get(name, name)]

    def all_ports(self, engine: Engine) -> tuple[ServicePort, ...]:
        """Return the ports of *engine*, replaced by name, and then the further ones."""
        own = {port.name: port for port in self.ports}
        named = tuple(own.pop(port.name, port) for port in engine.ports)
        return (*named, *own.values())

    def problems(self) -> Iterator[Problem]:
        """Yield every rule between fields that does not hold, whatever the engine."""
        volumes = [volume.name for volume in self.volumes]
        yield from port_problems(self.ports)
        yield from environment_problems(self.env, self.env_from)
        yield from volume_problems(self.volumes)
        if CLAIM in volumes:
            yield Problem(("volumes", volumes.index(CLAIM), "name"), f"{shown(CLAIM)} is the volume of the engine's data")
        yield from mount_problems(self.volume_mounts, volumes)
        if self.resources:
            yield from request_problems(self.resources)
        yield from container_problems(self.sidecars, "sidecars", [*volumes, CLAIM])
        names = (secret.managed_secret_name for secret in self.kms_secrets)
        yield from repeated(names, field="managedSecretName", at=("kmsSecrets",))
        yield from repeated(self.service_aliases, field="", at=("serviceAliases",))
        for index, alias in enumerate(self.service_aliases):
            if problem := service_name_problem(alias):
                yield Problem(("serviceAliases", index), problem)
        yield from labelling_problems(self)

    def engine_problems(self, fixed: str | None) -> Iterator[Problem]:
        """Yield what is wrong with the engine a facade has *fixed*, or with none, and what does not go with it."""
        chosen = ENGINE_ALIASES.get(self.type or "", self.type)
        if fixed and chosen and chosen != fixed:
            yield Problem(("type",), f"must be {fixed}, which the kind fixes, got {self.type}; leave it out")
            return
        if not fixed and not chosen:
            yield Problem(("type",), f"required, one of {', '.join(ENGINES)}")
            return
        engine = self.engine(fixed)
        inside = f"{engine.data_directory}/"
        for index, mount in enumerate(self.volume_mounts):
            if mount.mount_path.rstrip("/") == engine.data_directory:
                yield Problem(("volumeMounts", index, "mountPath"), f"{shown(mount.mount_path)} is where the engine's data is mounted")
            elif inside.startswith(f"{mount.mount_path.rstrip('/')}/"):
                yield Problem(("volumeMounts", index, "mountPath"), f"{shown(mount.mount_path)} would hide the engine's data in {engine.data_directory}")
        ports = self.all_ports(engine)
        yield from port_problems(ports)
        if self.service_monitor and self.service_monitor.enabled is not False:
            names = [port.name for port in ports]
            name = self.service_monitor.port_name(ports)
            if name not in names:
                near = suggestion(name, names)
                hint = f", did you mean {near}?" if near else f", declared are {', '.join(names)}"
                yield Problem(("serviceMonitor", "metricsPort"), f"{shown(name)} is not a declared port{hint}")
