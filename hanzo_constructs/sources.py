"""Resources where users keep them: files, directories, the standard input."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from .declaration import Declaration, declared_in
from .errors import Finding, OutputError, PlatformError, system_reason
from .kube.yaml import read
from .output.listing import is_written, listed_files
from .settings import PYPROJECT, SETTINGS_FILE, find_settings, holds_settings

__all__ = ["STDIN", "SUFFIXES", "Source", "bytes_of", "declarations", "is_json", "read_from", "sources"]

STDIN = "-"
"""What stands for the standard input in place of a path."""

SUFFIXES = (".yaml", ".yml", ".json")
"""Files of a directory that are read."""

_CHART = "Chart.yaml"
"""The file that makes a directory a chart of Helm, in which other files are templates."""
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml")
"""Files that say what kustomize does with others."""
_MAX_TEXT = 64 * 2**20
"""Bytes read of one file; the reader says what it thinks of more."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read."""

    name: str
    """The path as the user would type it, or `<stdin>`."""
    path: Path | None
    """None: the standard input."""


def sources(arguments: Iterable[str], *, used: Collection[Path] | None = None) -> tuple[list[Source], list[Finding]]:
    """Return the texts that *arguments* (files, directories, `-`) stand for, each once, and what is not read.

    Of a directory, all files named in `SUFFIXES` are read, in all directories below it, in sorted order. Not read are
    hidden files and directories, settings, and files that `hzc` wrote into a directory below. Symbolic links are
    followed inside the directory only: who names a directory has not named what links in it point to.

    Settings that stand where an argument is, or below, and are not among those *used* get a warning; None: none does.
    """
    found: dict[str, Source] = {}
    real: dict[str, str] = {}
    arguments = list(arguments)
    findings = [] if used is None else list(_settings_at(arguments, used))
    for argument in arguments:
        for item in _expanded(argument, used):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                found.setdefault(_real(item.path, real) if item.path else STDIN, item)
    return list(found.values()), findings


def _real(path: Path, folders: dict[str, str]) -> str:
    """Return what tells the file *path* from all others; *folders* remembers where directories really are."""
    if path.is_symlink():
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return f"{folders[folder]}/{name}"


def read_from(directory: str, places: Iterable[Source]) -> Source | None:
    """Return the first of *places* that stands in *directory* or below it, by its name or by where its links lead."""
    try:
        wanted = Path(directory).stat()
    except OSError:
        return None  # what is not there holds nothing
    holds: dict[Path, bool] = {}

    def is_in(folder: Path) -> bool:
        if folder not in holds:
            real = folder.resolve()
            holds[folder] = any(os.path.samestat(each.stat(), wanted) for each in (real, *real.parents))
        return holds[folder]

    for place in places:
        if place.path and is_in(place.path.absolute().parent):
            return place
        if place.path and place.path.is_symlink() and is_in(place.path.resolve().parent):
            return place
    return None


def bytes_of(source: Source, stdin: IO[bytes] | None = None) -> bytes:
    """Return what stands in *source*, or of more than the reader takes so much that it says so; raises `OSError`."""
    return (stdin or io.BytesIO()).read(_MAX_TEXT + 1) if source.path is None else _bytes(source.path)


def declarations(
    source: Source, stdin: IO[bytes] | None = None, *, text: bytes | None = None
) -> tuple[list[Declaration], list[Finding]]:
    """Return the resources that *source* declares, those in a `List` one by one, and what cannot be read.

    Who has read the *text* of *source* already hands it over.
    """
    try:
        text = bytes_of(source, stdin) if text is None else text
    except OSError as error:
        return [], [Finding(f"cannot be read: {system_reason(error)}", where=source.name)]
    documents, findings = read(text, name=source.name, syntax="json" if is_json(source) else "either")
    if not documents and not findings:
        return [], [Finding("holds no resource", where=source.name)]
    found: list[Declaration] = []
    for document in documents:
        for item in declared_in(document):
            (findings if isinstance(item, Finding) else found).append(item)  # type: ignore[arg-type]
    return found, findings


def is_json(source: Source) -> bool:
    """Tell whether the name of *source* says that it is JSON, and nothing else."""
    return source.path is not None and source.path.suffix.lower() == ".json"


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MAX_TEXT + 1)


def _expanded(argument: str, used: Collection[Path] | None) -> Iterator[Source | Finding]:
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
        empty = True
        for item in _Walk(path.resolve(), argument, used).files(path):
            empty = empty and isinstance(item, Finding) and item.severity != "error"
            yield item
        if empty:
            yield Finding("holds no resource: nothing in it ends in .yaml, .yml or .json", where=argument)


@dataclass(slots=True)
class _Walk:
    """The way through one directory and all below it."""

    root: Path
    argument: str
    """What the user calls the root."""
    used: Collection[Path] | None
    _linked: set[Path] = field(default_factory=set)
    """Hidden directories that a link led to."""

    def files(self, directory: Path, listed: Collection[str] = ()) -> Iterator[Source | Finding]:
        """Yield the files to read in *directory* and below, and what there is to say of others.

        Not read are *listed* files, which `hzc` wrote.
        """
        try:
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except OSError as error:
            yield Finding(f"cannot be read: {system_reason(error)}", where=str(directory))
            return
        if any(entry.name == _CHART for entry in entries):
            message = (
                "is a chart of Helm, and left alone; to have it taken along, put what helm template prints into a file"
            )
            yield Finding(message, where=str(directory), severity="note")
            return
        output = {entry.name for entry in entries if entry.name in listed and _is_output(entry)}
        for entry in entries:
            if not entry.name.startswith(".") and entry.name not in output:
                yield from self._entry(entry, listed)
        if output:
            what = "a file that hzc wrote is" if len(output) == 1 else f"{len(output)} files that hzc wrote are"
            yield Finding(f"{what} not read", where=str(directory), severity="note")

    def _entry(self, entry: os.DirEntry[str], listed: Collection[str]) -> Iterator[Source | Finding]:
        path = Path(entry.path)
        try:
            mode = entry.stat().st_mode
            outside = entry.is_symlink() and not path.resolve().is_relative_to(self.root)
        except OSError as error:
            yield _unreachable(entry, error)
            return
        is_resource = path.suffix.lower() in SUFFIXES and entry.name != SETTINGS_FILE
        if entry.name in _KUSTOMIZATIONS:
            message = "is for kustomize, and left alone; the files beside it are read as they are"
            yield Finding(message, where=str(path), severity="note")
        elif outside and (is_resource or stat.S_ISDIR(mode)):
            message = f"is a symbolic link that leaves {self.argument}; name its target instead"
            yield Finding(message, where=str(path))
        elif stat.S_ISDIR(mode):
            yield from self._directory(entry, listed)
        elif is_resource and not stat.S_ISREG(mode):
            yield Finding("is not a regular file", where=str(path))
        elif is_resource:
            yield Source(str(path), path)
        else:
            yield from self._settings(path)

    def _directory(self, entry: os.DirEntry[str], listed: Collection[str]) -> Iterator[Source | Finding]:
        path = Path(entry.path)
        if entry.is_symlink():
            target = path.resolve()
            # What is not hidden is read where it stands. A volume of Kubernetes has links to hidden directories.
            if target in self._linked or not any(part.startswith(".") for part in target.relative_to(self.root).parts):
                return
            self._linked.add(target)
        below = {name.removeprefix(f"{entry.name}/") for name in listed if name.startswith(f"{entry.name}/")}
        try:
            below |= listed_files(path)
        except OutputError as error:
            where, _, reason = str(error).partition(": ")
            yield Finding(f"{reason}; all files beside it are read", where=where, severity="note")
        yield from self.files(path, below)

    def _settings(self, path: Path) -> Iterator[Finding]:
        """Say that the settings in *path*, if there are any, do not count."""
        if self.used is None or path.name not in {SETTINGS_FILE, PYPROJECT}:
            return
        try:
            unused = holds_settings(path) and not any(path.samefile(each) for each in self.used)
        except PlatformError:
            unused = path.name == SETTINGS_FILE
        if unused:
            yield _unused(path, self.used)


def _settings_at(arguments: Iterable[str], used: Collection[Path]) -> Iterator[Finding]:
    """Say that settings that would be found where *arguments* are do not count; those below are met on the way."""
    paths = [argument for argument in arguments if argument != STDIN and os.path.exists(argument)]  # noqa: PTH110
    directories = {Path(path if os.path.isdir(path) else os.path.dirname(path)): path for path in paths}  # noqa: PTH112, PTH120
    said: set[str] = set()
    for directory, path in directories.items():
        try:
            file = find_settings(directory)
        except PlatformError as error:
            findings = [replace(finding, severity="warning") for finding in error.findings]
        else:
            met_on_the_way = file and file.parent == Path(path).absolute()
            counts = not file or met_on_the_way or any(file.samefile(each) for each in used)
            findings = [] if counts or not file else [_unused(Path(os.path.relpath(file)), used)]
        yield from (finding for finding in findings if finding.where not in said)
        said |= {finding.where for finding in findings}


def _unused(path: Path, used: Collection[Path]) -> Finding:
    instead = next((f"those of {each}" for each in used), "the defaults")
    message = f"these settings do not count, {instead} do; run hzc in that directory or name them with --platform"
    return Finding(message, where=str(path), severity="warning")


def _is_output(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False) and is_written(Path(entry.path))
    except OSError:
        return False


def _unreachable(entry: os.DirEntry[str], error: OSError) -> Finding:
    if entry.is_symlink() and error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
        return Finding("is a symbolic link that leads nowhere", where=entry.path)
    return Finding(f"cannot be read: {system_reason(error)}", where=entry.path)
