"""The number of pods that an autoscaler of the user's own owns: where nobody wrote it, it is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..spec.base import BaseSpec
from ..verify import scaled_by
from .cdk import JsonPatch

if TYPE_CHECKING:
    from ..kube.manifest import Manifest
    from .construct import ResourceConstruct
    from .proving import Part

__all__ = ["scaled_targets", "with_counts_left_out"]

Target = tuple[str, str, str]
"""Kind, namespace and name of a workload."""


def scaled_targets(parts: Iterable[Part]) -> frozenset[Target]:
    """Return what the user's own objects among *parts* scale."""
    own = (manifest for part in parts if part.owner is None for manifest in part.manifests)
    return frozenset(target for manifest in own if (target := scaled_by(manifest)))


def with_counts_left_out(parts: Iterable[Part], targets: Collection[Target]) -> Iterator[Part]:
    """Yield *parts* without the counts of the *targets*, which from now on are not written any more."""
    for part in parts:
        owner = part.owner
        if owner is None or (target := _workload(owner)) not in targets or not _leaves_its_count(owner):
            yield part
        else:
            yield part._replace(rendered=[_without_count(manifest, target[0]) for manifest in part.manifests])


def _without_count(manifest: Manifest, kind: str) -> Manifest:
    if manifest["kind"] != kind:
        return manifest
    return {**manifest, "spec": {key: value for key, value in manifest["spec"].items() if key != "replicas"}}


def _workload(owner: ResourceConstruct[Any]) -> Target:
    pods = owner._kept.pods[0]
    return owner.main_child, pods.owner.namespace or "", pods.name


def _leaves_its_count(owner: ResourceConstruct[Any]) -> bool:
    """Take the count from the workload of *owner*, unless it was written, or the pods are told it; say whether."""
    spec = owner.resource.spec
    if owner._is_for_operators or isinstance(spec, BaseSpec) or "replicas" in spec.model_fields_set:
        return False
    workload = owner.children[owner.main_child]
    if "replicas" in workload.to_json()["spec"]:
        workload.add_json_patch(JsonPatch.remove("/spec/replicas"))
    return True
