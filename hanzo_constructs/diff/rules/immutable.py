"""Changes that API servers refuse, and the commands that make them anyway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...kube.kinds import KINDS
from ...kube.kubectl import command, kubectl
from ...kube.manifest import Manifest
from ...kube.resizing import resizing
from ..changes import FieldChange, ObjectChange, Steps, place
from ..consequence import Consequence, Effect, Sets
from .reading import spec_of

__all__ = ["refused"]

_STATEFUL_SET = (
    "minReadySeconds",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy",
    "replicas",
    "revisionHistoryLimit",
    "template",
    "updateStrategy",
)
"""All that can be changed of a StatefulSet; revisionHistoryLimit since Kubernetes 1.33."""
_CLAIM = ("resources", "volumeAttributesClassName")
_OUTSIDE_SPEC: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ClusterRoleBinding": (("roleRef",),),
    "CustomResourceDefinition": (
        ("spec", "group"),
        ("spec", "scope"),
        ("spec", "names", "kind"),
        ("spec", "names", "plural"),
    ),
    "IngressClass": (("spec", "controller"),),
    "PriorityClass": (("value",), ("preemptionPolicy",)),
    "RoleBinding": (("roleRef",),),
    "RuntimeClass": (("handler",),),
    "Secret": (("type",),),
    "StorageClass": (("parameters",), ("provisioner",), ("reclaimPolicy",), ("volumeBindingMode",)),
}
"""What cannot be changed of kinds beside the fields that the table of kinds names."""
_DEFAULTS: Mapping[tuple[str, ...], Any] = {
    ("spec", "completionMode"): "NonIndexed",
    ("spec", "podManagementPolicy"): "OrderedReady",
    ("preemptionPolicy",): "PreemptLowerPriority",
    ("reclaimPolicy",): "Delete",
    ("type",): "Opaque",
    ("volumeBindingMode",): "Immediate",
}
"""What API servers write where a field is left out: to say it is no change."""
_KEEPS_ITS_PODS = ("StatefulSet",)
_WITHOUT_LOSS = (
    *("ClusterRoleBinding", "IngressClass", "Job", "PriorityClass", "ResourceClaimTemplate", "RoleBinding"),
    *("RuntimeClass", "Secret", "Service", "StorageClass"),
)
"""Kinds that can be deleted and applied again without losing data."""


def refused(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say which changed field an API server refuses, with the commands after which it is taken."""
    if change.both is None:
        return
    old, new = change.both
    fixed = [_fixed(change, each) for each in change.fields if each.how != "respelled"]
    if change.kind == "Service" and spec_of(old).get("clusterIP") == "None" and not spec_of(new).get("clusterIP"):
        what = "stays without an address, because one that is left out is kept as it is; delete it first to have one"
        yield Consequence(Effect.NONE, what, _commands(old, new))
    names = list(dict.fromkeys(place(path) for path in fixed if path))
    if names:
        what = f"{', '.join(names)} of a {new['kind']} cannot be changed"
        yield Consequence(Effect.REFUSED, f"{what}{_hint(new)}", _commands(old, new))


def _fixed(change: ObjectChange, field: FieldChange) -> Steps:
    """Return which field that can never be changed the changed *field* is, or is in; empty: none."""
    old, new = change.both or ({}, {})
    kind, path = change.kind, field.fields
    if kind in {"ConfigMap", "Secret"} and old.get("immutable") is True and path[:1] != ("metadata",):
        return path[:1]
    if kind == "Service" and path == ("spec", "clusterIP"):
        return path if _is_other_address(old, new) else ()
    if kind == "ResourceClaimTemplate" and path[:1] == ("spec",):
        return path[:1]
    found = [each for each in _OUTSIDE_SPEC.get(kind, ()) if path[: len(each)] == each]
    if len(path) > 1 and path[0] == "spec":
        others = {"StatefulSet": _STATEFUL_SET, "PersistentVolumeClaim": _CLAIM}.get(kind)
        if path[1] in _immutable(kind) or (others is not None and path[1] not in others):
            found.append(path[:2])
    return next((each for each in found if _value(old, each) != _value(new, each)), ())


def _immutable(kind: str) -> tuple[str, ...]:
    return KINDS[kind].immutable if kind in KINDS else ()


def _value(manifest: Manifest, path: tuple[str, ...]) -> Any:
    value: Any = manifest
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return _DEFAULTS.get(path) if value is None else value


def _is_other_address(old: Manifest, new: Manifest) -> bool:
    """Tell whether a Service is to have another address: one that is left out stays, but for what turns to a headless one."""
    before, after = (spec_of(each).get("clusterIP") for each in (old, new))
    return bool(after) and spec_of(old).get("type") != "ExternalName" and before != after


def _hint(new: Manifest) -> str:
    match new["kind"]:
        case "PersistentVolumeClaim":
            return "; its data would have to be copied to a claim of another name"
        case "ConfigMap" | "Secret":
            return "; give it another name, which what reads it names too"
        case kind if kind in _KEEPS_ITS_PODS:
            return "; its pods go on running when it is deleted like this, and belong to the one that is applied next"
        case kind if kind in _WITHOUT_LOSS:
            return "; delete it first, it is made again when you apply"
        case "Deployment" | "DaemonSet" | "ReplicaSet" | "Pod":
            return "; delete it first: its pods stop until those of the new one are ready"
    return ""


def _commands(old: Manifest, new: Manifest) -> tuple[str, ...]:
    kind, start = new["kind"], kubectl(new)
    if kind == "StatefulSet":
        has_claims = bool(spec_of(new).get("volumeClaimTemplates")) and _is_larger(old, new)
        orphan = command(*start, "delete", "statefulset", new["metadata"]["name"], "--cascade=orphan")
        return tuple(resizing(new)) if has_claims else (orphan,)
    if kind in (*_WITHOUT_LOSS, "Deployment", "DaemonSet", "ReplicaSet", "Pod"):
        return (command(*start, "delete", kind.lower(), new["metadata"]["name"]),)
    return ()


def _is_larger(old: Manifest, new: Manifest) -> bool:
    """Tell whether claims that exist have to grow, and none would have to shrink."""
    from .storage import sizes

    before, after = sizes(old), sizes(new)
    common = before.keys() & after.keys()
    return any(after[name] > before[name] for name in common) and all(after[name] >= before[name] for name in common)
