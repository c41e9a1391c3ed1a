"""Edits of single fields, and what they make of data."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..fields import Path

__all__ = ["Edit", "Put", "Remove", "Rename", "changed"]


class Rename(NamedTuple):
    """Give the field at a place another name."""

    path: Path
    name: str


class Remove(NamedTuple):
    """Take away the field or the item at a place."""

    path: Path


class Put(NamedTuple):
    """Write a value at a place: over what is there, else as the last field of a mapping or the last item of a list."""

    path: Path
    value: Any


Edit = Rename | Remove | Put


def changed(data: Any, edit: Edit) -> Any:
    """Return *data*, made of dicts and lists, after *edit*; *data* stays as it is. The place must be there."""
    return _at(data, edit.path, edit)


def _at(data: Any, path: Path, edit: Edit) -> Any:
    step, *rest = path
    if isinstance(data, list):
        items = [*data]
        if rest:
            items[int(step)] = _at(items[int(step)], (*rest,), edit)
        else:
            items[int(step) : int(step) + 1] = [edit.value] if isinstance(edit, Put) else []
        return items
    if rest:
        return {**data, step: _at(data[step], (*rest,), edit)}
    if isinstance(edit, Put):
        return {**data, step: edit.value}
    if isinstance(edit, Rename):
        return {edit.name if key == step else key: value for key, value in data.items()}
    return {key: value for key, value in data.items() if key != step}
