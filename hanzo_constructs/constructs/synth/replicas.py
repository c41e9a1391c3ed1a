"""The replicas of a workload that an object of the user's own scales: where nobody wrote a number, none is written.

An autoscaler owns the number of pods; a number in the manifest would be applied again with each deployment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ...kube.manifest import Manifest
from ...verify import scaled_by
from ..lazy.resource import LazyResource
from ..node.cdk import JsonPatch
from .proving import Part

__all__ = ["scaled_targets", "without_scaled_replicas"]

Target = tuple[str, str, str]
"""Kind, namespace and name of a workload."""


def scaled_targets(parts: Iterable[Part]) -> frozenset[Target]:
    """Return what the user's own objects among *parts* scale."""
    own = (manifest for part in parts if part.owner is None for manifest in part.manifests)
    return frozenset(target for manifest in own if (target := scaled_by(manifest)))


def without_scaled_replicas(parts: Iterable[Part], targets: Collection[Target]) -> Iterator[Part]:
    """Yield *parts* without `spec.replicas` of the *targets*, which their constructs lose, too."""
    for part in parts:
        owner = part.owner
        if owner is None or (target := _workload(owner)) not in targets or not _gives_up_replicas(owner):
            yield part
        else:
            yield part._replace(rendered=[_without_replicas(manifest, target[0]) for manifest in part.manifests])


def _without_replicas(manifest: Manifest, kind: str) -> Manifest:
    if manifest["kind"] != kind:
        return manifest
    return {**manifest, "spec": {key: value for key, value in manifest["spec"].items() if key != "replicas"}}


def _workload(owner: LazyResource) -> Target:
    pods = owner._packed.pods[0]
    return owner.main_child, pods.owner.namespace or "", pods.workload


def _gives_up_replicas(owner: LazyResource) -> bool:
    """Remove `spec.replicas` from the workload of *owner* and tell whether it may be: the user did not write it.

    The pods of a Base get the number as a variable, so it stays there.
    """
    resource = owner._packed.resource
    if owner._is_for_operators or resource.kind == "Base" or "replicas" in resource.spec.model_fields_set:
        return False
    workload = owner.children[owner.main_child]
    if "replicas" in workload.to_json()["spec"]:
        workload.add_json_patch(JsonPatch.remove("/spec/replicas"))
    return True
