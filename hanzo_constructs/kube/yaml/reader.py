"""Read texts of YAML and JSON documents and report everything wrong with them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Literal, NamedTuple

from ...errors import Finding, ReadError
from ..fields import Path
from .document import Document
from .json_text import read_json
from .limits import MAX_DOCUMENT, TOO_LARGE
from .simple import EMPTY, LineCache, read_simple
from .source import Chunk, Excerpt, chunks, decoded, directive, unprintable

__all__ = ["Contents", "Syntax", "is_yaml", "load", "load_all", "load_json", "read", "read_chunks"]

Syntax = Literal["json", "yaml", "either"]

_INPUT = "<input>"
_LOOKS_LIKE_JSON = re.compile(r"[\s\[]*\{\s*[\"}]").match


class Contents(NamedTuple):
    """The documents of a text that can be read, and everything wrong with the others."""

    documents: list[Document]
    findings: list[Finding]

    def or_error(self) -> list[Document]:
        """Return the documents; raises ReadError with the findings, where there are any."""
        if self.findings:
            raise ReadError(self.findings)
        return self.documents


def read(text: bytes | str, *, name: str = _INPUT, syntax: Syntax = "either") -> Contents:
    """Read what can be read of *text*; documents that hold nothing but comments are left out.

    Scalars of YAML mean what they mean to kubectl. Where *text* may be *either*, what starts with a bracket and is no
    JSON is taken for YAML.
    """
    try:
        text = decoded(text, name)
    except ReadError as error:
        return Contents([], list(error.findings))
    if is_yaml(text, syntax):
        return _yaml_contents(text, name)
    json = read_json(text, name)
    if json.is_json or syntax == "json":
        return Contents(json.documents, json.findings)
    yaml = _yaml_contents(text, name)
    return Contents(json.documents, json.findings) if yaml.findings and _LOOKS_LIKE_JSON(text) else yaml


def is_yaml(text: str, syntax: Syntax) -> bool:
    """Tell whether *text* can be nothing but YAML."""
    return syntax == "yaml" or (syntax == "either" and text.lstrip()[:1] not in {"{", "["})


def load(text: bytes | str, *, name: str = _INPUT) -> list[Document]:
    """Read JSON or YAML, whichever *text* is; raises ReadError with every finding in *text*."""
    return read(text, name=name).or_error()


def load_all(text: bytes | str, *, name: str = _INPUT) -> list[Document]:
    """Read the YAML documents of *text*; raises ReadError with every finding in *text*."""
    return read(text, name=name, syntax="yaml").or_error()


def load_json(text: bytes | str, *, name: str = _INPUT) -> list[Document]:
    """Read the JSON documents of *text*, one or several; raises ReadError with every finding in *text*."""
    return read(text, name=name, syntax="json").or_error()


def _yaml_contents(text: str, name: str) -> Contents:
    contents = Contents([], [])
    for each in read_chunks(chunks(text), name, {}):
        (contents.documents if isinstance(each, Document) else contents.findings).append(each)  # type: ignore[arg-type]
    return contents


def read_chunks(found: Iterable[Chunk], name: str, known: LineCache) -> Iterator[Document | Finding]:
    """Yield the documents in what was *found* in the text *name*, and everything wrong with it, one after the other.

    What is *known* of lines is made use of, and added to.
    """
    for chunk in found:
        if len(chunk.text) > MAX_DOCUMENT:
            yield Finding(TOO_LARGE, where=f"{name}:{chunk.line}")
        elif simple := read_simple(chunk.text, known):
            data, first = simple
            if data is not EMPTY:
                yield Document(
                    data, name, chunk.line + first - 1, partial(_lines, chunk.excerpt), partial(_data, chunk.excerpt)
                )
        else:
            strict = _strict_document(chunk, name)
            if isinstance(strict, Document):
                yield strict
            else:
                yield from strict


def _strict_document(chunk: Chunk, name: str) -> Document | list[Finding]:
    """Read *chunk* by the book; an empty list of findings means that there is nothing in it."""
    from .strict import Problem, read_strictly  # PyYAML costs as much time as the rest, most texts do without

    kind = directive(chunk.text)
    if kind == "version":
        return []
    if kind == "other":
        problems = [Problem(chunk.line, "directives other than %YAML are not supported")]
    elif character := unprintable(chunk):
        problems = [Problem(character[0], f"character {character[1]} is not allowed in YAML")]
    else:
        reading = read_strictly(chunk.text, chunk.line)
        if reading is None:
            return []
        if not reading.problems:
            return Document(
                reading.data, name, reading.line, partial(_lines, chunk.excerpt), partial(_data, chunk.excerpt)
            )
        problems = reading.problems
    return [Finding(message, where=f"{name}:{line}") for line, message in problems]


def _lines(excerpt: Excerpt) -> dict[Path, int]:
    from .strict import read_strictly

    chunk = excerpt.chunk
    lines: dict[Path, int] = {}
    read_strictly(chunk.text, chunk.line, lines)
    return lines


def _data(excerpt: Excerpt) -> Any:
    """Read what stands at *excerpt*, which has been read without a problem, once more."""
    chunk = excerpt.chunk
    if simple := read_simple(chunk.text, {}):
        return simple[0]
    from .strict import read_strictly

    return read_strictly(chunk.text, chunk.line).data  # type: ignore[union-attr]
