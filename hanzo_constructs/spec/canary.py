"""A canary: a new version beside the old one, and how the requests are shared between the two sides."""

from __future__ import annotations

from typing import Annotated, Protocol

from pydantic import Field

__all__ = ["CANARY", "PRIMARY", "Shared", "Weight", "replicas_of", "shares_of"]

PRIMARY, CANARY = "primary", "canary"
"""What the two sides are called, in labels and in the names of Services and Deployments."""

Weight = Annotated[int, Field(ge=0, le=100)]
"""Percentage of the requests that the new version answers; 0 and 100 are steps of a rollout like any other."""


class Shared(Protocol):
    """What a canary says of its share."""

    @property
    def weight(self) -> int:
        """Percentage of the requests that it answers."""
        ...

    @property
    def replicas(self) -> int | None:
        """Number of its pods, where that is written."""
        ...


def shares_of(canary: Shared | None) -> dict[str, int]:
    """Return how many of 100 requests each side gets; together they are always 100."""
    return {PRIMARY: 100} if canary is None else {PRIMARY: 100 - canary.weight, CANARY: canary.weight}


def replicas_of(canary: Shared, floor: int) -> int:
    """Return the pods of *canary*: what is written, else its share of the *floor* that the old version has, and one at least.

    So one without traffic does not hold as much as what serves.
    """
    return canary.replicas or max(-(-floor * canary.weight // 100), 1)
