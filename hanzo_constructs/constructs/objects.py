"""Children as ApiObjects: how a manifest becomes one, and how constructs offer theirs as attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, overload

from ..errors import Finding, SpecError
from ..kube.fields import Path, field_path
from ..kube.manifest import Manifest
from .cdk import ApiObject, JsonPatch, jsii
from .crossing import Crossing, Reference, Unhurried

if TYPE_CHECKING:
    from .construct import ResourceConstruct

__all__ = ["ENVELOPE", "ChildObject", "NamedObjects", "OptionalObject", "RequiredObject"]

ENVELOPE = ("apiVersion", "kind", "metadata")
"""What the constructor of ApiObject takes of an object."""
_LARGEST_EXACT = 2**53


class ChildObject(Crossing, ApiObject, metaclass=Unhurried):
    """A Kubernetes object derived from a resource."""

    def __init__(self, owner: ResourceConstruct[Any], id: str, manifest: Manifest) -> None:
        if inexact := next(_inexact(manifest), None):
            path, number = inexact
            message = f"JavaScript cannot hold {number} exactly; numbers beyond 2^53 cannot be touched in cdk8s"
            raise SpecError([Finding(message, field_path(path), str(owner.resource), owner._where)])
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


class _ObjectAttribute:
    """An attribute of a construct that stands for a child, or for children, and makes them real when it is read."""

    def __init__(self, id: str) -> None:
        """Stand for the child *id*, or for the children of the kind *id*."""
        self.id = id


class RequiredObject(_ObjectAttribute):
    """The child that every resource of the kind has."""

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: ResourceConstruct[Any], kind: type) -> ApiObject: ...
    def __get__(self, construct: ResourceConstruct[Any] | None, kind: type) -> ApiObject | Self:
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
    def __get__(self, construct: ResourceConstruct[Any], kind: type) -> ApiObject | None: ...
    def __get__(self, construct: ResourceConstruct[Any] | None, kind: type) -> ApiObject | Self | None:
        """Return the child, or None."""
        return self if construct is None else construct.children.get(self.id)


class NamedObjects(_ObjectAttribute):
    """The children of a kind by name."""

    @overload
    def __get__(self, construct: None, kind: type) -> Self: ...
    @overload
    def __get__(self, construct: ResourceConstruct[Any], kind: type) -> Mapping[str, ApiObject]: ...
    def __get__(self, construct: ResourceConstruct[Any] | None, kind: type) -> Mapping[str, ApiObject] | Self:
        """Return the children."""
        if construct is None:
            return self
        prefix = f"{self.id}-"
        return MappingProxyType(
            {id.removeprefix(prefix): child for id, child in construct.children.items() if id.startswith(prefix)}
        )


def _inexact(value: Any, path: Path = ()) -> Iterator[tuple[Path, int]]:
    """Yield the numbers in *value* that would arrive in JavaScript as others."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _inexact(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inexact(item, (*path, index))
    elif isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        yield path, value
