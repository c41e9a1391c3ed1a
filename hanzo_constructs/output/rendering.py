"""What a program renders while somebody else decides what becomes of it: it goes to a file, and no output is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["RENDER_INTO", "record", "records_into"]

RENDER_INTO = "HZC_RENDER_INTO"
"""The variable with the folder that records go to; who sets it runs a program that renders apps."""


def records_into() -> Path | None:
    """Return the folder that takes the place of every output directory; None: files are written."""
    folder = os.environ.get(RENDER_INTO)
    return Path(folder) if folder else None


def record(
    folder: Path, directory: str | os.PathLike[str], files: Mapping[str, str], warnings: int, needs: Iterable[str] = ()
) -> None:
    """Note in *folder* what would be written to *directory*, how many *warnings* there are, and what it *needs*."""
    said = {
        "directory": str(Path(directory).absolute()),
        "files": dict(files),
        "warnings": warnings,
        "needs": [*needs],
    }
    number = len(os.listdir(folder))  # noqa: PTH208 - only the number is wanted
    (folder / f"{number}.json").write_text(json.dumps(said), encoding="utf-8")
