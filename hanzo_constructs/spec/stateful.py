"""Stateful: a workload of any image whose pods have stable names, and mostly a disk each."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from pydantic import Field

from ..kube.core import PersistentVolumeClaimVolumeSource, Volume
from ..kube.core.scalars import NonNegative32
from ..kube.fields import Path, field_path, shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import DnsLabel, ObjectName, StorageClassName
from ..kube.published import MOUNT_PATH, UNSTORED, Published
from ..kube.quantity import AMOUNT_FORM, Quantity
from .attachments import AccessMode, access_mode_problems, claim_problems, mount_path_problems, unmounted_claim
from .image import Image
from .pod import port_problems, sidecar_port_problems
from .ports import Ports, exposed
from .repeats import repeated
from .resource import Resource
from .resource_rules import container_name_problems, reserved_label_problems, stateful_name_problems
from .rollout import StatefulSetRollout
from .service import ServingSpec
from .storage import size_problems
from .workload import WorkloadSpec

if TYPE_CHECKING:
    from .dicts import StatefulSpecArguments

__all__ = ["Disk", "FurtherDisk", "Stateful", "StatefulSpec"]

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

    mount_path: Annotated[str, MOUNT_PATH] | None = None
    """Where the main container sees all of the disk; left out where volumeMounts of a container name its volume, data, with a
    subPath for instance."""
    size: Annotated[Quantity, AMOUNT_FORM] | None = None
    """Size of each claim, such as 20Gi. To change it later takes commands that `hzc show` prints: enlarge each
    PersistentVolumeClaim, delete the StatefulSet with --cascade=orphan, and apply the new size."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claims; left out, the platform's. An empty string asks for volumes that are there already.
    It cannot be changed later."""
    access_modes: Annotated[Items[AccessMode], Field(max_length=8), Published({"minItems": 1})] | None = None
    """Who may mount a claim at the same time; left out, the pods of one node (ReadWriteOnce). It cannot be changed later."""
    retention_policy: Literal["Retain", "Delete"] | None = None
    """Whether the claims, and the data, stay or go when the StatefulSet is deleted; left out, they stay (Retain)."""
    existing_claim: ObjectName | None = None
    """One claim that is there already and that all pods mount, in place of one for each."""

    def problems(self) -> Iterator[Problem]:
        """Refuse claims that no cluster makes."""
        return claim_problems(self)


class FurtherDisk(CheckedModel):
    """A disk for each pod, under a name of its own."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "storageClass": "storageClassName",
        "class": "storageClassName",
        "capacity": "size",
        "accessMode": "accessModes",
        "claimName": "name",
        "retentionPolicy": "storage.retentionPolicy, which holds for all disks",
    }

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: DnsLabel
    """Name of the claim template, and of the volume."""
    mount_path: Annotated[str, MOUNT_PATH] | None = None
    """Where the main container sees all of the disk; left out where volumeMounts of a container name its volume, with a
    subPath for instance."""
    size: Annotated[Quantity, AMOUNT_FORM]
    """Size of each claim, such as 20Gi. It changes later as that of storage does."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claims; left out, the platform's. An empty string asks for volumes that are there already.
    It cannot be changed later."""
    access_modes: Annotated[Items[AccessMode], Field(max_length=8), Published({"minItems": 1})] | None = None
    """Who may mount a claim at the same time; left out, the pods of one node (ReadWriteOnce). It cannot be changed later."""

    @property
    def volume(self) -> Volume:
        """The volume of the disk, as mounts name it."""
        source = PersistentVolumeClaimVolumeSource.model_construct(claim_name=self.name)
        return Volume.model_construct(name=self.name, persistent_volume_claim=source)

    def problems(self) -> Iterator[Problem]:
        """Refuse claims that no cluster makes."""
        if self.mount_path is not None:
            yield from mount_path_problems(self.mount_path)
        yield from size_problems(self.size)
        yield from access_mode_problems(self.access_modes)


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
    disks: Annotated[Items[FurtherDisk], Field(max_length=64)] = ()
    """Further disks of each pod, behind that of storage, or in its place where a StatefulSet runs with claims of other names.
    No disk can be added or removed later without deleting the StatefulSet, as `hzc show` says."""
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
        """The volumes of the disks."""
        return (*((self.claim,) if self.storage else ()), *(disk.name for disk in self.disks))

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where the disks are."""
        return tuple(path for path, _ in self._disk_folders)

    @property
    def _disk_folders(self) -> Iterator[tuple[str, Path]]:
        """Yield where the main container sees a disk, and the field that says so."""
        if self.storage and self.storage.mount_path is not None:
            yield self.storage.mount_path, ("storage", "mountPath")
        for index, disk in enumerate(self.disks):
            if disk.mount_path is not None:
                yield disk.mount_path, ("disks", index, "mountPath")

    @property
    def _all_volumes(self) -> tuple[Volume, ...]:
        volumes = (*self.volumes, *self.attached_volumes)
        if self.storage:
            source = PersistentVolumeClaimVolumeSource.model_construct(claim_name=self.claim)
            volumes = (*volumes, Volume.model_construct(name=self.claim, persistent_volume_claim=source))
        return (*volumes, *(disk.volume for disk in self.disks))

    def _port_problems(self) -> Iterable[Problem]:
        return port_problems(self.ports)

    def _sidecar_port_problems(self) -> Iterable[Problem]:
        return sidecar_port_problems(self.ports, self.sidecars, self.init_containers) if self.ports else ()

    def _disk_problems(self) -> Iterable[Problem]:
        if self.storage and self.storage.mount_path is None and self.claim not in self.mounted_volumes:
            yield Problem(("storage", "mountPath"), unmounted_claim(self.claim))
        for index, disk in enumerate(self.disks):
            if disk.mount_path is None and disk.name not in self.mounted_volumes:
                yield Problem(("disks", index, "mountPath"), unmounted_claim(disk.name))
            if self.storage and disk.name == self.claim:
                yield Problem(
                    ("disks", index, "name"), f"{shown(disk.name)} is the disk of storage; choose another name"
                )
        yield from repeated([disk.name for disk in self.disks], at=("disks",), field="name")
        yield from self._disk_volume_problems()

    def _disk_volume_problems(self) -> Iterable[Problem]:
        """Yield volumes and mounts of the user's own that are in the way of a disk, and disks in the way of each other."""
        for index, volume in enumerate(self.volumes):
            if volume.name in self.own_names:
                message = f"{shown(volume.name)} is the volume of the disk; choose another name"
                yield Problem(("volumes", index, "name"), message)
        folders: dict[str, Path] = {}
        for path, at in self._disk_folders:
            if (first := folders.setdefault(path, at)) != at:
                yield Problem(at, f"{shown(path)} is used twice", related=first)
        for index, mount in enumerate(self.volume_mounts):
            if found := folders.get(mount.mount_path):
                where = field_path(found)
                message = f"{shown(mount.mount_path)} is where the disk is ({where}); choose another path"
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
