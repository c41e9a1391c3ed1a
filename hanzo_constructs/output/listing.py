"""The list of the files in an output directory: what it names is ours to replace or remove, everything else is not."""

from __future__ import annotations

import json
import stat
from collections.abc import Collection
from pathlib import Path

from ..errors import OutputError

__all__ = ["LIST_NAME", "is_plain", "is_written", "listed_files", "listing"]

LIST_NAME = ".hzc-files"
"""The list of files in an output directory; whatever it does not name is somebody else's."""

_LARGEST = 64 * 2**20

# What the files that are written begin with; that of a chart without objects is empty.
_STARTS = (
    b"---\napiVersion: ",
    b'{"apiVersion": "v1", "kind": "List", "items": [',
    b'{"version": "1.0.0", "resources": ',
)


def listing(names: Collection[str]) -> bytes:
    """Return the content of a list of *names*."""
    comment = "written by hzc: the files it may replace or remove"
    return (json.dumps({"comment": comment, "files": sorted(names)}, indent=1) + "\n").encode()


def listed_files(directory: Path) -> set[str]:
    """Return the names in the list of *directory*, none where there is no list; raises `OutputError` for a wrong one.

    A name is that of a file, or of a file in one folder: `api.yaml`, `shop/api.yaml`.
    """
    path = directory / LIST_NAME
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OutputError(f"{path}: is not a file; remove it")
        with path.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
        names = json.loads(text)["files"] if len(text) <= _LARGEST else None
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError, KeyError, RecursionError):
        names = None
    # A list that somebody tampered with must not make us replace or remove anything elsewhere.
    if not isinstance(names, list) or not all(isinstance(name, str) and is_plain(name) for name in names):
        raise OutputError(f"{path}: is not a list of files that hzc wrote; remove it or choose another directory")
    return set(names)


def is_written(path: Path) -> bool:
    """Tell whether the file at *path*, which a list names, looks like what is written."""
    with path.open("rb") as stream:
        start = stream.read(max(map(len, _STARTS)))
    return not start or start.startswith(_STARTS)


def is_plain(name: str) -> bool:
    """Tell whether *name* is that of a file, or of a file in one folder, which is not hidden."""
    parts = name.split("/")
    return len(parts) <= 2 and all(part and not part.startswith(".") and not {"\\", "\0"} & set(part) for part in parts)
