"""Where a construct was made: its path in the tree, and the line of the user's code."""

from __future__ import annotations

import os
import re
import sys
from typing import NamedTuple

__all__ = ["CodeLine", "caller", "construct_path", "is_id"]

_OWN = __name__.partition(".")[0]
_SEPARATORS = re.compile(r"[/\n]")


class CodeLine(NamedTuple):
    """A line of the user's code."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return `file:line`, relative to the working directory where that is shorter."""
        return f"{self.file.removeprefix(os.getcwd() + os.sep)}:{self.line}"  # noqa: PTH109 - once for each construct


def caller(*passing: str) -> CodeLine:
    """Return the line that called into this package, or into one of those *passing* a call on to it."""
    packages = (_OWN, *passing)
    frame = sys._getframe(1)  # the documented way to look at one's callers
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in packages:
        frame = frame.f_back
    return CodeLine(frame.f_code.co_filename, frame.f_lineno)


def is_id(value: object) -> bool:
    """Tell whether *value* can be the id of a construct that is not the root."""
    return isinstance(value, str) and bool(value)


def construct_path(*ids: str) -> str:
    """Join *ids* as cdk8s does, which puts two dashes where an id has a slash or a line break."""
    return "/".join(_SEPARATORS.sub("--", each) for each in ids if each)
