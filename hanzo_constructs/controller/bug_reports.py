"""What a log says of a bug: where it is, and no value that an error may quote from a spec."""

from __future__ import annotations

from traceback import extract_tb

__all__ = ["raised"]

_DEPTH = 8


def raised(error: BaseException) -> str:
    """Return the type of *error* and where it was raised, the innermost place first; its own words may quote values."""
    places = [f"{each.filename}:{each.lineno} in {each.name}" for each in reversed(extract_tb(error.__traceback__))]
    return " < ".join([type(error).__name__, *places[:_DEPTH]])
