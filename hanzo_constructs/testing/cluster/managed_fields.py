"""Who owns which fields of an object, and what becomes of that when somebody applies or changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from ...kube.copying import own_copy
from ...kube.manifest import Manifest
from ...operator.errors import Conflict, FieldConflict
from .fields import FieldPath, below, fields_v1, leaves, merged_by_shape, path_text, paths_of, without
from .shapes import Shape

__all__ = ["Manager", "applied", "managers_of", "updated", "written_managers"]

_OWNED_METADATA = ("annotations", "finalizers", "labels", "ownerReferences")
"""What can be owned of the metadata: the rest is the server's."""


class Manager(NamedTuple):
    """Who writes objects, and how."""

    name: str
    operation: Literal["Apply", "Update"]
    subresource: str = ""


Managers = Mapping[Manager, frozenset[FieldPath]]
_BEFORE = Manager("before-first-apply", "Update")
"""Who has what nobody is noted to own, when somebody applies first."""


def managers_of(stored: Manifest | None) -> dict[Manager, frozenset[FieldPath]]:
    """Return who owns what of a *stored* object."""
    entries = (stored or {}).get("metadata", {}).get("managedFields", ())
    return {
        Manager(each["manager"], each["operation"], each.get("subresource", "")): frozenset(paths_of(each["fieldsV1"]))
        for each in entries
    }


def written_managers(managers: Managers, old: Manifest | None, api_version: str, now: str) -> list[Manifest]:
    """Return *managers* as `managedFields` has them; who owns what it owned in *old* keeps the time of that."""
    before = {
        (each["manager"], each["operation"], each.get("subresource", "")): each
        for each in (old or {}).get("metadata", {}).get("managedFields", ())
    }
    found = []
    for manager, paths in managers.items():
        if not paths:
            continue
        fields, known = fields_v1(paths), before.get((manager.name, manager.operation, manager.subresource))
        same = known is not None and known["fieldsV1"] == fields
        entry = {
            "manager": manager.name,
            "operation": manager.operation,
            "apiVersion": api_version,
            "time": known["time"] if known is not None and same else now,
            "fieldsType": "FieldsV1",
            "fieldsV1": fields,
        }
        found.append({**entry, "subresource": manager.subresource} if manager.subresource else entry)
    return found


def applied(
    stored: Manifest | None, config: Manifest, manager: Manager, shape: Shape, *, force: bool
) -> tuple[Manifest, dict[Manager, frozenset[FieldPath]]]:
    """Return what becomes of *stored* when *manager* applies *config*, and who owns what then; raises `Conflict`."""
    config, base = _ownable(config), _ownable(stored or {})
    owned = frozenset(leaves(config, shape))
    managers = managers_of(stored)
    if stored is not None and not managers and (nobodys := frozenset(leaves(base, shape))):
        managers = {_BEFORE: nobodys}
    others = {each: paths for each, paths in managers.items() if each != manager}
    result = merged_by_shape(base, config, shape)
    left = managers.get(manager, frozenset()) - owned
    dropped = [path for path in left if not any(below(path, paths) for paths in others.values())]
    dropped = [path for path in dropped if not below(path, owned)]
    result = without(result, dropped, shape)
    changed = _changed(base, result, shape)
    conflicts = {each: paths & changed & owned for each, paths in others.items()}
    if not force and (found := [*_field_conflicts(conflicts)]):
        fields = ", ".join(each.field for each in found)
        raise Conflict(f"Apply failed with {len(found)} conflicts: {fields}", found)
    kept = frozenset(leaves(result, shape))
    rest = {each: (paths - conflicts[each]) & kept for each, paths in others.items()}
    return _joined(stored, result), {**rest, manager: owned}


def updated(
    stored: Manifest | None, new: Manifest, manager: Manager, shape: Shape
) -> dict[Manager, frozenset[FieldPath]]:
    """Return who owns what once *manager* has written *new* in place of *stored*.

    Of an object whose owners nobody has noted so far, a server notes none.
    """
    if stored is not None and not managers_of(stored):
        return {}
    base, result = _ownable(stored or {}), _ownable(new)
    changed = _changed(base, result, shape)
    kept = frozenset(leaves(result, shape))
    managers = managers_of(stored)
    found = {each: (paths - changed) & kept for each, paths in managers.items() if each != manager}
    return {**found, manager: (managers.get(manager, frozenset()) | changed) & kept}


def _changed(old: Manifest, new: Manifest, shape: Shape) -> frozenset[FieldPath]:
    """Return the fields of *new* that are not in *old*, or are something else there."""
    before, after = leaves(old, shape), leaves(new, shape)
    return frozenset(path for path, value in after.items() if path not in before or before[path] != value)


def _field_conflicts(conflicts: Managers) -> list[FieldConflict]:
    return [
        FieldConflict(each.name, path_text(path), each.operation, each.subresource)
        for each, paths in sorted(conflicts.items())
        for path in sorted(paths)
    ]


def _ownable(manifest: Manifest) -> Manifest:
    """Return what somebody can own of *manifest*."""
    found = {key: value for key, value in manifest.items() if key not in {"apiVersion", "kind", "metadata"}}
    metadata = manifest.get("metadata", {})
    if owned := {key: metadata[key] for key in _OWNED_METADATA if metadata.get(key)}:
        found["metadata"] = owned
    return found


def _joined(stored: Manifest | None, result: Manifest) -> Manifest:
    """Return *result* with the rest of the metadata of what is *stored*."""
    whole: dict[str, Any] = own_copy(result)
    metadata = {key: value for key, value in (stored or {}).get("metadata", {}).items() if key not in _OWNED_METADATA}
    whole["metadata"] = {**metadata, **whole.get("metadata", {})}
    return whole
