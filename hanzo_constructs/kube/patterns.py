"""Places of a document by pattern: `spec.template.spec.containers[].ports`, where `[]` stands for each item of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from .fields import Path

__all__ = ["Patterns"]

T = TypeVar("T")

_Found = tuple[T, Any, Path]
"""The value given with a pattern, what the pattern found, and its path."""


class _Step(NamedTuple, Generic[T]):
    is_list: bool
    meanings: tuple[T, ...]
    """What stands for patterns that end here."""
    below: Mapping[str, _Step[T]]
    fields: frozenset[str]
    """The fields that patterns go on with."""


class Patterns(Generic[T]):
    """Patterns, each with what it stands for; looking for all of them takes one walk."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        """Take *patterns*, each with its meaning."""
        self._steps = _steps([(pattern.split("."), meaning) for pattern, meaning in patterns])

    def found(self, document: Mapping[str, Any]) -> list[_Found[T]]:
        """Return the meaning of each pattern that has something in *document*, what that is, and where."""
        found: list[_Found[T]] = []
        _collect(document, self._steps, (), found)
        return found


def _steps(patterns: list[tuple[list[str], T]]) -> Mapping[str, _Step[T]]:
    steps: dict[str, _Step[T]] = {}
    for field in dict.fromkeys(words[0] for words, _ in patterns):
        mine = [(words[1:], meaning) for words, meaning in patterns if words[0] == field]
        ends = tuple(meaning for words, meaning in mine if not words)
        below = _steps([(words, meaning) for words, meaning in mine if words])
        steps[field.removesuffix("[]")] = _Step(field.endswith("[]"), ends, below, frozenset(below))
    return steps


def _collect(value: Mapping[str, Any], steps: Mapping[str, _Step[T]], path: Path, found: list[_Found[T]]) -> None:
    """Add to *found* what *steps* lead to in *value*, which stands at *path*; a list, because most of it leads nowhere."""
    for name, (is_list, meanings, below, fields) in steps.items():
        if not (inner := value.get(name)):
            continue
        for index, each in enumerate(inner if is_list else (inner,)):
            if not meanings and fields.isdisjoint(each):
                continue
            place = (*path, name, index) if is_list else (*path, name)
            if meanings:
                found += [(meaning, each, place) for meaning in meanings]
            if below:
                _collect(each, below, place, found)
