"""Both sides of a comparison: objects as they are, and resources with what they compile to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from ..declaration import Declaration
from ..errors import Finding, system_reason
from ..kube.manifest import Manifest
from ..settings import find_settings
from ..sources import Source, sources
from ..spec.groups import GROUPS
from .options import platform_from, settings_file
from .places import Place, place_of
from .rendered import Rendered, stop_at, wrong
from .same_documents import Documents, documents_of, of_kinds, without_common

__all__ = ["Sides", "sides"]


_Texts = Sequence[Sequence[tuple[Source, bytes]]]
"""What stands in the files of each side."""


class Sides(NamedTuple):
    """What is compared."""

    old: Rendered
    new: Rendered
    same: Callable[[Collection[str]], list[Manifest]] | None = None
    """Return the objects of some kinds that are the same on both sides, where those are in neither; None: all are in both."""


def sides(old: str, new: str, settings: str | None, namespace: str | None) -> Sides:
    """Return what *old* and *new* hold: each a file, a directory, `-`, `revision` or `revision:path` of git.

    Settings of the platform are those of the file *settings*, or those nearest to each side, as they were then. Raises
    `InputError` for what cannot be read or compiled, with the names that the user typed.
    """
    with place_of(old) as before, place_of(new) as after:
        files = [_settings_of(each, settings) for each in (before, after)]
        texts = [_texts(each) for each in (before, after)]
        if files == [None, None] and namespace is None and not _may_name(GROUPS, texts):
            return _manifests((before, after), texts)
        from .compiled import compiled_objects  # plain manifests need no model

        platforms = [platform_from(file, namespace) for file in files]
        if not _may_name({*GROUPS, *(each.api_group for each in platforms)}, texts):
            return _manifests((before, after), texts)
        return Sides(compiled_objects(before, platforms[0]), compiled_objects(after, platforms[1]))


def _settings_of(place: Place, settings: str | None) -> Path | None:
    """Return the file of the settings that hold for *place*: a revision without one had those that are the default."""
    if settings is not None:
        return settings_file(settings)
    return find_settings(place.settings_near) or (settings_file(None) if place.name is None else None)


def _may_name(groups: Collection[str], texts: _Texts) -> bool:
    """Tell whether there may be resources of one of the API *groups* in *texts*."""
    marks = [f"{group}/v".encode() for group in groups]
    return any(mark in text for text in {text for side in texts for _, text in side} for mark in marks)


def _texts(place: Place) -> list[tuple[Source, bytes]]:
    found, findings = sources([place.path])
    texts: list[tuple[Source, bytes]] = []
    for each in found:
        try:
            texts.append((each, _bytes(each.path) if each.path else b""))
        except OSError as error:
            findings.append(Finding(f"cannot be read: {system_reason(error)}", where=each.name))
    stop_at(findings, place)
    return texts


def _bytes(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return file.readall()


def _manifests(places: tuple[Place, Place], texts: _Texts) -> Sides:
    """Read what is not the same on both sides."""
    alike = {text for _, text in texts[0]} & {text for _, text in texts[1]}
    documents = [[documents_of(each, text, whole=text in alike) for each, text in side] for side in texts]
    *own, common = without_common(*documents)

    def same(kinds: Collection[str]) -> list[Manifest]:
        return _read(places[1], documents[1], set(of_kinds(kinds, common)))

    found = [Rendered(_read(*side)) for side in zip(places, documents, own, strict=True)]
    return Sides(found[0], found[1], same)


def _read(place: Place, documents: Collection[Documents], wanted: Collection[bytes]) -> list[Manifest]:
    found: list[Declaration] = []
    findings: list[Finding] = []
    for each in documents:
        declared, problems = each.read(wanted)
        found += declared
        findings += problems
    stop_at([*findings, *(finding for each in found for finding in wrong(each))], place)
    return [each.data for each in found]
