"""The objects of a tree that the user made: what of them the links between resources are read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..kube.manifest import Manifest
from .cdk import ApiObject, IConstruct, jsii
from .crossing import Reference
from .objects import ChildObject
from .waiting import WaitingRoom

__all__ = ["own_objects"]


def own_objects(root: IConstruct) -> Iterator[Manifest]:
    """Yield the objects below *root* that are derived from no resource, as they are written."""
    charts = _members(root)
    if charts is not None and all(_members(chart) is not None for chart in charts):
        return
    found: list[Any] = jsii.invoke(jsii.get(Reference(root), "node"), "findAll", [])
    for each in found:
        if isinstance(each, ApiObject) and not isinstance(each, ChildObject):
            yield each.to_json()


def _members(scope: Any) -> Sequence[Any] | None:
    """Return what stands directly in *scope*; None where it may be something that this package has not made."""
    return scope._only_members if isinstance(scope, WaitingRoom) else None
