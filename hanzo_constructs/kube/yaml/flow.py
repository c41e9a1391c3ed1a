"""Read, fast, what people write on one line: quoted texts with escapes, and mappings and lists in brackets.

As in the reader of simple documents, whatever is not certainly simple is no answer.
"""

from __future__ import annotations

import re
from typing import Any

from .scalars import resolve

__all__ = ["QUOTED", "copied", "read_flow", "unquoted"]

_DEEPEST = 8
"""Brackets in each other; what is around them counts too, and stays below the limit on depth with these."""
_ESCAPES = {"\\": "\\", '"': '"', "n": "\n", "t": "\t"}

QUOTED = r"""(?:"([^"\\]*(?:\\["\\nt][^"\\]*)*)"|'([^']*(?:''[^']*)*)')"""
"""A text in quotes: in one group what stands in double quotes, in another what stands in single ones."""

_PLAIN = r"(?:--?)?[A-Za-z0-9_/.$(][A-Za-z0-9_/.$()=@+ -]*"
_KEY = re.compile(rf" *(?:{QUOTED}|([A-Za-z_][A-Za-z0-9_./-]*)): +").match
_SCALAR = re.compile(rf" *(?:{QUOTED}|({_PLAIN})) *(?=[],}}])").match
_OPENS = re.compile(r" *([\[{])").match
_CLOSES = {"[": re.compile(r" *\]").match, "{": re.compile(r" *\}").match}
_COMMA = re.compile(r" *,").match
_END = re.compile(r"(?: *| +#.*)").fullmatch
_ESCAPED = re.compile(r"\\(.)").sub


class _NotSimple(Exception):  # noqa: N818 - a signal inside this module, not an error
    """The text is left to the strict reader."""


def unquoted(double: str | None, single: str | None) -> str:
    """Return the text that the groups of `QUOTED` stand for, of which one is None or empty."""
    if double:
        return _ESCAPED(lambda found: _ESCAPES[found[1]], double) if "\\" in double else double
    return single.replace("''", "'") if single else ""


def read_flow(text: str) -> dict[str, Any] | list[Any] | None:
    """Return the mapping or the list that *text* is, with nothing but a comment behind it; None where it is not simple."""
    try:
        value, end = _collection(text, 0, 1)
    except (_NotSimple, ValueError):
        return None
    return value if _END(text, end) else None


def copied(value: Any) -> Any:
    """Return a copy of *value* that shares no mapping and no list with it."""
    if isinstance(value, dict):
        return {key: copied(child) for key, child in value.items()}
    return [copied(child) for child in value] if isinstance(value, list) else value


def _collection(text: str, position: int, depth: int) -> tuple[dict[str, Any] | list[Any], int]:
    """Return the mapping or list that begins at *position*, and the position behind it."""
    opened = _OPENS(text, position)
    if opened is None or depth > _DEEPEST:
        raise _NotSimple
    closes, position = _CLOSES[opened[1]], opened.end()
    mapping: dict[str, Any] = {}
    items: list[Any] = []
    is_mapping, is_first = opened[1] == "{", True
    while True:
        if is_first and (end := closes(text, position)):
            return (mapping if is_mapping else items), end.end()
        is_first = False
        key, position = _key(text, position) if is_mapping else ("", position)
        value, position = _value(text, position, depth)
        if not is_mapping:
            items.append(value)
        elif key in mapping:
            raise _NotSimple
        else:
            mapping[key] = value
        if end := closes(text, position):
            return (mapping if is_mapping else items), end.end()
        comma = _COMMA(text, position)
        if comma is None:
            raise _NotSimple
        position = comma.end()


def _key(text: str, position: int) -> tuple[str, int]:
    found = _KEY(text, position)
    if found is None:
        raise _NotSimple
    double, single, plain = found.groups()
    key = unquoted(double, single) if plain is None else resolve(plain)
    if not isinstance(key, str):
        raise _NotSimple
    return key, found.end()


def _value(text: str, position: int, depth: int) -> tuple[Any, int]:
    if found := _SCALAR(text, position):
        double, single, plain = found.groups()
        return (unquoted(double, single) if plain is None else resolve(plain.rstrip(" "))), found.end()
    return _collection(text, position, depth + 1)
