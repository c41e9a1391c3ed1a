"""What is wrong with an expression, or with its value for some data."""

from __future__ import annotations

__all__ = ["CelError"]


class CelError(ValueError):
    """The message names no value of the data; lower case, no final period."""
