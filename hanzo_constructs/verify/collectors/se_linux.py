"""What is remembered of the SELinux labels that pods want the files of their claims to have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...kube.fields import Path
from ..facts import LabelledMount
from ..index import SetIndex
from ..objects import Object

__all__ = ["read_se_linux_labels"]

_PARTS = ("user", "role", "type", "level")


def read_se_linux_labels(obj: Object, set_index: SetIndex) -> None:
    """Note with which labels the pods of *obj* mount claims: those by name, and those that a StatefulSet makes for each."""
    namespace = obj.origin.namespace
    pod: dict[str, Any] = obj.pod.spec.get("securityContext") or {}
    recursive = pod.get("seLinuxChangePolicy") == "Recursive"
    for volume, claim, path in _claims(obj):
        for label in dict.fromkeys(_labels(obj, volume, pod)):
            set_index.labelled.setdefault((namespace, claim), []).append(
                LabelledMount(obj.origin, path, label, recursive)
            )


def _claims(obj: Object) -> Iterator[tuple[str, str, Path]]:
    """Yield volumes of the pods, the claims that they are, and where that is said; one for each pod ends in a dash."""
    for index, volume in enumerate(obj.pod.volumes):
        if claim := volume.get("persistentVolumeClaim"):
            yield volume["name"], claim["claimName"], (*obj.pod.path, "volumes", index, "persistentVolumeClaim")
    for index, template in enumerate(obj.spec.get("volumeClaimTemplates") or ()):
        name = template["metadata"]["name"]
        yield name, f"{name}-{obj.origin.name}-", ("spec", "volumeClaimTemplates", index)


def _labels(obj: Object, volume: str, pod: dict[str, Any]) -> Iterator[str]:
    """Yield the label of each container that mounts *volume*: what it does not say itself, its *pod* says."""
    for container in obj.pod.containers:
        if any(mount["name"] == volume for mount in container.data.get("volumeMounts") or ()):
            own = container.data.get("securityContext") or {}
            options = own.get("seLinuxOptions") or pod.get("seLinuxOptions") or {}
            yield ":".join(options.get(part) or "" for part in _PARTS)
