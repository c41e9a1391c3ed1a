"""Results of earlier runs, kept by content: who asks for the same again gets what was printed or written then.

An entry is a file of the user's own in `$XDG_CACHE_HOME/hzc`, or else in `~/.cache/hzc`. Its name is the hash of all that
a result depends on, and it begins with a hash of itself: what is damaged, or might be somebody else's, is not there. It
is written beside its place and then renamed, so that processes may share the folder. No failure here is one of the run.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from ..errors import Finding
from .spool import Stored

__all__ = ["Kept", "keep", "keep_content", "kept", "kept_content", "make_room"]

_MAGIC = b"hzc result 1 "
_MOST = 512 * 2**20
"""Bytes of all entries; beyond, those go that nobody has asked for the longest."""
_FIRST = len(_MAGIC) + 65
"""Bytes of what an entry begins with: what it is, and its hash."""


class Kept(NamedTuple):
    """The result of a run without errors."""

    findings: tuple[Finding, ...]
    """What was found, in the order in which it was printed."""
    files: Mapping[str, memoryview]
    """What was written, by the names of files; what was printed has no name."""


def kept(key: str) -> Kept | None:
    """Return the result with that *key*, if there is one."""
    content = kept_content(key)
    with suppress(ValueError, KeyError, TypeError):
        return _result(content) if content else None
    return None


def kept_content(key: str) -> bytes | None:
    """Return what was kept by that *key*, if anything was."""
    with suppress(OSError, ValueError):
        folder = _folder()
        return _read(folder / key, key) if folder else None
    return None


def keep(key: str, findings: Iterable[Finding], files: Mapping[str, Iterable[str | Stored]]) -> None:
    """Keep by its *key* what was found, and the texts of *files*, each in parts."""
    keep_content(key, _parts(findings, files))
    make_room()


def keep_content(key: str, parts: Iterable[bytes]) -> None:
    """Keep *parts*, one after the other, by their *key*."""
    with suppress(OSError, ValueError):
        if folder := _folder():
            _write(folder / key, key, parts)


def make_room() -> None:
    """Remove the entries that were asked for the longest ago, as far as all are larger than they may be together."""
    with suppress(OSError):
        if folder := _folder():
            _make_room(folder)


def _folder() -> Path | None:
    """Return the folder of the entries, which is made where it is missing; None where others may write there."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117 - as the specification says: then it is to be ignored
        home = os.path.expanduser("~/.cache")  # noqa: PTH111 - not an error where there is no home
    folder = Path(home) / "hzc"
    if not folder.is_absolute() or not hasattr(os, "geteuid"):
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder if _is_own(folder.lstat(), stat.S_ISDIR) else None


def _is_own(found: os.stat_result, is_kind: object) -> bool:
    """Tell whether what was *found* belongs to this user, who alone may write it."""
    return bool(is_kind(found.st_mode)) and found.st_uid == os.geteuid() and not found.st_mode & 0o022  # type: ignore[operator]


def _read(path: Path, key: str) -> bytes | None:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        if not _is_own(os.fstat(file.fileno()), stat.S_ISREG):
            return None
        first, content = file.read(_FIRST), file.read()
        if first != _first(_digest(key, content)):
            return None
        os.utime(file.fileno())
    return content


def _result(content: bytes) -> Kept:
    """Return the result that was kept as *content*."""
    end = content.rindex(b"\n") + 1
    head, view = json.loads(content[end:]), memoryview(content)
    files: dict[str, memoryview] = {}
    start = 0
    for name, size in head["files"]:
        files[name], start = view[start : start + size], start + size
    return Kept(tuple(Finding(**each) for each in head["findings"]), files)


def _parts(findings: Iterable[Finding], files: Mapping[str, Iterable[str | Stored]]) -> Iterator[bytes]:
    """Yield the texts of *files*, then a line that says what they are."""
    sizes: list[tuple[str, int]] = []
    for name, texts in files.items():
        size = 0
        for part in texts:
            for block in (part.encode(),) if isinstance(part, str) else part.blocks():
                size += len(block)
                yield block
        sizes.append((name, size))
    head = {"findings": [asdict(finding) for finding in findings], "files": sizes}
    yield b"\n" + json.dumps(head).encode()


def _write(path: Path, key: str, parts: Iterable[bytes]) -> None:
    """Write *parts*, and in front of them the hash of them all."""
    from tempfile import NamedTemporaryFile  # who finds a result needs none

    digest = _digest(key)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:  # its mode is 0600
        try:
            file.seek(_FIRST)
            for part in parts:
                digest.update(part)
                file.write(part)
            file.seek(0)
            file.write(_first(digest))
            file.close()
            os.replace(file.name, path)  # noqa: PTH105 - both are texts already
        except BaseException:
            os.unlink(file.name)  # noqa: PTH108
            raise


def _digest(key: str, content: bytes = b"") -> hashlib._Hash:
    digest = hashlib.sha256(key.encode())  # which processors have instructions for
    digest.update(content)
    return digest


def _first(digest: hashlib._Hash) -> bytes:
    return _MAGIC + digest.hexdigest().encode() + b"\n"


def _make_room(folder: Path) -> None:
    """Remove the entries that were asked for the longest ago, as far as all are larger than they may be together."""
    entries = sorted(((entry.stat(), entry) for entry in os.scandir(folder)), key=lambda each: -each[0].st_mtime)
    total = 0
    for found, entry in entries:
        total += found.st_size
        if total > _MOST:
            os.unlink(entry.path)  # noqa: PTH108
