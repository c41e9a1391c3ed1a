"""The text of a file as an editor sees it: places by line and column, whatever unit the editor counts columns in."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

__all__ = ["Position", "Span", "Text"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"
_BYTES_OF_UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


class Position(NamedTuple):
    """A place in a text; both numbers count from 0, columns in characters (code points)."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of a text; the end is the place behind its last character."""

    start: Position
    end: Position

    def __contains__(self, position: object) -> bool:
        """Tell whether *position* is inside the stretch or at its end, where the cursor stands after typing."""
        return isinstance(position, tuple) and self.start <= position <= self.end

    def moved(self, lines: int) -> Span:
        """Return the stretch that many *lines* further down."""
        (start, first), (end, last) = self
        return Span(Position(start + lines, first), Position(end + lines, last))


class Text:
    """A text whose lines end as the editor ends them; the reader of YAML counts the same lines."""

    def __init__(self, raw: str) -> None:
        """Take *raw* as the editor or the file holds it, a byte order mark included."""
        self.raw = raw
        self._shift = len(_BOM) if raw.startswith(_BOM) else 0

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, and without a byte order mark; the last one is empty where the text ends."""
        return _LINE_END.split(self.raw[self._shift :])

    @property
    def line_end(self) -> str:
        """How the first line ends, for lines to be inserted."""
        found = _LINE_END.search(self.raw)
        return found[0] if found else "\n"

    def line(self, number: int) -> str:
        """Return line *number*; empty where there is none."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def content(self, number: int) -> Span:
        """Return what stands on line *number*, without the spaces around it."""
        line = self.line(number)
        start = len(line) - len(line.lstrip())
        return Span(Position(number, start), Position(number, max(start, len(line.rstrip()))))

    def cut(self, span: Span) -> str:
        """Return what stands at *span*."""
        (first, start), (last, end) = span
        if first == last:
            return self.line(first)[start:end]
        between = [self.line(number) for number in range(first + 1, last)]
        return "\n".join([self.line(first)[start:], *between, self.line(last)[:end]])

    def to_units(self, position: Position, encoding: str) -> tuple[int, int]:
        """Return line and column of *position* in units of *encoding*: utf-8, utf-16 or utf-32."""
        number, column = position
        line = self.line(number)
        before = line[:column]
        units = len(before) if before.isascii() else _units(before, encoding)
        if number == 0 and self._shift:
            units += _units(_BOM, encoding)
        return number, units

    def from_units(self, line: int, column: int, encoding: str) -> Position:
        """Return the position at *line* and *column* in units of *encoding*; what is behind a line is its end."""
        text = self.line(line)
        if line == 0 and self._shift:
            column = max(0, column - _units(_BOM, encoding))
        if text.isascii():
            return Position(line, min(column, len(text)))
        for count, character in enumerate(text):
            if column <= 0:
                return Position(line, count)
            column -= _units(character, encoding)
        return Position(line, len(text))


def _units(text: str, encoding: str) -> int:
    size = _BYTES_OF_UNIT[encoding]
    return len(text.encode(f"{encoding}-le" if size > 1 else encoding, "surrogatepass")) // size
