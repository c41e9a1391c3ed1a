"""Places of a document by pattern: `spec.template.spec.containers[].ports`, where `[]` stands for each item of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from .fields import Path

__all__ = ["Patterns"]

T = TypeVar("T")


class _Step(NamedTuple, Generic[T]):
    is_list: bool
    meanings: tuple[T, ...]
    """What stands for patterns that end here."""
    below: Mapping[str, _Step[T]]


class Patterns(Generic[T]):
    """Patterns, each with what it stands for; looking for all of them takes one walk."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        """Take *patterns*, each with its meaning."""
        self._steps = _steps([(pattern.split("."), meaning) for pattern, meaning in patterns])

    def found(self, document: Mapping[str, Any]) -> Iterator[tuple[T, Any, Path]]:
        """Yield the meaning of each pattern that has something in *document*, what that is, and where."""
        return _found(document, self._steps, ())


def _steps(patterns: list[tuple[list[str], T]]) -> Mapping[str, _Step[T]]:
    steps: dict[str, _Step[T]] = {}
    for field in dict.fromkeys(words[0] for words, _ in patterns):
        mine = [(words[1:], meaning) for words, meaning in patterns if words[0] == field]
        ends = tuple(meaning for words, meaning in mine if not words)
        below = _steps([(words, meaning) for words, meaning in mine if words])
        steps[field.removesuffix("[]")] = _Step(field.endswith("[]"), ends, below)
    return steps


def _found(value: Mapping[str, Any], steps: Mapping[str, _Step[T]], path: Path) -> Iterator[tuple[T, Any, Path]]:
    for name, (is_list, meanings, below) in steps.items():
        if not (inner := value.get(name)):
            continue
        places = (
            [((*path, name, index), each) for index, each in enumerate(inner)] if is_list else [((*path, name), inner)]
        )
        for place, each in places:
            for meaning in meanings:
                yield meaning, each, place
            if below and not below.keys().isdisjoint(each):
                yield from _found(each, below, place)
