"""Attributes of a construct that are its children: `deployment`, `network_policy`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self, overload

from ...errors import AbsentError, Finding
from ..lazy.resource import LazyResource
from ..node.cdk import ApiObject

__all__ = ["NamedObjects", "OptionalObject", "RequiredObject"]


class _ObjectAttribute:
    """An attribute that creates the children in JavaScript when it is read."""

    name: str = ""
    """Of the attribute."""

    def __init__(self, id: str) -> None:
        """Find the child *id*, or the children of the kind *id*."""
        self.id = id

    def __set_name__(self, kind: type, name: str) -> None:
        """Note the *name* of the attribute."""
        self.name = name


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
            message = f"there is no {self.id}: the platform's output is the resource itself; use .custom_resource"
            raise AbsentError([Finding(message, self.name, construct._packed.subject, construct._here)])
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
        children = construct.children.items()
        named = {id.removeprefix(prefix): child for id, child in children if id.startswith(prefix)}
        return construct._found(named, self.name)
