"""What a construct takes over from the tree above it: platform, namespace, labels, path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...errors import Finding, SpecError
from ...platform import Platform
from ..node.caller import caller
from ..node.cdk import Chart, Construct

__all__ = ["Context", "context_of"]


class Context(NamedTuple):
    """What the scopes above a construct say."""

    root: object
    path: str
    """Path of the scope; empty at the root."""
    namespace: str | None
    """Namespace of the nearest chart."""
    labels: Mapping[str, str]
    """Labels of the nearest chart."""
    platform: Platform
    """Platform of the nearest app or chart that has one."""


_ATTRIBUTE = "_context_below"
"""Attribute of a scope that keeps the context of its children; ids, scopes and properties of charts never change."""


def context_of(scope: Construct) -> Context:
    """Return the context of the children of *scope*, which is asked of JavaScript once."""
    found: Context | None = vars(scope).get(_ATTRIBUTE)
    if found is None:
        found = vars(scope)[_ATTRIBUTE] = _asked(scope)
    return found


def _asked(scope: Construct) -> Context:
    node = scope.node
    scopes = node.scopes
    chart = next((each for each in reversed(scopes) if isinstance(each, Chart)), None)
    if chart is None:
        message = "needs a chart above it; make one with HanzoChart or cdk8s.Chart and use it as the scope"
        raise SpecError([Finding(message, where=f"{node.path or 'the app'} ({caller()})")])
    platforms: Any = (getattr(each, "_own_platform", None) for each in reversed(scopes))
    return Context(scopes[0], node.path, chart.namespace, chart.labels, next(filter(None, platforms), Platform()))
