"""One difference between two definitions, and how much it matters."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["SEVERITIES", "Change", "Severity"]

Severity = Literal["breaking", "risky", "safe"]
SEVERITIES: tuple[Severity, ...] = ("breaking", "risky", "safe")


class Change(NamedTuple):
    """A difference."""

    severity: Severity
    """Breaking: something that was accepted is refused, or data is lost. Risky: programs that read, or people who wrote
    it, may be surprised. Safe: nobody notices."""
    definition: str
    """Name of the definition: `services.hanzo.ai`."""
    place: str
    """Where: empty for the definition itself, `v1`, or a field such as `v1.spec.replicas`."""
    check: str
    """What kind of difference it is: `enum`, `required`."""
    message: str
    """What differs."""
    ratchets: bool = False
    """Whether objects that are stored already keep working until somebody changes the value: Kubernetes 1.33 and later
    leave unchanged values alone that a narrower schema would refuse."""
