"""Where the cursor stands in what is written in brackets on one line."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..kube.fields import Path

__all__ = ["InBrackets", "in_brackets"]

_TOKEN = re.compile(
    r""""(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[{}\[\],]|:(?=\s|$)|[^\s{}\[\],:"']+(?::(?!\s|$)[^\s{}\[\],]*)*|\s+"""
)


class InBrackets(NamedTuple):
    """What is being typed in brackets; the path begins at the outermost one."""

    path: Path
    is_value: bool
    typed: str
    beside: frozenset[str]


class _Level:
    """An open bracket."""

    def __init__(self, *, is_mapping: bool) -> None:
        self.is_mapping = is_mapping
        self.index = 0
        self.key: str | None = None
        self.keys: set[str] = set()

    @property
    def step(self) -> str | int | None:
        """Where in it the next value stands; None where a key is due."""
        return self.key if self.is_mapping else self.index

    def next(self) -> None:
        """Go on behind a comma."""
        self.index += 1
        self.key = None


def in_brackets(text: str) -> InBrackets:
    """Return what is being typed at the end of *text*, which begins with a bracket."""
    levels: list[_Level] = []
    word = ""
    for sign in _TOKEN.findall(text):
        if sign in "{[":
            levels.append(_Level(is_mapping=sign == "{"))
        elif sign in "}]":
            del levels[-1:]
        elif sign == "," and levels:
            levels[-1].next()
        elif sign == ":" and levels and levels[-1].is_mapping:
            key = word.strip("\"'")
            levels[-1].key = key
            levels[-1].keys.add(key)
        word = "" if sign in "{}[],:" else word if sign.isspace() else word + sign
    path = tuple(step for level in levels if (step := level.step) is not None)
    is_key = bool(levels) and levels[-1].step is None
    beside = frozenset(levels[-1].keys) if is_key else frozenset()
    return InBrackets(path, not is_key, word, beside)
