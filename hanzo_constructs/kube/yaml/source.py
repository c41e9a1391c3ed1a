"""From bytes to the texts of single documents, with everything refused that no reader should be asked to parse."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...errors import Finding, ReadError
from .limits import MAX_TEXT

__all__ = ["Chunk", "chunks", "decoded", "directive", "refused", "unprintable"]

# `---` and `...` at the start of a line, alone or before a space, end a document wherever they stand.
_MARKER = re.compile(r"\n(---|\.\.\.)(?=[ \t\n]|\Z)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
_ONLY_VERSION = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%YAML 1\.[0-9]+[ \t]*(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?)*")


class Chunk(NamedTuple):
    """The text of one document, from its `---` on."""

    text: str
    line: int
    """The line of the whole text on which `text` starts, counted from 1."""


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


def chunks(text: str) -> Iterator[Chunk]:
    """Split *text* into documents; a chunk begins with its `---` line, if it has one."""
    # The line break in front lets a marker on the first line match like any other. kubectl ends the last line too:
    # a block of text there means the same with a line break at the end of the file and without.
    text = f"\n{text}" if text.endswith("\n") else f"\n{text}\n"
    start, line = 1, 1
    for marker in _MARKER.finditer(text):
        at = marker.start() + 1
        yield Chunk(text[start:at], line)
        line += text.count("\n", start, at)
        start = at if marker[1] == "---" else marker.end()
    yield Chunk(text[start:], line)


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
