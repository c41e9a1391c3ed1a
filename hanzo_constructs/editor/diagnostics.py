"""Where a finding is shown, and how it reads there."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..kube.fields import field_path
from .text import Position, Span
from .working_set import Found

__all__ = ["Diagnostic", "diagnostic_of"]


class Diagnostic(NamedTuple):
    """What an editor underlines, and why."""

    span: Span
    severity: Literal["error", "warning", "note"]
    message: str
    found: Found
    """What it was made of, for who mends it."""


def diagnostic_of(found: Found) -> Diagnostic:
    """Return *found* as an editor shows it."""
    return Diagnostic(_span(found), found.finding.severity, _message(found), found)


def _message(found: Found) -> str:
    """Return the message with what the place does not say: the path, and of a derived object its name."""
    finding = found.finding
    is_derived = found.entry is not None and finding.path and finding.path != field_path(found.path)
    subject = finding.subject if is_derived and finding.subject != found.entry.subject else ""  # type: ignore[union-attr]
    return ": ".join(part for part in (subject, finding.path, finding.message) if part)


def _span(found: Found) -> Span:
    file, piece, entry = found.file, found.piece, found.entry
    if entry is None:
        line = found.finding.where.rpartition(":")[2]
        return file.text.content(int(line) - 1 if line.isdecimal() else piece.line)
    if not found.path:
        return _name_of(found)
    nearest = piece.nearest(entry.declaration, found.path)
    if nearest is None:
        return _of_line(found)
    path, field = nearest
    is_exact = len(path) == len(entry.declaration.at) + len(found.path)
    if not is_exact and len(path) == len(entry.declaration.at):
        return _name_of(found)
    names_the_key = not is_exact or not field.is_scalar or found.finding.message.startswith("unknown field")
    if field.key and (names_the_key or field.value.start == field.value.end):
        return file.span(piece, field.key)
    return _first_line(found, file.span(piece, field.value))


def _name_of(found: Found) -> Span:
    """Return where the name of the resource stands, or else its kind."""
    for path in (("metadata", "name"), ("kind",), ("apiVersion",)):
        at = (*found.entry.declaration.at, *path) if found.entry else path
        if (field := found.piece.fields.get(at)) and field.is_scalar:
            return found.file.span(found.piece, field.value)
    return _of_line(found)


def _of_line(found: Found) -> Span:
    """Return the whole line, where nothing more is known: as in a list of JSON documents."""
    entry = found.entry
    line = int(entry.declaration.where(found.path).rpartition(":")[2]) if entry else 1
    return found.file.text.content(found.piece.line + line - 1)


def _first_line(found: Found, span: Span) -> Span:
    """Return *span* as far as its first line goes: what is underlined for pages hides what matters."""
    (line, start), end = span
    return Span(Position(line, start), end if end.line == line else found.file.text.content(line).end)
