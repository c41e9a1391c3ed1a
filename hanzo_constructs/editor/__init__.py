"""The proof while one types: texts of a set go in, and what an editor shows of them comes out, as plain data.

Nothing here reads a file or speaks a protocol: `cli/editor_folders.py` and `cli/language_*.py` do.
"""

from __future__ import annotations

from .diagnostics import Diagnostic
from .text import Position, Span, Text
from .working_set import WorkingSet

__all__ = ["Diagnostic", "Position", "Span", "Text", "WorkingSet"]
