"""Budgets that forbid more, or protect less, when nodes are emptied."""

from __future__ import annotations

from collections.abc import Iterator

from ..changes import ObjectChange
from ..consequence import Consequence, Effect, Sets

__all__ = ["disruption"]


def disruption(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say that pods are protected in another way."""
    if change.kind != "PodDisruptionBudget":
        return
    if change.new is None:
        yield Consequence(Effect.APPLIES, "is removed: when nodes are emptied, all pods may stop at once")
    elif change.both and change.changed("spec"):
        yield Consequence(Effect.APPLIES, "another number of pods may stop when nodes are emptied")
