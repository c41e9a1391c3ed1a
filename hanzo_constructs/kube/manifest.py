"""A Kubernetes object as a dict, and the one place where absent values are pruned."""

from __future__ import annotations

from typing import Any

from .owner import Owner

__all__ = ["Identity", "Manifest", "identity", "manifest", "pruned"]

Manifest = dict[str, Any]
"""A Kubernetes object in wire names, plain JSON values only."""

Identity = tuple[str, str, str, str]
"""(API group, kind, namespace, name): what a cluster tells objects apart by; no namespace is an empty string."""


def manifest(
    api_version: str,
    kind: str,
    owner: Owner,
    *,
    name: str | None = None,
    annotations: dict[str, str] | None = None,
    **body: Any,
) -> Manifest:
    """Return the object *kind* of *owner*: its name, namespace and labels, and the pruned *body*."""
    metadata: dict[str, Any] = {"name": name or owner.name}
    if owner.namespace is not None:
        metadata["namespace"] = owner.namespace
    metadata["labels"] = dict(owner.labels)
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **pruned(body)}


def pruned(value: Any) -> Any:
    """Take the mapping entries that are None out of *value*, at any depth; 0, "", [] and {} are values.

    *value* is a literal that nobody else holds: it is changed in place and returned.
    """
    kind = type(value)
    if kind is dict:
        items = value.values()
        if None in items:
            for key in [key for key, item in value.items() if item is None]:
                del value[key]
    elif kind is list:
        items = value
    else:
        return value
    for item in items:
        if (sort := type(item)) is dict or sort is list:
            pruned(item)
    return value


def identity(document: Manifest) -> Identity:
    """Return what a cluster tells *document* apart by."""
    metadata = document["metadata"]
    group, slash, _ = document["apiVersion"].rpartition("/")
    return (group if slash else "", document["kind"], metadata.get("namespace") or "", metadata["name"])
