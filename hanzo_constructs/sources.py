"""Resources where users keep them: files, directories, the standard input."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .errors import Finding, system_reason
from .kube import fields
from .kube.fields import shown, type_shown
from .kube.yaml import Document, read
from .output import LIST_NAME
from .settings import SETTINGS_FILE

__all__ = ["STDIN", "SUFFIXES", "Declaration", "Source", "declarations", "sources"]

STDIN = "-"
"""What stands for the standard input in place of a path."""

SUFFIXES = (".yaml", ".yml", ".json")
"""Files of a directory that are read."""

_MAX_TEXT = 64 * 2**20
"""Bytes read of one file; the reader says what it thinks of more."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read."""

    name: str
    """The path as the user would type it, or `<stdin>`."""
    path: Path | None
    """None: the standard input."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One resource as it was written, not yet understood."""

    data: Any
    document: Document
    at: fields.Path = ()
    """Where it stands in the document: `("items", 3)` in a List."""

    def where(self, path: fields.Path = ()) -> str:
        """Return `file:line` of the field at *path* of the resource, or of what is nearest around it."""
        return self.document.where((*self.at, *path))


def sources(arguments: Iterable[str]) -> tuple[list[Source], list[Finding]]:
    """Return the texts that *arguments* (files, directories, `-`) stand for, each once, and what cannot be one.

    Of a directory, all files named in `SUFFIXES` are read, in all directories below it, in sorted order. Not read are
    hidden files and directories, the settings file, and directories that `hzc` writes. Symbolic links are followed to
    files inside the directory only: who names a directory has not named what links in it point to.
    """
    found: dict[str, Source] = {}
    findings: list[Finding] = []
    for argument in arguments:
        for item in _expanded(argument):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                found.setdefault(os.path.realpath(item.path) if item.path else STDIN, item)
    return list(found.values()), findings


def declarations(source: Source, stdin: IO[bytes] | None = None) -> tuple[list[Declaration], list[Finding]]:
    """Return the resources that *source* declares, those in a `List` one by one, and what cannot be read."""
    try:
        text = (stdin or io.BytesIO()).read(_MAX_TEXT + 1) if source.path is None else _bytes(source.path)
    except OSError as error:
        return [], [Finding(f"cannot be read: {system_reason(error)}", where=source.name)]
    is_json = source.path is not None and source.path.suffix.lower() == ".json"
    documents, findings = read(text, name=source.name, syntax="json" if is_json else "either")
    if not documents and not findings:
        return [], [Finding("holds no resource", where=source.name)]
    found: list[Declaration] = []
    for document in documents:
        data = document.data
        if type(data) is dict and data.get("kind") == "List":
            for item in _items(document):
                (findings if isinstance(item, Finding) else found).append(item)  # type: ignore[arg-type]
        else:
            found.append(Declaration(data, document))
    return found, findings


def _items(document: Document) -> Iterator[Declaration | Finding]:
    data = document.data
    unknown = [key for key in data if key not in {"apiVersion", "kind", "metadata", "items"}]
    for key in unknown:
        yield Finding("unknown field of a List", fields.field_path((key,)), "List", document.where((key,)))
    if data.get("apiVersion") != "v1":
        message = f"must be v1, got {shown(data.get('apiVersion'))}"
        yield Finding(message, "apiVersion", "List", document.where(("apiVersion",)))
    items = data.get("items")
    if not isinstance(items, list):
        message = "required" if "items" not in data else f"expected a list, got {type_shown(items)}"
        yield Finding(message, "items", "List", document.where(("items",)))
        return
    if not items:
        yield Finding("holds no resource", "items", "List", document.where(("items",)))
    for index, item in enumerate(items):
        yield Declaration(item, document, ("items", index))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MAX_TEXT + 1)


def _expanded(argument: str) -> Iterator[Source | Finding]:
    if argument == STDIN:
        yield Source("<stdin>", None)
        return
    path = Path(argument)
    try:
        mode = path.stat().st_mode if argument else None
    except OSError as error:
        yield Finding(system_reason(error), where=argument)
        return
    if mode is None:  # the text of an unset variable, which must not stand for the working directory
        yield Finding("the path of a file or directory is empty")
    elif not stat.S_ISDIR(mode):
        yield Source(argument, path)
    else:
        read = 0
        for item in _files(path, path):
            read += 1
            yield item
        if not read:
            yield Finding("holds no resource: nothing in it ends in .yaml, .yml or .json", where=argument)


def _files(directory: Path, root: Path) -> Iterator[Source | Finding]:
    """Yield the files to read in *directory* and below, and links that leave *root*."""
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        yield Finding(f"cannot be read: {system_reason(error)}", where=str(directory))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and (finding := _link_problem(path, root)):
            yield finding
        elif entry.is_dir():
            # What a linked directory inside holds is read where it stands.
            if not entry.is_symlink() and not (path / LIST_NAME).exists():
                yield from _files(path, root)
        elif path.suffix.lower() in SUFFIXES and entry.name != SETTINGS_FILE:
            if stat.S_ISREG(entry.stat().st_mode):
                yield Source(str(path), path)
            else:
                yield Finding("is not a regular file", where=str(path))


def _link_problem(path: Path, root: Path) -> Finding | None:
    """Return what is wrong with the link *path* to something that would be read."""
    if path.suffix.lower() not in SUFFIXES and not path.is_dir():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Finding("is a symbolic link that leads nowhere", where=str(path))
    if target.is_relative_to(root.resolve()):
        return None
    return Finding(f"is a symbolic link that leaves {root}; name its target instead", where=str(path))
