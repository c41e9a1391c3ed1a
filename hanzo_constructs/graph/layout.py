"""Where the nodes of a picture stand: in columns, so that lines lead to the right, with few crossings.

The method is that of Sugiyama, Tagawa and Toda (1981): lines that close a circle are turned round, each node gets the
column behind the last that leads to it, long lines get a place in each column that they pass, and the columns are put in
order by the means of their neighbours.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .picture import Edge, Picture

__all__ = ["Layout", "Place", "laid_out"]

_SWEEPS = 12
_ALONE_ROWS = 8
"""How many nodes without lines stand below each other."""

Point = Hashable
"""A node by its key, or the place of a long line in a column, as a tuple."""


class Place(NamedTuple):
    """A column and a row, from 0; rows may be fractions."""

    column: int
    row: float


class Layout(NamedTuple):
    """Where everything stands."""

    nodes: Mapping[str, Place]
    lines: Mapping[Edge, Sequence[Place]]
    """The places that a line passes, those of its ends too."""
    columns: int
    rows: float


def laid_out(picture: Picture) -> Layout:
    """Return where the nodes of *picture* stand; parts without a line between them stand below each other."""
    nodes: dict[str, Place] = {}
    lines: dict[Edge, Sequence[Place]] = {}
    below, columns = 0.0, 0
    parts = _parts(picture)
    alone = [keys[0] for keys in parts if len(keys) == 1]
    for keys in (keys for keys in parts if len(keys) > 1):
        inside = {*keys}
        edges = [edge for edge in picture.edges if edge.start in inside and edge.start != edge.end]
        places, bends = _part(keys, edges)
        nodes |= {key: Place(place.column, place.row + below) for key, place in places.items()}
        lines |= {edge: [Place(at.column, at.row + below) for at in way] for edge, way in bends.items()}
        below = 1 + max(place.row for place in (*nodes.values(), *(at for way in lines.values() for at in way)))
        columns = max(columns, *(1 + place.column for place in nodes.values()))
    wide = max(columns, 1 + (len(alone) - 1) // _ALONE_ROWS if len(alone) <= 4 * _ALONE_ROWS else 4)
    for number, key in enumerate(alone):
        nodes[key] = Place(number % wide, below + number // wide)
    rows = 1 + max((place.row for place in nodes.values()), default=-1.0)
    return Layout(nodes, lines, max(columns, min(wide, len(alone))), rows)


def _parts(picture: Picture) -> list[list[str]]:
    """Return the keys of the nodes that lines join, the largest part first."""
    root = {node.key: node.key for node in picture.nodes}

    def top(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for edge in picture.edges:
        root[top(edge.start)] = top(edge.end)
    parts: dict[str, list[str]] = {}
    for node in picture.nodes:
        parts.setdefault(top(node.key), []).append(node.key)
    return sorted(parts.values(), key=lambda keys: -len(keys))


def _part(keys: Sequence[str], edges: Sequence[Edge]) -> tuple[dict[str, Place], dict[Edge, list[Place]]]:
    columns = _columns(keys, _forward(keys, edges))
    ways = {edge: _way(edge, columns) for edge in edges}
    order: list[list[Point]] = [[] for _ in range(1 + max(columns.values()))]
    for key in keys:
        order[columns[key]].append(key)
    after: dict[Point, list[Point]] = {}
    before: dict[Point, list[Point]] = {}
    for way in ways.values():
        for column, point in way[1:-1]:
            order[column].append(point)
        ends = [point for _, point in sorted(way, key=lambda each: each[0])]
        for one, other in pairwise(ends):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    rows = _rows(order, before, after)
    nodes = {key: Place(columns[key], rows[key]) for key in keys}
    return nodes, {edge: [Place(column, rows[point]) for column, point in way] for edge, way in ways.items()}


def _forward(keys: Iterable[str], edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Return where lines lead from each node, those turned round that close a circle."""
    leads: dict[str, list[str]] = {key: [] for key in keys}
    for edge in edges:
        leads[edge.start].append(edge.end)
    found: dict[str, list[str]] = {key: [] for key in leads}
    state = dict.fromkeys(leads, 0)  # 1: on the way here, 2: done
    for first, ends in leads.items():
        stack = [(first, iter(ends))] if not state[first] else []
        state[first] = state[first] or 1
        while stack:
            key, rest = stack[-1]
            end = next(rest, None)
            if end is None:
                state[key] = 2
                stack.pop()
            elif state[end] == 1:
                found[end].append(key)
            else:
                found[key].append(end)
                if not state[end]:
                    state[end] = 1
                    stack.append((end, iter(leads[end])))
    return found


def _columns(keys: Iterable[str], leads: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the column of each node: behind all that lead to it."""
    waiting = dict.fromkeys(keys, 0)
    for ends in leads.values():
        for end in ends:
            waiting[end] += 1
    columns = dict.fromkeys(waiting, 0)
    ready = [key for key, number in waiting.items() if not number]
    while ready:
        key = ready.pop()
        for end in leads[key]:
            columns[end] = max(columns[end], columns[key] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    return columns


def _way(edge: Edge, columns: Mapping[str, int]) -> list[tuple[int, Point]]:
    """Return the columns that *edge* passes, and what stands for it in each."""
    start, end = columns[edge.start], columns[edge.end]
    step = 1 if end >= start else -1
    between = [(column, (edge.start, edge.end, column)) for column in range(start + step, end, step)]
    return [(start, edge.start), *between, (end, edge.end)]


def _rows(
    order: list[list[Point]], before: Mapping[Point, Sequence[Point]], after: Mapping[Point, Sequence[Point]]
) -> dict[Point, float]:
    """Return the row of each point, near the mean of its neighbours, and at least 1 from the next."""
    rows: dict[Point, float] = {point: float(index) for points in order for index, point in enumerate(points)}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        near = before if forward else after
        for points in order if forward else reversed(order):
            wanted = {
                point: sum(rows[each] for each in near[point]) / len(near[point]) if near.get(point) else rows[point]
                for point in points
            }
            points.sort(key=lambda point: wanted[point])
            _spread(points, wanted, rows)
    least = min(rows.values())
    return {point: row - least for point, row in rows.items()}


def _spread(points: Sequence[Point], wanted: Mapping[Point, float], rows: dict[Point, float]) -> None:
    """Set the *rows* of *points*, which are in order, near what is *wanted*, and at least 1 apart.

    Neighbours that are too near become a block, which stands at the mean of what its members want.
    """
    blocks: list[list[float]] = []  # sum of what members want of the first, and their number
    for point in points:
        blocks.append([wanted[point], 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, number = blocks.pop()
            blocks[-1][0] += total - number * blocks[-1][1]
            blocks[-1][1] += number
    place = iter(points)
    for total, number in blocks:
        for index in range(int(number)):
            rows[next(place)] = total / number + index
