"""The documents of one file, each read anew only when its text changes; a broken one keeps what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..declaration import Declaration, declared_in
from ..errors import Finding, ReadError
from ..kube.fields import Path
from ..kube.yaml import Contents, read
from ..kube.yaml.source import Chunk, Excerpt, chunks, decoded
from .fields import Field, Fields, fields_of
from .text import Position, Span, Text

__all__ = ["File", "Piece"]


@dataclass(eq=False)
class Piece:
    """One document of a file; its lines are counted from its own first one."""

    text: str
    """With Unix line ends."""
    line: int
    """Of the file, counted from 0, on which the text starts."""
    declarations: list[Declaration] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Why it cannot be read, or what is wrong with it as a List; each names its line of the file as `:1`."""
    before: Piece | None = None
    """What stood here when it could be read the last time, where it cannot be read now."""

    @property
    def is_broken(self) -> bool:
        """Whether it cannot be read."""
        return bool(self.findings) and not self.declarations

    @property
    def good(self) -> Piece:
        """What can be read: the piece itself, or what it was before it was broken."""
        return self.before if self.is_broken and self.before else self

    @cached_property
    def fields(self) -> Fields:
        """Where every field stands, as far as the text can be read."""
        return fields_of(self.text)

    def nearest(self, declaration: Declaration, path: Path) -> tuple[Path, Field] | None:
        """Return the field at *path* of *declaration*, or the nearest around it, and its path in the document."""
        whole: Path = (*declaration.at, *path)
        for length in range(len(whole), len(declaration.at) - 1, -1):
            if found := self.fields.get(whole[:length]):
                return whole[:length], found
        return None

    def first_line(self, declaration: Declaration) -> int:
        """Return the line of the file, counted from 1, on which *declaration* starts."""
        return self.line + int(declaration.where().rpartition(":")[2])


class File:
    """A file of resources and objects, as the editor or the disk holds it."""

    def __init__(self, name: str, text: str | bytes) -> None:
        """Read *text* of the file that messages call *name*."""
        self.name = name
        self.text = Text("")
        self.pieces: list[Piece] = []
        self.update(text)

    def update(self, text: str | bytes) -> None:
        """Read *text* in place of what was there; documents that are as they were are kept."""
        self.text = Text(text if isinstance(text, str) else text.decode(errors="replace"))
        old = self.pieces
        known: dict[str, list[Piece]] = {}
        for piece in old:
            known.setdefault(piece.text, []).append(piece)
        kept: set[int] = set()
        self.pieces = []
        try:
            found = [*_chunks(text)]
        except ReadError as error:
            self.pieces = [Piece("", 0, findings=[*error.findings])]
            found = []
        for chunk in found:
            same = known.get(chunk.text)
            piece = same.pop(0) if same else _read(chunk)
            kept.add(id(piece))
            if piece.line != chunk.line - 1:
                piece.line = chunk.line - 1
                piece.findings = _findings(chunk) if piece.findings else []
            self.pieces.append(piece)
        had = {id(piece) for piece in old}
        new = [piece for piece in self.pieces if id(piece) not in had]
        _remember([piece for piece in old if id(piece) not in kept], new)

    def piece_at(self, position: Position) -> Piece | None:
        """Return the document in which *position* is."""
        return next((piece for piece in reversed(self.pieces) if piece.line <= position.line), None)

    def span(self, piece: Piece, span: Span) -> Span:
        """Return where *span* of *piece* is in the file."""
        return span.moved(piece.line)


def _remember(gone: list[Piece], new: Iterable[Piece]) -> None:
    """Let each broken one of the *new* pieces know what it was: one of those *gone*, in their order."""
    left = iter(gone)
    for piece in new:
        before = next(left, None)
        if piece.is_broken and before is not None:
            good = before.good
            piece.before = None if good.is_broken else good


def _chunks(text: str | bytes) -> Iterator[Chunk]:
    plain = decoded(text, "")
    if _is_json(plain):
        yield Excerpt(plain, 0, len(plain), 1).chunk
    else:
        yield from chunks(plain)


def _read(chunk: Chunk) -> Piece:
    documents, findings = _contents(chunk.text)
    piece = Piece(chunk.text, chunk.line - 1)
    declared = [each for document in documents for each in declared_in(document)]
    piece.declarations += [each for each in declared if isinstance(each, Declaration)]
    if findings or len(declared) > len(piece.declarations):
        piece.findings += _findings(chunk)
    return piece


def _findings(chunk: Chunk) -> list[Finding]:
    """Return what is wrong with *chunk*, with the lines that it has in its file."""
    documents, findings = _contents("\n" * (chunk.line - 1) + chunk.text)
    declared = (each for document in documents for each in declared_in(document))
    return [*findings, *(each for each in declared if isinstance(each, Finding))]


def _contents(text: str) -> Contents:
    return read(text, name="", syntax="either" if _is_json(text) else "yaml")


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["}
