"""Scopes whose children are created in JavaScript on demand: an app with its charts, a chart with its constructs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from ...errors import Finding, SpecError
from ...kube.fields import shown
from ...kube.manifest import Manifest
from ...platform import Platform
from ..node.cdk import jsii
from .object import LazyObject, Reference

__all__ = ["LazyApp", "LazyScope"]

_ARRAY_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)


class _Child(Protocol):
    """What a lazy scope can hold."""

    _id: str
    _where: str

    def _create_node(self) -> None:
        """Create the construct itself in JavaScript, without its children."""

    def _materialise(self) -> None:
        """Create the construct and everything below it."""


class LazyScope(LazyObject):
    """A scope that creates its children in JavaScript on demand, in the order in which they were declared."""

    def __init__(self) -> None:
        self._members: dict[str, _Child] = {}
        self._pending: list[_Child] = []
        """Children that do not exist in JavaScript yet."""
        self._has_foreign_children = False

    @property
    def _only_members(self) -> Sequence[Any] | None:
        """The children in the order of JavaScript; None once there may be others than those that are known here."""
        return None if self._has_foreign_children or not self._is_lazy else _in_javascript_order(self._members)

    def _add(self, child: _Child) -> None:
        """Make *child* a child; raises `SpecError` if its id is taken."""
        if child._id in self._members:
            raise SpecError([Finding(f"id: {shown(child._id)} is used twice in one scope", where=child._where)])
        self._members[child._id] = child
        self._pending.append(child)
        if self._has_foreign_children:
            try:
                self._create_nodes()
            except SpecError:  # a foreign child has the id
                del self._members[child._id]
                self._pending.remove(child)
                raise

    def _create_nodes(self, last: _Child | None = None) -> None:
        """Create the scope and its children up to *last*, or all; what is below the children stays as it is."""
        self._ensure_node()
        while self._pending:
            child = self._pending[0]
            child._create_node()
            del self._pending[0]
            if child is last:
                return

    def _materialise(self) -> None:
        """Create everything below the scope; nothing of it is lazy from now on."""
        self._create_nodes()
        self._is_lazy = False
        for child in self._members.values():
            child._materialise()

    def _before_access(self) -> None:
        self._materialise_tree()

    def _before_foreign_child(self) -> None:
        """Create the children that were declared before one that this package does not make."""
        if self._is_lazy:
            self._has_foreign_children = True
            self._create_nodes()

    def _ensure_node(self) -> None:
        """Create the scope itself."""
        raise NotImplementedError  # each subclass has its own

    def _materialise_tree(self) -> None:
        """Create everything in the whole tree: whoever holds one node of it can reach all others."""
        raise NotImplementedError  # each subclass has its own


class LazyApp(LazyScope):
    """The root of a lazy tree."""

    @property
    def platform(self) -> Platform:
        """What the clusters and the company agree on."""
        raise NotImplementedError  # each subclass has its own

    def _manifests_of(self, chart: object) -> list[Manifest]:
        """Return what is written of *chart*."""
        raise NotImplementedError  # each subclass has its own

    def _materialise_tree(self) -> None:
        self._materialise()


def _in_javascript_order(members: dict[str, _Child]) -> Sequence[_Child]:
    """Return *members* as a JavaScript object lists them: ids that look like array indexes come first, by number."""
    indexes = [id for id in members if _ARRAY_INDEX.match(id) and int(id) < 2**32 - 1]
    ordered = [*sorted(indexes, key=int), *(id for id in members if id not in indexes)] if indexes else members
    return [members[id] for id in ordered]


_create = jsii.create


def _create_below_lazy_scopes(klass: type, obj: Any, args: list[Any] | None = None) -> Any:
    """Do what `jsii.create` does; a lazy *args* scope creates only what must stand before the new child.

    A constructor registers the object with its scope and asks the scope for defaults; it does not look at its siblings.
    So their own children can wait. Without this, any object of the user's own would create everything in the tree.
    """
    match args:
        case [LazyScope() as scope, str() as id, *others]:
            scope._before_foreign_child()
            args = [Reference(scope), id, *others]
    return _create(klass, obj, args)


jsii.create = _create_below_lazy_scopes  # the classes that jsii generates look it up for each object
