"""The line of what is found in a derived object: that of the field of the resource that decides it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ..compiler import compile_unshared
from ..compiler.links import Links
from ..compiler.resource_ties import ties_of
from ..declaration import Declaration, declared_in
from ..errors import Finding
from ..explain import DecidingFields, first_places
from ..kube.yaml.reader import read_chunks
from ..kube.yaml.source import chunks, decoded
from ..platform import Platform
from ..sources import is_json
from ..spec.kinds import parse
from ..spec.short_forms import path_as_written
from .reading import Text, shared_out

__all__ = ["with_lines_of_fields"]


def with_lines_of_fields(
    findings: Sequence[Finding], places: set[str], texts: Iterable[Text], platform: Platform, links: Links
) -> list[Finding]:
    """Return *findings*, those of what is derived of a resource at one of *places* with the line of the field.

    The resources are read anew from *texts*, in a set of which all that is known of each other are *links*.
    """
    wanted = first_places(finding for finding in findings if finding.where in places)
    known: dict[str, list[_Resource]] = {}
    for declaration in _declared(texts, wanted):
        if (place := declaration.where()) in wanted:
            known.setdefault(place, []).append(_Resource(declaration, platform, links))
    return [_located(finding, known.get(finding.where, ())) for finding in findings]


class _Resource:
    """One resource, read again."""

    def __init__(self, declaration: Declaration, platform: Platform, links: Links) -> None:
        """Compile what was declared in *declaration*."""
        self._declaration = declaration
        resource = parse(declaration.data, platform)
        self._fields = DecidingFields(
            compile_unshared(resource, platform, links=links, ties=ties_of(resource, platform))
        )

    def line(self, finding: Finding) -> str | None:
        """Return where the field stands that decides what *finding* is about; None where there is none."""
        field = self._fields.field(finding)
        return self._declaration.where(path_as_written(field, self._declaration.data)) if field else None


def _declared(texts: Iterable[Text], places: Iterable[str]) -> Iterator[Declaration]:
    """Yield what is declared in those documents of *texts* in which *places* are."""
    lines: dict[str, list[int]] = {}
    for name, _, line in (place.rpartition(":") for place in places):
        if line.isdecimal():
            lines.setdefault(name, []).append(int(line))
    for each in texts:
        if wanted := sorted(lines.get(each.source.name, ())):
            yield from (item for item in _items(each, wanted) if isinstance(item, Declaration))


def _items(text: Text, lines: Sequence[int]) -> Iterator[Declaration | Finding]:
    """Yield what is declared in the documents of *text* in which *lines* are, which ascend; in all where it is no YAML."""
    if text.text is None or is_json(text.source):
        for share in chain.from_iterable(shared_out([text], 1)):
            yield from share.declared({})
        return
    for chunk in chunks(decoded(text.text, text.source.name)):
        last = chunk.line + chunk.text.count("\n") - 1
        if bisect_left(lines, chunk.line) < bisect_right(lines, last):
            for document in read_chunks((chunk,), text.source.name, {}):
                yield from (document,) if isinstance(document, Finding) else declared_in(document)


def _located(finding: Finding, resources: Iterable[_Resource]) -> Finding:
    line = next(filter(None, (each.line(finding) for each in resources)), None) if finding.path else None
    return replace(finding, where=line) if line else finding
