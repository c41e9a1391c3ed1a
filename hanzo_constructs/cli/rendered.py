"""Both sides of a comparison: objects as they are, and resources with what they compile to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..compiler import Compilation
from ..declaration import Declaration
from ..errors import Finding, InputError, system_reason
from ..kube.manifest import Identity, Manifest, identity
from ..kube.schemas import kind_type
from ..kube.schemas.checking import type_findings
from ..own_objects import is_own_object
from ..platform import Platform
from ..settings import find_settings
from ..sources import Source, declarations, sources
from ..spec.kinds import GROUPS
from .places import Place, place_of
from .same_documents import Documents, documents_of, of_kinds, without_common

__all__ = ["Rendered", "Sides", "sides"]


@dataclass(slots=True)
class Rendered:
    """The objects of one side."""

    objects: list[Manifest] = field(default_factory=list)
    """Objects of Kubernetes, those that resources compile to among them."""
    resources: list[Manifest] = field(default_factory=list)
    """Resources of the platform, with every field in its long form."""
    owners: dict[Identity, Identity] = field(default_factory=dict)
    """The resource behind each object that is derived from one."""


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
        platforms = [_platform(each, settings, namespace) for each in (before, after)]
        texts = [_texts(each) for each in (before, after)]
        groups = {b"%s/v" % group.encode() for platform in platforms for group in (platform.api_group, *GROUPS)}
        if not any(group in text for text in {*texts[0].values(), *texts[1].values()} for group in groups):
            return _manifests((before, after), texts)
        return Sides(_rendered(before, platforms[0]), _rendered(after, platforms[1]))


def _platform(place: Place, settings: str | None, namespace: str | None) -> Platform:
    from .options import platform_with

    found = find_settings(place.settings_near) if settings is None else None
    return platform_with(str(found) if found else settings, namespace)


def _texts(place: Place) -> dict[Source, bytes]:
    found, findings = sources([place.path])
    texts: dict[Source, bytes] = {}
    for each in found:
        try:
            texts[each] = each.path.read_bytes() if each.path else b""
        except OSError as error:
            findings.append(Finding(f"cannot be read: {system_reason(error)}", where=each.name))
    _stop_at(findings, place)
    return texts


def _manifests(places: tuple[Place, Place], texts: list[dict[Source, bytes]]) -> Sides:
    """Read what is not the same on both sides."""
    alike = {*texts[0].values()} & {*texts[1].values()}
    documents = [[documents_of(each, text, whole=text in alike) for each, text in side.items()] for side in texts]
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
    _stop_at([*findings, *(finding for each in found for finding in _wrong(each))], place)
    return [each.data for each in found]


def _rendered(place: Place, platform: Platform) -> Rendered:
    """Compile what *place* holds; where there are no resources, take the objects as they are."""
    read: list[Declaration] = []
    for source in sources([place.path])[0]:
        found, findings = declarations(source)
        _stop_at(findings, place)
        read += found
    if all(is_own_object(each.data, platform) for each in read):
        _stop_at([finding for each in read for finding in _wrong(each)], place)
        return Rendered([each.data for each in read])
    from .checking import check

    checked = check([place.path], platform, _pieces)
    _stop_at(checked.findings, place)
    whole = Rendered([each.data for each in checked.objects])
    for outcome in checked.outcomes:
        if outcome.value:
            resource, children = outcome.value
            whole.resources.append(resource)
            whole.objects += children
            whole.owners |= {identity(each): identity(resource) for each in children}
    return whole


def _pieces(compilation: Compilation) -> tuple[Manifest, list[Manifest]]:
    return compilation.resource_manifest, compilation.manifests


def _stop_at(findings: list[Finding], place: Place) -> None:
    errors = [place.as_typed(each) for each in findings if each.severity == "error"]
    if errors:
        raise InputError(errors)


def _wrong(declaration: Declaration) -> Iterator[Finding]:
    """Yield why what was declared is no object that API servers could take, as far as others rely on it."""
    data, where = declaration.data, declaration.where()
    if not isinstance(data, dict):
        yield Finding("expected an object of Kubernetes", where=where)
        return
    absent = [name for name in ("apiVersion", "kind") if not isinstance(data.get(name), str)]
    yield from (Finding("required", name, where=where) for name in absent)
    metadata = data.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        yield Finding("required", "metadata.name", where=where)
    elif not isinstance(metadata.get("namespace") or "", str):
        yield Finding("expected a string", "metadata.namespace", where=where)
    elif not absent and (kind := kind_type(data["apiVersion"], data["kind"])):
        body = {key: value for key, value in data.items() if key != "status"}
        yield from (each.at(where) for each in type_findings(body, kind, unknown="warning"))
