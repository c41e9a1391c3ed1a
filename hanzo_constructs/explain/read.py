"""Which settings and rules the children of a resource are derived from: of the others none can change anything."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..compiler.dispatch import children_of, rules_of
from ..compiler.links import Links
from ..epochs import Epoch
from ..platform import Platform
from ..spec.resource import Resource

__all__ = ["Read", "read_by"]


class Read(NamedTuple):
    """What was looked at while the children of a resource were derived, by Python names."""

    settings: frozenset[str]
    rules: frozenset[str]


def read_by(resource: Resource, platform: Platform, epoch: Epoch, links: Links) -> Read:
    """Return what is looked at while the children of *resource* are derived."""
    settings, rules = set[str](), set[str]()
    noting: Any = _Noting(platform, settings)
    holding = rules_of(resource, noting, {epoch.name: _Noting(epoch, rules)})  # type: ignore[dict-item]  # it has its attributes
    children_of(resource, holding, links)
    return Read(frozenset(settings), frozenset(rules))


class _Noting:
    """Has the attributes of something else, and notes those that are read; it is equal to nothing that is known already."""

    def __init__(self, noted: object, read: set[str]) -> None:
        self._noted = noted
        self._read = read

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        of_class = getattr(type(self._noted), name, None)
        if isinstance(of_class, property):
            return of_class.fget(self)  # type: ignore[misc]  # every property can be read
        if callable(of_class):  # what it reads is not seen
            self._read.update(getattr(type(self._noted), "model_fields", {}), getattr(self._noted, "__slots__", ()))
        return getattr(self._noted, name)
