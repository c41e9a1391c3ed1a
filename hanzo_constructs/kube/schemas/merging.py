"""Strategic merge: a partial object laid over a whole one, by the merge keys of Kubernetes.

Mappings are merged key by key, and null removes a key. Lists whose items Kubernetes tells apart by fields are merged item
by item: what is there stays in its place, what is new comes last. All other lists are replaced.
"""

from __future__ import annotations

from typing import Any

from ..quantity import quantity_problem, quantity_text
from .types import ANYTHING, METADATA, Type, fields_of

__all__ = ["item_key", "merged", "type_below"]

_DEFAULTS = {"protocol": "TCP"}
"""What a field that tells items apart is where it is left out."""


def merged(base: Any, over: Any, kind: Type) -> Any:
    """Return *over*, which may be partial, laid over *base*; both are of the type *kind*, and neither is changed."""
    if isinstance(base, dict) and isinstance(over, dict):
        return _merged_mapping(base, over, kind)
    if isinstance(base, list) and isinstance(over, list) and kind.keys is not None:
        return _merged_list(base, over, kind)
    return _whole(over, kind)


def item_key(item: Any, keys: tuple[str, ...]) -> Any:
    """Return what tells *item* of a list apart: the values of its *keys*, or with none of them the item; None: it has not all."""
    if not keys:
        return item
    if not isinstance(item, dict):
        return None
    values = tuple(item.get(key, _DEFAULTS.get(key)) for key in keys)
    return None if None in values else values


def _merged_mapping(base: dict[str, Any], over: dict[str, Any], kind: Type) -> dict[str, Any]:
    found = dict(base)
    for key, value in over.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = merged(base.get(key), value, type_below(kind, key))
    return found


def _merged_list(base: list[Any], over: list[Any], kind: Type) -> list[Any]:
    keys = kind.keys or ()
    found = list(base)
    places = {item_key(item, keys): place for place, item in enumerate(base)}
    for item in over:
        place = places.get(key := item_key(item, keys))
        if place is None:
            places[key] = len(found)
            found.append(_whole(item, kind.of_items))
        else:
            found[place] = merged(found[place], item, kind.of_items)
    return found


def type_below(kind: Type, step: str | int) -> Type:
    """Return the type of what stands at *step* of a value of the type *kind*."""
    if kind.form in ("{", "["):
        return kind.of_items
    if kind.form == "#":
        field = fields_of(kind.inner).get(str(step))
        return field.type if field else ANYTHING
    return METADATA if kind.form == "o" and step == "metadata" else ANYTHING


def _whole(value: Any, kind: Type) -> Any:
    """Return a copy of *value*, of the type *kind*, without what it removes: there is nothing below it.

    An amount that is a number becomes the text that Kubernetes would make of it.
    """
    if isinstance(value, dict):
        return {key: _whole(item, type_below(kind, key)) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_whole(item, kind.of_items if kind.form == "[" else ANYTHING) for item in value]
    return quantity_text(value) if kind.form == "q" and not quantity_problem(value) else value
