"""Documents that are the same on both sides to the byte: nothing is compared there, and they are read only where one asks."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..declaration import Declaration
from ..errors import Finding
from ..sources import Source, declarations

__all__ = ["Documents", "documents_of", "of_kinds", "without_common"]

_START = re.compile(rb"^---(?=\s|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one file, in pieces of its text."""

    source: Source
    pieces: tuple[bytes, ...]

    def read(self, wanted: Collection[bytes]) -> tuple[list[Declaration], list[Finding]]:
        """Return what the *wanted* pieces declare, at the lines where they stand in the file."""
        if not any(piece in wanted for piece in self.pieces):
            return [], []
        blank = (piece if piece in wanted else b"\n" * piece.count(b"\n") for piece in self.pieces)
        return declarations(Source(self.source.name, None), io.BytesIO(b"".join(blank)))


def documents_of(source: Source, text: bytes, *, whole: bool) -> Documents:
    """Return the documents in *text*, that of the file *source*: in one piece where it is to stay *whole*, or has to."""
    if whole or _is_one_piece(text):
        return Documents(source, (text,))
    starts = [0, *(found.start() for found in _START.finditer(text) if found.start()), len(text)]
    return Documents(source, tuple(text[start:end] for start, end in pairwise(starts)))


def _is_one_piece(text: bytes) -> bool:
    """Tell whether *text* is JSON, or has documents that depend on what is written between them."""
    return text.lstrip()[:1] in (b"{", b"[") or text[:1] == b"%" or b"\n%" in text or b"\n..." in text


def without_common(old: Collection[Documents], new: Collection[Documents]) -> tuple[set[bytes], set[bytes], set[bytes]]:
    """Return the pieces that only *old* has, those that only *new* has, and those that both have."""
    before, after = ({piece for each in side for piece in each.pieces} for side in (old, new))
    return before - after, after - before, before & after


def of_kinds(kinds: Collection[str], pieces: Collection[bytes]) -> Iterator[bytes]:
    """Yield those of *pieces* that may declare an object of one of *kinds*."""
    pattern = re.compile(rb"""kind["']?\s*:\s*["']?(?:%s)\b""" % b"|".join(kind.encode() for kind in kinds))
    yield from (piece for piece in pieces if pattern.search(piece))
