"""Attributes of a construct that are its children: `deployment`, `network_policy`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self, overload

from ..lazy.resource import LazyResource
from ..node.cdk import ApiObject

__all__ = ["NamedObjects", "OptionalObject", "RequiredObject"]


class _ObjectAttribute:
    """An attribute that creates the children in JavaScript when it is read."""

    def __init__(self, id: str) -> None:
        """Find the child *id*, or the children of the kind *id*."""
        self.id = id


class RequiredObject(_ObjectAttribute):
    """The child that every resource of the kind has."""

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: LazyResource, kind: type) -> ApiObject: ...
    def __get__(self, construct: LazyResource | None, kind: type) -> ApiObject | Self:
        """Return the child."""
        if construct is None:
            return self
        child = construct.children.get(self.id)
        if child is None:
            advice = "the platform's output is the resource itself; use .custom_resource"
            raise AttributeError(f"there is no {self.id}: {advice}")
        return child


class OptionalObject(_ObjectAttribute):
    """The child that a resource may ask for, or None."""

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: LazyResource, kind: type) -> ApiObject | None: ...
    def __get__(self, construct: LazyResource | None, kind: type) -> ApiObject | Self | None:
        """Return the child, or None."""
        return self if construct is None else construct.children.get(self.id)


class NamedObjects(_ObjectAttribute):
    """The children of a kind by name."""

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: LazyResource, kind: type) -> Mapping[str, ApiObject]: ...
    def __get__(self, construct: LazyResource | None, kind: type) -> Mapping[str, ApiObject] | Self:
        """Return the children."""
        if construct is None:
            return self
        prefix = f"{self.id}-"
        return MappingProxyType(
            {id.removeprefix(prefix): child for id, child in construct.children.items() if id.startswith(prefix)}
        )
