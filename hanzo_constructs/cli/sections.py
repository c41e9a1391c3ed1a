"""A long input in sections: consecutive documents, whose result is kept together and found again by what they say.

Where a section ends follows from its documents alone, not from their number, so that a document that is added or goes
changes the section that it stands in, and no other. On which line a document stands is no part of its result: messages
name a place by a token until all is known.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, groupby
from typing import Any, NamedTuple

from ..declaration import Declaration, declared_in
from ..errors import Finding, ReadError
from ..kube import fields
from ..kube.yaml import Document
from ..kube.yaml.reader import is_yaml, read_chunks
from ..kube.yaml.simple import LineCache
from ..kube.yaml.source import Chunk, chunks, decoded
from ..sources import Source, is_json
from .reading import Text

__all__ = ["Numbered", "Placed", "Places", "Section", "Stretch", "sections_of"]

_ENDS = 32
"""One document of so many ends a section."""
_MOST = 128
"""Documents of a section at most."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Around what stands for a place; no text that is read holds either."""
_TOKEN = re.compile(f"{_OPEN}([0-9a-f]{{32}}) ([^{_CLOSE}]*){_CLOSE}")


class Numbered(NamedTuple):
    """A document, and what tells it from every other of the input."""

    chunk: Chunk
    identity: str
    """The hash of its text, and of how many there are with the same text before it."""


class Stretch(NamedTuple):
    """Consecutive documents of one text."""

    source: Source
    documents: tuple[Numbered, ...]

    @property
    def number(self) -> int:
        """How many documents there are."""
        return len(self.documents)

    def declared(self, known: LineCache) -> Iterator[Declaration | Finding]:
        """Yield what is declared in it, placed by tokens, and what cannot be read; what is *known* of lines is used."""
        for document in self.documents:
            for each in read_chunks((document.chunk,), self.source.name, known):
                if isinstance(each, Finding):
                    yield each
                    continue
                for declared in declared_in(each):
                    yield declared if isinstance(declared, Finding) else Placed(declared, document.identity)


class Section(NamedTuple):
    """Consecutive documents of the input whose result is kept together."""

    stretches: tuple[Stretch, ...]

    @property
    def documents(self) -> Iterator[tuple[Source, Numbered]]:
        """Yield each document, and where it is from."""
        return ((each.source, document) for each in self.stretches for document in each.documents)

    @property
    def number(self) -> int:
        """The number of documents."""
        return sum(each.number for each in self.stretches)

    @property
    def size(self) -> int:
        """The number of characters."""
        return sum(len(document.chunk.text) for _, document in self.documents)

    def key(self, base: str) -> str:
        """Return the hash of all documents and of *base*, the hash of what else the result depends on."""
        digest = blake2b(base.encode(), digest_size=20)
        for _, document in self.documents:
            digest.update(document.identity.encode())
        return digest.hexdigest()


class Placed(Declaration):
    """A declaration whose place is named by a token."""

    __slots__ = ("_declared", "identity")
    _declared: Declaration
    identity: str
    """What tells its document from all others."""

    def __init__(self, declared: Declaration, identity: str) -> None:
        """Place what is *declared* in the document of that *identity*."""
        object.__setattr__(self, "document", declared.document)
        object.__setattr__(self, "at", declared.at)
        object.__setattr__(self, "_declared", declared)
        object.__setattr__(self, "identity", identity)

    @property
    def data(self) -> Any:
        """What was written."""
        return self._declared.data

    def where(self, path: fields.Path = ()) -> str:
        """Return what stands for the place of the field at *path* in messages."""
        return f"{_OPEN}{self.identity} {json.dumps([*self.at, *path])}{_CLOSE}"

    @property
    def lean(self) -> Declaration:
        """The same without its data, if that can be read again when somebody asks for it."""
        return Placed(self._declared.lean, self.identity)

    @property
    def plain(self) -> Declaration:
        """The same, which names its place as `file:line`."""
        return self._declared


class Places:
    """Where the documents of sections stand."""

    def __init__(self, sections: Iterable[Section]) -> None:
        """Look for places among *sections*."""
        known = enumerate(chain.from_iterable(each.documents for each in sections))
        self._known = {document.identity: (number, source, document.chunk) for number, (source, document) in known}
        self._documents: dict[str, Document | None] = {}

    def readable(self, finding: Finding) -> Finding:
        """Return *finding* with `file:line` in place of each token."""
        if _OPEN not in finding.where and _OPEN not in finding.message:
            return finding
        where, message = (_TOKEN.sub(self._where, text) for text in (finding.where, finding.message))
        return replace(finding, where=where, message=message)

    def in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return *findings* in the order of the documents that they are about; the others come last, as they are."""
        return sorted(findings, key=self._number)

    def _number(self, finding: Finding) -> int:
        token = _TOKEN.fullmatch(finding.where)
        return self._known[token[1]][0] if token and token[1] in self._known else len(self._known)

    def _where(self, token: re.Match[str]) -> str:
        if token[1] not in self._known:
            return token[0]
        _, source, chunk = self._known[token[1]]
        if token[1] not in self._documents:
            found = next(read_chunks((chunk,), source.name, {}), None)
            self._documents[token[1]] = found if isinstance(found, Document) else None
        document = self._documents[token[1]]
        return document.where(tuple(json.loads(token[2]))) if document else f"{source.name}:{chunk.line}"


def sections_of(texts: Iterable[Text]) -> list[Section] | None:
    """Return the sections of *texts*; None where one is not YAML."""
    numbered: list[tuple[Source, Numbered]] = []
    seen: Counter[bytes] = Counter()
    for source, text, _ in texts:
        if text is None or is_json(source):
            return None
        try:
            said = decoded(text, source.name)
        except ReadError:
            return None
        if not is_yaml(said, "either"):
            return None
        for chunk in chunks(said):
            digest = blake2b(chunk.text.encode(), digest_size=16)
            text_alone = digest.digest()
            if again := seen[text_alone]:
                digest.update(b"\0%d" % again)
            seen[text_alone] += 1
            numbered.append((source, Numbered(chunk, digest.hexdigest())))
    return [*_cut(numbered)]


def _cut(numbered: Iterable[tuple[Source, Numbered]]) -> Iterator[Section]:
    pending: list[tuple[Source, Numbered]] = []
    for each in numbered:
        pending.append(each)
        if int(each[1].identity[:8], 16) % _ENDS == 0 or len(pending) == _MOST:
            yield _section(pending)
            pending = []
    if pending:
        yield _section(pending)


def _section(documents: Iterable[tuple[Source, Numbered]]) -> Section:
    grouped = groupby(documents, key=lambda each: each[0])
    return Section(tuple(Stretch(source, tuple(each for _, each in found)) for source, found in grouped))
