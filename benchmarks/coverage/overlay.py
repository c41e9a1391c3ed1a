"""What is missing as an overlay: partial objects by child."""

from __future__ import annotations

import ast
from typing import Any

from hanzo_constructs.compiler import Compilation

from .corpus import Object

__all__ = ["overlay_of"]

_MERGE_KEYS = {
    "containers": "name",
    "initContainers": "name",
    "env": "name",
    "volumes": "name",
    "volumeMounts": "mountPath",
    "imagePullSecrets": "name",
    "hostAliases": "ip",
}


def overlay_of(compilation: Compilation, lacking: set[tuple[str, Any, str]]) -> Object | None:
    """Return the overlay that says what is *lacking*, by the ids of the children; None where the kind has none."""
    if "overlay" not in type(compilation.resource.spec).model_fields:
        return None
    ids = {child.manifest["kind"]: child.id for child in reversed(compilation.children)}
    overlay: Object = {}
    for kind, path, value in sorted(lacking, key=repr):
        if kind in ids:
            _put(overlay.setdefault(ids[kind], {}), path, ast.literal_eval(value))
    return overlay


def _put(at: Object, path: tuple[Any, ...], value: Any) -> None:
    for index, step in enumerate(path):
        key = _MERGE_KEYS.get(str(path[index - 1])) if index else None
        last = index == len(path) - 1
        if key is not None:
            items: list[Object] = at["_"]
            item = next((each for each in items if each.get(key) == step), None)
            if item is None:
                item = {key: step}
                items.append(item)
            if last:
                item.update(value)
            at = item
            continue
        if str(step) in _MERGE_KEYS and not last:
            at = {"_": at.setdefault(step, [])}
        elif last:
            at[step] = value
        else:
            at = at.setdefault(step, {})
