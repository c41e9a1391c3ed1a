"""A construct whose children are packed until somebody looks at one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ...compiler import Compilation
from ...kube.manifest import Manifest
from ..node.cdk import ApiObject, Construct, jsii
from .children import ChildObject, DeferredChild
from .found import FoundObjects
from .object import LazyObject, Reference
from .packed import PackedCompilation
from .scope import LazyScope

__all__ = ["LazyResource"]


class LazyResource(LazyObject):
    """A resource and its children, in one of three states.

    Packed: the children are bytes, and JavaScript knows nothing. With a node: JavaScript knows the construct, so that its
    siblings stand in order. Materialised: the children are `ApiObject`s. Only the last can be patched by the user; from
    the first two, what is written is unpacked.
    """

    main_child: ClassVar[str]
    linked_children: ClassVar[frozenset[str]]
    """Kinds of the children whose content depends on other resources of the tree."""

    _scope: Construct
    _id: str
    _chart_labels: Mapping[str, str]
    _children: dict[str, ChildObject] | None = None
    _matched: PackedCompilation | None = None
    """What the children were last matched with."""

    @property
    def compilation(self) -> Compilation:
        """The children as compiled, and the reason for everything; what the chart and patches add is not in it."""
        return self._packed.compilation

    @property
    def children(self) -> Mapping[str, ApiObject]:
        """The children by id, as objects of cdk8s."""
        self._materialise()
        self._match_children()
        return self._found(self._children or {}, "children")

    def _found(self, objects: Mapping[str, ApiObject], title: str) -> FoundObjects:
        """Return *objects*, which are the attribute *title*."""
        return FoundObjects(objects, title=title, subject=self._packed.subject, where=self._here)

    @property
    def manifests(self) -> list[Manifest]:
        """What is written, in order, with what patches and the chart have added."""
        if self._is_lazy or self._children is None:
            return list(self._manifests.values())
        self._match_children()
        return [child.to_json() for child in self._children.values()]

    @property
    def _packed(self) -> PackedCompilation:
        """The compilation with the resources that are declared by now."""
        raise NotImplementedError  # the construct of a kind has its own

    @property
    def _is_for_operators(self) -> bool:
        """Whether the resource itself is written, for an operator that compiles it in the cluster."""
        return self._packed.rules.platform.output == "resources"

    @property
    def _manifests(self) -> dict[str, Manifest]:
        """The children, or the resource itself, by id and with the labels of the chart, before patches."""
        packed = self._packed
        objects = {"Resource": packed.compilation.resource_manifest} if self._is_for_operators else packed.manifests
        for manifest in objects.values() if self._chart_labels else ():
            metadata = manifest["metadata"]
            metadata["labels"] = {**self._chart_labels, **metadata.get("labels", {})}
        return objects

    def _child(self, id: str, manifest: Manifest) -> ChildObject:
        subject = self._packed.subject
        linked = id.partition("-")[0] in self.linked_children or (id == self.main_child and self._packed.connects)
        if id == "Resource" or linked:
            return DeferredChild(self, id, manifest, subject, lambda: self._manifests[id])
        return ChildObject(self, id, manifest, subject)

    def _create_node(self) -> None:
        """Create the construct in JavaScript, without its children."""
        self._create(Reference(self._scope), self._id)

    def _materialise(self) -> None:
        """Create the children in JavaScript."""
        if not self._is_lazy:
            return
        if self._reference is None:
            if isinstance(self._scope, LazyScope) and self._scope._is_lazy:
                self._scope._create_nodes(self)
            else:
                self._create_node()
        self._is_lazy = False
        self._children = {id: self._child(id, manifest) for id, manifest in self._manifests.items()}
        if main := self._children.get(self.main_child):
            jsii.set(jsii.get(self, "node"), "defaultChild", Reference(main))

    _before_access = _materialise

    def _match_children(self) -> None:
        """Once materialised, remove and create children where other resources have changed which there are."""
        children, packed = self._children, self._packed
        if children is None or packed is self._matched:
            return
        manifests, self._matched = self._manifests, packed
        for id in children.keys() - manifests.keys():
            jsii.invoke(jsii.get(Reference(self), "node"), "tryRemoveChild", [id])
        self._children = {id: children.get(id) or self._child(id, manifest) for id, manifest in manifests.items()}

    @property
    def _patched(self) -> list[tuple[Manifest, Manifest]]:
        """What children are without and with the user's patches, where there are any."""
        children = self._children.values() if self._children else ()
        return [found for child in children if not child._is_lazy and (found := child.patched)]

    def _take_patches(self) -> Any:
        """Return what the resource has to do with others by now, with what patches say of its children."""
        raise NotImplementedError  # the construct of a kind has its own

    def _check_patches(self) -> None:
        """Raise `SpecError` where the user's patches do not fit what other resources have made of a child."""
        for child in self._children.values() if self._children else ():
            child.check_patches()
