"""Rules for the volumes of a pod, source by source.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateVolumes`, `validateVolumeSource` and the function
for each source that it calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ...kube.fields import Path, shown
from ...kube.images import image_problem
from ...kube.model import Model, Problem
from ...kube.names import dns_label_problem, object_name_problem
from ...kube.quantity import quantity_value
from ..repeats import repeated
from .claims import claim_problems
from .files import downward_problems, item_problems, projection_problems
from .paths import absolute_path_problem, descending_path_problem, node_path_problem
from .sources import reference_problem, source_problems

if TYPE_CHECKING:
    from ...kube.core import (
        AzureDiskVolumeSource,
        CSIVolumeSource,
        EmptyDirVolumeSource,
        EphemeralVolumeSource,
        FCVolumeSource,
        FlexVolumeSource,
        FlockerVolumeSource,
        GitRepoVolumeSource,
        HostPathVolumeSource,
        ImageVolumeSource,
        ISCSIVolumeSource,
        NFSVolumeSource,
        PersistentVolumeClaimVolumeSource,
        QuobyteVolumeSource,
        StorageOSVolumeSource,
        Volume,
    )

__all__ = ["volume_problems"]


def volume_problems(volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield repeated names, volumes with no or several sources, and sources that no cluster takes."""
    if len(volumes) > 1:
        yield from repeated([volume.name for volume in volumes], field="name", at=("volumes",))
    for index, volume in enumerate(volumes):
        at: Path = ("volumes", index)
        wrong = False
        for problem in source_problems(volume, at, beside="name"):
            wrong = True
            yield problem
        if not wrong:
            name = next(
                each for each in volume.model_fields_set if each != "name" and getattr(volume, each) is not None
            )
            for each in _source_problems(volume, getattr(volume, name)):
                place = (*at, _wire(volume, name))
                yield each._replace(path=(*place, *each.path), related=(*place, *each.related) if each.related else ())


def _source_problems(volume: Volume, source: Model) -> Iterator[Problem]:
    """Yield what is wrong with the one *source* of *volume*, by the places in the source."""
    for field in _NOT_EMPTY.get(type(source).__name__, ()):
        if not getattr(source, field):
            yield Problem((_wire(source, field),), "required")
    secret = source.secret_ref if "secret_ref" in source.model_fields_set else None  # type: ignore[attr-defined]
    if secret is not None and (problem := reference_problem(secret.name)):
        yield Problem(("secretRef", "name"), problem)
    if volume.iscsi is not None:
        yield from _initiator_problems(volume.name, volume.iscsi)
    if rules := _RULES.get(type(source).__name__):
        yield from rules(source)


def _wire(model: Model, field: str) -> str:
    """Return the wire name of the *field* of *model*."""
    return type(model).__pydantic_fields__[field].alias or field


_NOT_EMPTY: dict[str, tuple[str, ...]] = {
    "AWSElasticBlockStoreVolumeSource": ("volume_id",),
    "AzureDiskVolumeSource": ("disk_name", "disk_uri"),
    "AzureFileVolumeSource": ("secret_name", "share_name"),
    "CephFSVolumeSource": ("monitors",),
    "CinderVolumeSource": ("volume_id",),
    "CSIVolumeSource": ("driver",),
    "EphemeralVolumeSource": ("volume_claim_template",),
    "FlexVolumeSource": ("driver",),
    "GCEPersistentDiskVolumeSource": ("pd_name",),
    "GitRepoVolumeSource": ("repository",),
    "GlusterfsVolumeSource": ("endpoints", "path"),
    "ImageVolumeSource": ("reference",),
    "ISCSIVolumeSource": ("target_portal", "iqn"),
    "NFSVolumeSource": ("server",),
    "PersistentVolumeClaimVolumeSource": ("claim_name",),
    "PhotonPersistentDiskVolumeSource": ("pd_id",),
    "PortworxVolumeSource": ("volume_id",),
    "QuobyteVolumeSource": ("registry", "volume"),
    "RBDVolumeSource": ("monitors", "image"),
    "ScaleIOVolumeSource": ("gateway", "system", "volume_name"),
    "StorageOSVolumeSource": ("volume_name",),
    "VsphereVirtualDiskVolumeSource": ("volume_path",),
}
"""Fields without which a source means nothing; the schemas take an empty text for one."""


def _said(field: str, problem: str) -> Iterator[Problem]:
    """Yield *problem* of *field*, if there is one."""
    if problem:
        yield Problem((field,), problem)


def _azure_disk(source: AzureDiskVolumeSource) -> Iterator[Problem]:
    kind = source.kind or "Shared"  # as the API server fills it in
    wanted = "/subscriptions/" if kind == "Managed" else "https://"
    if source.disk_uri and not source.disk_uri.startswith(wanted):
        yield Problem(("diskURI",), f"must begin with {wanted} for a disk of kind {kind}, got {shown(source.disk_uri)}")


def _csi(source: CSIVolumeSource) -> Iterator[Problem]:
    driver, secret = source.driver, source.node_publish_secret_ref
    if driver:
        long = f"must have at most 63 characters, got {len(driver)}" if len(driver) > 63 else ""
        yield from _said("driver", long or object_name_problem(driver.lower()))
    if secret is not None and (problem := reference_problem(secret.name)):
        yield Problem(("nodePublishSecretRef", "name"), problem)


def _empty_dir(source: EmptyDirVolumeSource) -> Iterator[Problem]:
    if source.size_limit is not None and quantity_value(source.size_limit) < 0:
        yield Problem(("sizeLimit",), f"must not be negative, got {source.size_limit}")


def _ephemeral(source: EphemeralVolumeSource) -> Iterator[Problem]:
    template = source.volume_claim_template
    return claim_problems(template, ("volumeClaimTemplate",)) if template else iter(())


def _fc(source: FCVolumeSource) -> Iterator[Problem]:
    if bool(source.target_wwns) == bool(source.wwids):
        given = "both" if source.wwids else "none"
        yield Problem((), f"must have targetWWNs or wwids, got {given}")
    if source.target_wwns and source.lun is None:
        yield Problem(("lun",), "required beside targetWWNs")


def _flex_volume(source: FlexVolumeSource) -> Iterator[Problem]:
    for key in source.options or ():
        owner = f".{key.partition('/')[0].lower()}"
        if owner.endswith((".kubernetes.io", ".k8s.io")):
            yield Problem(("options", key), "belongs to Kubernetes: keys of kubernetes.io and k8s.io are its own")


def _flocker(source: FlockerVolumeSource) -> Iterator[Problem]:
    if bool(source.dataset_name) == bool(source.dataset_uuid):
        given = "both" if source.dataset_name else "none"
        yield Problem((), f"must have datasetName or datasetUUID, got {given}")
    if "/" in (source.dataset_name or ""):
        yield Problem(("datasetName",), f"must not contain a slash, got {shown(source.dataset_name)}")


def _git_repo(source: GitRepoVolumeSource) -> Iterator[Problem]:
    return _said("directory", descending_path_problem(source.directory or ""))


def _host_path(source: HostPathVolumeSource) -> Iterator[Problem]:
    return _said("path", node_path_problem(source.path))


def _image(source: ImageVolumeSource) -> Iterator[Problem]:
    return _said("reference", image_problem(source.reference) if source.reference else "")


_LONGEST_SESSION = 64
_INITIATORS = {
    "iqn": re.compile(r"iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+\Z", re.ASCII),
    "eui": re.compile(r"\Aeui.[A-Za-z0-9]{16}\Z", re.ASCII),
    "naa": re.compile(r"\Anaa.[A-Za-z0-9]{32}\Z", re.ASCII),
}


def _iscsi(source: ISCSIVolumeSource) -> Iterator[Problem]:
    names = [("iqn", source.iqn)] if source.iqn else []
    names += [("initiatorName", source.initiator_name)] if source.initiator_name is not None else []
    for field, name in names:
        if (form := _INITIATORS.get(name[:3])) is None or not form.search(name):
            message = (
                f"must be a name such as iqn.2001-04.com.example:storage, or one of eui. or naa., got {shown(name)}"
            )
            yield Problem((field,), message)
    if (source.chap_auth_discovery or source.chap_auth_session) and source.secret_ref is None:
        yield Problem(("secretRef",), "required for CHAP")


def _initiator_problems(volume: str, source: ISCSIVolumeSource) -> Iterator[Problem]:
    size = len(f"{volume}:{source.target_portal}".encode())
    if source.initiator_name is not None and size > _LONGEST_SESSION:
        message = f"must have at most {_LONGEST_SESSION} bytes beside initiatorName, with the name of the volume and a colon in front, got {size}"
        yield Problem(("targetPortal",), message)


def _nfs(source: NFSVolumeSource) -> Iterator[Problem]:
    return _said("path", absolute_path_problem(source.path))


_ADDRESS = re.compile(r"(?:[^:\[\]]*|\[[^\[\]]*\]):[^:\[\]]*")


def _quobyte(source: QuobyteVolumeSource) -> Iterator[Problem]:
    if source.registry and not all(_ADDRESS.fullmatch(address) for address in source.registry.split(",")):
        yield Problem(("registry",), f"must be host:port, or several with commas between, got {shown(source.registry)}")
    if len((source.tenant or "").encode()) > 64:
        yield Problem(("tenant",), f"must have at most 64 bytes, got {len((source.tenant or '').encode())}")


def _claim(source: PersistentVolumeClaimVolumeSource) -> Iterator[Problem]:
    return _said("claimName", object_name_problem(source.claim_name) if source.claim_name else "")


def _storage_os(source: StorageOSVolumeSource) -> Iterator[Problem]:
    for field, name in (("volumeName", source.volume_name), ("volumeNamespace", source.volume_namespace)):
        if name:
            yield from _said(field, dns_label_problem(name))


_RULES: dict[str, Callable[[Any], Iterator[Problem]]] = {
    "AzureDiskVolumeSource": _azure_disk,
    "ConfigMapVolumeSource": lambda source: item_problems(source.items or ()),
    "CSIVolumeSource": _csi,
    "DownwardAPIVolumeSource": lambda source: downward_problems(source.items or ()),
    "EmptyDirVolumeSource": _empty_dir,
    "EphemeralVolumeSource": _ephemeral,
    "FCVolumeSource": _fc,
    "FlexVolumeSource": _flex_volume,
    "FlockerVolumeSource": _flocker,
    "GitRepoVolumeSource": _git_repo,
    "HostPathVolumeSource": _host_path,
    "ImageVolumeSource": _image,
    "ISCSIVolumeSource": _iscsi,
    "NFSVolumeSource": _nfs,
    "PersistentVolumeClaimVolumeSource": _claim,
    "ProjectedVolumeSource": projection_problems,
    "QuobyteVolumeSource": _quobyte,
    "SecretVolumeSource": lambda source: item_problems(source.items or ()),
    "StorageOSVolumeSource": _storage_os,
}
"""What else is asked of a source; places are relative to it."""
