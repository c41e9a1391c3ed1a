"""What a workload brings along: a service account of its own, files in ConfigMaps, claims."""

from collections.abc import Collection, Iterator, Sequence
from posixpath import normpath
from typing import Annotated, ClassVar, Literal, Protocol

from pydantic import Field

from ..kube.core import ConfigMapVolumeSource, PersistentVolumeClaimVolumeSource, Volume
from ..kube.fields import Path, shown
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import DnsLabel, ObjectName, StorageClassName, annotation_problems, data_key_problem
from ..kube.paths import is_within
from ..kube.published import MOUNT_PATH, Published
from ..kube.quantity import AMOUNT_FORM, Quantity
from .pod import absolute_path_problem, variable_problems
from .storage import size_problems

__all__ = [
    "AccessMode",
    "Attached",
    "Claim",
    "Config",
    "Persistence",
    "ServiceAccount",
    "access_mode_problems",
    "attachment_problems",
    "claim_problems",
    "mount_path_problems",
    "unmounted_claim",
]

_LARGEST = 1024 * 1024
"""Bytes that the files of a ConfigMap can have together (`MaxSecretSize` of Kubernetes)."""

AccessMode = Literal["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
"""How many nodes, or pods, may mount a claim, and whether they may write."""


class ServiceAccount(CheckedModel):
    """A service account that is named like the resource and that its pods alone use."""

    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the account, such as the role at a cloud that it stands for."""
    automount_token: bool | None = None
    """Whether the pods get its token for the API server; left out, they do not (in epoch 2025 they do)."""

    def problems(self) -> Iterator[Problem]:
        """Refuse annotations that no cluster takes."""
        for path, message in annotation_problems(self.annotations):
            yield Problem(("annotations", *path), message)


class Config(CheckedModel):
    """Files that become a ConfigMap, whose change restarts the pods."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: DnsLabel
    """Name of the volume, and behind that of the resource and a dash, of the ConfigMap."""
    files: Mapping[str]
    """The files, or variables: text by name. No secrets: everybody who can read the resource can read them."""
    mount_path: Annotated[str, MOUNT_PATH] | None = None
    """Where the main container sees the files, which it cannot change."""
    env: bool = False
    """Whether each of the files becomes an environment variable of its name; those in env and envFrom win."""

    @property
    def volume(self) -> Volume | None:
        """The volume with the files, if they are mounted."""
        source = ConfigMapVolumeSource.model_construct(name=self.name)
        return None if self.mount_path is None else Volume.model_construct(name=self.name, config_map=source)

    def problems(self) -> Iterator[Problem]:
        """Refuse what fits into no ConfigMap, and what nobody reads."""
        if not self.files:
            yield Problem(("files",), "must hold at least one file")
        for name, text in self.files.items():
            if problem := data_key_problem(name):
                yield Problem(("files", name), problem)
            elif self.env:
                yield from variable_problems(name, text, ("files", name))
        if (size := sum(len(text.encode()) for text in self.files.values())) > _LARGEST:
            yield Problem(
                ("files",), f"must have at most {_LARGEST} bytes together to fit into a ConfigMap, got {size}"
            )
        if self.mount_path is not None:
            yield from mount_path_problems(self.mount_path)
        elif not self.env:
            yield Problem(("mountPath",), "required, or env: true")


class Claim(Protocol):
    """A claim: a new one, or one that exists."""

    mount_path: str | None
    size: Quantity | None
    storage_class_name: str | None
    access_modes: tuple[AccessMode, ...] | None
    retention_policy: Literal["Retain", "Delete"] | None
    existing_claim: str | None


class Persistence(CheckedModel):
    """A claim that all pods of the workload mount."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "storageClass": "storageClassName",
        "accessMode": "accessModes",
        "claimName": "existingClaim",
    }

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: DnsLabel
    """Name of the volume, and behind that of the resource and a dash, of the claim."""
    mount_path: Annotated[str, MOUNT_PATH] | None = None
    """Where the main container sees all of the volume; left out where volumeMounts of a container name it, with a subPath
    for instance."""
    size: Annotated[Quantity, AMOUNT_FORM] | None = None
    """Size of the claim, such as 20Gi; it can grow later, where the storage class allows that."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claim; left out, the platform's. It cannot be changed later."""
    access_modes: Annotated[Items[AccessMode], Field(max_length=8), Published({"minItems": 1})] | None = None
    """Who may mount it at the same time; left out, the pods of one node (ReadWriteOnce)."""
    retention_policy: Literal["Retain", "Delete"] | None = None
    """Whether tools that remove what is no longer declared keep the claim, and the data; left out, they do (Retain)."""
    existing_claim: ObjectName | None = None
    """A claim that is there already, in place of a new one."""

    @property
    def volume(self) -> Volume:
        """The volume of the claim."""
        source = PersistentVolumeClaimVolumeSource.model_construct(claim_name=self.existing_claim or self.name)
        return Volume.model_construct(name=self.name, persistent_volume_claim=source)

    def problems(self) -> Iterator[Problem]:
        """Refuse claims that no cluster makes."""
        return claim_problems(self)


def claim_problems(claim: Claim) -> Iterator[Problem]:
    """Yield why no cluster makes *claim*, or mounts it."""
    if claim.mount_path is not None:
        yield from mount_path_problems(claim.mount_path)
    made = (
        ("size", claim.size),
        ("storageClassName", claim.storage_class_name),
        ("accessModes", claim.access_modes),
        ("retentionPolicy", claim.retention_policy),
    )
    if claim.existing_claim is not None:
        for field, value in made:
            if value is not None:
                yield Problem((field,), "belongs to a new claim; leave it out beside existingClaim")
    elif claim.size is None:
        yield Problem(("size",), "required: the size of the claim, such as 10Gi, or existingClaim")
    else:
        yield from size_problems(claim.size)
    yield from access_mode_problems(claim.access_modes)


def unmounted_claim(volume: str) -> str:
    """Say that no container mounts the *volume* of a claim."""
    return f"required, or name the volume {shown(volume)} in volumeMounts, of a sidecar or an init container too"


def access_mode_problems(modes: tuple[str, ...] | None) -> Iterator[Problem]:
    """Yield why no claim can have the access *modes* (`ValidatePersistentVolumeClaimSpec`)."""
    if modes is None:
        return
    if not modes:
        yield Problem(("accessModes",), "must hold at least one, such as ReadWriteOnce")
    elif "ReadWriteOncePod" in modes and len({*modes}) > 1:
        yield Problem(("accessModes",), f"must have ReadWriteOncePod alone, got {', '.join(modes)}")


def mount_path_problems(path: str) -> Iterator[Problem]:
    """Yield why nothing can be mounted at *path*, which is written in the field `mountPath`."""
    if problem := absolute_path_problem(path):
        yield Problem(("mountPath",), problem)
    elif ":" in path or "\0" in path:
        yield Problem(("mountPath",), f"must be a path without ':', got {shown(path)}")


Attached = Sequence[tuple[Path, Config | Persistence]]
"""What a workload brings along, by its place in the spec."""


def attachment_problems(
    attached: Attached,
    *,
    volumes: Sequence[str] = (),
    mounts: Sequence[str] = (),
    variables: Sequence[str] = (),
    own_names: Collection[str] = (),
    own_folders: Sequence[str] = (),
) -> Iterator[Problem]:
    """Yield what of *attached* is in the way of something else.

    *volumes*, *mounts* and *variables* are the names and paths that the user wrote in the fields of these names;
    *own_names* and *own_folders* are those of the platform.
    """
    names: dict[str, Path] = {name: ("volumes", index) for index, name in enumerate(volumes)}
    paths: dict[str, Path] = {normpath(path): ("volumeMounts", index) for index, path in enumerate(mounts)}
    keys: dict[str, Path] = {name: ("env", index) for index, name in enumerate(variables)}
    for at, each in attached:
        if each.name in own_names:
            yield Problem((*at, "name"), f"{shown(each.name)} is a name of the platform's; choose another")
        yield from _taken(each.name, (*at, "name"), names, at)
        if (path := each.mount_path) is not None:
            if any(is_within(normpath(path), folder) for folder in own_folders):
                message = f"holds what the platform mounts there; take another path, got {shown(path)}"
                yield Problem((*at, "mountPath"), message)
            yield from _taken(normpath(path), (*at, "mountPath"), paths, at)
        if isinstance(each, Config) and each.env:
            for key in each.files:
                yield from _taken(key, (*at, "files", key), keys, at)


def _taken(key: str, place: Path, known: dict[str, Path], at: Path) -> Iterator[Problem]:
    """Note in *known* that what is *at* a place has *key*; yield that something else has it already."""
    if (first := known.setdefault(key, at)) != at:
        yield Problem(place, f"{shown(key)} is used twice", related=first)
