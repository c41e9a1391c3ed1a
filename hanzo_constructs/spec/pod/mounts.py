"""Rules for what a container sees of the pod's volumes: mounts and block devices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kube.core import Volume, VolumeDevice, VolumeMount
from ...kube.fields import Path, shown
from ...kube.model import Problem

__all__ = ["device_problems", "mount_problems"]


def mount_problems(mounts: Sequence[VolumeMount], volumes: Sequence[Volume], at: Path = ()) -> Iterator[Problem]:
    """Yield mounts of unknown volumes, two mounts at one path, and paths that no container takes."""
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


def device_problems(devices: Sequence[VolumeDevice], volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    """Yield *devices* of unknown volumes."""
    return _unknown_volumes([device.name for device in devices], volumes, (*at, "volumeDevices"))


def _unknown_volumes(names: Sequence[str], volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    known = [volume.name for volume in volumes]
    for index, name in enumerate(names):
        if name not in known:
            message = f"{shown(name)} is not a volume, declared are {', '.join(known) or 'none'}"
            yield Problem((*at, index, "name"), message)


def _part_problems(mount: VolumeMount, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the part of a volume that *mount* shows."""
    if mount.sub_path and mount.sub_path_expr:
        yield Problem(at, "must have subPath or subPathExpr, got both")
    for field, path in (("subPath", mount.sub_path), ("subPathExpr", mount.sub_path_expr)):
        if path and (path.startswith("/") or ".." in path.split("/")):
            yield Problem((*at, field), f"must be relative and contain no '..', got {shown(path)}")
