"""Rules for what a container sees of the pod's volumes: mounts and block devices.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateVolumeMounts`, `validateMountPropagation`,
`validateMountRecursiveReadOnly` and `ValidateVolumeDevices`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...kube.core import Volume
from ...kube.fields import Path, listed, shown
from ...kube.model import Problem
from ..repeats import repeated
from .paths import descending_path_problem, node_path_problem

if TYPE_CHECKING:
    from ...kube.core import VolumeDevice, VolumeMount

__all__ = [
    "Volumes",
    "device_problems",
    "mount_problems",
    "unmounted_problem",
    "volume_problem",
    "volumes_by_name",
]

Volumes = Mapping[str, Volume]
"""The volumes of a pod by name, in order."""


def volumes_by_name(volumes: Iterable[Volume]) -> Volumes:
    """Return *volumes* such that asking for one of them takes no time."""
    return {volume.name: volume for volume in volumes}


def volume_problem(name: str, volumes: Collection[str]) -> str:
    """Say that *name* is none of *volumes*; empty when it is one."""
    return "" if name in volumes else f"{shown(name)} is not a volume, declared are {listed(volumes)}"


def unmounted_problem(name: str, mounted: Collection[str]) -> str:
    """Say that the volume *name* is none of those that are *mounted*; empty when it is one."""
    return "" if name in mounted else f"{shown(name)} is mounted by no container"


def mount_problems(
    mounts: Sequence[VolumeMount], volumes: Volumes, at: Path = (), *, privileged: bool = False
) -> Iterator[Problem]:
    """Yield mounts of unknown volumes, two mounts at one path, and what no container takes, or none that is not *privileged*."""
    yield from _unknown_volumes([mount.name for mount in mounts], volumes, (*at, "volumeMounts"))
    first: dict[str, int] = {}
    for index, mount in enumerate(mounts):
        if not mount.mount_path or ":" in mount.mount_path or "\0" in mount.mount_path:
            message = f"must be a path without ':', got {shown(mount.mount_path)}"
            yield Problem((*at, "volumeMounts", index, "mountPath"), message)
        if mount.sub_path or mount.sub_path_expr:
            yield from _part_problems(mount, (*at, "volumeMounts", index))
        if mount.mount_propagation == "Bidirectional" and not privileged:
            message = "must be None or HostToContainer in a container that is not privileged, got Bidirectional"
            yield Problem((*at, "volumeMounts", index, "mountPropagation"), message)
        if mount.recursive_read_only in ("Enabled", "IfPossible"):
            yield from _recursion_problems(mount, (*at, "volumeMounts", index))
        if (earlier := first.setdefault(mount.mount_path, index)) != index:
            yield Problem(
                (*at, "volumeMounts", index, "mountPath"),
                f"{shown(mount.mount_path)} is used twice",
                related=(*at, "volumeMounts", earlier),
            )


def _unknown_volumes(names: Sequence[str], volumes: Volumes, at: Path) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if problem := volume_problem(name, volumes):
            yield Problem((*at, index, "name"), problem)


def _part_problems(mount: VolumeMount, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the part of a volume that *mount* shows."""
    if mount.sub_path and mount.sub_path_expr:
        yield Problem(at, "must have subPath or subPathExpr, got both")
    for field, path in (("subPath", mount.sub_path), ("subPathExpr", mount.sub_path_expr)):
        if path and (problem := descending_path_problem(path)):
            yield Problem((*at, field), problem)


def _recursion_problems(mount: VolumeMount, at: Path) -> Iterator[Problem]:
    if mount.read_only is not True:
        yield Problem((*at, "recursiveReadOnly"), f"needs readOnly: true, got {mount.recursive_read_only}")
    if mount.mount_propagation not in (None, "None"):
        message = f"must be left out or Disabled beside mountPropagation {mount.mount_propagation}, got {mount.recursive_read_only}"
        yield Problem((*at, "recursiveReadOnly"), message)


def device_problems(
    devices: Sequence[VolumeDevice], mounts: Sequence[VolumeMount], volumes: Volumes, at: Path
) -> Iterator[Problem]:
    """Yield *devices* of volumes that are unknown or no claims, and names and paths used twice, by *mounts* too."""
    place = (*at, "volumeDevices")
    yield from _unknown_volumes([device.name for device in devices], volumes, place)
    mounted = {mount.name: index for index, mount in reversed([*enumerate(mounts)])}
    paths = {mount.mount_path: index for index, mount in reversed([*enumerate(mounts)])}
    for index, device in enumerate(devices):
        volume = volumes.get(device.name)
        if volume and not (volume.persistent_volume_claim or volume.ephemeral):
            message = f"must be a persistentVolumeClaim or an ephemeral volume to be a device, {shown(device.name)} is neither"
            yield Problem((*place, index, "name"), message)
        if (mount := mounted.get(device.name)) is not None:
            message = f"{shown(device.name)} is mounted too; a volume is a device or a mount"
            yield Problem((*place, index, "name"), message, related=(*at, "volumeMounts", mount))
        if problem := node_path_problem(device.device_path):
            yield Problem((*place, index, "devicePath"), problem)
        if (mount := paths.get(device.device_path)) is not None:
            message = f"{shown(device.device_path)} is a mount's path too"
            yield Problem((*place, index, "devicePath"), message, related=(*at, "volumeMounts", mount))
    yield from repeated([device.name for device in devices], field="name", at=place)
    yield from repeated([device.device_path for device in devices], field="devicePath", at=place)
