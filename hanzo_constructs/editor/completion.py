"""What may be typed at a place: keys that are not there yet, values of the schema, and names of the set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from ..kube.fields import Path
from ..kube.yaml import dump
from ..spec.kinds import kind_named, kind_names
from .cursor import Cursor, cursor_in
from .names import nameable
from .schemas import Place
from .text import Position, Span
from .view import View

__all__ = ["Completion", "completions"]

_TOP = ("apiVersion", "kind", "metadata", "spec")


class Completion(NamedTuple):
    """Something to be typed."""

    label: str
    span: Span
    """What it takes the place of."""
    text: str
    kind: Literal["field", "value", "reference"]
    detail: str = ""
    description: str = ""
    rank: int = 1
    """What is wanted first has the lowest."""


def completions(view: View) -> list[Completion]:
    """Return what may be typed at the position of *view*."""
    lines, (line, column) = view.lines, view.position
    if line >= len(lines):
        return []
    cursor = cursor_in(lines, line, column)
    if cursor is None:
        return []
    found: dict[str, Completion] = {}
    for each in (*_values(view, cursor), *_keys(view, cursor)):
        found.setdefault(each.label, each)
    return sorted(found.values(), key=lambda each: (each.rank, each.label))


def _span(view: View, cursor: Cursor) -> Span:
    """Return where what was typed stands in the file."""
    line, column = view.position
    start = column - len(cursor.typed)
    return Span(Position(view.piece.line + line, start), Position(view.piece.line + line, column))


def _keys(view: View, cursor: Cursor) -> Iterator[Completion]:
    if cursor.is_value:
        return
    span = _span(view, cursor)
    rest = view.lines[view.position.line][view.position.column :].lstrip()
    place = view.place_at(cursor.path)
    if place is None and not cursor.path and not view.is_settings and not view.kind_at(()):
        yield from (Completion(key, span, f"{key}: ", "field") for key in _TOP if key not in cursor.beside)
        return
    for name, part in (place.fields if place else {}).items():
        if name in cursor.beside:
            continue
        below = view.place_at((*cursor.path, name)) or Place((part,))
        is_required = place is not None and name in place.required
        yield Completion(
            name,
            span,
            name if rest.startswith(":") else f"{name}:" + ("" if _is_block(below) else " "),
            "field",
            _type_shown(below, is_required=is_required),
            below.description,
            0 if is_required else 1,
        )


def _is_block(place: Place) -> bool:
    return bool(place.types) and set(place.types) <= {"object", "array"}


def _type_shown(place: Place, *, is_required: bool) -> str:
    return ", ".join(filter(None, (" | ".join(place.types), "required" if is_required else "")))


def _values(view: View, cursor: Cursor) -> Iterator[Completion]:
    if not cursor.is_value and not (cursor.path and isinstance(cursor.path[-1], int) and not cursor.beside):
        return
    span, start = _span(view, cursor), len(view.start_of(cursor.path))
    own: Path = cursor.path[start:]
    if own == ("kind",) and not view.is_settings:
        for name in kind_names():
            yield Completion(name, span, name, "value", "kind", kind_named(name).summary)
        return
    if own == ("apiVersion",) and not view.is_settings:
        kind = view.kind_at(cursor.path)
        versions = [kind_named(kind).api_version(view.working.platform)] if kind in kind_names() else ["hanzo.ai/v1"]
        yield from (Completion(each, span, each, "value") for each in versions)
        return
    place = view.place_at(cursor.path)
    for value in place.values if place else ():
        text = _written(value)
        yield Completion(text, span, text, "value", "default" if place and value == place.default else "")
    entry = view.entry_at(cursor.path)
    for named in nameable(view.working, entry, own) if entry else ():
        text = _written(named.name)
        yield Completion(named.name, span, text, "reference", named.what, rank=0 if named.entry else 1)


def _written(value: Any) -> str:
    """Return *value* as YAML writes it on one line."""
    return dump({"a": value}).removeprefix("a:").strip()
