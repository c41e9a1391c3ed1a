"""Resources of any version, and objects beside them, as files of YAML and JSON declare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..declaration import Declaration
from ..errors import Finding, SpecError
from ..kube.fields import field_path, parsed_path, type_shown
from ..kube.manifest import Manifest
from ..own_objects import is_own_object, subject_of
from ..platform import Platform
from ..spec.kinds import parse
from ..spec.short_forms import as_written
from ..versions import Migration, migrated
from .imported import Imported, Left

__all__ = ["import_resources"]

_TOLD = {
    "effective": "is obeyed from now on: {why}",
    "different": "{why}",
    "written": "is written out ({value}): {why}",
}
"""What there is to say of a migration that loses nothing."""


def import_resources(declared: Iterable[Declaration], platform: Platform) -> tuple[Imported, list[Finding]]:
    """Return what is *declared*, all of it as v1, and what there is to say of it; an error means that it is no input.

    What v1 cannot say of a resource of v1alpha1 is left; the resource itself is pinned to the epoch that changes nothing.
    """
    resources: list[Manifest] = []
    objects: list[Manifest] = []
    left: list[Left] = []
    findings: list[Finding] = []
    first: dict[str, str] = {}
    for each in declared:
        if is_own_object(each.data, platform):
            problems = [*_object_problems(each)]
            findings += problems
            objects += [] if problems else [each.data]
            continue
        migration = migrated(each.data, platform)
        left += _left(each, migration)
        findings += _told(each, migration)
        problems = [*_problems(each, migration.data, platform, first)]
        findings += problems
        resources += [] if problems else [migration.data]
    return Imported(tuple(resources), tuple(objects), tuple(left)), findings


def _object_problems(declaration: Declaration) -> Iterator[Finding]:
    """Yield why an object of the user's own cannot stand in a program."""
    metadata = declaration.data.get("metadata")
    where = declaration.where(("metadata",))
    if not isinstance(metadata, dict):
        message = "required" if metadata is None else f"expected a mapping, got {type_shown(metadata)}"
        yield Finding(message, "metadata", str(declaration.data["kind"]), where)
        return
    for field in ("name", "namespace"):
        value = metadata.get(field)
        if not isinstance(value, str) and (value is not None or (field == "name" and not metadata.get("generateName"))):
            message = "required" if value is None else f"expected a string, got {type_shown(value)}"
            yield Finding(message, f"metadata.{field}", subject_of(declaration.data), where)


def _problems(declaration: Declaration, data: Any, platform: Platform, first: dict[str, str]) -> Iterator[Finding]:
    """Yield what is wrong in *data*, the resource that was made of a *declaration*."""
    try:
        resource = parse(data, platform)
    except SpecError as error:
        for finding in error.findings:
            written = as_written(finding, data)
            yield written.at(declaration.where(parsed_path(written.path)))
        return
    if (earlier := first.setdefault(str(resource), declaration.where())) != declaration.where():
        where = declaration.where(("metadata", "name"))
        yield Finding(f"is declared twice (also at {earlier})", "metadata.name", str(resource), where)


def _left(declaration: Declaration, migration: Migration) -> Iterator[Left]:
    for remark in migration.remarks:
        if remark.kind == "lost":
            source = f"{declaration.where(remark.path)}: {_subject(declaration)}"
            yield Left(source, field_path(remark.path), remark.value, f"v1 cannot say it: {remark.why}")


def _told(declaration: Declaration, migration: Migration) -> Iterator[Finding]:
    for remark in migration.remarks:
        if text := _TOLD.get(remark.kind):
            severity: Any = "note" if remark.kind == "written" else "warning"
            message = text.format(value=remark.value, why=remark.why)
            where = declaration.where(remark.path)
            yield Finding(message, field_path(remark.path), _subject(declaration), where, severity)


def _subject(declaration: Declaration) -> str:
    return subject_of({"kind": "resource", **declaration.data})
