"""The contract of the platform's reference for model serving, as functions of a spec alone.

Which children there are, how the traffic is shared among them, and what goes when the resource, or its canary, goes. The
errors of a spec that is none are those of parsing it.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ..canary import CANARY, PRIMARY, replicas_of, shares_of
from .blocks import Canary

__all__ = [
    "Contracted",
    "Models",
    "children",
    "deleted",
    "replicas_of_canary",
    "variants",
    "weights",
]


class Models(Protocol):
    """What a spec says of its models, and of the number of their pods."""

    @property
    def variant(self) -> str | None:
        """Name of the model that serves."""
        ...

    @property
    def canary(self) -> Canary | None:
        """The new model beside it."""
        ...

    @property
    def min_replicas(self) -> int | None:
        """Fewest pods of an autoscaler."""
        ...

    @property
    def floor(self) -> int:
        """Pods that there are at least while one is wanted."""
        ...

    @property
    def scales(self) -> bool:
        """Whether an autoscaler is asked for."""
        ...


class Contracted(NamedTuple):
    """A child by kind and name."""

    kind: str
    name: str


def variants(spec: Models) -> tuple[str, ...]:
    """Return what stands behind the name of the resource in those of the Deployments, that of the primary first."""
    first = spec.variant or PRIMARY
    return (first, spec.canary.variant or CANARY) if spec.canary else (first,)


def weights(spec: Models) -> dict[str, int]:
    """Return how many of 100 requests each side gets; together they are always 100."""
    return shares_of(spec.canary)


def replicas_of_canary(spec: Models) -> int:
    """Return the pods of the canary; none without one."""
    return replicas_of(spec.canary, spec.floor) if spec.canary else 0


def children(name: str, spec: Models) -> tuple[Contracted, ...]:
    """Return the workloads of the resource *name*, what leads to them and what scales them."""
    found = [Contracted("Service", f"{name}-svc")]
    found += (Contracted("Deployment", f"{name}-{variant}") for variant in variants(spec))
    if spec.canary:
        found += (Contracted("Service", f"{name}-{side}") for side in (PRIMARY, CANARY))
        found.append(Contracted("HTTPRoute", name))
    if spec.scales and spec.min_replicas:
        found.append(Contracted("HorizontalPodAutoscaler", f"{name}-hpa"))
    return tuple(found)


def deleted(name: str, before: Models, after: Models | None) -> tuple[Contracted, ...]:
    """Return what goes when *before* becomes *after*; everything where the resource *name* itself goes (None)."""
    kept = children(name, after) if after else ()
    return tuple(each for each in children(name, before) if each not in kept)
