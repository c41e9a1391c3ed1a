"""Where the values of a child come from, as data beside each builder; `hzc show --why` reads it aloud.

A table maps places in the child to origins. A letter in brackets stands for any index: the place `paths[p]` may have
the field `pathRules[p-1]`; `[n]` is the child's own number among its kind. A place covers everything below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["METADATA", "Origin", "Origins", "labels"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What decides a value: the first of fields, setting and rule that says something, else `why`."""

    fields: str | tuple[str, ...] = ()
    """Fields of the resource, the first written one of which decides."""
    setting: str = ""
    """Platform setting, as a Python name; one that is None says nothing."""
    rule: str = ""
    """Rule of the epoch, as a Python name; one that is None says nothing."""
    under: str = ""
    """What the rule must say for the setting to have a say; empty: whatever it says."""
    why: str = ""
    """The reason in words; empty means the default of the last field."""


Origins = Mapping[str, Origin]


def labels(place: str) -> Origins:
    """Return the origins of the labels at *place*; what the user writes in `spec.labels` is the user's."""

    def label(key: str, fields: str | tuple[str, ...] = (), setting: str = "", rule: str = "") -> Origins:
        name = f'labels["app.kubernetes.io/{key}"]'
        fields = (fields,) if isinstance(fields, str) else fields
        return {f"{place}.{name}": Origin((f"spec.{name}", *fields), setting=setting, rule=rule)}

    return {
        f"{place}.labels": Origin(("spec.labels", "metadata.labels")),
        f'{place}.labels["app.kubernetes.io/name"]': Origin("metadata.name"),
        f'{place}.labels["app.kubernetes.io/instance"]': Origin("metadata.name"),
        **label("component", "spec.component", rule="component_by_kind"),
        **label("part-of", "spec.partOf"),
        **label("version", "spec.image.tag"),
        **label("managed-by", setting="managed_by"),
    }


METADATA: Origins = {
    "apiVersion": Origin(why="the version of this kind that every supported cluster serves"),
    "kind": Origin(why="the kind of the child"),
    "metadata.name": Origin("metadata.name"),
    "metadata.namespace": Origin("metadata.namespace", setting="namespace"),
    **labels("metadata"),
}
"""Origins of what every child has."""
