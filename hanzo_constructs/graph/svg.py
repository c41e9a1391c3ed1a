"""A picture as SVG, drawn here: it needs no program and no network, and follows the colours of whoever shows it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .layout import Layout, Place, laid_out
from .picture import OUTSIDE, Edge, Node, Picture, plain

__all__ = ["STYLE", "svg"]

_WIDTH, _HEIGHT = 200, 46
_STEP_X, _STEP_Y = 290, 64
_MARGIN = 16
_LONGEST = 26
"""Characters that fit into a node."""

STYLE = """\
.graph{--ink:#1d2433;--soft:#667085;--line:#98a2b3;--box:#fff;--edge:#d0d5dd;--out:#eef4ff;--store:#ecfdf3}
@media (prefers-color-scheme:dark){.graph{--ink:#e6e9ef;--soft:#98a2b3;--line:#667085;--box:#1b2130;--edge:#344054;\
--out:#182a4d;--store:#12321f}}
.graph text{font:600 13px system-ui,sans-serif;fill:var(--ink)}
.graph .kind{font:400 11px system-ui,sans-serif;fill:var(--soft)}
.graph rect{fill:var(--box);stroke:var(--edge)}
.graph .outside rect{fill:var(--out)}
.graph .store rect{fill:var(--store)}
.graph path{fill:none;stroke:var(--line);stroke-width:1.25}
.graph marker path{fill:var(--line);stroke:none}
"""
"""Colours for light and dark."""


def svg(picture: Picture, *, stores: frozenset[str] = frozenset(), style: str = STYLE) -> str:
    """Return *picture* as a document of SVG; nodes whose keys are in *stores* are drawn as stores."""
    return "".join(f"{line}\n" for line in _lines(picture, laid_out(picture), stores, style))


def _lines(picture: Picture, layout: Layout, stores: frozenset[str], style: str) -> Iterator[str]:
    width = 2 * _MARGIN + max(0, layout.columns - 1) * _STEP_X + _WIDTH
    height = round(2 * _MARGIN + max(0.0, layout.rows - 1) * _STEP_Y + _HEIGHT)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" aria-label="Who connects to whom">'
    )
    if style:
        yield f"<style>{style}</style>"
    yield (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    for edge in picture.edges:
        if way := layout.lines.get(edge):
            yield _line(edge, way)
    for node in picture.nodes:
        yield _box(node, layout.nodes[node.key], is_store=node.key in stores)
    yield "</svg>"


def _line(edge: Edge, way: Sequence[Place]) -> str:
    """Draw *edge* along *way*: level where it leaves a node or passes a column, and curved between columns."""
    step = 1 if way[-1].column >= way[0].column else -1
    start, end = _middle(way[0]), _middle(way[-1])
    points = [(start[0] + step * _WIDTH / 2, start[1])]
    for place in way[1:-1]:
        x, y = _middle(place)
        points += [(x - step * _WIDTH / 2, y), (x + step * _WIDTH / 2, y)]
    points.append((end[0] - step * _WIDTH / 2, end[1]))
    drawn = f"M{_at(*points[0])}"
    for index, (one, other) in enumerate(pairwise(points)):
        if index % 2:
            drawn += f"L{_at(*other)}"
        else:
            half = (one[0] + other[0]) / 2
            drawn += f"C{_at(half, one[1])} {_at(half, other[1])} {_at(*other)}"
    title = f"{edge.start} to {edge.end}" + (f": {', '.join(edge.labels)}" if edge.labels else "")
    return f'<path d="{drawn}" marker-end="url(#arrow)"><title>{_escaped(title)}</title></path>'


def _box(node: Node, place: Place, *, is_store: bool) -> str:
    x, y = _MARGIN + place.column * _STEP_X, _MARGIN + place.row * _STEP_Y
    classes = "outside" if node.kind == OUTSIDE else "store" if is_store else "resource"
    below = (
        "from outside" if node.kind == OUTSIDE else f"{node.kind} in {node.namespace}" if node.namespace else node.kind
    )
    radius = _HEIGHT // 2 if node.kind == OUTSIDE else 8
    return (
        f'<g class="{classes}" data-key="{_escaped(node.key)}"><title>{_escaped(node.key)}</title>'
        f'<rect x="{x}" y="{y:.1f}" width="{_WIDTH}" height="{_HEIGHT}" rx="{radius}"/>'
        f'<text x="{x + _WIDTH / 2:g}" y="{y + 20:.1f}" text-anchor="middle">{_escaped(_short(node.name))}</text>'
        f'<text class="kind" x="{x + _WIDTH / 2:g}" y="{y + 36:.1f}" text-anchor="middle">{_escaped(_short(below))}</text></g>'
    )


def _middle(place: Place) -> tuple[float, float]:
    return _MARGIN + place.column * _STEP_X + _WIDTH / 2, _MARGIN + place.row * _STEP_Y + _HEIGHT / 2


def _at(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"


def _escaped(text: str) -> str:
    return html.escape(plain(text))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
