"""What decides each value of the children of a resource: computed, by compiling it again with one thing changed.

A value has the causes whose change changes it, and those whose change takes away the part that it stands in: an entry
of a list, or a block.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..compiler.compilation import Compilation
from ..kube.fields import Path
from ..spec.resource import Resource
from .cause import Cause
from .effects import Effects, Place, effects_of
from .read import read_by
from .variants import Inputs, variants

__all__ = ["causes", "leaves"]


def causes(compilation: Compilation) -> Mapping[Place, tuple[Cause, ...]]:
    """Return the causes of each value of *compilation*, in the order of the fields; of constants there are none."""
    inputs = Inputs(compilation.resource, compilation.rules.platform, compilation.rules.epoch, compilation.links)
    changing: dict[Place, dict[Cause, None]] = {}
    removing: dict[Place, dict[Cause, None]] = {}
    block: Resource | None = None
    least = Effects(set(), set())
    for variant in variants(inputs, read_by(*inputs)):
        effects = effects_of(compilation.children, variant.inputs)
        if variant.beyond is None:
            block, least = variant.inputs.resource, effects
        elif effects:
            if variant.beyond.resource is not block:  # mostly it is the variant before
                block, least = variant.beyond.resource, effects_of(compilation.children, variant.beyond)
            effects = effects.beyond(least)
        for place in effects.changed:
            changing.setdefault(place, {})[variant.cause] = None
        for place in effects.gone:
            removing.setdefault(place, {})[variant.cause] = None
    places = (
        Place(number, path) for number, child in enumerate(compilation.children) for path, _ in leaves(child.manifest)
    )
    return {place: _causes_of(place, changing, removing) for place in places}


def leaves(value: Any) -> list[tuple[Path, object]]:
    """Return every value in *value* that holds no others, and its path."""
    found: list[tuple[Path, object]] = []
    _gather_leaves(value, (), found)
    return found


def _gather_leaves(value: Any, path: Path, found: list[tuple[Path, object]]) -> None:
    if value and isinstance(value, dict):
        for key, item in value.items():
            _gather_leaves(item, (*path, key), found)
    elif value and isinstance(value, list):
        for index, item in enumerate(value):
            _gather_leaves(item, (*path, index), found)
    else:
        found.append((path, value))


def _causes_of(
    place: Place, changing: Mapping[Place, dict[Cause, None]], removing: Mapping[Place, dict[Cause, None]]
) -> tuple[Cause, ...]:
    """Return what changes the value at *place*, and what takes away the smallest part around it that can go.

    What takes away the whole child is not among them: it is the reason of the child.
    """
    around = [Place(place.child, place.path[:length]) for length in range(len(place.path), 0, -1)]
    own = {cause: None for part in around for cause in changing.get(part, ())}
    for part in around:
        if part in removing:
            own |= removing[part]
            if any(cause.source != "absence" for cause in removing[part]):
                break
    return (*own,)
