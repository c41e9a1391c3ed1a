"""Constructs whose children depend on what else is declared, earlier or later."""

from __future__ import annotations

from typing import ClassVar

from ..compiler import Compilation
from ..errors import SpecError
from ..kube.manifest import Manifest
from ..spec.resource import Resource
from .cdk import jsii
from .construct import R, ResourceConstruct
from .crossing import Reference
from .kept import KeptCompilation
from .late import LateObject
from .objects import ChildObject

__all__ = ["ChangingConstruct"]


class ChangingConstruct(ResourceConstruct[R]):
    """A construct that compiles again, when somebody asks, after a declaration that concerns it."""

    changing: ClassVar[frozenset[str]]
    """Kinds of the children that may change."""

    _declared: Resource
    """The resource as far as it was declared here."""
    _current: KeptCompilation | None = None

    @property
    def compilation(self) -> Compilation:
        """The children as compiled for now, and the reason for everything."""
        kept = self._kept
        if kept._compilation is None:
            kept._compilation = self._compile(self._declared)
        return kept._compilation

    @property
    def _kept(self) -> KeptCompilation:
        """What holds for now; raises `SpecError` where a later declaration does not fit."""
        if self._current is None:
            try:
                self._current = KeptCompilation(self._compile(self._declared))
            except SpecError as error:
                raise SpecError(finding.at(self._where, str(self._declared)) for finding in error.findings) from None
        return self._current

    @_kept.setter
    def _kept(self, kept: KeptCompilation) -> None:
        self._current = kept

    def _outdated(self) -> None:
        """Forget what was compiled, because something else has been declared."""
        self._current = None

    @property
    def manifests(self) -> list[Manifest]:
        """What is written, in order, with what patches and the chart have added."""
        self._match_children()
        return super().manifests

    def _match_children(self) -> None:
        """Of the children that are there already, remove and make those that came to be wrong and right."""
        if (children := self._children) is None or children.keys() == (manifests := self._manifests).keys():
            return
        for id in children:
            if id not in manifests:
                jsii.invoke(jsii.get(Reference(self), "node"), "tryRemoveChild", [id])
        self._children = {id: children.get(id) or self._child(id, manifest) for id, manifest in manifests.items()}

    def _child(self, id: str, manifest: Manifest) -> ChildObject:
        kind = LateObject if id.partition("-")[0] in self.changing or id == "Resource" else ChildObject
        return kind(self, id, manifest)
