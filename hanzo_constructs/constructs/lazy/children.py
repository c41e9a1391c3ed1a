"""The Kubernetes objects derived from a resource, as `ApiObject`s."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...errors import Finding, SpecError
from ...kube.fields import Path, field_path
from ...kube.manifest import Manifest
from ..node.cdk import ApiObject, JsonPatch, jsii
from .object import DeferredMeta, LazyObject, Reference
from .patches import noted_patches, try_patches, with_patches

__all__ = ["ChildObject", "DeferredChild"]

_ENVELOPE = ("apiVersion", "kind", "metadata")
"""What the constructor of ApiObject takes of an object."""
_LARGEST_EXACT = 2**53


class ChildObject(LazyObject, ApiObject, metaclass=DeferredMeta):
    """A Kubernetes object derived from a resource.

    As long as it is lazy, nobody has touched it, and what is written of it need not be asked of JavaScript.
    """

    def __init__(self, owner: LazyObject, id: str, manifest: Manifest, subject: str) -> None:
        """Create the child *id* of the construct *owner* in JavaScript; messages name the resource *subject*."""
        if inexact := next(_inexact(manifest), None):
            path, number = inexact
            message = f"JavaScript cannot hold {number} exactly; numbers beyond 2^53 cannot be touched in cdk8s"
            raise SpecError([Finding(message, field_path(path), subject, owner._where)])
        # The constructor of ApiObject takes no body, and its checks of types cost more than the call itself.
        self._create(Reference(owner), id, {key: manifest[key] for key in _ENVELOPE})
        self._owner = owner
        self._where = owner._where
        metadata = manifest["metadata"]
        place = (metadata.get("namespace"), metadata["name"])
        self._subject = f"{manifest['kind']} {'/'.join(name for name in place if name)}"
        self._set_body(manifest)
        self._is_lazy = True

    @property
    def _compiled(self) -> Manifest:
        """The manifest as compiled."""
        return self._manifest

    def check_patches(self) -> None:
        """Raise `SpecError` where a patch does not fit the object as it is by now."""
        if patches := noted_patches(self):
            path = self._where.partition(" (")[0]
            try_patches(self._unpatched(), patches, subject=self._subject, path=path)

    @property
    def patched(self) -> tuple[Manifest, Manifest] | None:
        """The object without patches, and with them; None where there are none, or where they cannot be applied here."""
        patches = noted_patches(self)
        if not patches:
            return None
        unpatched = self._unpatched()
        found = with_patches(unpatched, patches)
        return None if found is None else (unpatched, found)

    def _unpatched(self) -> Manifest:
        """Return the object without patches, with labels and annotations that the user added."""
        metadata = jsii.invoke(jsii.get(Reference(self), "metadata"), "toJson")
        return {**self._manifest, "metadata": metadata}

    def _set_body(self, manifest: Manifest) -> None:
        self._manifest = manifest
        patches = [jsii.sinvoke(JsonPatch, "add", [f"/{key}", value]) for key, value in _body(manifest).items()]
        jsii.invoke(Reference(self), "addJsonPatch", patches)

    @property
    def _untouched(self) -> Manifest | None:
        """The manifest as compiled; None once anybody may have changed the object."""
        return self._compiled if self._is_lazy else None

    def _before_access(self) -> None:
        self._is_lazy = False


class DeferredChild(ChildObject):
    """A child whose body depends on what is declared later: it is asked for when the object is written.

    JavaScript knows its name and metadata. Patches are collected here and applied to the body as it is then.
    """

    def __init__(
        self, owner: LazyObject, id: str, manifest: Manifest, subject: str, current: Callable[[], Manifest]
    ) -> None:
        """Create the child; *current* returns its manifest at any time."""
        self._current = current
        super().__init__(owner, id, manifest, subject)

    @property
    def _compiled(self) -> Manifest:
        return self._current()

    def _set_body(self, manifest: Manifest) -> None:
        """Leave the body for later."""

    def _keeps_patches(self) -> None:
        """Leave patches to `to_json`; having this, the object is not told of them in JavaScript."""
        self._is_lazy = False

    def _unpatched(self) -> Manifest:
        return {**jsii.invoke(Reference(self), "toJson"), **_body(self._compiled)}

    def to_json(self) -> Any:
        """Return the object as it is written."""
        self.check_patches()
        patches = [each.patch for each in noted_patches(self)]
        try:
            return jsii.sinvoke(JsonPatch, "apply", [self._unpatched(), *patches])
        except RuntimeError as error:
            where = f"construct at path '{self.node.path}' with name '{self.name}'"  # as cdk8s puts it
            raise RuntimeError(f"Failed serializing {where}: {error}") from error.__cause__


def _body(manifest: Manifest) -> Manifest:
    return {key: value for key, value in manifest.items() if key not in _ENVELOPE}


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
