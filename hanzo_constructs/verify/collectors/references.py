"""The references of an object to others, read by the table of kinds: `ReferenceField` says where names stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...kube.fields import Path
from ...kube.kinds import KINDS, known_kind
from ...kube.references import references_in
from ..facts import Parts
from ..index import SetIndex
from ..objects import Object

__all__ = ["read_references", "target_kind"]


def read_references(obj: Object, set_index: SetIndex) -> None:
    """Note every object that fields of *obj* name, and the keys that it is expected to have."""
    origin = obj.origin
    for field, value, path in references_in(obj.kind, obj.manifest):
        is_name = not field.name
        name = value if is_name else value.get(field.name)
        kind = field.kind or target_kind(value)
        row = KINDS.get(kind)
        if not name or (row and name in row.built_in):
            continue
        namespace = origin.namespace if is_name else value.get("namespace") or origin.namespace
        if row and not row.namespaced:
            namespace = ""
        keys: Parts = () if is_name else tuple(_keys(value))
        optional = not is_name and value.get("optional") is True
        place, inside = set_index.share(path), field.inside and origin.own
        set_index.references.append((kind, namespace, name, origin, place, set_index.share(keys), optional, inside))


def target_kind(target: Mapping[str, Any]) -> str:
    """Return the kind of *target*, a reference that says it; KEDA's default is a Deployment."""
    return known_kind(target.get("apiVersion") or "apps/v1", target.get("kind") or "Deployment")


def _keys(value: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield the keys that a reference names, and where."""
    if "key" in value:
        yield ("key",), value["key"]
    for index, item in enumerate(value.get("items") or ()):
        yield ("items", index, "key"), item["key"]
