"""Which paths belong to which route.

The router of KrakenD knows no prefixes: it takes single paths, in which a segment may be a parameter. So a prefix is one
path for each number of segments below it, every segment a parameter, with and without a slash at the end. A fixed
segment goes before a parameter, so that the longest prefix wins. Parameters are named by their place, because the router
takes one name at one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...spec.methods import METHODS, Method
from .route import Routed

__all__ = ["DEPTH", "Reach", "reaches", "tails"]

DEPTH = 6
"""Segments below a prefix that are routed: /collections/notes/records/7/files/a is as long."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Paths of a route, for those of its methods that have the same ones."""

    route: Routed
    prefix: str
    """What the paths begin with: the prefix, its parameters named by their place; nothing stands for `/`."""
    methods: tuple[Method, ...]
    depth: int | None
    """Segments below the prefix; None means no other path than the prefix, or than those of `between`."""
    between: tuple[str, ...] = ()
    """What follows in paths on the way to longer prefixes; then there are no others."""

    @property
    def tails(self) -> tuple[str, ...]:
        """What follows the prefix, for each path: nothing, a slash, or further segments."""
        return self.between or tuple(tails(self.prefix, self.depth))


@dataclass(slots=True)
class _Node:
    """A place in the tree of all prefixes of one method."""

    below: dict[str, _Node] = field(default_factory=dict)
    prefix: str | None = None
    """The prefix that ends here."""


def reaches(routes: Sequence[Routed], *, below: bool) -> list[Reach]:
    """Return what each of *routes* reaches, with *below* the paths below its prefix too; the longest prefix first.

    Where two routes reach the same path, it belongs to the longer one: /v1/{id} of /v1.
    """
    found: dict[tuple[str, int | None, tuple[str, ...], int], list[Method]] = {}
    for method in METHODS:
        own = {_numbered(each.prefix) if below else each.prefix.rstrip("/"): at for at, each in _having(routes, method)}
        for prefix, at in own.items():
            found.setdefault((prefix, _depth(prefix, own) if below else None, (), at), []).append(method)
        for (owner, prefix), between in _between(own).items() if below else ():
            found.setdefault((prefix, None, between, own[owner]), []).append(method)
    reached = [
        Reach(routes[at], prefix, tuple(methods), depth, between)
        for (prefix, depth, between, at), methods in found.items()
    ]
    return sorted(
        reached,
        key=lambda each: (-each.prefix.count("/"), each.prefix, each.between, METHODS.index(each.methods[0])),
    )


def tails(prefix: str, depth: int | None) -> Iterator[str]:
    """Yield what may follow *prefix*: with a *depth* also a slash, and as many segments, each a parameter."""
    place, tail = prefix.count("/") + 1, ""
    yield tail
    for number in range(0 if depth is None else depth + 1):
        if number:
            tail += f"/{{p{place + number - 1}}}"
            yield tail
        if prefix or number:  # the path of the prefix / is its slash
            yield f"{tail}/"


def _having(routes: Sequence[Routed], method: Method) -> Iterator[tuple[int, Routed]]:
    """Yield those of *routes* that have *method*, with their places."""
    return ((at, route) for at, route in enumerate(routes) if method in route.methods)


def _numbered(prefix: str) -> str:
    """Return *prefix* with its parameters named by their place, and without a slash at the end."""
    segments = enumerate(prefix.rstrip("/").split("/"))
    return "/".join(f"{{p{place}}}" if segment.startswith("{") else segment for place, segment in segments)


def _depth(prefix: str, own: Mapping[str, int]) -> int:
    """Return how many segments below *prefix* are its own: those of a longer prefix of parameters alone are not."""
    longer = (tail for tail in tails(prefix, DEPTH) if tail and not tail.endswith("/"))
    return next((number for number, tail in enumerate(longer) if f"{prefix}{tail}" in own), DEPTH)


def _between(own: Mapping[str, int]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what routes have on the way to longer ones: /users/{p3} of /v1, by /v1/users/{p3}/orders.

    The keys are the prefix of the route, and what the paths begin with, where it is that prefix with fixed segments for
    parameters. The router, once on the way to a longer path, does not come back for a parameter, but sends the client to
    the same path with a slash at the end, and back again.
    """
    tree = _Node()
    for prefix in own:
        node = tree
        for segment in prefix.split("/")[1:]:
            node = node.below.setdefault(segment, _Node())
        node.prefix = prefix
    lengths = {prefix.count("/") for prefix in own}
    between: dict[tuple[str, str], list[str]] = {}
    for way in _unfinished(tree):
        # most often there is no prefix short enough to have this path
        if lengths.isdisjoint(range(max(len(way) - DEPTH, 0), len(way) + 1)):
            continue
        if (owner := _owner(tree, way)) is not None:
            start, rest = (_path(part) for part in (way[: owner.count("/")], way[owner.count("/") :]))
            if start != owner or rest not in tails(owner, DEPTH):
                between.setdefault((owner, start), []).extend((rest, f"{rest}/"))
    return {key: tuple(sorted(rests)) for key, rests in between.items()}


def _path(segments: Sequence[str]) -> str:
    return "".join(f"/{segment}" for segment in segments)


def _unfinished(tree: _Node) -> Iterator[tuple[str, ...]]:
    """Yield the segments of every path in *tree* that lies on the way to a prefix, and is none."""
    waiting: list[tuple[_Node, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        node, way = waiting.pop()
        if way and node.below and node.prefix is None:
            yield way
        waiting.extend((child, (*way, segment)) for segment, child in node.below.items())


def _owner(tree: _Node, way: Sequence[str]) -> str | None:
    """Return the prefix that the router prefers for the path *way*: at each place a fixed segment, then the longest."""
    waiting = [(tree, 0, False)]
    while waiting:
        node, length, looked_below = waiting.pop()
        if looked_below or length == len(way):
            if node.prefix is not None and len(way) - length <= DEPTH:
                return node.prefix
            continue
        waiting.append((node, length, True))
        segments = dict.fromkeys((f"{{p{length + 1}}}", way[length]))  # the last is looked at first
        waiting += [(node.below[segment], length + 1, False) for segment in segments if segment in node.below]
    return None
