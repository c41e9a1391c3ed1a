"""Changes of a text that leave everything else as it was written: a field removed, added, or given another value."""

from __future__ import annotations

from typing import NamedTuple

from ..kube.fields import Path
from .fields import Field
from .pieces import File, Piece
from .text import Position, Span

__all__ = ["Edit", "added", "applied", "removed", "replaced"]


class Edit(NamedTuple):
    """A stretch of a file, and what takes its place."""

    span: Span
    text: str


def applied(lines: list[str], edit: Edit, line_end: str = "\n") -> str:
    """Return the text of *lines* with *edit* made."""
    (first, start), (last, end) = edit.span
    before, after = [*lines[:first], lines[first][:start]], [lines[last][end:], *lines[last + 1 :]]
    return line_end.join(before) + edit.text + line_end.join(after)


def replaced(file: File, piece: Piece, span: Span, text: str) -> Edit:
    """Return the edit that puts *text* in the place of *span* of *piece*."""
    return Edit(file.span(piece, span), text)


def removed(file: File, piece: Piece, path: Path) -> Edit | None:
    """Return the edit that removes the field or item at *path*; None where it is not there or is everything."""
    field, parent = piece.fields.get(path), piece.fields.get(path[:-1])
    if field is None or parent is None or not path:
        return None
    beside = _children(piece, path[:-1])
    place = beside.index(field)
    if len(beside) == 1:
        return _emptied(file, piece, parent, field)
    if _is_flow(file, piece, parent):
        if place:
            return replaced(file, piece, Span(beside[place - 1].whole.end, field.whole.end), "")
        return replaced(file, piece, Span(field.whole.start, beside[1].whole.start), "")
    start, last = field.whole.start, _last_line(field.whole)
    before = file.text.line(piece.line + start.line)[: start.column]
    if field.key and before.strip():  # behind the dash of an item
        return replaced(file, piece, Span(start, beside[1].whole.start), "") if place == 0 else None
    return replaced(file, piece, Span(Position(start.line, 0), Position(last + 1, 0)), "")


def added(file: File, piece: Piece, path: Path, value: str) -> Edit | None:
    """Return the edit that writes *value*, which is YAML on one line, at *path*, whose mapping is there already."""
    parent, name = piece.fields.get(path[:-1]), path[-1]
    if parent is None or parent.is_scalar or not isinstance(name, str):
        return None
    if (there := piece.fields.get(path)) is not None:
        is_line = there.value.start < there.value.end and there.value.start.line == there.value.end.line
        return replaced(file, piece, there.value, value) if is_line else None
    beside = _children(piece, path[:-1])
    if _is_flow(file, piece, parent):
        line, column = parent.value.start
        inside = Position(line, column + 1)
        return replaced(file, piece, Span(inside, inside), f"{name}: {value}{', ' if beside else ''}")
    if not beside or beside[0].key is None:
        return None
    start = beside[0].key.start
    return replaced(file, piece, Span(start, start), f"{name}: {value}{file.text.line_end}{' ' * start.column}")


def _children(piece: Piece, path: Path) -> list[Field]:
    """Return the fields or items right below *path*, in their order."""
    return [field for below, field in piece.fields.items() if len(below) == len(path) + 1 and below[:-1] == path]


def _is_flow(file: File, piece: Piece, field: Field) -> bool:
    line, column = field.value.start
    return file.text.line(piece.line + line)[column : column + 1] in {"{", "["}


def _emptied(file: File, piece: Piece, parent: Field, only: Field) -> Edit | None:
    """Return the edit that leaves *parent* there without its *only* field."""
    if _is_flow(file, piece, parent):
        return replaced(file, piece, only.whole, "")
    if parent.key is None:
        return None
    line, column = parent.key.end
    line_of_key = file.text.line(piece.line + line)
    colon = line_of_key.find(":", column)
    if colon < 0:
        return None
    empty = " {}" if only.key else " []"
    end = Position(_last_line(only.whole), len(file.text.line(piece.line + _last_line(only.whole))))
    return replaced(file, piece, Span(Position(line, colon + 1), end), empty)


def _last_line(span: Span) -> int:
    """Return the last line of *span*; a block of text ends where the next line begins."""
    return span.end.line - (span.end.column == 0 and span.end.line > span.start.line)
