"""Children that later declarations change: their content is asked for when it is written, and patched then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..kube.manifest import Manifest
from .cdk import JsonPatch, jsii
from .crossing import Reference
from .objects import ENVELOPE, ChildObject

if TYPE_CHECKING:
    from .construct import ResourceConstruct

__all__ = ["LateObject"]


class LateObject(ChildObject):
    """A child that is what its resource compiles to at the moment it is written.

    JavaScript knows its name and metadata. Patches are kept here, because what they are applied to is not known yet.
    """

    def __init__(self, owner: ResourceConstruct[Any], id: str, manifest: Manifest) -> None:
        self._id = id
        self._patches: list[JsonPatch] = []
        super().__init__(owner, id, manifest)

    @property
    def _compiled(self) -> Manifest:
        return self._owner._manifests[self._id]

    @_compiled.setter
    def _compiled(self, manifest: Manifest) -> None:
        """Take no notice: the owner knows."""

    def _fill(self, manifest: Manifest) -> None:
        """Leave the body for later."""

    def add_json_patch(self, *ops: JsonPatch) -> None:
        """Apply *ops* when the object is written."""
        self._waits = False
        self._patches += ops

    def to_json(self) -> Any:
        """Return what is written."""
        envelope = jsii.invoke(Reference(self), "toJson")
        body = {key: value for key, value in self._compiled.items() if key not in ENVELOPE}
        try:
            return jsii.sinvoke(JsonPatch, "apply", [{**envelope, **body}, *self._patches])
        except RuntimeError as error:
            where = f"construct at path '{self.node.path}' with name '{self.name}'"  # as cdk8s puts it
            raise RuntimeError(f"Failed serializing {where}: {error}") from error.__cause__
