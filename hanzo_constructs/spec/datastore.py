"""Datastore: a database, cache, object store or message broker that keeps its data."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Unpack

from pydantic import Field

from ..kube.core import EnvFromSource, ResourceRequirements, Volume, VolumeMount
from ..kube.core.scalars import NonNegative32
from ..kube.fields import shown
from ..kube.model import Items, Problem
from ..kube.names import SERVICE_NAME_FORM, ObjectName
from ..kube.published import UNIQUE_ITEMS, UNSTORED
from .backup import BACKUP_VARIABLES, Backup
from .cluster_services import OfferedService, ServedSpec
from .containers import Containers
from .engine_facts import EngineFacts, chosen_with, image_problems, told_directories, type_problem
from .engine_ports import engine_service_problems, taken_port_problems, with_engine_ports
from .engines import ENGINE_ALIASES, ENGINES, EngineName
from .engines.choosing import Chosen
from .engines.engine import Engine
from .engines.generation import Generation
from .environment import Env
from .image import Image, ImageSpec
from .network_policy import NetworkPolicy
from .observability import ServiceMonitor, monitor_problems
from .pod import (
    command_problems,
    container_problems,
    environment_problems,
    is_privileged,
    mount_problems,
    port_problems,
    request_problems,
    sidecar_port_problems,
    volume_problems,
    volumes_by_name,
)
from .ports import Ports, ServicePort
from .repeats import repeated
from .resource import Resource
from .resource_rules import below_spec, container_name_problems, reserved_label_problems, stateful_name_problems
from .rollout import StatefulSetRollout
from .scaling import PodDisruptionBudget
from .secrets import KmsSecretRef
from .service_aliases import alias_problems, taken_alias_problems
from .storage import Storage, claimed_volume
from .workload import WorkloadSpec

if TYPE_CHECKING:
    from .dicts import DatastoreSpecArguments

__all__ = ["CLAIM", "Datastore", "DatastoreSpec"]

CLAIM = "data"
"""Name of the claim template, and of the volume it makes, unless another one is adopted."""


class DatastoreSpec(ServedSpec):
    """A stateful engine with a claim for each replica."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[DatastoreSpecArguments]) -> None: ...

    workload_kind: ClassVar[str] = "StatefulSet"

    type: EngineName | None = None
    """The engine; `datastore` is another name of `clickhouse`. Required, except for kinds that fix it, such as SQL."""
    image: Image | None = None
    """Image of the engine; left out, the engine's default, which may have no tag."""
    engine: EngineFacts | None = None
    """What the image is and where it keeps its data, where its repository and tag do not tell."""
    replicas: Annotated[NonNegative32, UNSTORED] = 1
    """Number of pods, each with a disk of its own; nothing joins them into one database."""
    storage: Storage
    """The disk of each replica, a PersistentVolumeClaim mounted at the engine's data directory."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the engine."""
    env: Env = ()
    """Environment variables of the engine, in order."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables; they win over those of credentialsSecret."""
    volumes: Items[Volume] = ()
    """Further volumes of the pod, beside the data."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the engine sees the further volumes."""
    credentials_secret: ObjectName | None = None
    """Secret whose keys become environment variables of the engine, such as POSTGRES_PASSWORD."""
    insecure: bool = False
    """Whether it is meant that nothing brings a password; ends the warning about it."""
    kms_secrets: Items[KmsSecretRef] = ()
    """Secrets to be filled from the key management service."""
    backup: Backup | None = None
    """When a dump is taken and where it goes; left out, there is no backup."""
    service_aliases: Annotated[Items[Annotated[str, SERVICE_NAME_FORM]], UNIQUE_ITEMS, Field(max_length=64)] = ()
    """Further names of the engine in its namespace; each becomes a Service."""
    ports: Ports = ()
    """Ports beside the engine's; one with the name of an engine's port replaces it."""
    network_policy: NetworkPolicy | None = None
    """Who may connect; left out, everybody in the cluster may."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the engine; left out, it does not."""
    command: Items[str] | None = None
    """Entry point of the engine, instead of the image's; the engine's own arguments are left out then."""
    args: Items[str] | None = None
    """Arguments of the entry point, instead of the engine's."""
    sidecars: Containers = ()
    """Further containers of the pod, which start before the main one and stop after it (before Kubernetes 1.29, and in
    epoch 2025, together with it)."""
    pdb: PodDisruptionBudget | None = None
    """How many pods may be missing while nodes are drained; left out, nothing holds a drain up."""
    rollout: StatefulSetRollout | None = None
    """How new pods take the place of old ones."""

    @property
    def active_backup(self) -> Backup | None:
        """The backup, unless it is switched off."""
        return None if self.backup is None or self.backup.enabled is False else self.backup

    def engine_of(self, fixed: str | None = None) -> Engine:
        """Return the engine, which a facade has *fixed*."""
        name = fixed or self.type or ""
        return ENGINES[ENGINE_ALIASES.get(name, name)]

    def image_of(self, engine: Engine, *, operator: bool = False) -> ImageSpec:
        """Return the image, which is that of *engine* by default, or that of the *operator* that this replaces."""
        return self.image or (operator and engine.operator_image) or engine.image

    def chosen(self, engine: Engine) -> Chosen:
        """Return what is known of the image, and why it may be wrong; what the user says of it is right."""
        return chosen_with(engine, self.image_of(engine), self.engine)

    def all_ports(self, engine: Engine) -> tuple[ServicePort, ...]:
        """Return the ports of *engine*, replaced by name, and then the further ones."""
        return with_engine_ports(engine, self.ports)

    def kept_in(self, generation: Generation) -> dict[str, str]:
        """Return the directories that variables tell the engine to keep its data in, as far as they are known here."""
        return told_directories(generation, {variable.name: variable.value or "" for variable in self.env})

    @property
    def claim(self) -> str:
        """Name of the claim template, and of the volume that it makes."""
        return (self.adopt and self.adopt.claim_name) or CLAIM

    @property
    def _all_volumes(self) -> tuple[Volume, ...]:
        return (*self.volumes, *self.attached_volumes, claimed_volume(self.claim))

    @property
    def own_names(self) -> tuple[str, ...]:
        """The volume of the data and that of what is written beside it, and the ConfigMap of directories."""
        return (self.claim, "run", "directories")

    def _port_problems(self) -> Iterable[Problem]:
        further = {name for service in self.services for name in service.ports} if self.services else ()
        return port_problems(self.ports, further=further)

    def _sidecar_port_problems(self) -> Iterable[Problem]:
        return sidecar_port_problems(self.ports, self.sidecars) if self.ports else ()

    def _environment_problems(self) -> Iterable[Problem]:
        return environment_problems(self.env, self.env_from, self.volumes)

    def _command_problems(self) -> Iterable[Problem]:
        return command_problems(self.command or (), self.args or ())

    def _backup_variable_problems(self) -> Iterable[Problem]:
        for index, variable in enumerate(self.env if self.active_backup else ()):
            if variable.name in BACKUP_VARIABLES:
                yield Problem(("env", index, "name"), f"{variable.name} is set for the backup; choose another name")

    def _volume_problems(self) -> Iterable[Problem]:
        yield from volume_problems(self.volumes)
        for index, volume in enumerate(self.volumes):
            if volume.name == self.claim:
                message = f"{shown(self.claim)} is the volume of the engine's data; choose another name"
                yield Problem(("volumes", index, "name"), message)

    def _mount_problems(self) -> Iterable[Problem]:
        privileged = is_privileged(self.container_security_context)
        return mount_problems(self.volume_mounts, volumes_by_name(self._all_volumes), privileged=privileged)

    def _request_problems(self) -> Iterable[Problem]:
        return request_problems(self.resources) if self.resources else ()

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_problems(self.sidecars, "sidecars", self._all_volumes)

    def _secret_name_problems(self) -> Iterable[Problem]:
        names = [secret.managed_secret_name for secret in self.kms_secrets]
        return repeated(names, field="managedSecretName", at=("kmsSecrets",))

    def _alias_problems(self) -> Iterable[Problem]:
        return alias_problems(self.service_aliases)

    def engine_problems(self, fixed: str | None) -> Iterator[Problem]:
        """Yield what is wrong with the engine a facade has *fixed*, or with none, and what does not go with it."""
        if problem := type_problem(self.type, fixed):
            yield Problem(("type",), problem)
            return
        engine = self.engine_of(fixed)
        yield from image_problems(engine, self.image_of(engine), self.engine)
        yield from taken_port_problems(engine, self.ports)
        if (monitor := self.service_monitor) and monitor.enabled is not False:
            yield from monitor_problems(monitor, self.all_ports(engine))
        yield from engine_service_problems(engine, self, self.ports)

    rules = (
        _port_problems,
        _sidecar_port_problems,
        _environment_problems,
        _command_problems,
        _backup_variable_problems,
        _volume_problems,
        _mount_problems,
        _request_problems,
        _sidecar_problems,
        _secret_name_problems,
        _alias_problems,
        *WorkloadSpec.rules,
    )


class Datastore(Resource):
    """A stateful engine."""

    ENGINE: ClassVar[str | None] = None
    """The engine that the kind fixes; None leaves it to `type`."""

    kind: str = "Datastore"
    """Datastore, or the facade's kind."""
    spec: DatastoreSpec
    """What is wanted."""

    @property
    def own_component(self) -> str | None:
        """The engine, as it is written."""
        return self.spec.type or self.ENGINE

    @property
    def engine(self) -> Engine:
        """The engine it runs."""
        return self.spec.engine_of(self.ENGINE)

    @property
    def chosen(self) -> Chosen:
        """What is known of the image of the engine, and why it may be wrong."""
        return self.spec.chosen(self.engine)

    @property
    def generation(self) -> Generation:
        """What is known of the image of the engine."""
        return self.chosen.generation

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """Those of the engine, with what the user wrote in their place and beside them."""
        return self.spec.all_ports(self.engine)

    @property
    def offered_services(self) -> tuple[OfferedService, ...]:
        """Its Services, and its aliases among them."""
        services = super().offered_services
        offered = services[0].ports
        return (*services, *(OfferedService(alias, offered, headless=False) for alias in self.spec.service_aliases))

    @property
    def headless_name(self) -> str:
        """The name of the headless Service; a StatefulSet that exists never takes another one."""
        return self._headless_name("-headless")

    def _name_problems(self) -> Iterable[Problem]:
        return stateful_name_problems(self.metadata.name, cron_job=self.spec.active_backup is not None)

    def _engine_problems(self) -> Iterable[Problem]:
        return below_spec(self.spec.engine_problems(self.ENGINE))

    def _alias_problems(self) -> Iterable[Problem]:
        own = {self.service_name: "the resource's own name", self.headless_name: "the headless Service's name"}
        return taken_alias_problems(self.spec.service_aliases, own)

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.container_name, "sidecars", self.spec.sidecars)

    def _own_label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    rules = (
        _name_problems,
        _engine_problems,
        _alias_problems,
        _sidecar_problems,
        _own_label_problems,
        Resource.further_service_problems,
    )
