"""Copies of models that nobody else can change.

A frozen model refuses other values for its fields, but a dict in it stays a dict. What is compiled lazily, or compiled
again, must not follow what its author does to such a dict later.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from .deferred import Deferred, imports

__all__ = ["own_copy"]

T = TypeVar("T")


def own_copy(value: T) -> T:
    """Return *value* with copies of all dicts and lists in it; what holds none is shared, because it cannot change."""
    return _copied(value)  # type: ignore[no-any-return]


def _copied(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _copied_model(value)
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()} if value else {}
    if isinstance(value, list):
        return [*map(_copied, value)]
    return tuple(map(_copied, value)) if isinstance(value, tuple) else value


def _copied_model(model: BaseModel) -> BaseModel:
    fields = model.__dict__
    changed = {}
    for name in _open_fields(type(model), imports()):
        old = fields.get(name)
        if old is not None and old != () and (new := _copied(old)) is not old:
            changed[name] = new
    if not changed:
        return model
    # What pydantic's own copy does, in a fifth of the time; its update would take the fields for written by the user.
    copy = type(model).__new__(type(model))
    for name, content in (
        ("__dict__", fields | changed),
        ("__pydantic_fields_set__", set(model.__pydantic_fields_set__)),
        ("__pydantic_extra__", model.__pydantic_extra__),
        ("__pydantic_private__", model.__pydantic_private__),
    ):
        object.__setattr__(copy, name, content)
    return copy


@cache
def _open_fields(model: type[BaseModel], imported: int) -> tuple[str, ...]:  # noqa: ARG001 - see below
    """Return the fields of *model* in which a dict or a list may be; of models that nobody has *imported* are no values."""
    return tuple(name for name, field in model.__pydantic_fields__.items() if _is_open(field.annotation, ()))


def _is_open(annotation: Any, inside: tuple[Any, ...]) -> bool:
    """Tell whether values of *annotation* may hold a dict or a list; models *inside* of which it stands add nothing."""
    if isinstance(annotation, Deferred):
        return annotation.is_imported and _is_open(annotation.model, inside)
    if annotation in {dict, list, Any} or annotation is object:
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = (field.annotation for field in annotation.__pydantic_fields__.values())
        return annotation not in inside and any(_is_open(each, (*inside, annotation)) for each in inner)
    origin = getattr(annotation, "__origin__", None)
    return origin in {dict, list} or any(_is_open(each, inside) for each in get_args(annotation))
