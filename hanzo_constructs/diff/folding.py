"""Changes that are the same in many objects, said once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .changes import FieldChange, place
from .compare import Difference
from .consequence import Effect

__all__ = ["Folded", "folded"]

_MANY = 3
"""Objects from which on a change that is the same in all of them is said once."""


class Folded(NamedTuple):
    """What is the same in many objects, and what is left of each."""

    repeated: list[tuple[FieldChange, list[Difference]]]
    """A change, and the objects that have it."""
    left: list[tuple[Difference, Sequence[FieldChange]]]
    """The objects of which more is to be said than that, with the fields that are their own."""


def folded(differences: Iterable[Difference]) -> Folded:
    """Return *differences* with what is the same in three objects or more taken out."""
    differences = list(differences)
    having: dict[str, tuple[FieldChange, list[Difference]]] = {}
    for each in differences:
        for field in each.change.fields if each.change.both else ():
            having.setdefault(_key(field), (field, []))[1].append(each)
    repeated = {key: found for key, found in having.items() if len(found[1]) >= _MANY}
    left: list[tuple[Difference, Sequence[FieldChange]]] = []
    for each in differences:
        own = [field for field in each.change.fields if not each.change.both or _key(field) not in repeated]
        if own or not each.change.both or not _is_plain(each):
            left.append((each, own))
    return Folded([*repeated.values()], left)


def _key(field: FieldChange) -> str:
    return json.dumps([place(field.path), *field[1:]], sort_keys=True, default=str)


def _is_plain(difference: Difference) -> bool:
    """Tell whether nothing follows from the change but what follows from nearly any."""
    return all(each.effect in {Effect.NONE, Effect.APPLIES} for each in difference.consequences)
