"""Objects as sets of fields, and merging by them, as server-side apply does.

A path is a tuple of steps as `managedFields` write them: `f:spec`, `k:{"name":"api"}`, `v:"finalizer"`. Source of the rules:
https://kubernetes.io/docs/reference/using-api/server-side-apply/ and `typed/tofieldset.go` and `merge/update.go` of the
module sigs.k8s.io/structured-merge-diff.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...kube.copying import own_copy
from ...kube.schemas import item_key
from .shapes import Shape

__all__ = ["FieldPath", "below", "fields_v1", "leaves", "merged_by_shape", "path_text", "paths_of", "without"]

FieldPath = tuple[str, ...]

_MEMBER = object()
"""What stands for the membership in a list or a mapping, beside the fields of the member."""


def leaves(value: Any, shape: Shape, path: FieldPath = ()) -> dict[FieldPath, Any]:
    """Return everything in *value* that somebody can own, by its path."""
    return dict(_leaves(value, shape, path))


def _leaves(value: Any, shape: Shape, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    if isinstance(value, dict) and value and not shape.is_atomic:
        for key, item in value.items():
            if shape.is_free and isinstance(item, dict):
                yield (*path, f"f:{key}"), _MEMBER
            yield from _leaves(item, shape.below(key), (*path, f"f:{key}"))
    elif isinstance(value, list) and value and shape.keys is not None:
        for item in value:
            place = (*path, _step(item, shape.keys))
            yield place, _MEMBER if shape.keys else item
            if shape.keys:
                yield from _leaves(item, shape.items, place)
    elif path:
        yield path, value


def _step(item: Any, keys: tuple[str, ...]) -> str:
    if not keys:
        return f"v:{json.dumps(item)}"
    values = item_key(item, keys) or tuple(item.get(key) for key in keys)
    named = dict(sorted(zip(keys, values, strict=True)))
    return f"k:{json.dumps(named, separators=(',', ':'))}"


def merged_by_shape(base: Any, over: Any, shape: Shape) -> Any:
    """Return a copy of *base* with *over* laid over it, item by item where the server tells items apart."""
    if isinstance(base, dict) and isinstance(over, dict) and not shape.is_atomic:
        found = dict(base)
        for key, value in over.items():
            found[key] = merged_by_shape(base.get(key), value, shape.below(key))
        return found
    if isinstance(base, list) and isinstance(over, list) and shape.keys is not None:
        items = {_step(item, shape.keys): item for item in base}
        for item in over:
            step = _step(item, shape.keys)
            items[step] = merged_by_shape(items.get(step), item, shape.items) if shape.keys else item
        return [*items.values()]
    return own_copy(over)


def without(value: Any, paths: Iterable[FieldPath], shape: Shape) -> Any:
    """Return a copy of *value* without the fields at *paths*, and without what is empty by that.

    A member of a list goes as a whole, or keeps the fields that tell it apart.
    """
    found, gone = own_copy(value), frozenset(paths)
    for path in sorted(gone, key=len, reverse=True):
        within_gone = any(path[:length] in gone for length in range(1, len(path)))
        if not within_gone and not _is_key(path):
            _remove(found, path, shape)
    return found


def _is_key(path: FieldPath) -> bool:
    """Tell whether the field at *path* is one that tells a member of a list apart."""
    return len(path) > 1 and path[-2].startswith("k:") and path[-1][2:] in json.loads(path[-2][2:])


def _remove(value: Any, path: FieldPath, shape: Shape) -> None:
    step, *rest = path
    if isinstance(value, dict) and step.startswith("f:"):
        key = step[2:]
        if rest and key in value:
            _remove(value[key], tuple(rest), shape.below(key))
        if key in value and (not rest or value[key] in ({}, [])):
            del value[key]
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if _step(item, shape.keys or ()) == step:
                if rest:
                    _remove(item, tuple(rest), shape.items)
                else:
                    del value[index]
                return


def below(path: FieldPath, paths: Iterable[FieldPath]) -> bool:
    """Tell whether one of *paths* is *path* or below it."""
    return any(each[: len(path)] == path for each in paths)


def fields_v1(paths: Iterable[FieldPath]) -> dict[str, Any]:
    """Return *paths* as `fieldsV1` has them."""
    found: dict[str, Any] = {}
    members: list[dict[str, Any]] = []
    for path in sorted(paths):
        place = found
        for step in path:
            place = place.setdefault(step, {})
        if path and path[-1].startswith("k:"):
            members.append(place)
    for each in members:
        each["."] = {}
    return found


def paths_of(fields: dict[str, Any], path: FieldPath = ()) -> Iterator[FieldPath]:
    """Yield the paths that `fieldsV1` names."""
    for step, inner in fields.items():
        if step == ".":
            yield path
        elif inner:
            yield from paths_of(inner, (*path, step))
        else:
            yield (*path, step)


def path_text(path: FieldPath) -> str:
    """Return *path* as the server writes it in messages: `.spec.containers[name="api"].image`."""
    return "".join(map(_step_text, path))


def _step_text(step: str) -> str:
    if step.startswith("f:"):
        return f".{step[2:]}"
    if step.startswith("v:"):
        return f"[={step[2:]}]"
    named = json.loads(step[2:])
    return f"[{','.join(f'{key}={json.dumps(value)}' for key, value in named.items())}]"
