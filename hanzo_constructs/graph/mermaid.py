"""A picture as Mermaid, which GitHub, GitLab and many editors draw inside of Markdown.

Grammar: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterator

from .picture import OUTSIDE, Node, Picture, namespaces_of, plain

__all__ = ["mermaid"]


def mermaid(picture: Picture) -> str:
    """Return *picture* as the text of a flowchart, each namespace as a box."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    ids = {node.key: f"n{number}" for number, node in enumerate(picture.nodes)}
    yield "flowchart LR"
    for node in picture.nodes:
        if node.kind == OUTSIDE:
            yield f"  {ids[node.key]}([{_quoted(node.name)}])"
    for number, (namespace, nodes) in enumerate(namespaces_of(picture).items()):
        indent = "    " if namespace else "  "
        if namespace:
            yield f"  subgraph s{number}[{_quoted(namespace)}]"
        yield from (f"{indent}{ids[node.key]}{_box(node)}" for node in nodes)
        if namespace:
            yield "  end"
    for edge in picture.edges:
        label = f"|{_quoted(', '.join(edge.labels))}|" if edge.labels else ""
        yield f"  {ids[edge.start]} -->{label} {ids[edge.end]}"


def _box(node: Node) -> str:
    text = f'"{_escaped(node.name)}<br/><small>{_escaped(node.kind)}</small>"'
    return f"[{text}]"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Return *text* with everything but letters, digits and a few signs as the number of the character, as Mermaid reads it."""
    return "".join(each if each.isalnum() or each in " -./:,_\ufffd" else f"#{ord(each)};" for each in plain(text))
