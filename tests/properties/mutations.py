"""Every field a model can hold, and other values for it: read from the models, so that no list can forget a field.

A place is a path in wire names; its indexes are 0, for the first entry of a list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hanzo_constructs.kube.fields import Path
from hanzo_constructs.spec.values import (
    annotation_of,
    entry_type,
    is_mapping,
    least_document,
    models_in,
    values_of,
    values_of_type,
)
from hanzo_constructs.spec.values import takes as taken

__all__ = ["ABSENT", "Place", "copied", "holds_models", "places", "takes", "values_at", "values_of", "ways"]

KEYS = {
    "LatticeCanaryContainer": "main",
    "LatticeContainer": "main",
    "LatticeFile": "/etc/alpha",
    "LatticeMount": "/mnt/alpha",
    "LatticePort": "http",
    "ServiceResource": "orders",
    "ExternalServiceResource": "bank",
    "SecretResource": "alpha",
    "VolumeResource": "data",
    "GpuResource": "gpu",
}
"""The name under which a model stands in a mapping of the resources that everything is tried on (`rich`)."""

ABSENT: Any = object()
"""The value of a field that is not written."""


class Place(NamedTuple):
    """A field, and where it is."""

    path: Path
    field: FieldInfo
    steps: tuple[type[BaseModel] | None, ...]
    """For each step of the path the model that the field before it holds, for a step into one."""


def places(model: type[BaseModel], at: Path = (), steps: tuple[Any, ...] = ()) -> Iterator[Place]:
    """Yield every field below *model*."""
    for name, field in _fields(model):
        path, here = (*at, name), (*steps, model)
        yield Place(path, field, here)
        for inner, listed in models_in(field.annotation):
            key: int | str = KEYS[inner.__name__] if is_mapping(field.annotation) else 0
            is_entry = listed or is_mapping(field.annotation)
            yield from places(inner, (*path, key) if is_entry else path, (*here, None) if is_entry else here)


def takes(field: FieldInfo, value: Any) -> bool:
    """Tell whether *field* by itself takes *value*."""
    return taken(annotation_of(field), value)


def values_at(model: type[BaseModel], path: Path) -> list[Any]:
    """Return different values for what stands at *path* below *model*: a field, an entry of a list or of a mapping."""
    return values_of_type(next(_types_at(model, path)))


def _types_at(annotation: Any, path: Path) -> Iterator[Any]:
    """Yield what may stand at *path* below what has the type *annotation*, one for each of the models that it may be."""
    if not path:
        yield annotation
        return
    step, *rest = path
    if isinstance(step, int) or is_mapping(annotation):
        entry = entry_type(annotation)
        # what stands under a name that `KEYS` has is of that model
        named = [found for found, _ in models_in(entry) if KEYS.get(found.__name__) == step]
        yield from _types_at(named[0] if named else entry, (*rest,))
        return
    for owner, _ in models_in(annotation):
        if (field := dict(_fields(owner)).get(step)) is not None:
            yield from _types_at(annotation_of(field), (*rest,))


def ways(document: dict[str, Any], place: Place) -> Iterator[Callable[[Any], dict[str, Any]]]:
    """Yield functions that return a copy of *document* with their argument at *place*.

    The first leaves everything around it, then there is less, because fields exclude each other, then there is more,
    because some mean nothing alone. What surrounds it is different each time.
    """
    depths = range(len(place.path))
    seen: set[str] = set()
    for reduced in ((), *({depth} for depth in reversed(depths)), *(set(depths[least:]) for least in reversed(depths))):
        if (around := json.dumps(_changed(document, place, reduced, {}, ABSENT))) not in seen:
            seen.add(around)
            yield partial(_changed, document, place, reduced, {})
    for name, field in _fields(place.steps[-1]):
        if name != place.path[-1] and not field.is_required() and holds_models(field):
            yield partial(_changed, document, place, (), {name: values_of(field)[0]})


def _fields(model: type[BaseModel] | None) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items() if model else ():
        yield field.alias or name, field


def holds_models(field: FieldInfo) -> bool:
    """Tell whether *field* holds models, the fields of which are places of their own."""
    return any(True for _ in models_in(field.annotation))


def _changed(
    original: dict[str, Any], place: Place, reduced: Collection[int], beside: Mapping[str, Any], value: Any
) -> dict[str, Any]:
    """Set *value*; the objects at the depths *reduced* lose the fields that are neither required nor on the way."""
    document: dict[str, Any] = copied(original)
    current: Any = document
    for depth, step in enumerate(place.path[:-1]):
        model = place.steps[depth]
        if isinstance(current, list):
            current[:] = current or [least_document(_next_model(place, depth))]
            current = current[0]
            continue
        if depth in reduced and model is not None:
            _reduce(current, model, step)
        below = place.path[depth + 1]
        if step not in current:
            is_map = place.steps[depth + 1] is None
            empty: Any = [] if isinstance(below, int) else {} if is_map else None
            current[step] = least_document(_next_model(place, depth)) if empty is None else empty
        current = current[step]
    if len(place.path) - 1 in reduced and place.steps[-1] is not None:
        _reduce(current, place.steps[-1], place.path[-1])
    current.update(copied(dict(beside)))
    if value is ABSENT:
        current.pop(place.path[-1], None)
    else:
        current[place.path[-1]] = copied(value)
    return document


def copied(data: Any) -> Any:
    """Return a copy of JSON *data*: `copy.deepcopy` asks of every value what it is, and takes four times as long."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(item) for item in data] if isinstance(data, list) else data


def _next_model(place: Place, depth: int) -> type[BaseModel]:
    return next(model for model in place.steps[depth + 1 :] if model is not None)


def _reduce(current: dict[str, Any], model: type[BaseModel], way: str | int) -> None:
    required = {name for name, field in _fields(model) if field.is_required()}
    for key in [key for key in current if key != way and key not in required]:
        del current[key]
