"""Claims that must grow, and StatefulSets whose fields cannot change: which steps lead there, and which do not.

A StatefulSet refuses another template of its claims: its claims are enlarged one by one, it is deleted without its pods, and
the new one takes them over: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..kube.manifest import Manifest
from ..kube.quantity import quantity_value
from .client import KubeClient, ObjectRef, ref_of
from .conditions import Said
from .differences import differences
from .errors import Forbidden, NotFound
from .ownership import MANAGER
from .resource_set import Desired

__all__ = ["Growth", "grow", "growth_of", "must_be_recreated", "recreate"]

_STORAGE_CLASS = ("storage.k8s.io/v1", "StorageClass", "")


class Growth(NamedTuple):
    """A claim that must be enlarged."""

    ref: ObjectRef
    uid: str
    size: str


def growth_of(client: KubeClient, wanted: Desired, live: Manifest) -> tuple[tuple[Growth, ...], Said | None]:
    """Return which claims of *wanted*, which is *live*, must grow; or why one cannot become what it should be."""
    found: list[Growth] = []
    if wanted.ref.kind == "PersistentVolumeClaim":
        if problem := _size_problem(client, live, _size(wanted.manifest)):
            return (), problem
        return (), None  # a claim of its own is enlarged by being applied
    for name, size in _sizes(wanted.manifest).items():
        was = _sizes(live).get(name)
        if was is None or quantity_value(size) == quantity_value(was):
            continue
        for claim in _claims(client, name, live):
            if problem := _size_problem(client, claim, size):
                return (), problem
            if quantity_value(_size(claim)) < quantity_value(size):
                found.append(Growth(ref_of(claim), claim["metadata"]["uid"], size))
        if quantity_value(size) < quantity_value(was):
            return (), _shrinks(f"the claims {name} of {wanted.ref}", was, size)
    return tuple(found), None


def must_be_recreated(wanted: Desired, live: Manifest) -> bool:
    """Tell whether *live* is a StatefulSet that refuses to become *wanted*, and whose pods another one would take over."""
    if wanted.ref.kind != "StatefulSet":
        return False
    new, old = wanted.manifest["spec"], live.get("spec") or {}
    policies = {each.get("podManagementPolicy") or "OrderedReady" for each in (new, old)}
    templates = new.get("volumeClaimTemplates") or []
    if len(policies) > 1 or len(templates) != len(old.get("volumeClaimTemplates") or ()):
        return True
    claims = {
        "apiVersion": wanted.ref.api_version,
        "kind": wanted.ref.kind,
        "spec": {"volumeClaimTemplates": templates},
    }
    return any(differences(claims, live))


def grow(client: KubeClient, growths: tuple[Growth, ...]) -> None:
    """Enlarge the claims; one that has the size already stays as it is."""
    for each in growths:
        patch = {"spec": {"resources": {"requests": {"storage": each.size}}}}
        client.patch(each.ref, patch, uid=each.uid, manager=MANAGER)


def recreate(client: KubeClient, live: Manifest) -> None:
    """Delete the StatefulSet *live* without its pods and claims, so that it can be made again."""
    ref, uid = ref_of(live), live["metadata"]["uid"]
    retention = (live.get("spec") or {}).get("persistentVolumeClaimRetentionPolicy") or {}
    if retention.get("whenDeleted") == "Delete":
        kept = {"spec": {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain"}}}
        client.patch(ref, kept, uid=uid, manager=MANAGER)
    client.delete(ref, uid=uid, propagation="Orphan")


def _claims(client: KubeClient, template: str, live: Manifest) -> Iterator[Manifest]:
    """Yield the claims of *live* that were made by the *template* of that name and are there."""
    ref = ref_of(live)
    replicas = live.get("spec", {}).get("replicas")
    highest = max(1, 1 if replicas is None else replicas, (live.get("status") or {}).get("replicas") or 0)
    for index in range(highest):
        try:
            yield client.get(ObjectRef("v1", "PersistentVolumeClaim", ref.namespace, f"{template}-{ref.name}-{index}"))
        except NotFound:
            continue


def _size_problem(client: KubeClient, claim: Manifest, size: str) -> Said | None:
    """Say why *claim* cannot have that *size*."""
    was, name = _size(claim), str(ref_of(claim))
    if quantity_value(size) == quantity_value(was):
        return None
    if quantity_value(size) < quantity_value(was):
        return _shrinks(name, was, size)
    storage_class = (claim.get("spec") or {}).get("storageClassName") or ""
    try:
        found = client.get(ObjectRef(*_STORAGE_CLASS, storage_class)) if storage_class else {}
    except NotFound:
        found = {}
    except Forbidden:
        return None  # a Role cannot allow it; the API server looks itself when the claim is enlarged
    if found.get("allowVolumeExpansion"):
        return None
    why = f"{name} has {was} and cannot grow to {size}: the storage class {storage_class or 'that it has not'} does not allow"
    return Said("Applied", "ClaimCannotGrow", f"{why} expansion; set allowVolumeExpansion in it, or write {was}")


def _shrinks(what: str, was: str, size: str) -> Said:
    message = f"{what} has {was}, and no claim can be made smaller, got {size}; write {was}"
    return Said("Applied", "ClaimCannotShrink", message)


def _size(claim: Mapping[str, Any]) -> str:
    return str(((claim.get("spec") or {}).get("resources") or {}).get("requests", {}).get("storage", "0"))


def _sizes(stateful_set: Manifest) -> dict[str, str]:
    templates = (stateful_set.get("spec") or {}).get("volumeClaimTemplates") or ()
    return {each["metadata"]["name"]: _size(each) for each in templates}
