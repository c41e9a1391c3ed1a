"""One place in a file of a set: the document, the field and what may stand there, for whoever answers an editor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..kube.fields import Path
from .entries import Entry
from .fields import Field
from .pieces import File, Piece
from .schemas import Place, place_in, schema_of
from .text import Position, Span
from .working_set import WorkingSet

__all__ = ["View", "view_at"]

_KIND = re.compile(r"""^["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z0-9]+)""", re.MULTILINE)


class View(NamedTuple):
    """The document in which a position is."""

    working: WorkingSet
    file: File
    piece: Piece
    position: Position
    """Within the piece."""
    entries: Sequence[Entry]
    """What it declares, or declared before it was broken; nothing for settings."""
    is_settings: bool = False

    @property
    def lines(self) -> list[str]:
        """The lines of the document, as they are now."""
        later = [each.line for each in self.file.pieces if each.line > self.piece.line]
        return self.file.text.lines[self.piece.line : min(later, default=None)]

    def entry_at(self, path: Path) -> Entry | None:
        """Return what is declared around *path* of the document."""
        around = [each for each in self.entries if path[: len(each.declaration.at)] == each.declaration.at]
        return max(around, key=lambda each: len(each.declaration.at), default=None)

    def start_of(self, path: Path) -> Path:
        """Return where what is declared around *path* begins in the document."""
        entry = self.entry_at(path)
        if entry is not None:
            return entry.declaration.at
        return path[:2] if path[:1] == ("items",) and len(path) > 1 else ()

    def kind_at(self, path: Path) -> str:
        """Return the kind of ours of what is declared around *path*; empty where it is none of ours."""
        entry = self.entry_at(path)
        if entry is not None and entry.is_object:
            return ""
        at = self.fields.get((*self.start_of(path), "kind"))
        kind = self.cut(at) if at else ""
        if not kind and entry is not None and isinstance(entry.data, dict):
            kind = str(entry.data.get("kind", ""))
        if not kind and (found := _KIND.search("\n".join(self.lines))):
            kind = found[1]
        return kind

    @property
    def fields(self) -> dict[Path, Field]:
        """Where the fields stand, as far as the text can be read now."""
        return self.piece.fields

    def cut(self, field: Field) -> str:
        """Return the value of *field*, a scalar, without quotes."""
        return self.file.text.cut(self.file.span(self.piece, field.value)).strip("\"'")

    def place_at(self, path: Path) -> Place | None:
        """Return what may stand at *path* of the document; None where nobody says it."""
        if self.is_settings:
            schema, inner = schema_of(None, self.working.platform), path
        else:
            kind = self.kind_at(path)
            if not kind:
                return None
            schema, inner = schema_of(kind, self.working.platform), path[len(self.start_of(path)) :]
        return place_in(schema, inner) if schema else None

    def field_at(self) -> tuple[Path, Field, Span] | None:
        """Return the path and the field whose key or plain value is at the position, and which of the two it is."""
        found = None
        for path, field in self.fields.items():
            if field.key and self.position in field.key:
                found = path, field, field.key
            elif field.is_scalar and self.position in field.value and field.value.start < field.value.end:
                found = path, field, field.value
        return found


def view_at(working: WorkingSet, file: File, position: Position, *, is_settings: bool = False) -> View | None:
    """Return what there is at *position* of *file*, which belongs to *working*."""
    piece = file.piece_at(position)
    if piece is None:
        return None
    entries = [] if is_settings else working.entries_of(file, piece)
    inside = Position(position.line - piece.line, position.column)
    return View(working, file, piece, inside, entries, is_settings)
