"""Differences as text for terminals and logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..diff import Difference, FieldChange
from ..diff.changes import title
from .diff_report import Group, Report, field_line, named, subject

__all__ = ["group_lines", "repeated_lines", "text"]


def text(report: Report) -> Iterator[str]:
    """Yield the lines of *report*: how much has which effect, each resource with its objects, what is the same in many."""
    yield report.summary
    width = max((len(effect) for effect, _ in report.effects), default=0)
    for effect, names in report.effects:
        yield f"  {effect:{width}}  {len(names):3}  {named(names)}"
    for group in report.groups:
        yield ""
        yield from group_lines(group)
    for field, objects in report.repeated:
        yield ""
        yield from repeated_lines(field, objects)


def group_lines(group: Group) -> Iterator[str]:
    """Yield the lines of *group*: the resource and what changes in it, and below it each object."""
    indent = ""
    if group.resource:
        unchanged = f"{title(group.resource, is_resource=True)} (itself unchanged)"
        yield subject(group.change, is_resource=True) if group.change else unchanged
        if group.change and group.change.both:
            yield from (f"  {field_line(each, '')}" for each in group.change.fields)
        indent = "  "
    for each, fields in group.objects:
        yield from (f"{indent}{line}" for line in _object(each, fields))


def repeated_lines(field: FieldChange, objects: Sequence[Difference]) -> Iterator[str]:
    """Yield the lines of a change of a *field* that is the same in many *objects*."""
    kinds = {each.change.kind for each in objects}
    yield f"the same in {len(objects)} objects: {named([title(each.change.key) for each in objects])}"
    yield f"  {field_line(field, kinds.pop() if len(kinds) == 1 else '')}"


def _object(difference: Difference, fields: Iterable[FieldChange]) -> Iterator[str]:
    first, *others = difference.consequences
    yield f"{subject(difference.change)}: {first.effect}: {first.message}"
    yield from (f"    {command}" for command in first.commands)
    for each in others:
        yield f"  {each.effect}: {each.message}"
        yield from (f"    {command}" for command in each.commands)
    yield from (f"  {field_line(each, difference.change.kind)}" for each in fields)
