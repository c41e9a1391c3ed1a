"""Kinds as people name them on the command line: by name, plural or short name, in upper or lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..spec.kind import Kind

__all__ = ["all_kinds", "kind_meant", "kind_of_any_version"]


def all_kinds() -> list[Kind]:
    """Return every kind, those that other packages add too."""
    from ..spec.kinds import kind_named, kind_names

    return [kind_named(name) for name in kind_names()]


def kind_meant(name: str) -> Kind:
    """Return the kind that *name* means, as kubectl takes it; raises `SpecError` where there is none."""
    from ..spec.kinds import kind_named

    by_name = {each.lower(): kind for kind in all_kinds() for each in (kind.name, kind.plural, *kind.short_names)}
    return by_name.get(name.lower()) or kind_named(name)


def kind_of_any_version(name: str) -> Kind:
    """Return the kind that *name* means, be it one of an earlier version; raises `SpecError` where there is none."""
    from ..versions import OLD_KINDS

    old = {each.lower(): row.kind for row in OLD_KINDS.values() for each in (row.kind.name, row.kind.plural)}
    return old.get(name.lower()) or kind_meant(name)
