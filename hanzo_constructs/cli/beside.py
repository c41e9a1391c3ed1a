"""Files beside a document that it names: those of its own directory and below, whatever links say."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FilesBeside"]

_MOST = 2**20
"""Bytes that are read of one file."""


class FilesBeside:
    """The files in a directory; where there is no directory, there are none."""

    def __init__(self, directory: Path | None) -> None:
        """Read below *directory*."""
        self._root = directory.resolve() if directory else None

    @property
    def directory(self) -> str:
        """The name of the directory; empty where there is none."""
        return self._root.name if self._root else ""

    def read(self, path: str) -> bytes | None:
        """Return what the file at *path* holds; None where there is none, it is elsewhere, or too large."""
        found = self._found(path)
        try:
            if found is None or not found.is_file() or found.stat().st_size > _MOST:
                return None
            return found.read_bytes()
        except OSError:
            return None

    def names(self, path: str) -> list[str] | None:
        """Return the names of the files in the directory at *path*; None where that is none, or holds directories."""
        found = self._found(path)
        try:
            entries = sorted(found.iterdir()) if found and found.is_dir() else None
        except OSError:
            return None
        if entries is None or not all(each.is_file() for each in entries):
            return [] if entries else None
        return [each.name for each in entries]

    def _found(self, path: str) -> Path | None:
        """Return the real place of *path*, if it is below the directory."""
        if self._root is None or not path or "\0" in path:
            return None
        found = (self._root / path).resolve()
        return found if found.is_relative_to(self._root) else None
