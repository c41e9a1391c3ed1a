"""Rules for paths: on a node, below a volume, and of files that volumes are filled with.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validatePathNoBacksteps`, `validateLocalDescendingPath` and
`ValidateLocalNonReservedPath`.
"""

from __future__ import annotations

from functools import lru_cache

from ...kube.fields import shown

__all__ = ["absolute_path_problem", "descending_path_problem", "file_path_problem", "node_path_problem"]


def _climbs(path: str) -> bool:
    return ".." in path and ".." in path.split("/")


@lru_cache(maxsize=1024)
def node_path_problem(path: str) -> str:
    """Say why *path* cannot be that of a directory or device on a node or in a container."""
    if not path:
        return "must not be empty"
    return f"must contain no '..', got {shown(path)}" if _climbs(path) else ""


@lru_cache(maxsize=1024)
def descending_path_problem(path: str) -> str:
    """Say why *path* does not lead down from where it begins; the empty path stays there."""
    if path.startswith("/") or _climbs(path):
        return f"must be relative and contain no '..', got {shown(path)}"
    return ""


@lru_cache(maxsize=1024)
def file_path_problem(path: str) -> str:
    """Say why *path* cannot be that of a file in a volume that Kubernetes fills; names with '..' in front are its own."""
    if not path:
        return "must not be empty"
    if path.startswith("..") and not _climbs(path):
        return f"must not begin with '..', got {shown(path)}"
    return descending_path_problem(path)


@lru_cache(maxsize=1024)
def absolute_path_problem(path: str) -> str:
    """Say why *path* is not absolute."""
    if not path:
        return "must not be empty"
    return "" if path.startswith("/") else f"must begin with a slash, got {shown(path)}"
