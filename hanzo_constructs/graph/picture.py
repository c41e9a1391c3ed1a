"""What a picture of a set shows: resources, hosts in front of them, and lines between those that connect."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ..compiler.dependencies import Dependency
from ..compiler.exposures import Exposure
from ..compiler.offers import Name

__all__ = ["BROKERS", "OUTSIDE", "Edge", "Node", "Picture", "around", "namespaces_of", "picture_of", "plain"]

OUTSIDE = "outside"
"""The kind of a host by which clients outside of the cluster reach something."""
BROKERS = frozenset(("the ingress controller", "Prometheus"))
"""Callers for whom others stand in a picture: hosts for the one, and the other would have a line to everything."""


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Node(NamedTuple):
    """A resource, an object that connects to one, or a host."""

    key: str
    """What tells it from the others: `Service shop/web`."""
    kind: str
    namespace: str
    """Empty for none, and for hosts."""
    name: str


class Edge(NamedTuple):
    """A line from one that connects to another."""

    start: str
    """Key of the node that connects."""
    end: str
    labels: tuple[str, ...]
    """Ports of the pods at the end, or the paths of a host."""


class Picture(NamedTuple):
    """Nodes and edges in an order that no declaration changes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def picture_of(
    subjects: Iterable[str],
    links: Iterable[Dependency],
    exposures: Iterable[Exposure],
    owners: dict[Name, str],
) -> Picture:
    """Return the picture of the resources *subjects*, with what others say of them.

    *owners* says whose the addresses are to which *exposures* lead; what leads elsewhere is left out.
    """
    edges = [Edge(each.caller, each.callee, each.ports) for each in links if each.caller not in BROKERS]
    paths: dict[tuple[str, str], set[str]] = {}
    for way in exposures:
        if owner := owners.get(way.address):
            host = way.host if way.path else f"{way.host} {way.by.partition(' ')[2]}:{way.port}"
            paths.setdefault((host, owner), set()).add(way.path)
    hosts = {host for host, _ in paths}
    edges += [
        Edge(_host_key(host), owner, (*sorted(each for each in found if each not in {"", "/"}),))
        for (host, owner), found in paths.items()
    ]
    ends = {key for edge in edges for key in (edge.start, edge.end)}
    keys = {*subjects, *(key for key in ends if not key.startswith(f"{OUTSIDE} "))}
    nodes = [Node(_host_key(host), OUTSIDE, "", host) for host in hosts] + [*map(_node, keys)]
    return Picture((*sorted(nodes, key=_rank),), (*sorted(edges),))


def around(picture: Picture, keys: Collection[str]) -> Picture:
    """Return the part of *picture* with the nodes *keys*, and with those to which one line leads from these."""
    edges = [edge for edge in picture.edges if edge.start in keys or edge.end in keys]
    shown = {*keys, *(key for edge in edges for key in (edge.start, edge.end))}
    return Picture(tuple(node for node in picture.nodes if node.key in shown), (*edges,))


def namespaces_of(picture: Picture) -> dict[str, Sequence[Node]]:
    """Return the nodes of each namespace, hosts left out."""
    found: dict[str, list[Node]] = {}
    for node in picture.nodes:
        if node.kind != OUTSIDE:
            found.setdefault(node.namespace, []).append(node)
    return dict(sorted(found.items()))


def plain(text: str) -> str:
    """Return *text* without what no format of a picture can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _host_key(host: str) -> str:
    return f"{OUTSIDE} {host}"


def _node(key: str) -> Node:
    kind, _, place = key.partition(" ")
    namespace, slash, name = place.partition("/")
    return Node(key, kind, namespace if slash else "", name if slash else place)


def _rank(node: Node) -> tuple[bool, str, str, str]:
    return node.kind != OUTSIDE, node.namespace, node.name, node.kind
