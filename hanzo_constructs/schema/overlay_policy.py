"""The setting `overlay` of a platform as an expression of CEL: which places in children resources may lay something over.

Compiling asks the same with the path of each value in its message (`compiler/overlay.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..kube.kinds import KINDS
from ..kube.places import steps_of
from ..kube.schemas import FOREIGN, Type, kind_type, type_below
from ..spec.kinds import kind_named, kind_names

__all__ = ["OVERLAY", "overlay_expression", "overlay_kinds"]

OVERLAY = "overlay"
"""The name of its policy."""


class _Tree(dict[str, "_Tree"]):
    """What is open below a place: everything, where it is empty."""


def overlay_kinds() -> Iterator[str]:
    """Yield the kinds whose resources have an overlay."""
    for name in kind_names():
        spec = kind_named(name).model.model_fields["spec"].annotation
        if "overlay" in getattr(spec, "model_fields", {}):
            yield name


def overlay_expression(opened: Sequence[str]) -> str:
    """Return what holds of a resource that lays nothing over other places than those *opened*."""
    if not opened:
        return "!has(object.spec.overlay) || object.spec.overlay.size() == 0"
    trees: dict[str, _Tree] = {}
    for place in opened:
        kind, *steps = steps_of(place)
        _open(trees, kind, steps)
    kinds = [_of_kind(kind, tree) for kind, tree in sorted(trees.items())]
    return f"!has(object.spec.overlay) || object.spec.overlay.all(c, {' || '.join(kinds)})"


def _open(trees: dict[str, _Tree], first: str, steps: Sequence[str]) -> None:
    """Open the place *first* and *steps* in *trees*, unless what is around it is open."""
    known = first in trees
    tree = trees.setdefault(first, _Tree())
    if known and not tree:
        return
    if steps:
        _open(tree, steps[0], steps[1:])
    else:
        tree.clear()


def _of_kind(kind: str, tree: _Tree) -> str:
    called = f"(c == '{kind}' || c.startsWith('{kind}-'))"
    found = kind_type(KINDS[kind].api_version, kind) or FOREIGN
    return f"({called} && {_below('object.spec.overlay[c]', tree, found, 1)})" if tree else called


def _below(value: str, tree: _Tree, kind: Type, depth: int) -> str:
    """Return what holds of *value*, of *kind*, where nothing is written but what *tree* opens."""
    key = f"k{depth}"
    ways = [_step(f"{value}[{key}]", key, step, inner, kind, depth) for step, inner in sorted(tree.items())]
    return f"{value}.size() > 0 && {value}.all({key}, {' || '.join(ways)})"


def _step(value: str, key: str, step: str, tree: _Tree, kind: Type, depth: int) -> str:
    name = step.removesuffix("[]")
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    is_it = f"{key} == '{quoted}'"
    if not tree:
        return is_it
    below = type_below(kind, name)
    if name == step:
        return f"({is_it} && {_below(value, tree, below, depth + 1)})"
    item = f"i{depth}"
    keyed = _Tree({**{each: _Tree() for each in below.keys or ()}, **tree})
    return f"({is_it} && {value}.all({item}, {_below(item, keyed, below.of_items, depth + 1)}))"
