"""Where the values of a child come from, as data beside each builder; `hzc show --why` reads it aloud.

A table maps places in the child to origins. A letter in brackets stands for any index: the place `paths[p]` may have
the field `pathRules[p-1]`; `[n]` is the child's own number among its kind. A place covers everything below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["METADATA", "Origin", "Origins"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What decides a value: the first of fields, setting and rule that says something, else `why`."""

    fields: str | tuple[str, ...] = ()
    """Fields of the resource, the first written one of which decides."""
    setting: str = ""
    """Platform setting, as a Python name; one that is None says nothing."""
    rule: str = ""
    """Rule of the epoch, as a Python name."""
    why: str = ""
    """The reason in words; empty means the default of the last field."""


Origins = Mapping[str, Origin]

_VERSION = 'metadata.labels["app.kubernetes.io/version"]'

METADATA: Origins = {
    "apiVersion": Origin(why="the version of this kind that every supported cluster serves"),
    "kind": Origin(why="the kind of the child"),
    "metadata.name": Origin("metadata.name"),
    "metadata.namespace": Origin("metadata.namespace", setting="namespace"),
    "metadata.labels": Origin(("spec.labels", "metadata.labels")),
    'metadata.labels["app.kubernetes.io/name"]': Origin("metadata.name"),
    'metadata.labels["app.kubernetes.io/instance"]': Origin("metadata.name"),
    'metadata.labels["app.kubernetes.io/component"]': Origin("spec.component"),
    'metadata.labels["app.kubernetes.io/part-of"]': Origin("spec.partOf"),
    _VERSION: Origin("spec.image"),
    'metadata.labels["app.kubernetes.io/managed-by"]': Origin(setting="managed_by"),
}
"""Origins of what every child has."""
