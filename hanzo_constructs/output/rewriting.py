"""Rewriting files of the user's in place: all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from ..errors import OutputError, system_reason
from .commit import Step, commit, flushed, saved

__all__ = ["rewrite_files"]

_STAGE_PREFIX = ".hzc-new-"


def rewrite_files(contents: Mapping[Path, bytes]) -> None:
    """Give each of the files, which are there, its new content; their modes stay, and so do links that lead to them.

    Raises `OutputError` where that is impossible, and then every file is as it was.
    """
    targets = {path.resolve(): content for path, content in contents.items()}
    if not targets:
        return
    try:
        with ExitStack() as cleanup:
            place = os.path.commonpath([path.parent for path in targets])
            stage = Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, dir=place))
            cleanup.callback(shutil.rmtree, stage, ignore_errors=True)
            steps = []
            for number, (target, content) in enumerate(targets.items()):
                fresh = stage / f"{number}-new"
                fresh.write_bytes(content)
                shutil.copymode(target, fresh)
                steps.append(Step(target, fresh, saved(target, stage / f"{number}-old")))
            flushed([stage, *stage.iterdir()])
            commit(steps, stage)
            flushed([*{target.parent for target in targets}])
    except OSError as error:
        name = error.filename or next(iter(targets))
        raise OutputError(f"{name}: cannot be written: {system_reason(error)}; nothing written") from error
