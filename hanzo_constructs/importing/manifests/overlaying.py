"""What fields do not say as an overlay: partial objects by child."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from ...kube.manifest import Manifest
from .lacking import Item, Lacking

__all__ = ["overlay_of"]


def overlay_of(lacking: Iterable[tuple[str, Lacking]]) -> Manifest:
    """Return the overlay that says what is *lacking*, each with the id of its child."""
    overlay: Manifest = {}
    for child, each in lacking:
        _put(overlay.setdefault(child, {}), each)
    for partial in overlay.values():
        update = (partial.get("spec") or {}).get("updateStrategy") or {}
        if update.get("type") == "OnDelete":
            update["rollingUpdate"] = None
    return overlay


def _put(target: Any, lacking: Lacking) -> None:
    """Write the value that is *lacking* below *target*."""
    steps = lacking.steps
    for index, step in enumerate(steps):
        is_last = index == len(steps) - 1
        if isinstance(step, Item):
            item = next((each for each in target if step.identity.items() <= each.items()), None)
            if item is None:
                target.append(item := step.identity)
            if is_last:
                item.update(deepcopy(lacking.value))
            target = item
        elif is_last:
            target[step] = deepcopy(lacking.value)
        else:
            target = target.setdefault(step, [] if isinstance(steps[index + 1], Item) else {})
