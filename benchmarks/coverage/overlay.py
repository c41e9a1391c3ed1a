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
    "volumeDevices": "devicePath",
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
    for partial in overlay.values():
        update = (partial.get("spec") or {}).get("updateStrategy") or {}
        if update.get("type") == "OnDelete":
            update["rollingUpdate"] = None
    return overlay


def _put(at: Object, path: tuple[Any, ...], value: Any) -> None:
    """Write *value* at *path* below *at*; a step behind a list with a merge key is the key of an item."""
    target: Any = at
    for index, step in enumerate(path):
        last = index == len(path) - 1
        if isinstance(target, list):
            identity = _identity(path[:index], step)
            item = next((each for each in target if identity.items() <= each.items()), None)
            if item is None:
                target.append(item := identity)
            if last:
                item.update(value)
            target = item
        elif last:
            target[step] = value
        else:
            target = target.setdefault(step, [] if step in _MERGE_KEYS or step == "ports" else {})


def _identity(above: tuple[Any, ...], step: Any) -> Object:
    """Return what tells the item *step* of the list at *above* from the others."""
    if above[-1] == "ports":
        number = "containerPort" if "template" in above else "port"
        return {number: int(step), "protocol": "TCP"}
    return {_MERGE_KEYS[above[-1]]: step}
