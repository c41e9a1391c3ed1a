"""What a construct takes over from where it stands in the tree: platform, namespace, labels, path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import Finding, SpecError
from ..platform import Platform
from .cdk import Chart, Construct, IConstruct
from .place import caller

__all__ = ["Surroundings", "surroundings"]


class Surroundings(NamedTuple):
    """The tree above a construct, as far as the construct is concerned."""

    root: IConstruct
    path: str
    """Path of the scope; empty at the root."""
    namespace: str | None
    """Namespace of the nearest chart."""
    labels: Mapping[str, str]
    """Labels of the nearest chart."""
    platform: Platform
    """Platform of the nearest app or chart that has one."""


_SURROUNDINGS = "_surroundings_below"
"""Attribute of a scope that keeps what stands above its children.

It cannot change: ids, scopes, and the properties of charts are fixed when they are made.
"""


def surroundings(scope: Construct) -> Surroundings:
    """Ask the tree what stands above the children of *scope*; each scope is asked once."""
    found: Surroundings | None = vars(scope).get(_SURROUNDINGS)
    if found is None:
        found = vars(scope)[_SURROUNDINGS] = _asked(scope)
    return found


def _asked(scope: Construct) -> Surroundings:
    node = scope.node
    scopes = node.scopes
    chart = next((each for each in reversed(scopes) if isinstance(each, Chart)), None)
    if chart is None:
        message = "needs a chart above it; make one with HanzoChart or cdk8s.Chart and use it as the scope"
        raise SpecError([Finding(message, where=f"{node.path or 'the app'} ({caller()})")])
    platforms: Any = (getattr(each, "_own_platform", None) for each in reversed(scopes))
    return Surroundings(scopes[0], node.path, chart.namespace, chart.labels, next(filter(None, platforms), Platform()))
