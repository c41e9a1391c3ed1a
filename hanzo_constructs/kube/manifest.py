"""A Kubernetes object as a dict, and the one place where absent values are dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .kinds import KINDS
from .owner import Owner, Pods

__all__ = ["Identity", "Manifest", "identity", "manifest", "present", "scale_target"]

Manifest = dict[str, Any]
"""A Kubernetes object in wire names, plain JSON values only."""

Identity = tuple[str, str, str, str]
"""(API group, kind, namespace, name): what a cluster tells objects apart by; no namespace is an empty string."""


def manifest(
    kind: str,
    of: Owner | Pods,
    *,
    name: str | None = None,
    labels: Mapping[str, str] | None = None,
    api_version: str = "",
    annotations: dict[str, str] | None = None,
    **body: Any,
) -> Manifest:
    """Return an object of *kind*: the name, the namespace and the labels of what it is derived for, and the *body*.

    A *name* of its own takes the place of that, and *labels* come on top. A kind that is not in the table `KINDS`
    needs its *api_version*.
    """
    owner = of.owner if isinstance(of, Pods) else of
    metadata: dict[str, Any] = {"name": name or of.name}
    if owner.namespace is not None:
        metadata["namespace"] = owner.namespace
    metadata["labels"] = {**owner.labels, **labels} if labels else dict(owner.labels)
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {"apiVersion": api_version or KINDS[kind].api_version, "kind": kind, "metadata": metadata, **body}


def present(fields: dict[str, Any]) -> dict[str, Any]:
    """Return *fields* without those that are None, which means absent; 0, "", [] and {} are values.

    Every literal with a field that may be absent goes through here, and nothing else drops anything.
    """
    return {key: value for key, value in fields.items() if value is not None} if None in fields.values() else fields


def identity(document: Manifest) -> Identity:
    """Return what a cluster tells *document* apart by."""
    metadata = document["metadata"]
    group, slash, _ = document["apiVersion"].rpartition("/")
    return (group if slash else "", document["kind"], metadata.get("namespace") or "", metadata["name"])


def scale_target(pods: Pods, target_kind: str) -> dict[str, str]:
    """Return the reference of an autoscaler to the *target_kind* that runs *pods*."""
    return {"apiVersion": KINDS[target_kind].api_version, "kind": target_kind, "name": pods.workload}
