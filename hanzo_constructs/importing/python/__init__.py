"""Resources and objects as a program in Python: formatted, typed, and the same in every run."""

from __future__ import annotations

from .program import program_text

__all__ = ["program_text"]
