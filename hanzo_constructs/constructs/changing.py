"""Constructs whose children depend on what else is declared, earlier or later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from ..compiler import Compilation, compile_unshared
from ..errors import SpecError
from ..kube.manifest import Manifest
from ..spec.resource import Resource
from .cdk import jsii
from .construct import R, ResourceConstruct
from .crossing import Reference
from .kept import KeptCompilation
from .late import LateObject
from .linked import linked_set, placed
from .objects import ChildObject

__all__ = ["ChangingConstruct"]


class ChangingConstruct(ResourceConstruct[R]):
    """A construct that compiles again, when somebody asks, after a declaration that concerns it."""

    changing: ClassVar[frozenset[str]]
    """Kinds of the children that may change."""

    _declared: Any = None
    """The resource as far as it was declared here; None where nothing that others declare concerns it."""
    _current: KeptCompilation | None = None

    @property
    def compilation(self) -> Compilation:
        """The children as compiled for now, and the reason for everything."""
        kept = self._kept
        if self._declared is None:
            return kept.compilation
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

    def _compile(self, resource: Resource) -> Compilation:
        self._declared = resource
        return self._compiled_with(resource)

    def _compiled_with(self, resource: Resource) -> Compilation:
        """Derive the children of *resource* from it and from its links to others."""
        platform = self._around.platform
        links = linked_set(self._around.root).links(placed(resource, platform), platform)
        return compile_unshared(resource, platform, links=links)

    def _joined(self, resource: Resource, owners: Sequence[ChangingConstruct[Any]] = ()) -> None:
        platform = self._around.platform
        others = [placed(each._declared, each._around.platform) for each in owners]
        linked_set(self._around.root).join(self, placed(resource, platform), others)

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
        may_change = self._declared is not None and (id.partition("-")[0] in self.changing or id == "Resource")
        return (LateObject if may_change else ChildObject)(self, id, manifest)
