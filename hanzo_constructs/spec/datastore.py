"""Datastore: a database, cache, object store or message broker that keeps its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from ..kube.core import EnvFromSource, ResourceRequirements, Volume, VolumeMount
from ..kube.core.scalars import NonNegative32
from ..kube.fields import listed, shown, suggestion
from ..kube.model import Items, Problem
from ..kube.names import ObjectName, service_name_problem
from ..kube.paths import clean_path, is_within
from .backup import BACKUP_VARIABLES, Backup
from .cluster_services import ServedSpec, service_problems
from .containers import Containers
from .engine_facts import EngineFacts
from .engines import ENGINE_ALIASES, ENGINES, EngineName
from .engines.choosing import Chosen, chosen_generation, foreign_engine
from .engines.engine import Engine
from .engines.generation import Generation, version_of
from .environment import Env
from .exposure import NetworkPolicy
from .image import Image, ImageSpec, image_reference
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
from .rollout import StatefulSetRollout
from .scaling import PodDisruptionBudget
from .secrets import KmsSecretRef
from .storage import Storage
from .workload import WorkloadSpec

__all__ = ["CLAIM", "DatastoreSpec"]

CLAIM = "data"
"""Name of the claim template, and of the volume it makes, unless another one is adopted."""


class DatastoreSpec(ServedSpec):
    """A stateful engine with a claim for each replica."""

    workload: ClassVar[str] = "StatefulSet"

    type: EngineName | None = None
    """The engine; `datastore` is another name of `clickhouse`. Required, except for kinds that fix it, such as SQL."""
    image: Image | None = None
    """Image of the engine; left out, the engine's default, which may have no tag."""
    engine: EngineFacts | None = None
    """What the image is and where it keeps its data, where its repository and tag do not tell."""
    replicas: NonNegative32 = 1
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
    service_aliases: Items[str] = ()
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
        chosen, facts = chosen_generation(engine, self.image_of(engine)), self.engine
        if facts is None:
            return chosen
        generation = engine.generation(facts.generation) if facts.generation else chosen.generation
        if facts.data_path is not None:
            path = clean_path(facts.data_path)
            kept = {name: place for name, place in generation.environment.items() if is_within(place, path)}
            generation = replace(generation, data_path=path, environment=kept)
        return Chosen(generation, "")

    def all_ports(self, engine: Engine) -> tuple[ServicePort, ...]:
        """Return the ports of *engine*, replaced by name, and then the further ones.

        What is spoken through a port of the engine does not depend on its number.
        """
        own = {port.name: port for port in self.ports}
        named = tuple(_speaking(port.app_protocol, own.pop(port.name, port)) for port in engine.ports)
        return (*named, *own.values())

    def kept_in(self, generation: Generation) -> dict[str, str]:
        """Return the directories that variables tell the engine to keep its data in, as far as they are known here."""
        own = {variable.name: variable.value or "" for variable in self.env}
        told = {name: own.get(name, directory) for name, directory in generation.environment.items()}
        return {name: clean_path(directory) for name, directory in told.items() if directory and "$(" not in directory}

    @property
    def claim(self) -> str:
        """Name of the claim template, and of the volume that it makes."""
        return (self.adopt and self.adopt.claim_name) or CLAIM

    @property
    def _claim_volume(self) -> Volume:
        return Volume.model_construct(name=self.claim)

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
        volumes = volumes_by_name((*self.volumes, *self.attached_volumes, self._claim_volume))
        return mount_problems(self.volume_mounts, volumes, privileged=privileged)

    def _request_problems(self) -> Iterable[Problem]:
        return request_problems(self.resources) if self.resources else ()

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_problems(
            self.sidecars, "sidecars", (*self.volumes, *self.attached_volumes, self._claim_volume)
        )

    def _secret_name_problems(self) -> Iterable[Problem]:
        names = [secret.managed_secret_name for secret in self.kms_secrets]
        return repeated(names, field="managedSecretName", at=("kmsSecrets",))

    def _alias_problems(self) -> Iterable[Problem]:
        first: dict[str, int] = {}
        for index, alias in enumerate(self.service_aliases):
            if problem := service_name_problem(alias):
                yield Problem(("serviceAliases", index), problem)
            if (earlier := first.setdefault(alias, index)) < index:
                yield Problem(("serviceAliases", index), f"{shown(alias)} is used twice", ("serviceAliases", earlier))

    def engine_problems(self, fixed: str | None) -> Iterator[Problem]:
        """Yield what is wrong with the engine a facade has *fixed*, or with none, and what does not go with it."""
        chosen = ENGINE_ALIASES.get(self.type or "", self.type)
        if fixed and chosen and chosen != fixed:
            yield Problem(("type",), f"must be {fixed}, which the kind fixes, got {self.type}; leave it out")
        elif not fixed and not chosen:
            yield Problem(("type",), f"required, one of {', '.join(ENGINES)}")
        else:
            engine = self.engine_of(fixed)
            yield from self._wrong_image(engine)
            yield from self._taken_ports(engine)
            yield from self._unknown_metrics_port(engine)
            yield from self._wrong_services(engine)

    def _wrong_image(self, engine: Engine) -> Iterator[Problem]:
        """Yield an image that runs something else than *engine*, and a generation that is none or another one."""
        image, facts = self.image_of(engine), self.engine
        if meant := foreign_engine(engine, image):
            message = f"must be an image of {engine.name}, got {shown(image.repository)}, which runs {meant}"
            yield Problem(("image", "repository"), message)
            return
        if facts is None or facts.generation is None:
            return
        names = [each.name for each in engine.generations]
        if facts.generation not in names:
            near = suggestion(facts.generation, names)
            hint = f"did you mean {near}?" if near else f"known are {listed(names)}"
            yield Problem(("engine", "generation"), f"must be a generation of {engine.name}, {hint}")
            return
        known = chosen_generation(engine, image)
        if not known.doubt and known.generation.name != facts.generation and version_of(image.tag):
            message = (
                f"{facts.generation} contradicts the image {image_reference(image)}, which is {known.generation.name};"
                " leave it out, or name another image"
            )
            yield Problem(("engine", "generation"), message)

    def _taken_ports(self, engine: Engine) -> Iterator[Problem]:
        """Yield ports with the number of one of *engine*'s."""
        own = {port.name for port in self.ports}
        kept = [port for port in engine.ports if port.name not in own]
        for index, port in enumerate(self.ports):
            for other in kept:
                same = port.protocol == other.protocol
                advice = f'is the engine\'s port {shown(other.name)}; name it "{other.name}" to replace that'
                if same and port.container_port == other.container_port:
                    yield Problem(("ports", index, "containerPort"), f"{port.container_port}/{port.protocol} {advice}")
                elif same and port.exposed_port == other.exposed_port:
                    yield Problem(("ports", index, "servicePort"), f"{port.exposed_port}/{port.protocol} {advice}")
            if port.name not in {other.name for other in engine.ports}:
                continue
            if port.protocol != "TCP":
                yield Problem(
                    ("ports", index, "protocol"), f"must be TCP, which the engine speaks, got {port.protocol}"
                )
            if port.container is not None:
                yield Problem(("ports", index, "container"), "must be left out: the engine listens on this port")
            if not port.expose:
                yield Problem(("ports", index, "expose"), "must be true: clients need this port of the engine")

    def _wrong_services(self, engine: Engine) -> Iterator[Problem]:
        """Yield what is wrong with the Services, whose ports are the user's and those of *engine*."""
        ports = self.all_ports(engine)
        own = {port.name: index for index, port in enumerate(self.ports)}
        for problem in service_problems(self, ports):
            path = problem.path
            if path[0] == "ports":
                path = ("ports", own[ports[int(path[1])].name], *path[2:])
            yield problem._replace(path=path)

    def _unknown_metrics_port(self, engine: Engine) -> Iterator[Problem]:
        monitor = self.service_monitor
        if not monitor or monitor.enabled is False:
            return
        yield from monitor_problems(monitor, self.all_ports(engine))

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


def _speaking(protocol: str | None, port: ServicePort) -> ServicePort:
    """Return *port* with the *protocol*, unless it says what is spoken through it."""
    speaks = port.app_protocol is not None or protocol is None
    return port if speaks else port.model_copy(update={"app_protocol": protocol})
