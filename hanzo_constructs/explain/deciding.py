"""Which field of a resource decides what stands at a place of one of its children: who mends that, mends the field."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice, takewhile
from typing import Any

from ..compiler.compilation import Compilation
from ..errors import Finding
from ..kube.fields import Path, parsed_path
from .as_written import as_written, written_at
from .causes import causes_of_fields, leaves
from .effects import Place

__all__ = ["DecidingFields", "first_places"]

_OVERLAY: Path = ("spec", "overlay")
_MOST_PLACES = 25
"""Resources that are looked at for one set: each takes as long as compiling it a hundred times."""


class DecidingFields:
    """The fields of one resource that decide what its children are."""

    def __init__(self, compilation: Compilation) -> None:
        """Find out about the children of *compilation*."""
        self._compilation = compilation
        self._wrote = as_written(compilation)
        self._by_subject = {_subject(child.manifest): number for number, child in enumerate(compilation.children)}
        self._causes = causes_of_fields(compilation)

    def field(self, finding: Finding) -> Path | None:
        """Return the field that decides what *finding* is about, which is found in a child or the resource itself.

        None where no field does, or several do of which none is more to blame than the others.
        """
        path = parsed_path(finding.path)
        number = self._by_subject.get(finding.subject)
        if number is None:
            return path if written_at(path, self._wrote) is not None else None
        child = self._compilation.children[number]
        around, part = _nearest(child.manifest, path)
        if around != path and written_at(path, self._wrote) is not None:
            return path  # a Service is called as the child of that kind
        overlay: Path = (*_OVERLAY, child.id)
        overlaid = _overlaid(written_at(overlay, self._wrote), child.manifest, around)
        if around and len(overlaid) == len(around):
            return (*overlay, *overlaid)
        deciding: set[Path] | None = None
        for leaf, _ in leaves(part):
            fields = {cause.name for cause in self._causes[Place(number, (*around, *leaf))]}
            deciding = fields if deciding is None else deciding & fields
        chosen = _chosen(deciding or (), around)
        return (*overlay, *overlaid) if chosen == overlay else chosen


def _subject(manifest: Any) -> str:
    metadata = manifest["metadata"]
    place = f"{metadata['namespace']}/" if metadata.get("namespace") else ""
    return f"{manifest['kind']} {place}{metadata['name']}"


def _overlaid(partial: Any, value: Any, path: Path) -> Path:
    """Return where *partial*, which was merged into what is *value* now, writes what stands at *path*, as far as it does."""
    found: list[str | int] = []
    for step in path:
        value, there = value[step], step
        if isinstance(partial, list):  # lists are merged by keys
            there = next((index for index, entry in enumerate(partial) if _is_part(entry, value)), len(partial))
        partial = written_at((there,), partial)
        if partial is None:
            break
        found.append(there)
    return tuple(found)


def _is_part(partial: Any, value: Any) -> bool:
    """Tell whether *partial* can have been merged into *value*, as far as its own texts and numbers tell."""
    if isinstance(partial, dict) and isinstance(value, dict):
        return all(value.get(key) == each for key, each in partial.items() if not isinstance(each, dict | list))
    return bool(partial == value)


def _nearest(value: Any, path: Path) -> tuple[Path, Any]:
    """Return as much of *path* as there is in *value*, and what stands there."""
    for length, step in enumerate(path):
        try:
            value = value[step]
        except (LookupError, TypeError):
            return path[:length], value
    return path, value


def _chosen(fields: Collection[Path], path: Path) -> Path | None:
    """Return the one of *fields* that is most to blame for what stands at *path*: the innermost, of a name on the way.

    Of several it is the part of the spec that all of them stand in.
    """
    of_spec = [field for field in fields if field[0] == "spec"] or fields
    inner = [one for one in of_spec if not any(other != one and other[: len(one)] == one for other in of_spec)]
    best = [field for field in inner if field[1] in path] or inner
    shared = tuple(steps[0] for steps in takewhile(lambda steps: len({*steps}) == 1, zip(*best, strict=False)))
    return shared if len(shared) > 1 else None


def first_places(findings: Iterable[Finding]) -> set[str]:
    """Return where the first objects stand of which *findings* tell, those with errors before those with warnings."""
    found = sorted((each for each in findings if each.path), key=lambda each: each.severity != "error")
    return {*islice(dict.fromkeys(each.where for each in found), _MOST_PLACES)}
