"""What decides each value of the children of a resource: computed, by compiling it again with one thing changed.

A value has the causes whose change changes it, and those whose change takes away the part that it stands in: an entry
of a list, or a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ..compiler.child import Child
from ..compiler.compilation import Compilation
from ..compiler.dispatch import children_of, rules_of
from ..kube.fields import Path
from ..spec.resource import Resource
from .cause import Cause
from .changed_resources import changed_resources
from .read import read_by
from .variants import Inputs, variants

__all__ = ["Place", "causes", "causes_of_fields", "leaves"]

_ABSURD = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)
"""What builders raise for a variant that contradicts itself, such as a probe of an undeclared port; it is ignored."""


_MOST_CHANGES = 400
"""Changes of fields that are tried for one finding: a gateway of a thousand routes has more."""


class Place(NamedTuple):
    """A value, or a part with values below it, in one of the children of a resource."""

    child: int
    """Number of the child among its siblings."""
    path: Path


class _Effects(NamedTuple):
    """What a change does to the children of a resource."""

    changed: set[Place]
    gone: set[Place]


def causes(compilation: Compilation) -> Mapping[Place, tuple[Cause, ...]]:
    """Return the causes of each value of *compilation*, in the order of the fields; of constants there are none."""
    inputs = _inputs(compilation)
    found = _Found(compilation.children)
    block: Resource | None = None
    least = _Effects(set(), set())
    for variant in variants(inputs, read_by(*inputs)):
        effects = _effects(compilation.children, variant.inputs)
        if variant.beyond is not None and (effects.changed or effects.gone):
            if variant.beyond.resource is not block:  # the variants of one block follow each other
                block, least = variant.beyond.resource, _effects(compilation.children, variant.beyond)
            effects = _Effects(effects.changed - least.changed, effects.gone - least.gone)
        found.note(variant.cause, effects)
    return found.by_place()


def causes_of_fields(compilation: Compilation) -> Mapping[Place, tuple[Cause, ...]]:
    """Return those of the causes of each value that are fields which are written; none of many, which would take minutes."""
    inputs = _inputs(compilation)
    changes = [each for each in changed_resources(inputs.resource) if each[0].source == "field" and each[2] is None]
    found = _Found(compilation.children)
    for cause, resource, _ in changes if len(changes) <= _MOST_CHANGES else ():
        found.note(cause, _effects(compilation.children, inputs._replace(resource=resource)))
    return found.by_place()


def _inputs(compilation: Compilation) -> Inputs:
    return Inputs(compilation.resource, compilation.rules.platform, compilation.rules.epoch, compilation.links)


class _Found:
    """What was found out about the values of children."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._changing: dict[Place, dict[Cause, None]] = {}
        self._removing: dict[Place, dict[Cause, None]] = {}

    def note(self, cause: Cause, effects: _Effects) -> None:
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


def _effects(children: Sequence[Child], inputs: Inputs) -> _Effects:
    """Return what of *children* is different with *inputs*."""
    effects = _Effects(set(), set())
    try:
        rules = rules_of(inputs.resource, inputs.platform, {inputs.epoch.name: inputs.epoch})
        others = children_of(inputs.resource, rules, inputs.links)
    except _ABSURD:
        return effects
    for number, other in _counterparts(children, others):
        if other is None:
            effects.gone.add(Place(number, ()))
        elif not _is_same(children[number].manifest, other.manifest):
            _compare(children[number].manifest, other.manifest, Place(number, ()), effects)
    return effects


def _counterparts(children: Sequence[Child], others: Sequence[Child]) -> Iterator[tuple[int, Child | None]]:
    """Yield the number of each of *children* and the one of *others* that it is: of its id, or else of its kind."""
    by_id = {other.id: other for other in others}
    known = {child.id for child in children}
    strangers = [other for other in others if other.id not in known]
    for number, child in enumerate(children):
        found = by_id.get(child.id)
        if found is None:
            kind = child.manifest["kind"]
            found = next((other for other in strangers if other.manifest["kind"] == kind), None)
            if found is not None:
                strangers.remove(found)
        yield number, found


def _is_same(before: Any, after: Any) -> bool:
    return before == after and type(before) is type(after)


def _compare(before: Any, after: Any, place: Place, effects: _Effects) -> None:
    """Note in *effects* what is different at *place* and below, where something is."""
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for key, value in before.items():
            if key not in after:
                effects.gone.add(Place(place.child, (*place.path, key)))
            elif not _is_same(value, after[key]):
                _compare(value, after[key], Place(place.child, (*place.path, key)), effects)
    elif isinstance(before, list) and isinstance(after, list) and before:
        for index, other in _aligned(before, after):
            if other is None:
                effects.gone.add(Place(place.child, (*place.path, index)))
            elif not _is_same(before[index], after[other]):
                _compare(before[index], after[other], Place(place.child, (*place.path, index)), effects)
    else:
        effects.changed.add(place)


def _aligned(before: list[Any], after: list[Any]) -> Iterator[tuple[int, int | None]]:
    """Yield the index of each entry of *before* and of the entry of *after* that it has become."""
    if len(before) == len(after):
        yield from ((index, index) for index in range(len(before)))
        return
    matcher = SequenceMatcher(None, [*map(_identity, before)], [*map(_identity, after)], autojunk=False)
    for tag, start, end, other, other_end in matcher.get_opcodes():
        for index in range(start, end):
            counterpart = other + index - start
            yield index, counterpart if tag != "delete" and counterpart < other_end else None


def _identity(entry: Any) -> str:
    """Return what tells *entry* of a list from the others: its name, if it has one."""
    return str(entry["name"]) if isinstance(entry, dict) and "name" in entry else repr(entry)
