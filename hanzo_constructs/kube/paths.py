"""Paths as a container sees them, whatever way they are written."""

from __future__ import annotations

from posixpath import normpath

__all__ = ["clean_path", "is_within"]


def clean_path(path: str) -> str:
    """Return *path* from the root, without empty parts, `.`, `..` and a slash at the end."""
    return normpath("/" + path.lstrip("/"))


def is_within(path: str, directory: str) -> bool:
    """Tell whether *path* is *directory* or below it; both are clean."""
    return path == directory or path.startswith(directory.rstrip("/") + "/")
