"""The order in which the objects of a chart are written: that of cdk8s, behind what the API server must know before.

Without its namespace or the definition of its kind an object is refused; by classes, quotas and limits the API server
judges pods when they are made. All else may come in any order, and keeps the one that the user gave it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...kube.kinds import apply_rank
from ..lazy.object import Reference
from ..node.cdk import jsii
from .proving import Part

__all__ = ["Member", "in_apply_order"]

_ALL_ELSE = apply_rank("ServiceAccount")
"""Rank of all that the API server need not know before other objects."""


class Member(NamedTuple):
    """Something that is written, and the construct that it is written of."""

    construct: Any
    part: Part


def in_apply_order(members: Sequence[Member], constructs: Sequence[Any]) -> list[Part]:
    """Return the parts of *members* as they are written: namespaces and definitions of kinds first.

    What need not come first stays in its order. A dependency that the user declared
    between *constructs*, everything in the chart, holds for all that stands in them and wins over ranks.
    """
    ranks = [_rank(each.part) for each in members]
    if ranks == sorted(ranks):
        return [each.part for each in members]
    before = _dependencies(members, constructs)
    after: list[list[int]] = [[] for _ in members]
    for index, needed in enumerate(before):
        for each in needed:
            after[each].append(index)
    missing = [len(needed) for needed in before]
    ready = [(ranks[index], index) for index, count in enumerate(missing) if not count]
    heapq.heapify(ready)
    order: list[Part] = []
    while ready:
        _, index = heapq.heappop(ready)
        order.append(members[index].part)
        for each in after[index]:
            missing[each] -= 1
            if not missing[each]:
                heapq.heappush(ready, (ranks[each], each))
    return order


def _rank(part: Part) -> int:
    return _ALL_ELSE if part.owner else min(_ALL_ELSE, *(apply_rank(each["kind"]) for each in part.manifests))


def _dependencies(members: Sequence[Member], constructs: Sequence[Any]) -> list[set[int]]:
    """Return for each of *members* the places of those that must stand before it; they do so already."""
    declared = [(each, needed) for each in constructs if (needed := jsii.get(_node(each), "dependencies"))]
    before: list[set[int]] = [set() for _ in members]
    if not declared:
        return before
    paths = [f"{_path(each.construct)}/" for each in members]
    for dependent, targets in declared:
        needed = {index for target in targets for index in _below(paths, target)}
        for index in _below(paths, dependent):
            before[index] |= {each for each in needed if each < index}
    return before


def _below(paths: Sequence[str], construct: Any) -> Iterator[int]:
    """Yield the places of what stands in *construct*, or is it."""
    start = f"{_path(construct)}/"
    return (index for index, path in enumerate(paths) if path.startswith(start))


def _node(construct: Any) -> Any:
    return jsii.get(Reference(construct), "node")


def _path(construct: Any) -> str:
    path: str = jsii.get(_node(construct), "path")
    return path
