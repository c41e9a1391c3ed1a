"""Placeholders in the texts of a Score file: `${metadata.name}`, `${resources.db.host}`; `$${` is a plain `${`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Piece", "pieces_of", "resolved"]

_PLACEHOLDER = re.compile(r"\$\$|\$\{((?:[^{}\\]|\\.)*)\}")
_DOT = re.compile(r"(?<!\\)\.")


class Piece(NamedTuple):
    """A piece of a text: one of the two."""

    text: str = ""
    path: tuple[str, ...] = ()
    """What stands there: `("resources", "db", "host")`."""


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of *text*."""
    found, end = [], 0
    for place in _PLACEHOLDER.finditer(text):
        found.append(Piece(text[end : place.start()]))
        if place[1] is None:
            found.append(Piece("$"))
        else:
            found.append(Piece(path=tuple(part.replace("\\.", ".") for part in _DOT.split(place[1]))))
        end = place.end()
    return [piece for piece in (*found, Piece(text[end:])) if piece.text or piece.path]


def resolved(text: str, value: Callable[[tuple[str, ...]], str | None]) -> str | None:
    """Return *text* with the *value* of each placeholder; None where one has none."""
    parts = [piece.text if not piece.path else value(piece.path) for piece in pieces_of(text)]
    return None if None in parts else "".join(part for part in parts if part)
