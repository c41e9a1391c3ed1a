"""What a workload has of which the user writes the containers in full."""

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from ..kube.core import EnvFromSource, ResourceRequirements, Volume, VolumeMount
from ..kube.core.deferred import Container
from ..kube.fields import shown
from ..kube.model import Items, Problem, Rule
from ..kube.published import fields_by_name
from .attachments import Persistence, unmounted_claim
from .environment import VARIABLES, Env
from .pod import (
    command_problems,
    container_problems,
    environment_problems,
    is_privileged,
    mount_problems,
    request_problems,
    volume_problems,
    volumes_by_name,
)
from .ports import NUMBERS
from .repeats import repeated
from .secrets import KmsSecretRef
from .short_forms import containers_of
from .workload import WorkloadSpec

__all__ = ["Containers", "ContainersSpec", "SurroundedSpec"]

Containers = Annotated[
    Items[Container], BeforeValidator(containers_of), fields_by_name({"env": VARIABLES, "ports": NUMBERS})
]
"""Containers of the pod in order; the `env` and the `ports` of each may be mappings by name."""


class SurroundedSpec(WorkloadSpec):
    """A workload with what stands around its main container in the pod, and what that reads."""

    env: Env = ()
    """Environment variables of the main container, in order."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    volumes: Items[Volume] = ()
    """Volumes of the pod."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the main container sees the volumes."""
    persistence: Annotated[Items[Persistence], Field(max_length=64)] = ()
    """Disks that outlive the pods, which share them: PersistentVolumeClaims."""
    kms_secrets: Items[KmsSecretRef] = ()
    """Secrets to be filled from the key management service."""
    sidecars: Containers = ()
    """Further containers of the pod, which start before the main one and stop after it (before Kubernetes 1.29, and in
    epoch 2025, together with it)."""
    init_containers: Containers = ()
    """Containers that run before the others."""

    @property
    def _all_volumes(self) -> Sequence[Volume]:
        """All volumes that containers may mount."""
        return (*self.volumes, *self.attached_volumes) if self.configs or self.persistence else self.volumes

    @property
    def mounted_volumes(self) -> set[str]:
        """Names of the volumes that containers mount, or use as devices, by a field of theirs."""
        containers = (*self.sidecars, *self.init_containers)
        names = {mount.name for mount in self.volume_mounts}
        names |= {mount.name for each in containers for mount in each.volume_mounts or ()}
        return names | {device.name for each in containers for device in each.volume_devices or ()}

    def _claim_problems(self) -> Iterable[Problem]:
        for index, claim in enumerate(self.persistence):
            if claim.mount_path is None and claim.name not in self.mounted_volumes:
                yield Problem(("persistence", index, "mountPath"), unmounted_claim(claim.name))

    def _environment_problems(self) -> Iterable[Problem]:
        return environment_problems(self.env, self.env_from, self.volumes)

    def _volume_problems(self) -> Iterable[Problem]:
        return volume_problems(self.volumes) if self.volumes else ()

    def _mount_problems(self) -> Iterable[Problem]:
        if not self.volume_mounts:
            return ()
        privileged = is_privileged(self.container_security_context)
        return mount_problems(self.volume_mounts, volumes_by_name(self._all_volumes), privileged=privileged)

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_problems(self.sidecars, "sidecars", self._all_volumes) if self.sidecars else ()

    def _init_container_problems(self) -> Iterable[Problem]:
        return (
            container_problems(self.init_containers, "initContainers", self._all_volumes)
            if self.init_containers
            else ()
        )

    def _container_name_problems(self) -> Iterable[Problem]:
        if not self.sidecars:
            return
        sidecars = {container.name for container in self.sidecars}
        for index, container in enumerate(self.init_containers):
            if container.name in sidecars:
                yield Problem(("initContainers", index, "name"), f"{shown(container.name)} is a sidecar's name too")

    def _secret_name_problems(self) -> Iterable[Problem]:
        names = [secret.managed_secret_name for secret in self.kms_secrets]
        return repeated(names, field="managedSecretName", at=("kmsSecrets",)) if names else ()

    surrounding_rules: ClassVar[tuple[Rule, ...]] = (
        _environment_problems,
        _volume_problems,
        _mount_problems,
        _sidecar_problems,
        _init_container_problems,
        _container_name_problems,
        _secret_name_problems,
        _claim_problems,
    )
    rules = (*surrounding_rules, *WorkloadSpec.rules)


class ContainersSpec(SurroundedSpec):
    """A workload whose main container is the user's, with what stands around it in the pod."""

    command: Items[str] | None = None
    """Entry point of the main container, instead of the image's."""
    args: Items[str] | None = None
    """Arguments of the entry point, instead of the image's."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the main container."""

    def _command_problems(self) -> Iterable[Problem]:
        return command_problems(self.command or (), self.args or ())

    def _request_problems(self) -> Iterable[Problem]:
        return request_problems(self.resources) if self.resources else ()

    container_rules: ClassVar[tuple[Rule, ...]] = (
        _command_problems,
        *SurroundedSpec.surrounding_rules,
        _request_problems,
    )
    rules = (*container_rules, *WorkloadSpec.rules)
