"""The fields of an object that name others, by the table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from .fields import Path
from .kinds import KINDS, ReferenceField
from .patterns import Patterns

__all__ = ["references_in"]


def references_in(kind: str, document: Mapping[str, Any]) -> list[tuple[ReferenceField, Any, Path]]:
    """Return the fields of *document*, an object of *kind*, that name others: each with what stands there, and where."""
    return _patterns(kind).found(document)


@cache
def _patterns(kind: str) -> Patterns[ReferenceField]:
    return Patterns((each.place, each) for each in (KINDS[kind].references if kind in KINDS else ()))
