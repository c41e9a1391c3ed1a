"""Handlers of a container: what its probes and its hooks do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .fields import Path

__all__ = ["handlers"]

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")


def handlers(container: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the probes and the hooks of *container*, each with its place in it."""
    for probe in _PROBES:
        if handler := container.get(probe):
            yield (probe,), handler
    hooks = container.get("lifecycle") or {}
    for hook in _HOOKS:
        if handler := hooks.get(hook):
            yield ("lifecycle", hook), handler
