"""Every field a model can hold, and other values for it: read from the models, so that no list can forget a field.

A place is a path in wire names; its indexes are 0, for the first entry of a list.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from itertools import product
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from hanzo_constructs.kube.fields import Path

__all__ = ["ABSENT", "Place", "holds_models", "places", "takes", "values_at", "values_of", "ways"]

DIGEST = "sha256:" + "0a" * 32

WORDS = (
    "alpha", "beta", "/alpha", "/beta", "1", "2", "50%", "75%", "30s", "1m", "http", "metrics", "example.com", DIGEST,
    DIGEST.replace("0a", "1b"), "https://alpha.example/api", "https://beta.example/api", "2026-01-31T08:00:00Z",
    "2026-02-28T08:00:00Z", "1.27", "1.37", "2025", "2026", "0 3 * * *", "30 4 1 * *", "metadata.name", "metadata.uid",
    "limits.cpu", "requests.memory", "example.com/alpha", "example.com/beta",
    "iqn.2001-04.com.example:a", "iqn.2001-04.com.example:b", "https://alpha.example", "https://beta.example",
    "datastore-24", "datastore-26.2", "",
)  # fmt: skip
"""Strings of which every field of text takes two, whatever it asks of them; some name what the rich resource has."""
NUMBERS = (1, 2, 7, 50, 80, 0, 10, 60, 600, 3600, 7200, 8080, 9090)
LEAST: dict[str, Any] = {
    "ClusterTrustBundleProjection": {"path": "alpha", "signerName": "example.com/alpha"},
    "DownwardAPIVolumeFile": {"path": "alpha", "fieldRef": {"fieldPath": "metadata.name"}},
    "FCVolumeSource": {"wwids": ["alpha"]},
    "ISCSIVolumeSource": {"targetPortal": "alpha", "iqn": "iqn.2001-04.com.example:a", "lun": 1},
    "PersistentVolumeClaimSpec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1"}}},
    "PodCertificateProjection": {"signerName": "example.com/alpha", "keyType": "ED25519", "keyPath": "alpha"},
    "TypedLocalObjectReference": {"apiGroup": "example.com", "kind": "alpha", "name": "alpha"},
    "TypedObjectReference": {"apiGroup": "example.com", "kind": "alpha", "name": "alpha"},
}
"""The least that the rules of pods take of a model, where it is more than the fields that the schema requires."""
ABSENT: Any = object()
"""The value of a field that is not written."""


_known_values: dict[int, list[Any]] = {}


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
        for inner, listed in _models(field.annotation):
            yield from places(inner, (*path, 0) if listed else path, (*here, None) if listed else here)


def values_of(field: FieldInfo) -> list[Any]:
    """Return different values that a field takes by itself: two or more, unless its type has fewer."""
    if id(field) not in _known_values:  # fields are asked for again and again, and live as long as their models
        _known_values[id(field)] = _values(_annotation(field))
    return _known_values[id(field)]


def takes(field: FieldInfo, value: Any) -> bool:
    """Tell whether *field* by itself takes *value*."""
    return _taken(_annotation(field), value)


def values_at(model: type[BaseModel], path: Path) -> list[Any]:
    """Return different values for what stands at *path* below *model*: a field, an entry of a list or of a mapping."""
    annotation: Any = model
    for step in path:
        owner = next((found for found, _ in _models(annotation)), None)
        by_name = isinstance(step, str) and owner is not None
        annotation = _annotation(dict(_fields(owner))[str(step)]) if by_name else _entry(annotation)
    return _values(annotation)


def _entry(annotation: Any) -> Any:
    """Return the type of the entries of a list or mapping."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return next((entry for part in get_args(annotation) if (entry := _entry(part)) is not None), None)


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
    return any(True for _ in _models(field.annotation))


def _changed(
    original: dict[str, Any], place: Place, reduced: Collection[int], beside: Mapping[str, Any], value: Any
) -> dict[str, Any]:
    """Set *value*; the objects at the depths *reduced* lose the fields that are neither required nor on the way."""
    document = copy.deepcopy(original)
    current: Any = document
    for depth, step in enumerate(place.path[:-1]):
        model = place.steps[depth]
        if isinstance(current, list):
            current[:] = current or [_minimal(_next_model(place, depth))]
            current = current[0]
            continue
        if depth in reduced and model is not None:
            _reduce(current, model, step)
        below = place.path[depth + 1]
        if step not in current:
            current[step] = [] if isinstance(below, int) else _minimal(_next_model(place, depth))
        current = current[step]
    if len(place.path) - 1 in reduced and place.steps[-1] is not None:
        _reduce(current, place.steps[-1], place.path[-1])
    current.update(copy.deepcopy(dict(beside)))
    if value is ABSENT:
        current.pop(place.path[-1], None)
    else:
        current[place.path[-1]] = copy.deepcopy(value)
    return document


def _next_model(place: Place, depth: int) -> type[BaseModel]:
    return next(model for model in place.steps[depth + 1 :] if model is not None)


def _reduce(current: dict[str, Any], model: type[BaseModel], way: str | int) -> None:
    required = {name for name, field in _fields(model) if field.is_required()}
    for key in [key for key in current if key != way and key not in required]:
        del current[key]


@cache
def _minimal_of(model: type[BaseModel]) -> str:
    if model.__name__ in LEAST:
        return json.dumps(LEAST[model.__name__])
    required = {name: field for name, field in _fields(model) if field.is_required()}
    choices = [dict(zip(required, values, strict=True)) for values in product(*map(values_of, required.values()))]
    return json.dumps(next((choice for choice in choices if _taken(model, choice)), choices[0]))


def _minimal(model: type[BaseModel]) -> Any:
    """Return the least that *model* takes; where it wants one of several fields, the least but that."""
    return json.loads(_minimal_of(model))


def _annotation(field: FieldInfo) -> Any:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _values(annotation: Any) -> list[Any]:
    bare, origin = annotation, get_origin(annotation)
    while origin is Annotated:
        bare = get_args(bare)[0]
        origin = get_origin(bare)
    if origin in (Union, UnionType) and (members := [one for one in get_args(bare) if one is not type(None)]):
        if len(members) == 1:
            return _values(members[0])
        found: list[Any] = [*NUMBERS, *WORDS]
    elif isinstance(bare, type) and issubclass(bare, BaseModel):
        return [_minimal(bare)]
    elif origin is Literal:
        found = list(get_args(bare))
    elif origin is tuple:
        items = _values(get_args(bare)[0])[:2]
        found = [items[:1], items[1:], items, items[::-1], []]
    elif origin is dict:
        first, *others = _values(get_args(bare)[1])
        found = [{key: value} for value in (first, *others[:1]) for key in ("alpha", "beta", "cpu", "storage")] + [{}]
    else:
        found = [True, False, *NUMBERS, *WORDS]
    different = list({json.dumps(value): value for value in found if _taken(annotation, value)}.values())
    assert different, f"nothing to write in a field of {annotation}"
    return different


def _taken(annotation: Any, value: Any) -> bool:
    try:
        written = _adapter(annotation).validate_python(value)
    except ValidationError:
        return False
    return isinstance(value, list | dict) or written == value  # numbers that become strings are said already


_adapters: list[tuple[Any, TypeAdapter[Any]]] = []


def _adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return what checks values of *annotation*; not every annotation can be hashed."""
    for known, adapter in _adapters:
        if known == annotation:
            return adapter
    strict = not any(True for _ in _models(annotation))
    adapter = TypeAdapter(annotation, config=ConfigDict(strict=True) if strict else None)
    _adapters.append((annotation, adapter))
    return adapter


def _models(annotation: Any, *, listed: bool = False) -> Iterator[tuple[type[BaseModel], bool]]:
    """Yield the models in *annotation* and whether they stand in a list."""
    if isinstance(annotation, type) and not get_args(annotation):
        if issubclass(annotation, BaseModel):
            yield annotation, listed
        return
    for part in get_args(annotation):
        yield from _models(part, listed=listed or get_origin(annotation) is tuple)
