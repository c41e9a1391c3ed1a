"""What comes twice in a list where everything must be unique."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from ..kube.fields import Path, shown
from ..kube.model import Problem

__all__ = ["repeated", "repeats"]


def repeats(keys: Sequence[Hashable]) -> Iterable[tuple[int, int]]:
    """Return the index of each of *keys* that came before, and the index where it came first."""
    if len(set(keys)) == len(keys):  # by far the most lists
        return ()
    first: dict[Hashable, int] = {}
    return [(index, earlier) for index, key in enumerate(keys) if (earlier := first.setdefault(key, index)) != index]


def repeated(keys: Sequence[str], *, field: str = "", at: Path) -> Iterator[Problem]:
    """Yield a problem for each of *keys* that came before: the items of the list *at* a place, or their *field*."""
    for index, earlier in repeats(keys):
        place = (*at, index, field) if field else (*at, index)
        yield Problem(place, f"{shown(keys[index])} is used twice", related=(*at, earlier))
