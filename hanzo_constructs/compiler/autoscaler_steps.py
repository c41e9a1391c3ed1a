"""The steps from a count of replicas of one's own to an autoscaler."""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.handover import forgotten_replicas, kept_replicas
from ..kube.manifest import Manifest
from .kind import ManualSteps

__all__ = ["autoscaler_steps"]


def autoscaler_steps(manifest: Manifest) -> Iterator[ManualSteps]:
    """Yield the steps after which an autoscaler owns the replicas of the workload *manifest*."""
    yield ManualSteps(
        "before you leave spec.replicas to an autoscaler, run this (all pods but one would stop):",
        (kept_replicas(manifest),),
    )
    yield ManualSteps("or this, if you apply without --server-side:", (forgotten_replicas(manifest),))
