"""What a service mounts: named volumes, files of the machine, secrets and configs."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...kube.fields import Path
from ...kube.names import data_key_problem
from ..notes import Files, Notes, dns_label, may_be_secret
from .services import Service
from .words import Volume, text_of, volume_of

__all__ = ["DEFAULT_SIZE", "Mounts", "Project", "mounts_of"]

DEFAULT_SIZE = "10Gi"
"""What a volume gets, because a compose file never says how large one is."""
_LARGEST = 200_000
_MOST_FILES = 20
_OF_THE_MACHINE = frozenset(
    (*("/etc", "/proc", "/sys", "/dev", "/run", "/lib", "/usr", "/boot", "/tmp"), "~", "..")  # noqa: S108 - as the file says
)
"""First parts of paths that belong to the machine itself, or lie outside the project."""
_KEYS = (".pem", ".key", ".p12", ".pfx", ".env", ".jks")


@dataclass(slots=True)
class Project:
    """What the services of a compose file share."""

    body: Mapping[str, Any]
    files: Files
    owners: dict[str, str] = field(default_factory=dict)
    """The resource that has the claim of a named volume."""
    users: dict[str, int] = field(default_factory=dict)
    """How many services mount a named volume."""


@dataclass(slots=True)
class Mounts:
    """What a resource gets for its mounts."""

    persistence: list[dict[str, Any]] = field(default_factory=list)
    volumes: list[dict[str, Any]] = field(default_factory=list)
    volume_mounts: list[dict[str, Any]] = field(default_factory=list)
    configs: list[dict[str, Any]] = field(default_factory=list)
    objects: list[dict[str, Any]] = field(default_factory=list)

    def name(self, wanted: str) -> str:
        """Return a name for a volume that no other one of the pod has."""
        taken = {each["name"] for each in (*self.persistence, *self.volumes, *self.configs)}
        base = dns_label(wanted)[:40].rstrip("-") or "volume"
        numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        return next(name for name in numbered if name not in taken)

    def mount(self, name: str, path: str, *, read_only: bool = False, sub_path: str = "") -> None:
        """Mount the volume *name* at *path*."""
        found: dict[str, Any] = {"name": name, "mountPath": path}
        found |= {"readOnly": True} if read_only else {}
        self.volume_mounts.append(found | ({"subPath": sub_path} if sub_path else {}))


def mounts_of(service: Service, project: Project, notes: Notes, *, data: str = "") -> Mounts:
    """Return the mounts of *service*, but not the one of its *data*."""
    mounts = Mounts()
    for index, value in enumerate(service.body.get("volumes") or ()):
        at = ("services", service.key, "volumes", index)
        volume = volume_of(value)
        if volume is None:
            notes.left(at, value, "is no mount that can be read")
        elif not (data and _holds(volume, data)):
            _mount(volume, service, project, mounts, notes, at)
    for index, path in enumerate(_listed(service.body.get("tmpfs"))):
        name = mounts.name("tmpfs")
        mounts.volumes.append({"name": name, "emptyDir": {"medium": "Memory"}})
        mounts.mount(name, text_of(path).partition(":")[0])
        if ":" in text_of(path):
            notes.left(("services", service.key, "tmpfs", index), path, "options of the mount have no field")
    _secrets(service, mounts, notes)
    _configs(service, project, mounts, notes)
    return mounts


def _holds(volume: Volume, data: str) -> bool:
    return volume.kind in {"volume", "bind"} and (
        data == volume.target or data.startswith(f"{volume.target}/") or volume.target.startswith(f"{data}/")
    )


def _mount(volume: Volume, service: Service, project: Project, mounts: Mounts, notes: Notes, at: Path) -> None:
    if volume.kind == "tmpfs" or (volume.kind == "volume" and not volume.source):
        name = mounts.name(posixpath.basename(volume.target))
        mounts.volumes.append({"name": name, "emptyDir": {"medium": "Memory"} if volume.kind == "tmpfs" else {}})
        mounts.mount(name, volume.target)
    elif volume.kind == "volume":
        _claim(volume, service, project, mounts, notes, at)
    elif volume.kind == "bind":
        _files(volume, service, project, mounts, notes, at)
    else:
        notes.left(at, volume.kind, "no pod has a mount of this type")


def _claim(volume: Volume, service: Service, project: Project, mounts: Mounts, notes: Notes, at: Path) -> None:
    declared = project.body.get("volumes")
    options = declared.get(volume.source) if isinstance(declared, dict) else None
    if isinstance(options, dict) and (options.get("driver_opts") or options.get("driver") not in (None, "local")):
        where = ("volumes", volume.source)
        notes.left(where, options, "a driver of Docker means nothing in a cluster; choose a storage class")
    name = mounts.name(volume.source)
    shared = project.users.get(volume.source, 0) > 1
    owner = project.owners.setdefault(volume.source, service.name)
    if owner != service.name:
        claim: dict[str, Any] = {"name": name, "existingClaim": f"{owner}-{dns_label(volume.source)[:40].rstrip('-')}"}
    else:
        claim = {"name": name, "size": DEFAULT_SIZE}
        if shared:
            claim["accessModes"] = ["ReadWriteMany"]
        notes.told(at, f"says no size; {DEFAULT_SIZE} is written{', and that several pods write it' if shared else ''}")
    if volume.read_only or volume.sub_path:
        mounts.mount(name, volume.target, read_only=volume.read_only, sub_path=volume.sub_path)
    else:
        claim["mountPath"] = volume.target
    mounts.persistence.append(claim)


def _files(volume: Volume, service: Service, project: Project, mounts: Mounts, notes: Notes, at: Path) -> None:
    """Take the files of a bind mount along, where they are few and of text."""
    if volume.source.endswith("docker.sock"):
        notes.left(at, volume.source, "nodes of a cluster have no Docker to talk to")
        return
    if volume.source.lower().endswith(_KEYS) or may_be_secret(posixpath.basename(volume.source), "?"):
        notes.left(at, volume.source, "may hold a secret; make a Secret of it and mount that")
        return
    texts = _texts(volume, project.files)
    if not texts and _holds_data(volume, project.files):
        notes.told(at, f"becomes a claim of {DEFAULT_SIZE}; copy what is in {volume.source} onto it")
        name = mounts.name(posixpath.basename(volume.target))
        mounts.persistence.append({"name": name, "size": DEFAULT_SIZE, "mountPath": volume.target})
        return
    if not texts:
        notes.left(at, volume.source, "is on the machine that runs compose; put it into the image, or onto a volume")
        return
    is_file = project.files.names(volume.source) is None
    name = mounts.name(posixpath.basename(volume.target).partition(".")[0] or "files")
    if is_file:
        _file(next(iter(texts.values())), volume.target, name, service, mounts)
    else:
        mounts.configs.append({"name": name, "files": texts, "mountPath": volume.target})


def _file(text: str, target: str, name: str, service: Service, mounts: Mounts) -> None:
    """Mount one file with this *text* at *target*, and nothing else in its directory."""
    key = posixpath.basename(target)
    config = f"{service.name}-{name}"
    mounts.objects.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": config}, "data": {key: text}})
    mounts.volumes.append({"name": name, "configMap": {"name": config}})
    mounts.mount(name, target, read_only=True, sub_path=key)


def _holds_data(volume: Volume, files: Files) -> bool:
    """Tell whether a directory of the machine is there for what the service writes: nothing is in it yet."""
    path = posixpath.normpath(volume.source)
    first = path[: path.find("/", 1)] if "/" in path[1:] else path
    if first in _OF_THE_MACHINE or path.startswith(("/var/run", "/var/log")) or path in {".", "/"}:
        return False
    if volume.read_only or "." in posixpath.basename(volume.target):
        return False
    return files.names(volume.source) is None and files.read(volume.source) is None


def _texts(volume: Volume, files: Files) -> dict[str, str]:
    """Return the texts of the file or the read-only directory that is mounted, by name; nothing where they are none."""
    names = files.names(volume.source)
    if names is None:
        paths = {posixpath.basename(volume.target): volume.source}
    elif volume.read_only and 0 < len(names) <= _MOST_FILES:
        paths = {name: posixpath.join(volume.source, name) for name in names}
    else:
        return {}
    found = {}
    for name, path in paths.items():
        data = files.read(path)
        if (
            data is None
            or len(data) > _LARGEST
            or b"\0" in data
            or data_key_problem(name)
            or name.lower().endswith(_KEYS)
        ):
            return {}
        try:
            found[name] = data.decode()
        except UnicodeDecodeError:
            return {}
    return found


def _secrets(service: Service, mounts: Mounts, notes: Notes) -> None:
    """Mount the secrets of the file at /run/secrets; somebody has to make them."""
    sources = []
    for index, each in enumerate(_listed(service.body.get("secrets"))):
        name, target = _reference(each)
        label = dns_label(name)
        at = ("services", service.key, "secrets", index)
        target = target or name
        if not label or (target.startswith("/") and posixpath.dirname(target) != "/run/secrets"):
            notes.left(at, name, "is mounted elsewhere than in /run/secrets; mount a Secret there")
            continue
        sources.append({"secret": {"name": label, "items": [{"key": label, "path": posixpath.basename(target)}]}})
        notes.left(at, name, f"make the Secret {label} with the key {label}")
    if sources:
        name = mounts.name("run-secrets")
        mounts.volumes.append({"name": name, "projected": {"sources": sources}})
        mounts.mount(name, "/run/secrets", read_only=True)


def _configs(service: Service, project: Project, mounts: Mounts, notes: Notes) -> None:
    declared = project.body.get("configs")
    for index, each in enumerate(_listed(service.body.get("configs"))):
        name, target = _reference(each)
        at = ("services", service.key, "configs", index)
        options = declared.get(name) if isinstance(declared, dict) else None
        options = options if isinstance(options, dict) else {}
        text = options.get("content")
        if text is None and options.get("file"):
            data = project.files.read(text_of(options["file"]))
            text = data.decode(errors="replace") if data is not None else None
        if text is None:
            notes.left(at, name, "its text is not in the files; make a ConfigMap and mount it")
        else:
            _file(text_of(text), target or f"/{name}", mounts.name(name), service, mounts)


def _reference(value: Any) -> tuple[str, str]:
    """Return the name and the target of a reference to a secret or a config."""
    if isinstance(value, dict):
        return text_of(value.get("source")), text_of(value.get("target"))
    return text_of(value), ""


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []
