"""Compiled sets in namespaces of their own, so that one server holds the sets of many tests."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.cluster.client import Client

__all__ = ["apart", "make_namespaces"]

Manifest = dict[str, Any]


def apart(manifests: Iterable[Mapping[str, Any]], suffix: str, *, default: str = "set") -> list[Manifest]:
    """Return a copy of *manifests* whose namespaces are called otherwise; *default* is that of those without."""
    copies = [copy.deepcopy(dict(manifest)) for manifest in manifests]
    for manifest in copies:
        metadata = manifest["metadata"]
        namespace = f"{metadata.get('namespace', default)}-{re.sub('[^a-z0-9]', '-', suffix)}"
        assert len(namespace) <= 63
        metadata["namespace"] = namespace
    return copies


def make_namespaces(client: Client, manifests: Iterable[Manifest], labels: Mapping[str, str] | None = None) -> None:
    """Make the namespaces of *manifests* that are not there, with *labels*."""
    for namespace in sorted({manifest["metadata"]["namespace"] for manifest in manifests}):
        metadata = {"name": namespace, "labels": dict(labels or {})}
        answer = client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        assert not answer.message
