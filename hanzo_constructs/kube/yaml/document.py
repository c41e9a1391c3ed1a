"""What reading gives: the data of one document and where each field of it stands in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..fields import Path

__all__ = ["Document", "Lines"]

Lines = Mapping[Path, int]
"""The line of every field of a document, counted from 1."""


@dataclass(frozen=True)
class Document:
    """One document of a text; `data` is made of dict, list, str, int, float, bool and None."""

    data: Any = field(hash=False)
    name: str
    """The name of the text: a file name, or `<input>`."""
    line: int
    """Where the document starts, counted from 1."""
    locate: Callable[[], Lines] = field(repr=False, compare=False)
    """Find the line of every field: a second, slower reading that only messages ask for."""
    again: Callable[[], Any] | None = field(default=None, repr=False, compare=False)
    """Read the data once more; None where it is kept."""

    def line_of(self, path: Path) -> int:
        """Return the line of the field at *path*, or of the nearest field around it that exists."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, self.line)

    def where(self, path: Path = ()) -> str:
        """Return `name:line` of the field at *path*, for a finding."""
        return f"{self.name}:{self.line_of(path) if path else self.line}"

    @cached_property
    def _lines(self) -> Lines:
        return self.locate()

    @cached_property
    def lean(self) -> Document:
        """The same without its data, which whoever asks for it reads `again`."""
        return self if self.again is None else replace(self, data=None)
