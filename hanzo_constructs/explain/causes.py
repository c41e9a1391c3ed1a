"""What decides each value of the children of a resource: computed, by compiling it again with one thing changed.

A value has the causes whose change changes it, and those whose change takes away the part that it stands in: an entry
of a list, or a block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..compiler.child import Child
from ..compiler.compilation import Compilation
from ..kube.fields import Path
from ..spec.resource import Resource
from .cause import Cause
from .changed_resources import changed_resources
from .effects import Effects, Place, effects_of
from .read import read_by
from .variants import Inputs, variants

__all__ = ["causes", "causes_of_fields", "leaves"]

_MOST_CHANGES = 400
"""Changes of fields that are tried for one finding: a gateway of a thousand routes has more."""


def causes(compilation: Compilation) -> Mapping[Place, tuple[Cause, ...]]:
    """Return the causes of each value of *compilation*, in the order of the fields; of constants there are none."""
    inputs = _inputs(compilation)
    found = _Found(compilation.children)
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
        found.note(variant.cause, effects)
    return found.by_place()


def causes_of_fields(compilation: Compilation) -> Mapping[Place, tuple[Cause, ...]]:
    """Return those of the causes of each value that are fields which are written; none of many, which would take minutes."""
    inputs = _inputs(compilation)
    changes = [each for each in changed_resources(inputs.resource) if each[0].source == "field" and each[2] is None]
    found = _Found(compilation.children)
    for cause, resource, _ in changes if len(changes) <= _MOST_CHANGES else ():
        found.note(cause, effects_of(compilation.children, inputs._replace(resource=resource)))
    return found.by_place()


def _inputs(compilation: Compilation) -> Inputs:
    return Inputs(compilation.resource, compilation.rules.platform, compilation.rules.epoch, compilation.links)


class _Found:
    """What was found out about the values of children."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._changing: dict[Place, dict[Cause, None]] = {}
        self._removing: dict[Place, dict[Cause, None]] = {}

    def note(self, cause: Cause, effects: Effects) -> None:
        """Note the *effects* of a change of *cause*."""
        for place in effects.changed:
            self._changing.setdefault(place, {})[cause] = None
        for place in effects.gone:
            self._removing.setdefault(place, {})[cause] = None

    def by_place(self) -> dict[Place, tuple[Cause, ...]]:
        """Return the causes of each value."""
        places = (
            Place(number, path) for number, child in enumerate(self._children) for path, _ in leaves(child.manifest)
        )
        return {place: _causes_of(place, self._changing, self._removing) for place in places}


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
