"""Writing single files that somebody named: whole or not at all, and over none that is there unless that is wanted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ..errors import OutputError, system_reason

__all__ = ["write_files"]


def write_files(contents: Mapping[Path, bytes], *, force: bool) -> None:
    """Write each of the files; one that is there is an error, unless *force* replaces it.

    All are written beside their places before the first takes its own. Raises `OutputError` where that is impossible.
    """
    if there := [path for path in contents if os.path.lexists(path) and not force]:
        message = "is there already; nothing written; --force writes over it"
        raise OutputError("\n".join(f"{path}: {message}" for path in there))
    with ExitStack() as cleanup:
        fresh = [(path, _beside(path, content, cleanup)) for path, content in contents.items()]
        for path, written in fresh:
            try:
                if force:
                    written.replace(path)
                else:
                    os.link(written, path)  # fails where somebody has made the file in the meantime
            except OSError as error:
                raise OutputError(f"{path}: cannot be written: {system_reason(error)}") from error


def _beside(path: Path, content: bytes, cleanup: ExitStack) -> Path:
    """Write *content* to a file beside *path*, which goes away in *cleanup*."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".hzc-new-", dir=path.parent)
        cleanup.callback(_remove, name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {system_reason(error)}; nothing written") from error
    return Path(name)


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):
        Path(name).unlink()
