"""From arguments to what an import makes of them, and its text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..declaration import Declaration
from ..errors import Finding, system_reason
from ..importing import Imported, Left
from ..importing.resources import import_resources
from ..kube.manifest import Identity, Manifest, identity
from ..kube.yaml import Document, dump, read
from ..own_objects import comes_first
from ..platform import Platform
from ..sources import Source, bytes_of, declarations, sources
from .beside import FilesBeside
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


Importer = Callable[[Document, FilesBeside, Platform], tuple[Imported, list[Finding]]]


def _of_documents(importer: Importer, *, merges: bool = False) -> Callable[[Sequence[Source], Platform], Read]:
    """Return who reads files of which each document is imported by itself, and which may have merge keys (*merges*)."""

    def read_places(places: Sequence[Source], platform: Platform) -> Read:
        parts: list[Imported] = []
        findings: list[Finding] = []
        for place in places:
            documents, problems = _documents(place, merges=merges)
            findings += problems
            beside = FilesBeside(place.path.parent if place.path else None)
            for document in documents:
                imported, problems = importer(document, beside, platform)
                parts.append(imported)
                findings += problems
        whole = _without_repeats(Imported.together(parts))
        return Read(whole, [*findings, *_twins(whole)])

    return read_places


def _documents(place: Source, *, merges: bool) -> tuple[list[Document], list[Finding]]:
    try:
        text = bytes_of(place, standard_input() if place.path is None else None)
    except OSError as error:
        return [], [Finding(f"cannot be read: {system_reason(error)}", where=place.name)]
    documents, findings = read(text, name=place.name)
    if merges and findings and b"<<" in text:
        from ..importing.compose import with_merge_keys_quoted

        documents, findings = read(with_merge_keys_quoted(text.decode(errors="replace")), name=place.name)
    if not documents and not findings:
        findings = [Finding("holds no document", where=place.name)]
    return documents, findings


def _without_repeats(imported: Imported) -> Imported:
    """Return *imported* with each resource once: several files may ask for one that they share."""
    known: dict[Identity, Manifest] = {}
    resources = [
        each
        for each in imported.resources
        if known.setdefault(identity(each), each) is each or known[identity(each)] != each
    ]
    return imported._replace(resources=tuple(resources))


def _twins(imported: Imported) -> Iterator[Finding]:
    """Yield resources that several of the files come to."""
    counted = Counter(map(identity, imported.resources))
    for (_, kind, namespace, name), count in counted.items():
        if count > 1:
            subject = f"{kind} {namespace}/{name}" if namespace else f"{kind} {name}"
            yield Finding(f"{count} of the files come to it; import them one by one", "metadata.name", subject)


def _compose(document: Document, files: FilesBeside, platform: Platform) -> tuple[Imported, list[Finding]]:
    from ..importing.compose import import_compose

    return import_compose(document, files, platform)


def _score(document: Document, files: FilesBeside, platform: Platform) -> tuple[Imported, list[Finding]]:
    from ..importing.score import import_score

    return import_score(document, files, platform)


ORIGINS: dict[str, Callable[[Sequence[Source], Platform], Read]] = {
    "resources": _resources,
    "manifests": _manifests,
    "compose": _of_documents(_compose, merges=True),
    "score": _of_documents(_score),
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
