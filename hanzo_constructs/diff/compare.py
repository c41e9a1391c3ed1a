"""From two sets of objects to what changes, with the consequences of each change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..kube.kinds import apply_rank
from ..kube.manifest import Identity, Manifest
from .changes import ObjectChange
from .consequence import Consequence, Effect, Same, Sets
from .fields import field_changes
from .renaming import renamed
from .rules import RULES, Rule
from .rules.otherwise import otherwise

__all__ = ["Difference", "changes", "difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed object and what follows."""

    change: ObjectChange
    consequences: tuple[Consequence, ...]
    """At least one, the worst first."""

    @property
    def effect(self) -> Effect:
        """The worst of what follows."""
        return self.consequences[0].effect


def difference(
    old: Iterable[Manifest], new: Iterable[Manifest], rules: Sequence[Rule] = RULES, *, same: Same | None = None
) -> list[Difference]:
    """Return what changes from the objects *old* to the objects *new*: the worst first, then in apply order, then by name.

    Each object needs apiVersion, kind and metadata.name. What API servers write (`status`, `metadata.uid`) is not
    compared. *rules* say what follows from a change; add one's own to `RULES`. Objects that are the same in both sets may be
    left out where *same* finds them, when a rule asks for those of some kinds.
    """
    sets = Sets(old, new, same)
    found = [Difference(change, _consequences(change, sets, rules)) for change in _changes(sets)]
    return sorted(found, key=lambda each: (each.effect.rank, apply_rank(each.change.key[1]), each.change.key))


def changes(old: Iterable[Manifest], new: Iterable[Manifest]) -> list[ObjectChange]:
    """Return which of the objects *old* are gone, renamed or changed among the objects *new*, and which are added."""
    return sorted(_changes(Sets(old, new)), key=lambda each: (apply_rank(each.key[1]), each.key))


def _changes(sets: Sets) -> Iterable[ObjectChange]:
    gone = [key for key in sets.old if key not in sets.new]
    more = [key for key in sets.new if key not in sets.old]
    names = renamed({key: sets.old[key] for key in gone}, {key: sets.new[key] for key in more})
    was = set(names.values())
    for key in gone:
        if key not in was:
            yield ObjectChange(key, sets.old[key], None)
    for key in more:
        before = names.get(key)
        if before is None:
            yield ObjectChange(key, None, sets.new[key])
        else:
            yield _changed(key, sets.old[before], sets.new[key], before)
    for key in sets.old.keys() & sets.new.keys():
        if (change := _changed(key, sets.old[key], sets.new[key])).fields:
            yield change


def _changed(key: Identity, old: Manifest, new: Manifest, before: Identity | None = None) -> ObjectChange:
    return ObjectChange(key, old, new, field_changes(old, new), before)


def _consequences(change: ObjectChange, sets: Sets, rules: Sequence[Rule]) -> tuple[Consequence, ...]:
    found = [consequence for rule in rules for consequence in rule(change, sets)] or [otherwise(change)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.effect.rank))
