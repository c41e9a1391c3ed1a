"""Objects of the user's own among the files: taken along as they are, and proven together with what is derived."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from .compiler import Compilation
from .compiler.child import Child
from .compiler.links import Ties
from .declaration import Declaration
from .errors import Finding
from .kube.fields import discreet, parsed_path, suggestion
from .kube.kinds import KINDS as KUBERNETES_KINDS
from .kube.kinds import apply_rank, known_kind
from .kube.manifest import Manifest
from .kube.schemas import kind_type
from .kube.scope import is_namespaced
from .output.names import file_name
from .platform import Platform
from .spec.kinds import GROUPS, KINDS
from .verify import scaled_by

__all__ = [
    "NO_SURROUNDINGS",
    "Surroundings",
    "Target",
    "comes_first",
    "in_apply_order",
    "in_namespace",
    "is_own_object",
    "located_findings",
    "namespaces_of",
    "object_file_name",
    "own_namespace",
    "scaled_targets",
    "subject_of",
    "without_scaled_replicas",
]

Target = tuple[str, str, str]
"""Kind, namespace and name of a workload."""


class Surroundings(NamedTuple):
    """What objects of the user's own have to do with resources."""

    ties: tuple[Ties, ...] = ()
    """What they need of them."""
    scaled: frozenset[Target] = frozenset()
    """The workloads whose number of pods one of them owns."""


NO_SURROUNDINGS = Surroundings()

_API_VERSION = re.compile(r"v1|[a-z0-9][a-z0-9.-]*/v[0-9][a-z0-9]*")
_KIND = re.compile(r"[A-Z][A-Za-z0-9]*")
_FIRST = apply_rank("ServiceAccount")
"""Rank of what need not be there before other objects are applied."""
_BEFORE_RESOURCES = apply_rank("NetworkPolicy")
"""Rank of what pods do not read when they start."""


def is_own_object(data: Any, platform: Platform) -> bool:
    """Tell whether *data* is an object of a kind that is not ours; what is neither is left to who parses resources."""
    if not isinstance(data, dict):
        return False
    api_version, kind = data.get("apiVersion"), data.get("kind")
    if not isinstance(api_version, str) or not isinstance(kind, str):
        return False
    if not _is_foreign(api_version, kind, platform.api_group):
        return False
    spec = data.get("spec")
    is_ours = kind in KINDS and isinstance(spec, dict) and "image" in spec  # with the version of Kubernetes
    return not (is_ours and kind_type(api_version, kind))


@lru_cache(maxsize=1024)
def _is_foreign(api_version: str, kind: str, api_group: str) -> bool:
    """Tell whether *kind* of *api_version* is one of Kubernetes' or of somebody else, on a platform with that *api_group*."""
    if not _API_VERSION.fullmatch(api_version) or not _KIND.fullmatch(kind):
        return False
    group = api_version.rpartition("/")[0]
    may_be_kubernetes = "." not in group or group.endswith(".k8s.io")  # else its table of types need not be read
    return bool(may_be_kubernetes and kind_type(api_version, kind)) or not _means_ours(group, kind, api_group)


def _means_ours(group: str, kind: str, api_group: str) -> bool:
    """Tell whether *kind* of *group* is one of ours, or misspelt so."""
    if group in {api_group, *GROUPS}:
        return True
    if kind in KUBERNETES_KINDS and KUBERNETES_KINDS[kind].group == group:
        return False
    if group.endswith(f".{api_group}") or not suggestion(group, [api_group]):
        return False
    ours = [*KINDS, *(each.old_name for each in KINDS.values() if each.old_name)]
    return kind in ours or bool(suggestion(kind, ours))


def own_namespace(namespaces: Collection[str], platform: Platform) -> str | None:
    """Return the namespace that objects without one are taken to be in: the platform's, or the only one of resources."""
    if platform.namespace:
        return platform.namespace
    return next(iter(namespaces)) if len(namespaces) == 1 else None


def namespaces_of(resources: Iterable[Any]) -> set[str]:
    """Return the namespaces that *resources* name."""
    found = (each.get("metadata") for each in resources if isinstance(each, dict))
    return {name for each in found if isinstance(each, dict) and isinstance(name := each.get("namespace"), str)}


def in_namespace(data: Manifest, namespace: str | None) -> Manifest:
    """Return *data* as the proof is to see it: in the *namespace* where it names none and its kind has one."""
    metadata = data.get("metadata")
    if not namespace or not isinstance(metadata, dict) or metadata.get("namespace") is not None:
        return data
    if not is_namespaced(str(data.get("apiVersion")), str(data.get("kind"))):
        return data
    return {**data, "metadata": {**metadata, "namespace": namespace}}


def scaled_targets(manifests: Iterable[Manifest]) -> frozenset[Target]:
    """Return the workloads whose number of pods one of *manifests* owns."""
    return frozenset(target for each in manifests if (target := scaled_by(each)))


def without_scaled_replicas(compilation: Compilation, targets: Collection[Target]) -> Compilation:
    """Return *compilation* without the number of pods of *targets*, where the user wrote none."""
    from .spec.base import BaseSpec  # few sets have such objects

    spec = compilation.resource.spec
    if isinstance(spec, BaseSpec) or "replicas" in spec.model_fields_set:  # the pods of a Base get it as a variable
        return compilation
    return replace(compilation, children=tuple(_without_replicas(each, targets) for each in compilation.children))


def _without_replicas(child: Child, targets: Collection[Target]) -> Child:
    manifest = child.manifest
    metadata = manifest["metadata"]
    if (manifest["kind"], metadata.get("namespace") or "", metadata["name"]) not in targets:
        return child
    spec = {key: value for key, value in manifest["spec"].items() if key != "replicas"}
    return replace(child, manifest={**manifest, "spec": spec})


def comes_first(data: Manifest) -> bool:
    """Tell whether *data* is written before the children of resources."""
    return _rank(data) < _BEFORE_RESOURCES


def _rank(data: Manifest) -> int:
    return apply_rank(known_kind(str(data.get("apiVersion")), str(data.get("kind"))))


def in_apply_order(objects: Sequence[Declaration]) -> list[Declaration]:
    """Return *objects* in the order in which they are applied."""
    return sorted(objects, key=lambda each: _rank(each.data))


def subject_of(data: Manifest) -> str:
    """Name the object in *data*, which may be wrong, as messages do: `ConfigMap shop/settings`."""
    found = data.get("metadata")
    metadata = found if isinstance(found, dict) else {}
    place = [discreet(name) for key in ("namespace", "name") if isinstance(name := metadata.get(key), str)]
    return f"{data['kind']} {'/'.join(place)}".strip()


def object_file_name(data: Manifest, suffix: str) -> str:
    """Return the name of the file of an object: `configmap.shop.settings.yaml`.

    One of a kind that Kubernetes itself does not have, or that is called as one of ours, has its group in it. What others
    are made in or of has a zero in front, because kubectl applies the files of a directory by their names.
    """
    api_version, kind, metadata = data["apiVersion"], data["kind"], data["metadata"]
    group = api_version.rpartition("/")[0] or "core"
    named = kind if kind_type(api_version, kind) and kind not in KINDS else f"{kind}-{re.sub('[^a-z0-9]', '-', group)}"
    first = "0-" if _rank(data) < _FIRST else ""
    return first + file_name(named, metadata.get("namespace"), metadata["name"], suffix=suffix)


def located_findings(findings: Iterable[Finding], objects: Iterable[Declaration]) -> Iterator[Finding]:
    """Yield *findings*, those of *objects* with the line of their field."""
    by_place = {each.where(): each for each in objects}
    for finding in findings:
        declaration = by_place.get(finding.where) if finding.path else None
        yield replace(finding, where=declaration.where(parsed_path(finding.path))) if declaration else finding
