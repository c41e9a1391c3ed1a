"""All that a run reads, in shares; and what is declared in a share, sorted by what is done with it.

What was declared is parsed as soon as some of it is read, and its data dropped: a fleet of which each resource is held
once only fits in half of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice, pairwise
from operator import not_
from typing import IO, Any, NamedTuple, Protocol

from ..compiler.links import Links
from ..compiler.object_needs import ties_of_objects
from ..declaration import Declaration, declared_in
from ..errors import Finding, ReadError, system_reason
from ..kube.yaml import Document, read
from ..kube.yaml.reader import is_yaml, read_chunks
from ..kube.yaml.simple import LineCache
from ..kube.yaml.source import Stretch, chunks, cut, decoded
from ..own_objects import (
    NO_SURROUNDINGS,
    Surroundings,
    in_namespace,
    is_own_object,
    namespaces_of,
    own_namespace,
    scaled_targets,
)
from ..platform import Platform
from ..sources import Source, bytes_of, declarations, is_json
from .making import Making
from .parts import BATCH, Parsed

__all__ = [
    "Around",
    "Readable",
    "Share",
    "Taken",
    "Text",
    "first_of",
    "number_of_documents",
    "shared_out",
    "taken",
    "text_of",
]

_MARKER = "\n---"
_USUAL = 1500
"""Bytes of a document, more or less: what one that is read already counts for."""


class Text(NamedTuple):
    """One text of a run."""

    source: Source
    text: str | bytes | None
    """Bytes where it is not known whether they are YAML in UTF-8."""
    items: Sequence[Declaration | Finding] = ()
    """What is declared in it, or why it could not be read, where that is known already: then there is no text."""


class Readable(Protocol):
    """Documents of one source that can be read."""

    @property
    def source(self) -> Source:
        """Where they are from."""
        ...

    @property
    def number(self) -> int:
        """How many documents there are at most, or nearly."""
        ...

    def declared(self, known: LineCache) -> Iterator[Declaration | Finding]:
        """Yield what is declared in them, and what cannot be read; what is *known* of lines is made use of."""
        ...


class Share(NamedTuple):
    """A part of a text that one process reads."""

    source: Source
    text: str | bytes
    stretch: Stretch = Stretch(0, None, 1)
    items: Sequence[Declaration | Finding] = ()

    def declared(self, known: LineCache) -> Iterator[Declaration | Finding]:
        """Yield what is declared in it, and what cannot be read; what is *known* of lines is made use of."""
        return iter(self.items) if self.items else _declared(self.source, self.text, self.stretch, known)

    @property
    def number(self) -> int:
        """How many documents there are at most, or nearly."""
        if self.items or not self.text:
            return len(self.items)
        return self.text.count(_MARKER, *self.stretch[:2]) + 1 if isinstance(self.text, str) else 1


def number_of_documents(each: Text) -> int:
    """Return how many documents there are in a text at most, or nearly."""
    return Share(each.source, each.text or "", items=each.items).number


def text_of(source: Source, stdin: IO[bytes] | None, text: bytes | None) -> Text:
    """Read *source*, whose *text* may be known; what is no YAML is read to the end."""
    try:
        text = bytes_of(source, stdin) if text is None else text
    except OSError as error:
        return Text(source, None, (Finding(f"cannot be read: {system_reason(error)}", where=source.name),))
    if not is_json(source) and text.lstrip()[:1] not in {b"{", b"["}:
        try:
            return Text(source, decoded(text, source.name))
        except ReadError:
            return Text(source, text)
    found, findings = declarations(source, text=text)
    return Text(source, None, (*found, *findings))


def _size(each: Text) -> int:
    return len(each.items) * _USUAL if each.text is None else len(each.text)


def shared_out(texts: Sequence[Text], number: int) -> list[list[Share]]:
    """Return *texts* in a *number* of shares of about one size, in their order; a share begins with a document."""
    total = sum(map(_size, texts))
    ends = [total * place // number for place in range(1, number)]
    shares: list[list[Share]] = [[] for _ in range(number)]
    start = 0
    for each in texts:
        end = start + _size(each)
        first = sum(place <= start for place in ends)  # the share in which it begins
        for offset, part in enumerate(_parts(each, [place - start for place in ends if start < place < end])):
            shares[first + offset].append(part)
        start = end
    return [share for share in shares if share]


def first_of(each: Text) -> Share:
    """Return the beginning of a text, in which there is a document if there is any."""
    if not isinstance(each.text, str):
        return Share(each.source, b"", items=each.items[:1])
    end = each.text.find(_MARKER, 1) + 1
    return Share(each.source, each.text[:end] if end else each.text)


def _parts(each: Text, places: list[int]) -> Iterator[Share]:
    """Yield *each* in parts, cut at or behind *places*."""
    if each.text is not None and not places:
        yield Share(each.source, each.text)
    elif each.text is not None:
        for stretch in _stretches(each.text, places):
            yield Share(each.source, each.text, stretch)
    else:
        starts = [0, *(place // _USUAL for place in places), len(each.items)]
        for start, end in pairwise(starts):
            yield Share(each.source, b"", items=each.items[start:end])


def _stretches(text: str | bytes, places: Iterable[int]) -> list[Stretch]:
    """Cut the *text* of a file before documents at or behind *places*; one part is all where that cannot be done."""
    if isinstance(text, str) and is_yaml(text, "either"):
        return cut(text, places)
    return [Stretch(0, None, 1)]


def _declared(source: Source, text: str | bytes, stretch: Stretch, known: LineCache) -> Iterator[Declaration | Finding]:
    """Yield what a *stretch* of the *text* of *source* declares, and what cannot be read, one after the other.

    What is *known* of lines is made use of, and added to.
    """
    try:
        said = decoded(text, source.name) if isinstance(text, bytes) else text
    except ReadError as error:
        yield from error.findings
        return
    found: Iterable[Document | Finding]
    if not is_json(source) and is_yaml(said, "either"):
        found = read_chunks(chunks(said, *stretch), source.name, known)
    else:
        documents, findings = read(said, name=source.name, syntax="json" if is_json(source) else "either")
        found = (*documents, *findings)
    for each in found:
        if isinstance(each, Finding):
            yield each
        else:
            yield from declared_in(each)


@dataclass(slots=True)
class Around:
    """What stands around the resources of a set."""

    platform: Platform
    objects: list[Declaration] = field(default_factory=list)
    """Objects of the user's own."""
    findings: list[Finding] = field(default_factory=list)
    """What cannot be read."""
    namespaces: set[str] = field(default_factory=set)
    """Those of the resources."""
    filled: set[str] = field(default_factory=set)
    """The names of the texts in which anything stands."""
    links: Links | None = None
    """What the resources of the set have to do with each other; None before that is known."""

    def add(self, later: Around) -> None:
        """Add what a *later* share holds."""
        self.objects += later.objects
        self.findings += later.findings
        self.namespaces |= later.namespaces
        self.filled |= later.filled

    @property
    def namespace(self) -> str | None:
        """The namespace that objects without one are taken to be in."""
        return own_namespace(self.namespaces, self.platform)

    def surroundings(self) -> Surroundings:
        """Return what the objects of the user's own have to do with resources."""
        if not self.objects:
            return NO_SURROUNDINGS
        namespace = self.namespace
        seen = [in_namespace(each.data, namespace) for each in self.objects]
        return Surroundings((ties_of_objects(seen, self.platform),), scaled_targets(seen))


class Taken(NamedTuple):
    """What was read of a share."""

    part: Making[Any]
    """Resources to compile."""
    further: Parsed[Any]
    """Resources of which all that matters is what they have to do with those."""
    around: Around


def taken(
    share: Sequence[Readable],
    part: Making[Any],
    chosen: Callable[[Any], bool] = lambda _: True,
    known: LineCache | None = None,
) -> Taken:
    """Read a *share* and let *part* take what is declared in it; resources that are not *chosen* are further ones.

    What is *known* of lines is made use of, and added to.
    """
    platform = part.parsed.platform
    found = Taken(part, Parsed(platform), Around(platform))
    items = _items(share, found.around.filled, {} if known is None else known)
    batches = iter(lambda: list(islice(items, BATCH)), [])
    for batch in part.tracked(batches, sum(each.number for each in share)):
        resources = [*_resources(batch, found.around)]
        wanted = [chosen(each.data) for each in resources]
        picked = [*compress(resources, wanted)]
        part.take(picked)
        if len(picked) < len(resources):
            found.further.take([*compress(resources, map(not_, wanted))])
            found.further.drop_data()
    return found


def _resources(batch: Iterable[Declaration | Finding], around: Around) -> Iterator[Declaration]:
    """Yield the resources of a *batch*, and note what else there is in it."""
    for each in batch:
        if isinstance(each, Finding):
            around.findings.append(each)
        elif is_own_object(each.data, around.platform):
            around.objects.append(each)
        else:
            around.namespaces |= namespaces_of([each.data])
            yield each


def _items(share: Iterable[Readable], filled: set[str], known: LineCache) -> Iterator[Declaration | Finding]:
    for each in share:
        for item in each.declared(known):
            filled.add(each.source.name)
            yield item
