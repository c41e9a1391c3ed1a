"""The Kubernetes objects derived from a resource, as `ApiObject`s."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partialmethod
from typing import Any

from ...errors import Finding, SpecError
from ...kube.fields import Path, field_path
from ...kube.manifest import Manifest
from ..node.cdk import ApiObject, JsonPatch, jsii
from .caller import caller
from .object import DeferredMeta, LazyObject, Reference
from .patches import Trial, operation_of, tried

__all__ = ["ChildObject", "DeferredChild"]

_ENVELOPE = ("apiVersion", "kind", "metadata")
"""What the constructor of ApiObject takes of an object."""
_LARGEST_EXACT = 2**53


class ChildObject(LazyObject, ApiObject, metaclass=DeferredMeta):
    """A Kubernetes object derived from a resource.

    As long as it is lazy, nobody has touched it, and what is written of it need not be asked of JavaScript.
    """

    _trial: Trial | None = None
    """What the object is with patches, once there are some."""

    def __init__(self, owner: LazyObject, id: str, manifest: Manifest, subject: str) -> None:
        """Create the child *id* of the construct *owner* in JavaScript; messages name the resource *subject*."""
        if inexact := next(_inexact(manifest), None):
            path, number = inexact
            message = f"JavaScript cannot hold {number} exactly; numbers beyond 2^53 cannot be touched in cdk8s"
            raise SpecError([Finding(message, field_path(path), subject, owner._where)])
        # The constructor of ApiObject takes no body, and its checks of types cost more than the call itself.
        self._create(Reference(owner), id, {key: manifest[key] for key in _ENVELOPE})
        self._owner = owner
        metadata = manifest["metadata"]
        place = (metadata.get("namespace"), metadata["name"])
        self._subject = f"{manifest['kind']} {'/'.join(name for name in place if name)}"
        self._set_body(manifest)
        self._is_lazy = True

    @property
    def _compiled(self) -> Manifest:
        """The manifest as compiled."""
        return self._manifest

    def _patch(self, *ops: JsonPatch) -> None:
        """Apply *ops* when the object is written; raises `SpecError` where one does not fit what is there."""
        if self._trial is None:
            self._trial = Trial(self._manifest)
        self._trial.add(
            ops,
            lambda: jsii.invoke(Reference(self), "toJson"),
            subject=self._subject,
            where=f"{self._owner._where.partition(' (')[0]} ({caller()})",
        )
        ApiObject.add_json_patch(self, *ops)

    # No function, or jsii would have JavaScript call it for the body.
    add_json_patch = partialmethod(_patch)  # pyright: ignore[reportAssignmentType]

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
        self._patches: list[JsonPatch] = []
        self._wheres: list[str] = []
        self._current = current
        super().__init__(owner, id, manifest, subject)

    @property
    def _compiled(self) -> Manifest:
        return self._current()

    def _set_body(self, manifest: Manifest) -> None:
        """Leave the body for later."""

    def add_json_patch(self, *ops: JsonPatch) -> None:
        """Apply *ops* when the object is written."""
        self._is_lazy = False
        self._patches += ops
        self._wheres += [f"{self._owner._where.partition(' (')[0]} ({caller()})" for _ in ops]

    def check_patches(self) -> None:
        """Raise `SpecError` where a patch does not fit the object as it is by now."""
        if self._patches:
            self._try_patches(self._document)

    @property
    def _document(self) -> Manifest:
        """The object without patches."""
        return {**jsii.invoke(Reference(self), "toJson"), **_body(self._compiled)}

    def _try_patches(self, document: Manifest) -> None:
        for patch, where in zip(self._patches, self._wheres, strict=True):
            if (operation := operation_of(patch)) is None:
                return  # nobody knows what it says
            document = tried(document, operation, subject=self._subject, where=where)

    def to_json(self) -> Any:
        """Return the object as it is written."""
        document = self._document
        self._try_patches(document)
        try:
            return jsii.sinvoke(JsonPatch, "apply", [document, *self._patches])
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
