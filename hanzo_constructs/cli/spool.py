"""Texts that wait for the end of a run in a file without a name, and not in memory.

Nothing may be written before everything is proven. Such a file is gone with the processes that have it open, whatever ends
them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from io import FileIO
from typing import IO, NamedTuple

__all__ = ["Spool", "Stored", "write_parts"]

_BLOCK = 2**20
"""Bytes that are read at a time, where the kernel does not copy by itself."""


class Stored(NamedTuple):
    """A text that stands in an open file."""

    file: int
    start: int
    size: int

    @property
    def text(self) -> str:
        """What stands there."""
        return b"".join(self.blocks()).decode()

    def blocks(self) -> Iterator[bytes]:
        """Yield what stands there in blocks."""
        at, end = self.start, self.start + self.size
        while at < end:
            os.lseek(self.file, at, os.SEEK_SET)
            block = os.read(self.file, min(_BLOCK, end - at))
            if not block:
                raise OSError("a temporary file was cut short")
            yield block
            at += len(block)


class Spool(ExitStack):
    """The files of a run: each process writes to one of its own, which is open before the process starts."""

    def opened(self) -> Callable[[list[str]], list[Stored] | None]:
        """Open one more file; return what puts texts there, and tells None where there is no room."""
        from tempfile import TemporaryFile  # short runs need none

        try:
            file = self.enter_context(TemporaryFile(buffering=0))  # noqa: SIM115 - this is a context manager
        except OSError:
            return lambda _: None
        return partial(_put, file)


def _put(file: FileIO, texts: list[str]) -> list[Stored] | None:
    """Put *texts* at the end of *file*."""
    stored, start, data = list[Stored](), file.seek(0, os.SEEK_END), [text.encode() for text in texts]
    at = start
    for each in data:
        stored.append(Stored(file.fileno(), at, len(each)))
        at += len(each)
    left = memoryview(b"".join(data))
    try:
        while left:
            left = left[file.write(left) or 0 :]
    except OSError:
        with suppress(OSError):
            file.truncate(start)
        return None
    return stored


def write_parts(parts: Iterable[str | Stored], stream: IO[bytes]) -> None:
    """Write *parts* to *stream*, in UTF-8."""
    for part in _joined(parts):
        if isinstance(part, str):
            stream.write(part.encode())
        else:
            stream.writelines(_copied(part, stream).blocks())


def _joined(parts: Iterable[str | Stored]) -> Iterator[str | Stored]:
    """Yield *parts*; those that follow on each other in a file are one."""
    before: Stored | None = None
    for part in parts:
        if before and isinstance(part, Stored) and (part.file, part.start) == (before.file, before.start + before.size):
            before = before._replace(size=before.size + part.size)
            continue
        if before:
            yield before
        before = part if isinstance(part, Stored) else None
        if isinstance(part, str):
            yield part
    if before:
        yield before


def _copied(part: Stored, stream: IO[bytes]) -> Stored:
    """Have the kernel copy *part* to *stream*, and return what it has not copied."""
    stream.flush()
    file, start, size = part
    try:
        while size and (sent := os.sendfile(stream.fileno(), file, start, size)):
            start, size = start + sent, size - sent
    except BrokenPipeError:
        raise
    except (AttributeError, OSError):  # not every system has it, and not for every stream
        pass
    return Stored(file, start, size)
