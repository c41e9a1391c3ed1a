"""Kinds that other packages add: the entry points of the group `hanzo_constructs.kinds`, each named as the kind it adds.

What is installed is part of the program, as a module that is imported is. It is looked through when a kind is asked for
that is not of this package, and once: to read what every installed package says takes longer than to compile.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..errors import Finding, SpecError
from .kind import Kind, imported
from .resource import Resource

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "installed_kind", "installed_names", "is_looked_through"]

GROUP = "hanzo_constructs.kinds"


def installed_names(taken: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the kinds that other packages add; raises `SpecError` where one is *taken* or added twice."""
    return tuple(_entries(taken))


def is_looked_through() -> bool:
    """Tell whether anybody has asked what other packages add."""
    return _entries.cache_info().misses > 0


@cache
def installed_kind(name: str, taken: frozenset[str]) -> Kind | None:
    """Return the kind *name* that another package adds, if one does; raises `SpecError` where that cannot be used."""
    entry = _entries(taken).get(name)
    if entry is None:
        return None
    added = f"{name} is added by {_package(entry)}"
    try:
        kind = entry.load()
        if isinstance(kind, Kind):
            _ = kind.model, imported(kind.compiler)
    except Exception as error:  # noqa: BLE001 - the code of others may raise anything
        reason = " ".join(str(error).split())
        message = f"{added}, whose entry point {entry.value} cannot be loaded: {type(error).__name__}: {reason}"
        raise SpecError([Finding(message, "kind")]) from None
    if not isinstance(kind, Kind):
        message = f"{added}, whose entry point {entry.value} must be a Kind, got {type(kind).__name__}"
        raise SpecError([Finding(message, "kind")])
    if kind.name != name or not issubclass(kind.model, Resource):
        message = f"{added}, whose entry point {entry.value} must be the kind {name} with a Resource as its model"
        raise SpecError([Finding(message, "kind")])
    return kind


@cache
def _entries(taken: frozenset[str]) -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        other = (
            _package(found[entry.name]) if entry.name in found else "hanzo-constructs" if entry.name in taken else ""
        )
        if other:
            message = f"{entry.name} is added by {_package(entry)}, and is a kind of {other} too; remove one of them"
            raise SpecError([Finding(message, "kind")])
        found[entry.name] = entry
    return dict(sorted(found.items()))


def _package(entry: EntryPoint) -> str:
    """Return the package that *entry* belongs to: `the package acme-kinds 1.2`."""
    return f"the package {entry.dist.name} {entry.dist.version}" if entry.dist else "an unknown package"
