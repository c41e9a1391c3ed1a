"""Writing to a directory, and saying what that changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .printing import counted, print_line, safe, tell

if TYPE_CHECKING:
    from ..output.directory import Change, Content

__all__ = ["write_told"]


def write_told(output: str, files: Mapping[str, str | Content]) -> Change:
    """Write *files* to the directory *output*, and say what that changed."""
    from ..output.directory import write_directory
    from ..output.objects import gone_lines

    change = write_directory(Path(output), files)
    for line in gone_lines(output, change.gone, change.unread):
        print_line(safe(line))
    tell(
        f"{output}: {counted(len(change.written), 'file')} written, "
        f"{len(change.unchanged)} unchanged, {len(change.removed)} removed"
    )
    return change
