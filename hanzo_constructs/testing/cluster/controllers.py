"""What the controllers of a cluster do by and by: remove what has lost its owner, make claims, and report pods ready."""

from __future__ import annotations

from collections.abc import Collection

from ...kube.copying import own_copy
from ...kube.manifest import Manifest
from ...operator.client import ObjectRef, ref_of
from .store import Store

__all__ = ["collect_garbage", "run_workloads"]

_CLAIMS = "PersistentVolumeClaim"
_CONTROLLERS = "kube-controller-manager"


def collect_garbage(store: Store) -> None:
    """Delete what has owners, of which none is there any more, and then what that owned."""
    for each in [*store.objects.values()]:
        if "orphan" in each["metadata"].get("finalizers", ()):
            _orphan(store, each)
    while True:
        waiting = [each for each in store.objects.values() if _waits_for_dependents(each)]
        for each in [one for owner in waiting for one in _dependents(owner, store)]:
            if "deletionTimestamp" not in each["metadata"]:
                store.delete(ref_of(each))
        uids = {each["metadata"]["uid"] for each in store.objects.values()}
        lost = [each for each in store.objects.values() if _is_lost(each, uids)]
        done = [each for each in waiting if not _blocking(each, store)]
        if not lost and not done:
            return
        for each in lost:
            store.delete(ref_of(each))
        for each in done:
            rest = [name for name in each["metadata"]["finalizers"] if name != "foregroundDeletion"]
            store.edit(ref_of(each), {"metadata": {"finalizers": rest or None}}, manager=_CONTROLLERS)


def _orphan(store: Store, manifest: Manifest) -> None:
    """Let the dependents of *manifest* live on without it, and let it go."""
    uid = manifest["metadata"]["uid"]
    for each in [*store.objects.values()]:
        owners = each["metadata"].get("ownerReferences") or ()
        if any(owner["uid"] == uid for owner in owners):
            left = [owner for owner in owners if owner["uid"] != uid]
            store.edit(ref_of(each), {"metadata": {"ownerReferences": left or None}}, manager=_CONTROLLERS)
    rest = [name for name in manifest["metadata"]["finalizers"] if name != "orphan"]
    store.edit(ref_of(manifest), {"metadata": {"finalizers": rest or None}}, manager=_CONTROLLERS)


def _is_lost(manifest: Manifest, uids: Collection[str]) -> bool:
    owners = manifest["metadata"].get("ownerReferences") or ()
    is_going = "deletionTimestamp" in manifest["metadata"]
    return bool(owners) and not is_going and not any(each["uid"] in uids for each in owners)


def _waits_for_dependents(manifest: Manifest) -> bool:
    return "foregroundDeletion" in manifest["metadata"].get("finalizers", ())


def _dependents(manifest: Manifest, store: Store) -> list[Manifest]:
    uid = manifest["metadata"]["uid"]
    return [
        each
        for each in store.objects.values()
        if any(owner["uid"] == uid for owner in each["metadata"].get("ownerReferences") or ())
    ]


def _blocking(manifest: Manifest, store: Store) -> list[Manifest]:
    """Return the dependents without whose end *manifest* does not go."""
    uid = manifest["metadata"]["uid"]
    return [
        each
        for each in _dependents(manifest, store)
        if any(owner["uid"] == uid and owner.get("blockOwnerDeletion") for owner in each["metadata"]["ownerReferences"])
    ]


def run_workloads(store: Store, failing: Collection[str]) -> None:
    """Report the pods of every workload ready, and every Job done, except for those of the names *failing*."""
    for manifest in [*store.objects.values()]:
        ref, is_well = ref_of(manifest), manifest["metadata"]["name"] not in failing
        if ref.kind == "StatefulSet":
            _make_claims(store, manifest)
        if ref.kind in {"Deployment", "StatefulSet"}:
            store.set_status(ref, _pods_status(manifest, is_well=is_well))
        elif ref.kind == "Job":
            done = {"type": "Complete" if is_well else "Failed", "status": "True"}
            store.set_status(
                ref, {"succeeded": 1, "conditions": [done]} if is_well else {"failed": 1, "conditions": [done]}
            )
        elif ref.kind in {"ExternalSecret", "KMSSecret"}:
            ready = {
                "type": "Ready",
                "status": "True" if is_well else "False",
                "message": "" if is_well else "no access",
            }
            store.set_status(ref, {"conditions": [ready]})


def _pods_status(manifest: Manifest, *, is_well: bool) -> Manifest:
    replicas = manifest["spec"].get("replicas", 1)
    ready = replicas if is_well else 0
    status = {"observedGeneration": manifest["metadata"]["generation"], "replicas": replicas, "readyReplicas": ready}
    if manifest["kind"] == "StatefulSet":
        return status
    return {**status, "conditions": [{"type": "Available", "status": "True" if is_well else "False"}]}


def _make_claims(store: Store, manifest: Manifest) -> None:
    """Make the claims of the pods of a StatefulSet that are not there yet."""
    for template in manifest["spec"].get("volumeClaimTemplates", ()):
        for index in range(manifest["spec"].get("replicas", 1)):
            name = f"{template['metadata']['name']}-{manifest['metadata']['name']}-{index}"
            namespace = manifest["metadata"]["namespace"]
            if ObjectRef("v1", _CLAIMS, namespace, name).identity not in store.objects:
                labels = own_copy(template["metadata"].get("labels", {}))
                claim = {
                    "apiVersion": "v1",
                    "kind": _CLAIMS,
                    "metadata": {"name": name, "namespace": namespace, "labels": labels},
                    "spec": own_copy(template["spec"]),
                }
                store.create(claim, manager=_CONTROLLERS)
