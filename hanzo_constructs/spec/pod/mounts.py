"""Rules for what a container sees of the pod's volumes: mounts and block devices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...kube.core import Volume, VolumeDevice, VolumeMount
from ...kube.fields import Path, listed, shown
from ...kube.model import Problem

__all__ = ["device_problems", "mount_problems", "volume_names"]


def volume_names(volumes: Iterable[Volume]) -> Collection[str]:
    """Return the names of *volumes* in order; to ask whether one is among them takes no time."""
    return dict.fromkeys(volume.name for volume in volumes)


def mount_problems(mounts: Sequence[VolumeMount], volumes: Collection[str], at: Path = ()) -> Iterator[Problem]:
    """Yield mounts of none of the *volumes*, which are names, two mounts at one path, and paths that no container takes."""
    yield from _unknown_volumes([mount.name for mount in mounts], volumes, (*at, "volumeMounts"))
    first: dict[str, int] = {}
    for index, mount in enumerate(mounts):
        if not mount.mount_path or ":" in mount.mount_path:
            message = f"must be a path without ':', got {shown(mount.mount_path)}"
            yield Problem((*at, "volumeMounts", index, "mountPath"), message)
        if mount.sub_path or mount.sub_path_expr:
            yield from _part_problems(mount, (*at, "volumeMounts", index))
        if (earlier := first.setdefault(mount.mount_path, index)) != index:
            yield Problem(
                (*at, "volumeMounts", index, "mountPath"),
                f"{shown(mount.mount_path)} is used twice",
                also=(*at, "volumeMounts", earlier),
            )


def device_problems(devices: Sequence[VolumeDevice], volumes: Collection[str], at: Path) -> Iterator[Problem]:
    """Yield *devices* of none of the *volumes*, which are names."""
    return _unknown_volumes([device.name for device in devices], volumes, (*at, "volumeDevices"))


def _unknown_volumes(names: Sequence[str], volumes: Collection[str], at: Path) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in volumes:
            message = f"{shown(name)} is not a volume, declared are {listed(volumes)}"
            yield Problem((*at, index, "name"), message)


def _part_problems(mount: VolumeMount, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the part of a volume that *mount* shows."""
    if mount.sub_path and mount.sub_path_expr:
        yield Problem(at, "must have subPath or subPathExpr, got both")
    for field, path in (("subPath", mount.sub_path), ("subPathExpr", mount.sub_path_expr)):
        if path and (path.startswith("/") or ".." in path.split("/")):
            yield Problem((*at, field), f"must be relative and contain no '..', got {shown(path)}")
