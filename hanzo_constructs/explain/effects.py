"""What a change of a resource, or of what surrounds it, does to the children: which values are others, which parts are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ..compiler.child import Child
from ..compiler.dispatch import children_of, rules_of
from ..kube.fields import Path
from .variants import Inputs

__all__ = ["Effects", "Place", "effects_of"]

_ABSURD = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)
"""What builders raise for a variant that contradicts itself, such as a probe of an undeclared port; it is ignored."""


class Place(NamedTuple):
    """A value, or a part with values below it, in one of the children of a resource."""

    child: int
    """Number of the child among its siblings."""
    path: Path


class Effects(NamedTuple):
    """What a change does to the children of a resource."""

    changed: set[Place]
    gone: set[Place]

    def beyond(self, other: Effects) -> Effects:
        """Return these without those of *other*."""
        return Effects(self.changed - other.changed, self.gone - other.gone)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.changed or self.gone)


def effects_of(children: Sequence[Child], inputs: Inputs) -> Effects:
    """Return what of *children* is different with *inputs*."""
    effects = Effects(set(), set())
    try:
        rules = rules_of(inputs.resource, inputs.platform, {inputs.epoch.name: inputs.epoch})
        others = children_of(inputs.resource, rules, inputs.links)
    except _ABSURD:
        return effects
    for number, other in _counterparts(children, others):
        if other is None:
            effects.gone.add(Place(number, ()))
        elif children[number].manifest != other.manifest:
            _compare(children[number].manifest, other.manifest, number, (), effects)
    return effects


def _counterparts(children: Sequence[Child], others: Sequence[Child]) -> Iterator[tuple[int, Child | None]]:
    """Yield the number of each of *children* and the one of *others* that it is: of its id, or else of its kind."""
    by_id = {other.id: other for other in others}
    if all(child.id in by_id for child in children):
        yield from ((number, by_id[child.id]) for number, child in enumerate(children))
        return
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


def _compare(before: Any, after: Any, child: int, path: Path, effects: Effects) -> None:
    """Note in *effects* what is different at *path* of *child* and below, where something is."""
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for key, value in before.items():
            if key not in after:
                effects.gone.add(Place(child, (*path, key)))
            elif value != (other := after[key]) or type(value) is not type(other):
                _compare(value, other, child, (*path, key), effects)
    elif isinstance(before, list) and isinstance(after, list) and before:
        for index, counterpart in _aligned(before, after):
            if counterpart is None:
                effects.gone.add(Place(child, (*path, index)))
            elif (value := before[index]) != (other := after[counterpart]) or type(value) is not type(other):
                _compare(value, other, child, (*path, index), effects)
    else:
        effects.changed.add(Place(child, path))


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
