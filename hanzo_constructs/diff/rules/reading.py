"""Parts of objects whatever they are: of kinds that Kubernetes does not have, nobody checked the types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["mapping", "mappings", "pod_of", "spec_of"]


def mapping(value: Any) -> dict[str, Any]:
    """Return *value* where it is a mapping, and an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the mappings in *value*, none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def spec_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the spec of *manifest*, empty where there is none."""
    return mapping(manifest.get("spec"))


def pod_of(manifest: Mapping[str, Any], template: tuple[str | int, ...]) -> dict[str, Any]:
    """Return the spec of the pods of *manifest*, whose *template* stands there; empty where there is none."""
    value: Any = manifest
    for step in (*template, "spec"):
        value = mapping(value).get(str(step))
    return mapping(value)
