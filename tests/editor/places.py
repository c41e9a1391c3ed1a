"""A place in a text, written into it."""

from __future__ import annotations

from hanzo_constructs.editor import Position, WorkingSet
from hanzo_constructs.editor.view import View, view_at
from hanzo_constructs.platform import Platform

__all__ = ["CURSOR", "marked", "view"]

CURSOR = "‸"
"""Where the cursor is."""


def marked(text: str) -> tuple[str, Position]:
    """Return *text* without the mark, and where that was."""
    before, _, after = text.partition(CURSOR)
    line, column = before.count("\n"), len(before.rpartition("\n")[2].removeprefix("\r"))
    return before + after, Position(line, column)


def view(text: str, *others: str, before: str = "", platform: Platform | None = None) -> View:
    """Return what there is at the mark in *text*, in a set with *others*; it was *before* that, if that is said."""
    plain, position = marked(text)
    working = WorkingSet(platform)
    for number, other in enumerate(others):
        working.update(f"other-{number}.yaml", other)
    if before:
        working.update("here.yaml", before)
        working.found()
    working.update("here.yaml", plain)
    working.found()
    found = view_at(working, working.files["here.yaml"], position)
    assert found is not None
    return found
