"""The entries of an index one by one: taking out those of some resources, and putting them in the order of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .index import SetIndex
from .objects import Origin

__all__ = ["forget", "put_in_order"]

_OWNED = ("workloads", "services", "exclusive_claims", "claim_templates", "routes", "provided", "exclusive")
"""What has one entry for each key, which says whose it is."""
_RIVALRIES = ("twins", "contested", "contended", "rivals")
"""What two want to be or to have: of whom it is kept depends on who came first."""


def forget(set_index: SetIndex, is_gone: Callable[[Origin], bool]) -> bool:
    """Take out what comes from objects of which *is_gone* is true, and return whether that could be done.

    It cannot where two objects are rivals: what is known of the second would have to be found out once more.
    """
    if any(getattr(set_index, name) for name in _RIVALRIES):
        return False
    for kind, objects in set_index.objects.items():
        for name in [name for name, origin in objects.items() if is_gone(origin)]:
            del objects[name]
            set_index.keys.pop((kind, *name), None)
    for entries in _lists(set_index):
        entries[:] = [each for each in entries if not is_gone(_origin(each))]
    for owned in (getattr(set_index, name) for name in _OWNED):
        for key in [key for key, each in owned.items() if is_gone(_origin(each))]:
            del owned[key]
    for key in [key for key, each in set_index.selections.items() if not any(each.lists)]:
        del set_index.selections[key]
    for claim in [claim for claim, mounts in set_index.labelled.items() if not mounts]:
        del set_index.labelled[claim]
    return True


def put_in_order(set_index: SetIndex) -> bool:
    """Put everything in the order of the objects that it comes from, and return whether that makes it right.

    It does not where the later one of two rivals was there first.
    """
    for name in _RIVALRIES:
        for each in getattr(set_index, name):
            later, earlier = (part for part in each if isinstance(part, Origin))
            if later.order < earlier.order:
                return False
    for entries in _lists(set_index):
        entries.sort(key=_order)
    owned = [*set_index.objects.values(), *(getattr(set_index, name) for name in _OWNED)]
    for entries in owned:
        ordered = sorted(entries.items(), key=lambda item: _order(item[1]))
        entries.clear()
        entries.update(ordered)
    return True


def _lists(set_index: SetIndex) -> Iterator[list[Any]]:
    """Yield every list of entries."""
    yield from set_index.lists
    for selection in set_index.selections.values():
        yield from selection.lists
    yield from set_index.labelled.values()


def _origin(entry: Any) -> Origin:
    """Return whose an *entry* of any sort is."""
    return entry if isinstance(entry, Origin) else next(part for part in entry if isinstance(part, Origin))


def _order(entry: Any) -> int:
    return _origin(entry).order
