"""What is said of a change of which no rule says anything."""

from __future__ import annotations

from ..changes import FieldChange, ObjectChange
from ..consequence import Consequence, Effect

__all__ = ["otherwise"]

_INFORMATION = ("app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart", "hanzo.ai/")
"""Labels and annotations that people read and programs do not act on."""


def otherwise(change: ObjectChange) -> Consequence:
    """Return that the change takes effect at once, or that it has none."""
    if change.new is None:
        return Consequence(Effect.APPLIES, "is removed")
    if change.fields and all(_is_information(each) for each in change.fields):
        return Consequence(Effect.NONE, "nothing in the cluster follows from it")
    if all(each.fields[:2] in {("metadata", "labels"), ("metadata", "annotations")} for each in change.fields):
        return Consequence(
            Effect.APPLIES, "no pod restarts; selectors and controllers outside of the set may act on it"
        )
    return Consequence(Effect.APPLIES, "takes effect without a restart of pods")


def _is_information(change: FieldChange) -> bool:
    if change.how == "respelled" or change.fields == ("apiVersion",):
        return True
    is_metadata = change.fields[:2] in {("metadata", "labels"), ("metadata", "annotations")}
    return is_metadata and len(change.fields) > 2 and change.fields[2].startswith(_INFORMATION)
