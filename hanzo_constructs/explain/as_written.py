"""What the user wrote of a resource, to look values up in."""

from __future__ import annotations

from typing import Any

from ..compiler.compilation import Compilation
from ..kube.fields import Path
from ..kube.model import written

__all__ = ["as_written", "written_at"]


def as_written(compilation: Compilation) -> dict[str, Any]:
    """Return the metadata and the spec of the resource of *compilation*, without defaults."""
    resource = compilation.resource
    return {"metadata": written(resource.metadata), "spec": written(resource.spec)}


def written_at(path: Path, wrote: Any) -> object:
    """Return what stands at *path* in what somebody *wrote*; None where there is nothing."""
    for step in path:
        try:
            wrote = wrote[step]
        except (KeyError, IndexError, TypeError):
            return None
    return wrote
