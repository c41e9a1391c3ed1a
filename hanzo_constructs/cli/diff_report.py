"""Differences in the order in which they are told: by resource, with the derived objects that change with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..diff import Difference, Effect, FieldChange, ObjectChange, difference
from ..diff.changes import title
from ..diff.compare import changes
from ..diff.folding import folded
from ..diff.values import shown_change
from ..kube.manifest import Identity
from .sides import Sides

__all__ = ["Group", "Report", "field_line", "named", "report_of", "subject"]

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A resource and the objects that are derived from it, or objects that no resource stands behind."""

    resource: Identity | None
    change: ObjectChange | None
    """What changes in the resource itself; None: nothing does, or there is none."""
    objects: Sequence[tuple[Difference, Sequence[FieldChange]]]
    """Each with the fields that are not told of many objects at once."""


@dataclass(frozen=True, slots=True)
class Report:
    """All differences."""

    all: Sequence[Difference]
    """Of objects of Kubernetes, the worst first."""
    groups: Sequence[Group]
    repeated: Sequence[tuple[FieldChange, Sequence[Difference]]]
    """What is the same in many objects."""

    @property
    def effects(self) -> list[tuple[Effect, list[str]]]:
        """Each effect, the worst first, with the objects that have it."""
        found: dict[Effect, list[str]] = {}
        for each in self.all:
            for effect in dict.fromkeys(consequence.effect for consequence in each.consequences):
                found.setdefault(effect, []).append(title(each.change.key))
        return sorted(found.items(), key=lambda item: item[0].rank)

    @property
    def summary(self) -> str:
        """How much changes: `2 resources and 7 objects change`."""
        resources = sum(group.change is not None for group in self.groups)
        changed = len(self.all)
        objects = f"{changed} object{'' if changed == 1 else 's'}"
        if resources:
            return f"{resources} resource{'' if resources == 1 else 's'} and {objects} change"
        return f"{objects} change{'s' if changed == 1 else ''}" if changed else "nothing changes"


def report_of(sides: Sides) -> Report:
    """Return what differs between both *sides*."""
    old, new, same = sides
    found = difference(old.objects, new.objects, same=same)
    both = old.resources and new.resources  # else one side only has what resources compile to
    resources = {each.key: each for each in changes(old.resources, new.resources)} if both else {}
    owners = old.owners | new.owners if both else {}
    left = folded(found)
    groups: dict[Identity | None, list[tuple[Difference, Sequence[FieldChange]]]] = {}
    for each, fields in left.left:
        groups.setdefault(owners.get(each.change.key), []).append((each, fields))
    for key in resources:
        groups.setdefault(key, [])
    return Report(
        found, [Group(key, resources.get(key) if key else None, each) for key, each in groups.items()], left.repeated
    )


def subject(change: ObjectChange, *, is_resource: bool = False) -> str:
    """Return what a changed object is called, and what it was called before."""
    name = title(change.key, is_resource=is_resource)
    if change.renamed_from:
        return f"{name} (was {title(change.renamed_from, is_resource=is_resource)})"
    return name if change.old and change.new else f"{name} (new)" if change.new else f"{name} (removed)"


def field_line(field: FieldChange, kind: str) -> str:
    """Return *field* of an object of *kind* as one line: `spec.replicas: 2 -> 3`."""
    from ..diff.changes import place

    old, new = shown_change(field, kind)
    match field.how:
        case "added":
            return f"+ {place(field.path)}: {new}"
        case "removed":
            return f"- {place(field.path)}: {old}"
        case "moved":
            return f"~ {place(field.path)}: other order: {', '.join(field.new)}"
        case "respelled":
            return f"~ {place(field.path)}: {old} -> {new} (the same amount)"
    return f"~ {place(field.path)}: {old} -> {new}"


def named(names: Sequence[str]) -> str:
    """Return the first of *names*, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
