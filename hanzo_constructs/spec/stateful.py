"""Stateful: a workload of any image whose pods have stable names, and mostly a disk each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from ..kube.core import PersistentVolumeClaimVolumeSource, Volume
from ..kube.core.scalars import NonNegative32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import ObjectName, StorageClassName
from ..kube.published import UNSTORED
from ..kube.quantity import Quantity
from .attachments import AccessMode, claim_problems, unmounted_claim
from .image import Image
from .pod import port_problems, sidecar_port_problems
from .ports import Ports, exposed
from .resource import Resource
from .resource_rules import container_name_problems, reserved_label_problems, stateful_name_problems
from .rollout import StatefulSetRollout
from .service import ServingSpec
from .workload import WorkloadSpec

if TYPE_CHECKING:
    from .dicts import StatefulSpecArguments

__all__ = ["Disk", "Stateful", "StatefulSpec"]

_CLAIM = "data"


class Disk(CheckedModel):
    """A disk for each pod."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "storageClass": "storageClassName",
        "class": "storageClassName",
        "capacity": "size",
        "accessMode": "accessModes",
        "claimName": "existingClaim",
    }

    mount_path: str | None = None
    """Where the main container sees all of the disk; left out where volumeMounts of a container name its volume, data, with a
    subPath for instance."""
    size: Quantity | None = None
    """Size of each claim, such as 20Gi. To change it later takes commands that `hzc show` prints: enlarge each
    PersistentVolumeClaim, delete the StatefulSet with --cascade=orphan, and apply the new size."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claims; left out, the platform's. An empty string asks for volumes that are there already.
    It cannot be changed later."""
    access_modes: Items[AccessMode] | None = None
    """Who may mount a claim at the same time; left out, the pods of one node (ReadWriteOnce). It cannot be changed later."""
    retention_policy: Literal["Retain", "Delete"] | None = None
    """Whether the claims, and the data, stay or go when the StatefulSet is deleted; left out, they stay (Retain)."""
    existing_claim: ObjectName | None = None
    """One claim that is there already and that all pods mount, in place of one for each."""

    def problems(self) -> Iterator[Problem]:
        """Refuse claims that no cluster makes."""
        return claim_problems(self)


class StatefulSpec(ServingSpec):
    """A workload of any image whose pods have stable names, and a disk each."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[StatefulSpecArguments]) -> None: ...

    workload_kind: ClassVar[str] = "StatefulSet"

    image: Image
    """Image of the main container."""
    replicas: Annotated[NonNegative32, UNSTORED] = 1
    """Number of pods, each with a name of its own; leave it out beside autoscaling."""
    ports: Ports = ()  # pyright: ignore[reportIncompatibleMethodOverride] - a field of this kind, derived in another
    """Ports of the main container and of the Services; the first is the primary one."""
    storage: Disk | None = None
    """The disk of each pod, a PersistentVolumeClaim; left out, the pods have none but their volumes."""
    pod_management_policy: Literal["OrderedReady", "Parallel"] | None = None
    """How pods start and stop: one after the other, each when the one before is ready (OrderedReady), or all at once
    (Parallel); left out, OrderedReady. It cannot be changed later."""
    rollout: StatefulSetRollout | None = None
    """How new pods take the place of old ones."""

    @property
    def claim(self) -> str:
        """Name of the claim template, and of the volume of the disk."""
        return (self.adopt and self.adopt.claim_name) or _CLAIM

    @property
    def own_names(self) -> tuple[str, ...]:
        """The volume of the disk, if there is one."""
        return (self.claim,) if self.storage else ()

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where the disk is, if there is one."""
        return (self.storage.mount_path,) if self.storage and self.storage.mount_path is not None else ()

    @property
    def _all_volumes(self) -> tuple[Volume, ...]:
        if not self.storage:
            return (*self.volumes, *self.attached_volumes)
        source = PersistentVolumeClaimVolumeSource.model_construct(claim_name=self.claim)
        disk = Volume.model_construct(name=self.claim, persistent_volume_claim=source)
        return (*self.volumes, *self.attached_volumes, disk)

    def _port_problems(self) -> Iterable[Problem]:
        return port_problems(self.ports)

    def _sidecar_port_problems(self) -> Iterable[Problem]:
        return sidecar_port_problems(self.ports, self.sidecars, self.init_containers) if self.ports else ()

    def _disk_problems(self) -> Iterable[Problem]:
        if not self.storage:
            return
        if self.storage.mount_path is None and self.claim not in self.mounted_volumes:
            yield Problem(("storage", "mountPath"), unmounted_claim(self.claim))
        for index, volume in enumerate(self.volumes):
            if volume.name == self.claim:
                message = f"{shown(self.claim)} is the volume of the disk; choose another name"
                yield Problem(("volumes", index, "name"), message)
        for index, mount in enumerate(self.volume_mounts):
            if mount.mount_path == self.storage.mount_path:
                message = f"{shown(mount.mount_path)} is where the disk is (storage.mountPath); choose another path"
                yield Problem(("volumeMounts", index, "mountPath"), message)

    def _management_problems(self) -> Iterable[Problem]:
        if self.pod_management_policy is not None and self.adopt and self.adopt.pod_management_policy is not None:
            yield Problem(("podManagementPolicy",), "is adopted (adopt.podManagementPolicy); leave one of them out")

    rules = (
        _port_problems,
        _sidecar_port_problems,
        *ServingSpec.serving_rules,
        _disk_problems,
        _management_problems,
        *WorkloadSpec.rules,
    )


class Stateful(Resource):
    """A workload of any image whose pods have stable names, and a disk each."""

    kind: Literal["Stateful"] = "Stateful"
    """Stateful."""
    spec: StatefulSpec
    """What is wanted."""

    @property
    def headless_name(self) -> str:
        """The name of the headless Service; a StatefulSet that exists never takes another one."""
        return self._headless_name("-headless", has_service=bool(exposed(self.spec.ports)))

    def _name_problems(self) -> Iterable[Problem]:
        return stateful_name_problems(self.metadata.name, cron_job=False)

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.container_name, "sidecars", self.spec.sidecars)

    def _init_container_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.metadata.name, "initContainers", self.spec.init_containers)

    def _label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    rules = (
        _name_problems,
        _sidecar_problems,
        _init_container_problems,
        _label_problems,
        Resource.further_service_problems,
    )
