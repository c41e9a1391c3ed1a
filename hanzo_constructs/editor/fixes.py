"""What mends a finding with one edit, where its message says it: what was meant, or what to leave out, quote or write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from ..errors import ReadError
from ..kube.fields import Path
from ..kube.yaml import dump, load_all
from ..platform import Platform
from .diagnostics import Diagnostic
from .edits import Edit, added, removed, replaced
from .fields import Field
from .schemas import place_in, schema_of
from .text import Position, Span
from .working_set import Found

__all__ = ["Fix", "fixes"]

_MEANT = re.compile(r"did you mean (\S+?)\?(?:$|[ ;])")
_LEAVE_OUT = re.compile(r"\bleave (?:it|enabled|the block|the rule) out\b(?! unless)")
_QUOTE = re.compile(r"\bquote it(?:$|[ ;])")
_UNQUOTE = re.compile(r"; leave the quotes out\b")
_WRITE = re.compile(r"; write ([A-Za-z][A-Za-z0-9]*): ((?:\[.*\]|\{.*\}|[^\s,;{}\[\]]+))$")
_TABS = "tabs cannot indent YAML, use spaces"
_TAB_WIDTH = 2


class Fix(NamedTuple):
    """A way to mend a finding."""

    title: str
    edit: Edit
    is_certain: bool
    """Whether it is what the message itself says, and not one of several ways."""


def fixes(diagnostic: Diagnostic) -> list[Fix]:
    """Return the ways to mend what *diagnostic* shows that are one edit."""
    found = diagnostic.found
    if found.entry is None:
        return [*_of_text(diagnostic)]
    if not found.path:
        return []
    return [*_meant(found), *_unwritten(found), *_quoted(found), *_written(found)]


def _field(found: Found) -> tuple[Path, Field] | None:
    """Return the field that is meant, if it is there."""
    if found.entry is None:
        return None
    path: Path = (*found.entry.declaration.at, *found.path)
    field = found.piece.fields.get(path)
    return (path, field) if field else None


def _meant(found: Found) -> Iterator[Fix]:
    meant, there = _MEANT.search(found.finding.message), _field(found)
    if not meant or not there:
        return
    path, field = there
    right = meant[1].rstrip(",")
    key = str(path[-1]) if field.key else ""
    value = found.file.text.cut(found.file.span(found.piece, field.value)) if field.is_scalar else ""
    is_key = found.finding.message.startswith("unknown field") or _alike(right, key) > _alike(right, value.strip("\"'"))
    if is_key and field.key:
        yield Fix(f"Change to {right}", replaced(found.file, found.piece, field.key, _plain(right)), is_certain=True)
    elif value:
        yield Fix(f"Change to {right}", replaced(found.file, found.piece, field.value, _plain(right)), is_certain=True)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _unwritten(found: Found) -> Iterator[Fix]:
    message, there = found.finding.message, _field(found)
    if there is None or not (_LEAVE_OUT.search(message) or message.startswith("unknown field")):
        return
    path = there[0][:-1] if "leave the block out" in message else there[0]
    if edit := removed(found.file, found.piece, path):
        certain = not message.startswith("unknown field") and " or leave it out" not in message
        yield Fix(f"Remove {path[-1]}", edit, is_certain=certain)


def _quoted(found: Found) -> Iterator[Fix]:
    message, there = found.finding.message, _field(found)
    if there is None or not there[1].is_scalar:
        return
    field = there[1]
    text = found.file.text.cut(found.file.span(found.piece, field.value))
    if _QUOTE.search(message) and text[:1] not in {'"', "'"}:
        yield Fix("Quote it", replaced(found.file, found.piece, field.value, f'"{text}"'), is_certain=True)
    if _UNQUOTE.search(message) and text[:1] in {'"', "'"}:
        yield Fix("Leave the quotes out", replaced(found.file, found.piece, field.value, text[1:-1]), is_certain=True)


def _written(found: Found) -> Iterator[Fix]:
    """Yield the field that the message says to write, where it says all of it: in the spec, or else beside what is wrong."""
    said = _WRITE.search(found.finding.message)
    if not said or "<" in said[2] or found.entry is None:
        return
    try:
        load_all(f"a: {said[2]}")
    except ReadError:
        return
    schema = schema_of(str(found.entry.data.get("kind")), Platform())
    places: tuple[Path, ...] = (("spec", said[1]), (*found.path[:-1], said[1]))
    place = next((each for each in places if schema and place_in(schema, each)), None)
    edit = added(found.file, found.piece, (*found.entry.declaration.at, *place), said[2]) if place else None
    if edit:
        yield Fix(f"Write {said[1]}: {said[2]}", edit, is_certain=True)


def _of_text(diagnostic: Diagnostic) -> Iterator[Fix]:
    """Yield what mends a text that cannot be read."""
    line = diagnostic.span.start.line
    text = diagnostic.found.file.text.line(line)
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    if _TABS in diagnostic.message and "\t" in indent:
        spaces = indent.replace("\t", " " * _TAB_WIDTH)
        span = Span(Position(line, 0), Position(line, len(indent)))
        yield Fix("Indent with spaces", Edit(span, spaces), is_certain=True)


def _plain(text: str) -> str:
    """Return *text* as YAML writes it as a key or a value."""
    return dump({"a": text}).removeprefix("a:").strip()
