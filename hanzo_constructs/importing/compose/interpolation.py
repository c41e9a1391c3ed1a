"""Variables in the values of a compose file: `$NAME`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+other}`.

Source: compose-spec/compose-spec, 12-interpolation.md. No variable is set while a file is imported: defaults are used, and
what has none is an empty text, as for Compose, and is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...kube.fields import Path

__all__ = ["interpolated"]

_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-?+])?)")
_DEEPEST = 20

Unset = Callable[[Path, str], None]
"""Called with the place and the name of each variable without a default."""


def interpolated(value: Any, unset: Unset, at: Path = ()) -> Any:
    """Return *value*, which stands *at* a place, with the defaults of variables in all texts; keys stay as they are."""
    if isinstance(value, str):
        return _text(value, unset, at, 0)[0] if "$" in value else value
    if isinstance(value, dict):
        return {key: interpolated(item, unset, (*at, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolated(item, unset, (*at, index)) for index, item in enumerate(value)]
    return value


def _text(text: str, unset: Unset, at: Path, depth: int, *, inner: bool = False) -> tuple[str, int]:
    """Return *text* with its variables replaced, and where it ends: *inner* text at the brace that closes it."""
    found, place = "", 0
    while place < len(text):
        if inner and text[place] == "}":
            return found, place
        matched = _VARIABLE.match(text, place) if text[place] == "$" else None
        if matched is None or depth > _DEEPEST:
            found, place = found + text[place], place + 1
            continue
        place = matched.end()
        if matched["dollar"]:
            found += "$"
        elif matched["name"]:
            unset(at, matched["name"])
        else:
            value, place = _braced(text, place, matched, unset, at, depth)
            found += value
    return found, place


def _braced(text: str, place: int, matched: re.Match[str], unset: Unset, at: Path, depth: int) -> tuple[str, int]:
    """Return the value of a variable in braces, whose name and operator are *matched*, and the place behind it."""
    operator = matched["operator"] or ""
    kept: list[tuple[Path, str]] = []
    value, length = _text(text[place:], lambda where, name: kept.append((where, name)), at, depth + 1, inner=True)
    place += length + 1
    if operator.endswith("-"):
        for each in kept:
            unset(*each)
        return value, place
    if not operator.endswith("+"):
        unset(at, matched["braced"])
    return "", place
