"""Changes that no API server takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...kube.kinds import KINDS, known_kind
from ...kube.manifest import Manifest
from ...kube.quantity import quantity_value

__all__ = ["immutable_problem"]


def immutable_problem(stored: Manifest, new: Manifest, objects: Iterable[Manifest]) -> str:
    """Say which field of *stored* cannot become what it is in *new*; *objects* have the storage classes."""
    kind = known_kind(stored["apiVersion"], stored["kind"])
    old_spec, new_spec = stored.get("spec") or {}, new.get("spec") or {}
    if kind == "PersistentVolumeClaim":
        return _claim_problem(old_spec, new_spec, objects)
    for field in KINDS[kind].immutable if kind in KINDS else ():
        if field in new_spec and field in old_spec and new_spec[field] != old_spec[field]:
            return f"spec.{field}: Invalid value: field is immutable"
    return ""


def _claim_problem(old: Manifest, new: Manifest, objects: Iterable[Manifest]) -> str:
    before, after = _storage(old), _storage(new)
    if before is None or after is None or before == after:
        return ""
    if quantity_value(after) < quantity_value(before):
        return "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"
    for each in objects:
        if each["kind"] == "StorageClass" and each["metadata"]["name"] == old.get("storageClassName"):
            if each.get("allowVolumeExpansion"):
                return ""
            break
    return "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"


def _storage(spec: Manifest) -> Any:
    return spec.get("resources", {}).get("requests", {}).get("storage")
