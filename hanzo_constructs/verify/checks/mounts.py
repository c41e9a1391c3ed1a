"""Volumes and mounts belong together."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path, shown
from ...spec.pod import unmounted_problem, volume_problem
from ...spec.repeats import repeats
from ..objects import Object

__all__ = ["mount_findings", "unmounted_claim_findings", "unmounted_volume_findings"]


def mount_findings(obj: Object) -> Iterator[Finding]:
    """Yield mounts of volumes that do not exist, and two mounts at one path of a container."""
    known = dict.fromkeys((*(volume["name"] for volume in obj.pod.volumes), *_claims(obj)))
    for path, container, *_ in obj.pod.containers:
        mounts = container.get("volumeMounts") or ()
        earlier = dict(repeats([normpath(mount["mountPath"]) for mount in mounts]))
        for index, mount in enumerate(mounts):
            at, place = (*path, "volumeMounts", index), mount["mountPath"]
            if problem := volume_problem(mount["name"], known):
                yield Finding(problem, field_path((*at, "name")))
            if index in earlier:
                message = f"{shown(place)} is used twice (also volumeMounts[{earlier[index]}])"
                # a cluster takes two spellings of one path, and one mount hides the other
                is_same = place == mounts[earlier[index]]["mountPath"]
                yield Finding(message, field_path((*at, "mountPath")), severity="error" if is_same else "warning")
        for index, device in enumerate(container.get("volumeDevices") or ()):
            if problem := volume_problem(device["name"], known):
                yield Finding(problem, field_path((*path, "volumeDevices", index, "name")))


def unmounted_claim_findings(obj: Object) -> Iterator[Finding]:
    """Yield claim templates that no container mounts: the data would go into the container, and with it."""
    mounted: set[str] | None = None
    for index, name in enumerate(_claims(obj)):
        mounted = _mounted(obj) if mounted is None else mounted
        if problem := unmounted_problem(name, mounted):
            path = field_path(("spec", "volumeClaimTemplates", index))
            yield Finding(f"{problem}, so that nothing is kept in it", path, severity=obj.origin.severity)


def unmounted_volume_findings(obj: Object) -> Iterator[Finding]:
    """Yield volumes that no container mounts."""
    if not obj.pod.volumes:
        return
    mounted = _mounted(obj)
    for index, volume in enumerate(obj.pod.volumes):
        if problem := unmounted_problem(volume["name"], mounted):
            yield Finding(problem, field_path((*obj.pod.path, "volumes", index)), severity="warning")


def _claims(obj: Object) -> list[str]:
    templates: list[dict[str, Any]] = obj.spec.get("volumeClaimTemplates") or []
    return [template["metadata"]["name"] for template in templates]


def _mounted(obj: Object) -> set[str]:
    return {
        each["name"]
        for container in obj.pod.containers
        for field in ("volumeMounts", "volumeDevices")
        for each in container.data.get(field) or ()
    }
