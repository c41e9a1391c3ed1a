"""The objects of a tree that the user made, and not this package."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ...kube.manifest import Manifest
from ..lazy.children import ChildObject
from ..lazy.object import Reference
from ..lazy.scope import LazyScope
from ..node.cdk import ApiObject, jsii

__all__ = ["all_constructs", "user_objects"]


def all_constructs(root: object) -> Collection[Any] | None:
    """Return every construct below *root* that exists in JavaScript, in order.

    None, where nobody but this package has touched the tree: nothing in it is the user's own or has been removed.
    """
    charts = _members(root)
    if charts is not None and all(_members(chart) is not None for chart in charts):
        return None
    found: list[Any] = jsii.invoke(jsii.get(Reference(root), "node"), "findAll", [])
    return dict.fromkeys(found)


def user_objects(constructs: Collection[Any]) -> Iterator[Manifest]:
    """Yield the objects among *constructs* that are derived from no resource, as they are written."""
    for each in constructs:
        if isinstance(each, ApiObject) and not isinstance(each, ChildObject):
            yield each.to_json()


def _members(scope: Any) -> Sequence[Any] | None:
    """Return the children of *scope*; None where there may be some that this package has not made."""
    return scope._only_members if isinstance(scope, LazyScope) else None
