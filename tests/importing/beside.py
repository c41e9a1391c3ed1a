"""Files beside a document, in memory."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

__all__ = ["Beside"]


@dataclass
class Beside:
    contents: dict[str, bytes] = field(default_factory=dict)
    directory: str = ""

    def read(self, path: str) -> bytes | None:
        return self.contents.get(posixpath.normpath(path))

    def names(self, path: str) -> list[str] | None:
        folder = posixpath.normpath(path)
        return sorted(posixpath.basename(name) for name in self.contents if posixpath.dirname(name) == folder) or None
