"""What a user knows of an image better than its repository and tag say."""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.model import CheckedModel, Problem

__all__ = ["EngineFacts"]


class EngineFacts(CheckedModel):
    """What the image of the engine is, where its repository and tag do not tell."""

    generation: str | None = None
    """Name of the generation that the image is of, such as postgres-18; left out, repository and tag decide."""
    data_path: str | None = None
    """Directory where the image keeps its data, and the claim is mounted; left out, that of the generation."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a block that says nothing, and what is no directory of a container."""
        if self.generation is None and self.data_path is None:
            yield Problem((), "must name generation or dataPath; leave it out if the image is known by its tag")
        path = self.data_path
        if path is not None and (not path.startswith("/") or path.rstrip("/") == "" or ":" in path or ".." in path):
            yield Problem(("dataPath",), "must be an absolute path such as /var/lib/data, without .. and colons")
