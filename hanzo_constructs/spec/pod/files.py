"""Rules for the files that Kubernetes fills volumes with: keys of Secrets and ConfigMaps, facts about the pod, tokens.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateKeyToPath`, `validateDownwardAPIVolumeFile` and
`validateProjectionSources`; `names.go` beside it for signers and trust bundles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.names import annotation_problems, data_key_problem, dns_label_problem, object_name_problem
from ..repeats import repeats
from ..selectors import selector_problems
from .downward import IN_FILES, amount_problems, field_problems
from .paths import file_path_problem
from .sources import source_problems

if TYPE_CHECKING:
    from ...kube.core import (
        ClusterTrustBundleProjection,
        DownwardAPIVolumeFile,
        KeyToPath,
        PodCertificateProjection,
        ProjectedVolumeSource,
        VolumeProjection,
    )

__all__ = ["downward_problems", "item_problems", "projection_problems"]

_LONGEST_OF_KUBERNETES = 24 * 60 * 60
"""Seconds that a certificate of a signer of Kubernetes itself may be asked for."""


def item_problems(items: Sequence[KeyToPath], at: Path = ()) -> Iterator[Problem]:
    """Yield keys that no object has, and paths at which no file can be."""
    for index, item in enumerate(items):
        if problem := data_key_problem(item.key):
            yield Problem((*at, "items", index, "key"), problem)
        if problem := file_path_problem(item.path):
            yield Problem((*at, "items", index, "path"), problem)


def downward_problems(files: Sequence[DownwardAPIVolumeFile], at: Path = ()) -> Iterator[Problem]:
    """Yield files that hold nothing a volume can know, or two things, and paths at which none can be."""
    for index, file in enumerate(files):
        place = (*at, "items", index)
        if problem := file_path_problem(file.path):
            yield Problem((*place, "path"), problem)
        if (file.field_ref is None) == (file.resource_field_ref is None):
            given = "none" if file.field_ref is None else "both"
            yield Problem(place, f"must have fieldRef or resourceFieldRef, got {given}")
        elif file.field_ref is not None:
            yield from field_problems(file.field_ref, IN_FILES, (*place, "fieldRef"))
        elif file.resource_field_ref is not None:
            yield from amount_problems(file.resource_field_ref, (*place, "resourceFieldRef"), named=True)


def projection_problems(projected: ProjectedVolumeSource) -> Iterator[Problem]:
    """Yield what is wrong with the sources of one volume, and what several of them would write into one file."""
    files: list[tuple[str, Path]] = []
    for index, source in enumerate(projected.sources or ()):
        at: Path = ("sources", index)
        problems = [*source_problems(source, at)] or [*_projection_problems(source, at)]
        yield from problems
        files += _files(source, at)
    paths = [path for path, _ in files]
    for index, earlier in repeats(paths):
        message = f"{shown(paths[index])} is used twice, and would hold one of the two"
        yield Problem(files[index][1], message, related=files[earlier][1])


def _projection_problems(source: VolumeProjection, at: Path) -> Iterator[Problem]:
    if source.config_map is not None:
        yield from item_problems(source.config_map.items or (), (*at, "configMap"))
    if source.secret is not None:
        yield from item_problems(source.secret.items or (), (*at, "secret"))
    if source.downward_api is not None:
        yield from downward_problems(source.downward_api.items or (), (*at, "downwardAPI"))
    if (token := source.service_account_token) is not None and (problem := file_path_problem(token.path)):
        yield Problem((*at, "serviceAccountToken", "path"), problem)
    if source.cluster_trust_bundle is not None:
        yield from _trust_problems(source.cluster_trust_bundle, (*at, "clusterTrustBundle"))
    if source.pod_certificate is not None:
        yield from _certificate_problems(source.pod_certificate, (*at, "podCertificate"))


def _files(source: VolumeProjection, at: Path) -> Iterator[tuple[str, Path]]:
    """Yield path and place of each file that *source* names."""
    groups: list[tuple[str, Sequence[KeyToPath | DownwardAPIVolumeFile]]] = [
        ("configMap", (source.config_map and source.config_map.items) or ()),
        ("secret", (source.secret and source.secret.items) or ()),
        ("downwardAPI", (source.downward_api and source.downward_api.items) or ()),
    ]
    for field, items in groups:
        for index, item in enumerate(items):
            yield item.path, (*at, field, "items", index, "path")
    if source.service_account_token is not None:
        yield source.service_account_token.path, (*at, "serviceAccountToken", "path")
    if source.cluster_trust_bundle is not None:
        yield source.cluster_trust_bundle.path, (*at, "clusterTrustBundle", "path")
    if source.pod_certificate is not None:
        for field, path in _certificate_files(source.pod_certificate):
            yield path, (*at, "podCertificate", field)


def _trust_problems(bundle: ClusterTrustBundleProjection, at: Path) -> Iterator[Problem]:
    if (bundle.name is None) == (bundle.signer_name is None):
        given = "none" if bundle.name is None else "both"
        yield Problem(at, f"must have name or signerName, got {given}")
    elif bundle.name is not None:
        if problem := _bundle_problem(bundle.name):
            yield Problem((*at, "name"), problem)
        if bundle.label_selector is not None:
            yield Problem((*at, "labelSelector"), "must be left out beside name")
    elif bundle.signer_name is not None:
        if problem := _signer_problem(bundle.signer_name):
            yield Problem((*at, "signerName"), problem)
        if bundle.label_selector is not None:
            yield from selector_problems(bundle.label_selector, (*at, "labelSelector"))
    if problem := file_path_problem(bundle.path):
        yield Problem((*at, "path"), problem)


def _bundle_problem(name: str) -> str:
    """Say why *name* names no trust bundle; one of a signer begins with the signer's name, its slash a colon."""
    signer, colon, own = name.rpartition(":")
    if colon and not signer:
        return f"must be a name, or one of a signer such as example.com:signer:name, got {shown(name)}"
    return object_name_problem(own)


def _signer_problem(name: str) -> str:
    """Say why *name* is no signer of certificates: a domain, a slash and a name of dotted parts."""
    domain, _, own = name.partition("/")
    labels, parts = domain.split("."), own.split(".")
    right = len(labels) > 1 and not any(map(dns_label_problem, labels)) and not any(map(object_name_problem, parts))
    if right and len(domain) <= 253 and len(name) <= 253 + 1 + 253 + 1 + 63:
        return ""
    return f"must be a domain and a name such as example.com/signer, got {shown(name)}"


def _certificate_files(certificate: PodCertificateProjection) -> list[tuple[str, str]]:
    files = (
        ("credentialBundlePath", certificate.credential_bundle_path),
        ("keyPath", certificate.key_path),
        ("certificateChainPath", certificate.certificate_chain_path),
    )
    return [(field, path) for field, path in files if path]


def _certificate_problems(certificate: PodCertificateProjection, at: Path) -> Iterator[Problem]:
    signer, seconds = certificate.signer_name, certificate.max_expiration_seconds
    if problem := _signer_problem(signer):
        yield Problem((*at, "signerName"), problem)
    if f".{signer.partition('/')[0]}".endswith(".kubernetes.io") and (seconds or 0) > _LONGEST_OF_KUBERNETES:
        message = f"must be at most {_LONGEST_OF_KUBERNETES} for a signer of Kubernetes itself, got {seconds}"
        yield Problem((*at, "maxExpirationSeconds"), message)
    files = _certificate_files(certificate)
    if not files:
        yield Problem(at, "must have credentialBundlePath, keyPath or certificateChainPath, got none")
    for field, file in files:
        if problem := file_path_problem(file):
            yield Problem((*at, field), problem)
    notes = certificate.user_annotations or {}
    for key in notes:
        if "/" not in key:
            yield Problem((*at, "userAnnotations", key), "the key must have a domain and a slash in front")
    for path, message in annotation_problems(notes):
        yield Problem((*at, "userAnnotations", *path), message)
