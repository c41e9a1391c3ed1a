"""Children as ApiObjects: how a manifest becomes one, and how constructs offer theirs as attributes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, overload

from ..kube.manifest import Manifest
from .cdk import ApiObject, JsonPatch, jsii
from .crossing import Crossing, Reference, Unhurried

if TYPE_CHECKING:
    from .construct import ResourceConstruct

__all__ = ["ENVELOPE", "ChildObject", "NamedObjects", "OptionalObject", "RequiredObject"]

ENVELOPE = ("apiVersion", "kind", "metadata")
"""What the constructor of ApiObject takes of an object."""


class ChildObject(Crossing, ApiObject, metaclass=Unhurried):
    """A Kubernetes object derived from a resource."""

    def __init__(self, owner: ResourceConstruct, id: str, manifest: Manifest) -> None:
        # The constructor of ApiObject takes no body, and its checks of types cost more than the call itself.
        envelope = {key: manifest[key] for key in ENVELOPE}
        self._create(Reference(owner), id, envelope)
        self._fill(manifest)
        self._owner = owner
        self._compiled = manifest
        self._waits = True

    def _fill(self, manifest: Manifest) -> None:
        """Give the object its body."""
        body = [
            jsii.sinvoke(JsonPatch, "add", [f"/{key}", value]) for key, value in manifest.items() if key not in ENVELOPE
        ]
        jsii.invoke(Reference(self), "addJsonPatch", body)

    @property
    def _untouched(self) -> Manifest | None:
        """The manifest as compiled; None once anybody may have changed the object."""
        return self._compiled if self._waits else None

    def _crossed(self) -> None:
        self._waits = False


class RequiredObject:
    """An attribute of a construct: the child *id*, which every resource of the kind has."""

    def __init__(self, id: str) -> None:
        self.id = id

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: ResourceConstruct, kind: type) -> ApiObject: ...
    def __get__(self, construct: ResourceConstruct | None, kind: type) -> ApiObject | Self:
        """Return the child, made real."""
        if construct is None:
            return self
        child = construct.children.get(self.id)
        if child is None:
            raise AttributeError(
                f"there is no {self.id}: the platform's output is the resource itself; use .custom_resource"
            )
        return child


class OptionalObject(RequiredObject):
    """An attribute of a construct: the child *id*, or None when the resource does not ask for it."""

    @overload  # type: ignore[override]
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: ResourceConstruct, kind: type) -> ApiObject | None: ...
    def __get__(self, construct: ResourceConstruct | None, kind: type) -> ApiObject | Self | None:
        """Return the child, made real, or None."""
        return self if construct is None else construct.children.get(self.id)


class NamedObjects(RequiredObject):
    """An attribute of a construct: the children of the kind *id* by name."""

    @overload  # type: ignore[override]
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: ResourceConstruct, kind: type) -> Mapping[str, ApiObject]: ...
    def __get__(self, construct: ResourceConstruct | None, kind: type) -> Mapping[str, ApiObject] | Self:
        """Return the children, made real."""
        if construct is None:
            return self
        prefix = f"{self.id}-"
        found: dict[str, Any] = {
            id.removeprefix(prefix): child for id, child in construct.children.items() if id.startswith(prefix)
        }
        return MappingProxyType(found)
