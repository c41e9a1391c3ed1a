"""All that a run is given, read once, and the key by which its result is kept."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ..errors import Finding, ReadError
from ..sources import Source, bytes_of, sources
from .printing import standard_input

__all__ = ["Given", "given"]

_OURS = "hanzo_constructs"
_DECIDING = ("pydantic", "pydantic_core", "yaml", "cel_expr_python")
"""Packages of others that decide what a result is, of which some may be absent; a new version has other files at the top."""


class Given(NamedTuple):
    """What a run reads."""

    places: list[Source]
    findings: list[Finding]
    """What was found in looking for the *places*."""
    texts: dict[str, bytes]
    """What stands in each of the *places*, by its name."""
    key: str
    """The hash of all that the result depends on; empty where that cannot be told."""
    base: str = ""
    """The hash of what the result of a document depends on beside the documents."""
    settings: tuple[Path, bytes] | None = None
    """The file with the settings, and what stands in it."""

    @property
    def is_as_it_was(self) -> bool:
        """Tell whether the settings, which the run has read once more, are still what the key says."""
        try:
            return self.settings is None or self.settings[0].read_bytes() == self.settings[1]
        except OSError:
            return False


def given(
    arguments: Iterable[str],
    settings: Path | None,
    used: Collection[Path] | None,
    options: Collection[object],
    further: Collection[object] = (),
) -> Given:
    """Read what *arguments* stand for; the result depends on that, on *options*, and on the file *settings*.

    The result as a whole depends on *further* options too. Other settings than those *used* are findings. What cannot be read twice, or not at all, is left to who needs it.
    """
    places, findings = sources(arguments, used=used)
    program, texts = _program(), dict[str, bytes]()
    files = [place.path for place in places if place.path] + ([settings] if settings else [])
    if program is None or not all(map(_is_plain, files)):
        return Given(places, findings, texts, "")
    try:
        said = (settings, settings.read_bytes()) if settings else None
        for place in places:
            texts[place.name] = bytes_of(place, standard_input() if place.path is None else None)
    except (OSError, ReadError):
        return Given(places, findings, texts, "")
    base = _hashed([program, repr((options, said)).encode()])
    asked = repr((base, further, findings, [place.name for place in places]))
    return Given(places, findings, texts, _hashed([asked.encode(), *texts.values()]), base, said)


def _is_plain(path: Path) -> bool:
    """Tell whether *path* is a file that gives the same to everyone who reads it."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _hashed(facts: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=20)
    for fact in facts:
        digest.update(b"%d:" % len(fact))  # so that two facts are never one
        digest.update(fact)
    return digest.hexdigest()


def _program() -> bytes | None:
    """Return what tells this program from every other; None where that cannot be told, as in an archive.

    That are Python, what decides a result among what is installed, and each file of this package, as they stand.
    """
    facts = [sys.version, sys.implementation.name, sys.platform]
    for name in (_OURS, *_DECIDING):
        spec = find_spec(name)
        folders = [*(spec.submodule_search_locations or ())] if spec else []
        if (spec and not folders) or not all(map(os.path.isdir, folders)):
            return None
        facts.append(name)
        for folder in folders:
            facts += _files(folder, deep=name == _OURS)
    return "\n".join(facts).encode(errors="surrogateescape")


def _files(folder: str, *, deep: bool) -> Iterator[str]:
    """Yield name, size and time of each file in *folder*, and *deep*, in all below it."""
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if not entry.is_dir():
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
        elif deep and entry.name != "__pycache__":
            yield from _files(entry.path, deep=deep)
