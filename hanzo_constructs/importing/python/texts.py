"""Texts in which something is named that the program knows by another name: hosts and URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .literals import Code, formatted_literal

__all__ = ["expression", "hosts_in", "strings_in"]

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d+)?")
_AWKWARD = re.compile(r"[\"'\\\x00-\x1f\x7f]|[^\x00-\x7f]")
"""What an f-string would have to escape."""


def strings_in(value: Any) -> Iterator[str]:
    """Yield the texts in *value*, but not the keys of mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)


def hosts_in(text: str) -> Iterator[str]:
    """Yield what may be the names of hosts in *text*: all words with a dot."""
    if "." in text and not _AWKWARD.search(text):
        for found in _ADDRESS.finditer(text):
            if "." in found[1]:
                yield found[1]


def expression(text: str, known: Mapping[str, Code]) -> str:
    """Return *text*, or the `Code` that makes the same of what is *known*: URLs and hosts, each by its text."""
    if not known or "." not in text or _AWKWARD.search(text):
        return text
    pieces: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        start, stop = found.span() if found[0] in known else found.span(1)
        if (code := known.get(text[start:stop])) is not None:
            pieces += [text[end:start], code]
            end = stop
    if not pieces:
        return text
    pieces = [piece for piece in (*pieces, text[end:]) if piece]
    return pieces[0] if len(pieces) == 1 else formatted_literal(pieces)
