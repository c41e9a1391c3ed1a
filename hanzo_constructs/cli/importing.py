"""From arguments to what an import makes of them, and its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..declaration import Declaration
from ..errors import Finding
from ..importing import Imported, Left
from ..importing.resources import import_resources
from ..kube.yaml import dump
from ..own_objects import comes_first
from ..platform import Platform
from ..sources import Source, declarations, sources
from .printing import safe, standard_input

__all__ = ["ORIGINS", "Read", "read_all", "remainder_json", "remainder_table", "yaml_text"]

_WIDEST = (48, 40, 32)
"""Columns of a table that a longer text is not padded for: source, field, value."""


class Read(NamedTuple):
    """What was read, and what is wrong with it."""

    imported: Imported
    findings: list[Finding]


def _declared(places: Sequence[Source]) -> tuple[list[Declaration], list[Finding]]:
    declared: list[Declaration] = []
    findings: list[Finding] = []
    for place in places:
        found, problems = declarations(place, standard_input() if place.path is None else None)
        declared += found
        findings += problems
    return declared, findings


def _resources(places: Sequence[Source], platform: Platform) -> Read:
    declared, findings = _declared(places)
    imported, problems = import_resources(declared, platform)
    return Read(imported, [*findings, *problems])


def _manifests(places: Sequence[Source], platform: Platform) -> Read:
    from ..importing.manifests import import_manifests

    declared, findings = _declared(places)
    imported, problems = import_manifests(declared, platform)
    return Read(imported, [*findings, *problems])


ORIGINS: dict[str, Callable[[Sequence[Source], Platform], Read]] = {
    "resources": _resources,
    "manifests": _manifests,
}
"""Who reads the files, by what they hold."""


def read_all(arguments: Iterable[str], platform: Platform, origin: str) -> Read:
    """Return what *arguments* (files, directories, `-`), which hold what *origin* says, come to."""
    places, findings = sources(arguments)
    if any(finding.severity == "error" for finding in findings):
        return Read(Imported(), findings)
    imported, problems = ORIGINS[origin](places, platform)
    return Read(imported, [*findings, *problems])


def yaml_text(imported: Imported) -> str:
    """Return resources and objects as documents of YAML, those first that come first in a cluster."""
    before = [each for each in imported.objects_beside if comes_first(each)]
    after = [each for each in imported.objects_beside if not comes_first(each)]
    return "".join(f"---\n{dump(each)}" for each in (*before, *imported.resources, *after))


def remainder_table(remainder: Sequence[Left]) -> Iterator[str]:
    """Yield the lines of a table of what is left."""
    rows = [("source", "field", "value", "why"), *(tuple(map(safe, each)) for each in remainder)]
    widths = [max(len(row[column]) for row in rows if len(row[column]) <= most) for column, most in enumerate(_WIDEST)]
    for row in rows:
        yield "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]))


def remainder_json(remainder: Iterable[Left]) -> str:
    """Return what is left as JSON: a list of mappings."""
    return json.dumps([each._asdict() for each in remainder], indent=2, ensure_ascii=False) + "\n"
