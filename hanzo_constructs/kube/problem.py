"""A rule between the fields of a model, and what it says when it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from .fields import Path

__all__ = ["Problem", "Rule"]


class Problem(NamedTuple):
    """A rule between fields that does not hold, with its place relative to the model."""

    path: Path
    message: str
    also: Path = ()
    """The other place that the message is about, relative to the model too; named behind the message."""


Rule = Callable[[Any], Iterable[Problem]]
"""Something that must hold between the fields of a model; it returns what does not."""
