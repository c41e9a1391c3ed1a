"""What a program renders while somebody only wants to know: it goes to a file of its own, and no output is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["RENDER_INTO", "record", "records_into"]

RENDER_INTO = "HZC_RENDER_INTO"
"""The variable with the folder that records go to; who sets it runs a program that renders apps."""


def records_into() -> Path | None:
    """Return the folder that takes the place of every output directory; None: files are written."""
    folder = os.environ.get(RENDER_INTO)
    return Path(folder) if folder else None


def record(folder: Path, directory: str | os.PathLike[str], files: Mapping[str, str], warnings: int) -> None:
    """Note in *folder* what would be written to *directory*, and how many *warnings* there are."""
    said = {"directory": str(Path(directory).absolute()), "files": dict(files), "warnings": warnings}
    number = len(os.listdir(folder))  # noqa: PTH208 - only the number is wanted
    (folder / f"{number}.json").write_text(json.dumps(said), encoding="utf-8")
