"""From bytes to the texts of single documents, with everything refused that no reader should be asked to parse."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...errors import Finding, ReadError
from .limits import MAX_TEXT

__all__ = ["Chunk", "Excerpt", "Stretch", "chunks", "cut", "decoded", "directive", "refused", "unprintable"]

# `---` and `...` at the start of a line, alone or before a space, end a document wherever they stand.
_MARKER = re.compile(r"\n(---|\.\.\.)(?=[ \t\n]|\Z)")
_FIRST_MARKER = re.compile(r"(---|\.\.\.)(?=[ \t\n]|\Z)")
_DOCUMENT = re.compile(r"\n---(?=[ \t\n]|\Z)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
_ONLY_VERSION = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%YAML 1\.[0-9]+[ \t]*(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?)*")


class Excerpt(NamedTuple):
    """Where the text of one document stands, which many may hold at little cost."""

    whole: str
    start: int
    end: int
    line: int

    @property
    def chunk(self) -> Chunk:
        """The document itself."""
        return Chunk(self.whole[self.start : self.end], self.line, self)


class Chunk(NamedTuple):
    """The text of one document, from its `---` on."""

    text: str
    line: int
    """The line of the whole text on which `text` starts, counted from 1."""
    excerpt: Excerpt


class Stretch(NamedTuple):
    """A part of a text that begins with a document."""

    start: int
    end: int | None
    """None: the end of the text."""
    line: int
    """The line of the whole text on which it starts."""


def decoded(text: bytes | str, name: str) -> str:
    """Return *text* as a string with Unix line ends and no byte order mark; raise ReadError if it is not UTF-8."""
    if len(text) > MAX_TEXT:
        raise refused(name, 1, f"the text is larger than {MAX_TEXT // 2**20} MiB, split it into several files")
    if isinstance(text, bytes):
        if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in text[:2]:
            raise refused(name, 1, "the text is UTF-16 or UTF-32, save it as UTF-8")
        try:
            text = text.decode()
        except UnicodeDecodeError as problem:
            line = problem.object.count(b"\n", 0, problem.start) + 1
            byte = problem.object[problem.start]
            raise refused(name, line, f"not valid UTF-8: byte 0x{byte:02x} at offset {problem.start}") from None
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def chunks(text: str, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Chunk]:
    """Split *text* into documents; a chunk begins with its `---` line, if it has one.

    Or split what stands between *start*, where the *line* begins, and *end*, which `cut` has returned.
    """
    if not text.endswith("\n"):
        # kubectl ends the last line too: a block of text there means the same with a line break at its end and without
        text += "\n"
    end = len(text) if end is None else end
    if (first := _FIRST_MARKER.match(text, start, end)) and first[0] == "...":
        start = first.end()
    for marker in _MARKER.finditer(text, start, end):
        at = marker.start() + 1
        yield Excerpt(text, start, at, line).chunk
        line += text.count("\n", start, at)
        start = at if marker[1] == "---" else marker.end()
    yield Excerpt(text, start, end, line).chunk


def cut(text: str, places: Iterable[int]) -> list[Stretch]:
    """Cut *text* before the first documents that begin at or behind *places*, which ascend."""
    starts = [0]
    for place in places:
        found = _DOCUMENT.search(text, max(place, starts[-1]))
        if found is None:
            break
        starts.append(found.start() + 1)
    stretches, line = list[Stretch](), 1
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        stretches.append(Stretch(start, end, line))
        line += text.count("\n", start, end)
    return stretches


def unprintable(chunk: Chunk) -> tuple[int, str] | None:
    """Return line and name of the first character of *chunk* that YAML does not allow, if there is one."""
    if found := _UNPRINTABLE.search(chunk.text):
        return chunk.line + chunk.text.count("\n", 0, found.start()), f"U+{ord(found[0]):04X}"
    return None


def directive(text: str) -> str:
    """Say whether the chunk *text* is a directive: `version` for `%YAML 1.x`, which changes nothing, `other` or ``."""
    if not _DIRECTIVE.match(text):
        return ""
    return "version" if _ONLY_VERSION.fullmatch(text) else "other"


def refused(name: str, line: int, message: str) -> ReadError:
    """Return the error for a text that is refused as a whole."""
    return ReadError([Finding(message, where=f"{name}:{line}")])
