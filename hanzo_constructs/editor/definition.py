"""Where what a field names is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..kube.fields import Path
from .entries import Entry, place_of
from .names import nameable
from .pieces import File
from .text import Span
from .view import View

__all__ = ["Definition", "definitions"]

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")


class Definition(NamedTuple):
    """Where something is declared."""

    file: File
    span: Span


def definitions(view: View) -> list[Definition]:
    """Return where that is declared which is named at the position of *view*."""
    found = view.field_at()
    if found is None or not found[1].is_scalar:
        return []
    path, field, _ = found
    entry = view.entry_at(path)
    if entry is None:
        return []
    value, own = view.cut(field), path[len(entry.declaration.at) :]
    named = [each for each in nameable(view.working, entry, own) if each.name == value and each.entry]
    places = [_place(each.entry, each.path) for each in named if each.entry] or [*_hosts(view, value, field.value)]
    return [*dict.fromkeys(places)]


def _place(entry: Entry, path: Path) -> Definition:
    nearest = entry.piece.nearest(entry.declaration, path)
    span = nearest[1].value if nearest and nearest[1].is_scalar else None
    if nearest and span is None and nearest[1].key:
        span = nearest[1].key
    if span is None:
        return Definition(entry.file, entry.file.text.content(entry.piece.first_line(entry.declaration) - 1))
    return Definition(entry.file, entry.file.span(entry.piece, span))


def _hosts(view: View, value: str, span: Span) -> Iterator[Definition]:
    """Yield who offers the host in *value* that the cursor is on."""
    services = view.working.whole().index.services
    column = view.position.column - span.start.column - (len(value) != span.end.column - span.start.column)
    for found in _HOST.finditer(value):
        name, _, rest = found[0].partition(".")
        if not found.start() <= column <= found.end():
            continue
        namespaces = {rest.partition(".")[0]} if rest else {key[0] for key in services}
        for (namespace, service), facts in services.items():
            place = place_of(facts.origin.source.where)
            entry = view.working.entry(place[0]) if place else None
            if service == name and namespace in namespaces and entry is not None:
                yield _place(entry, ("metadata", "name"))
