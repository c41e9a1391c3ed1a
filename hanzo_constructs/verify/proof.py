"""What the proof says."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Finding
from .external import External

__all__ = ["Proof"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict over a set."""

    findings: tuple[Finding, ...]
    """Everything found, errors and warnings, in input order."""
    external: tuple[External, ...]
    """What the set needs from outside, in the order of first use."""
