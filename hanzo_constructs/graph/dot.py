"""A picture in the language of Graphviz.

Grammar: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator

from .picture import OUTSIDE, Picture, namespaces_of, plain

__all__ = ["dot"]


def dot(picture: Picture) -> str:
    """Return *picture* as the text of a directed graph, each namespace as a cluster."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph fleet {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style=rounded, fontname="Helvetica"];'
    yield '  edge [fontname="Helvetica", fontsize=10];'
    for node in picture.nodes:
        if node.kind == OUTSIDE:
            yield f"  {_quoted(node.key)} [label={_quoted(node.name)}, shape=ellipse];"
    for number, (namespace, nodes) in enumerate(namespaces_of(picture).items()):
        indent = "    " if namespace else "  "
        if namespace:
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={_quoted(namespace)};"
        yield from (f"{indent}{_quoted(node.key)} [label={_quoted(node.name, node.kind)}];" for node in nodes)
        if namespace:
            yield "  }"
    for edge in picture.edges:
        label = f" [label={_quoted(', '.join(edge.labels))}]" if edge.labels else ""
        yield f"  {_quoted(edge.start)} -> {_quoted(edge.end)}{label};"
    yield "}"


def _quoted(*lines: str) -> str:
    r"""Return *lines* as one string; in labels `\n` ends a line, and a backslash by itself is written twice, and `&` is an entity."""
    escaped = (plain(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines)
    return '"' + "\\n".join(escaped) + '"'
