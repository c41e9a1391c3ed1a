"""From arguments to migrated texts, with all that there is to say of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..declaration import Declaration
from ..errors import Finding, SpecError
from ..kube.fields import Path, discreet, field_path
from ..kube.yaml.edit import EditError, rewritten
from ..kube.yaml.field_edits import Edit
from ..platform import Platform
from ..sources import Source, declarations, sources
from ..spec.kinds import GROUPS, parse
from ..versions import Migration, is_old, migrated
from ..versions.draft import Remark
from ..versions.kinds import OLD_VERSION
from .parts import located
from .printing import standard_input

__all__ = ["Migrated", "migrated_sources"]

_WORDS = {
    "lost": "v1 cannot say it, and it is lost ({value}): {why}",
    "effective": "is obeyed from now on: {why}",
    "different": "{why}",
    "written": "is written out ({value}): {why}",
}
_SEVERITIES: dict[str, Any] = {"lost": "error", "effective": "warning", "different": "warning", "written": "note"}


@dataclass(slots=True)
class Migrated:
    """One text, before and after."""

    name: str
    path: str
    """The file; empty for the standard input."""
    before: bytes
    after: bytes
    old: list[Finding] = field(default_factory=list)
    """What there is to migrate."""
    lost: list[Finding] = field(default_factory=list)
    """What cannot be said any more, as errors."""
    remarks: list[Finding] = field(default_factory=list)
    """What else is to be known, and what v1 refuses of the result."""

    @property
    def changes(self) -> bool:
        """Whether there is a difference."""
        return self.before != self.after


def migrated_sources(arguments: Iterable[str], platform: Platform) -> tuple[list[Migrated], list[Finding]]:
    """Return each text that *arguments* stand for, and what is wrong with them.

    A text in which something is wrong is left out.
    """
    places, findings = sources(arguments)
    found: list[Migrated] = []
    for place in places:
        text, declared, problems = _read(place)
        findings += problems
        if not any(problem.severity == "error" for problem in problems):
            every = Migrated(place.name, str(place.path or ""), text, text)
            findings += _migrate(every, declared, platform)
            found.append(every)
    return found, findings


def _read(place: Source) -> tuple[bytes, list[Declaration], list[Finding]]:
    text = standard_input().read() if place.path is None else b""
    declared, problems = declarations(place, io.BytesIO(text))
    if place.path and not problems:
        text = place.path.read_bytes()
    return text, declared, problems


def _migrate(every: Migrated, declared: Iterable[Declaration], platform: Platform) -> Iterator[Finding]:
    """Migrate what is *declared* in the text of *every*; yield why that is impossible, or what is left alone."""
    edits: dict[int, list[Edit]] = {}
    for each in declared:
        migration = migrated(each.data, platform)
        if not migration.edits:
            yield from _left_alone(each, platform)
            continue
        edits.setdefault(each.document.line, []).extend(
            edit._replace(path=(*each.at, *edit.path)) for edit in migration.edits
        )
        _note(every, each, migration, platform)
    if not edits:
        return
    try:
        every.after = rewritten(every.before, edits)
    except EditError as error:
        yield Finding(str(error), where=f"{every.name}:{min(edits)}")


def _left_alone(declaration: Declaration, platform: Platform) -> Iterator[Finding]:
    data = declaration.data
    group, _, version = str(data.get("apiVersion")).rpartition("/") if isinstance(data, dict) else ("", "", "")
    if version == OLD_VERSION and group in {platform.api_group, *GROUPS[:-1]}:
        message = f"{group} has no kind of v1 for it; it is left as it is"
        yield Finding(message, "kind", _subject(data), declaration.where(("kind",)), severity="warning")


def _note(every: Migrated, declaration: Declaration, migration: Migration, platform: Platform) -> None:
    subject = _subject(declaration.data)
    what = f"is of {OLD_VERSION}" if is_old(declaration.data, platform) else "has fields in another spelling"
    every.old.append(
        Finding(f"{what}; hzc migrate rewrites it", subject=subject, where=declaration.where(), severity="note")
    )
    for remark in migration.remarks:
        finding = _finding(remark, subject, declaration)
        (every.lost if remark.kind == "lost" else every.remarks).append(finding)
    try:
        parse(migration.data, platform)
    except SpecError as error:
        for problem in located(error.findings, declaration):
            message = f"v1 refuses it: {problem.message}"
            every.remarks.append(Finding(message, problem.path, problem.subject, problem.where, severity="warning"))


def _finding(remark: Remark, subject: str, declaration: Declaration) -> Finding:
    message = _WORDS[remark.kind].format(value=remark.value, why=remark.why)
    where = declaration.where(remark.path)
    return Finding(message, field_path(remark.path), subject, where, severity=_SEVERITIES[remark.kind])


def _subject(data: dict[str, Any]) -> str:
    metadata = data.get("metadata")
    names: Path = tuple(
        discreet(str(metadata[key]))
        for key in ("namespace", "name")
        if isinstance(metadata, dict) and metadata.get(key)
    )
    return f"{data.get('kind')} {'/'.join(map(str, names))}".rstrip()
