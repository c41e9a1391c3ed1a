"""How many replicas there are, and how many may be missing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from ..kube.core import IntOrString
from ..kube.core.scalars import Positive32
from ..kube.fields import shown, wire_name
from ..kube.model import CheckedModel, Problem

__all__ = ["BOTH_BOUNDS", "Autoscaling", "PodDisruptionBudget", "blocking_bound", "bounds_problem", "pods_of"]

BOTH_BOUNDS = "must have minAvailable or maxUnavailable, got both"
"""What is wrong with a budget that has two bounds."""

Percent = Annotated[int, Field(ge=1, le=100)]
_PERCENTAGE = re.compile(r"(?:100|[1-9]?[0-9])%\Z")


class Autoscaling(CheckedModel):
    """Bounds for the replica count; takes the count over from `replicas`."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "min": "minReplicas",
        "max": "maxReplicas",
        "targetCPUUtilizationPercentage": "targetCpuUtilization",
        "targetMemoryUtilizationPercentage": "targetMemoryUtilization",
        "cpu": "targetCpuUtilization",
        "memory": "targetMemoryUtilization",
    }

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    external: bool = False
    """Whether somebody else owns the number of pods, such as an autoscaler of your own or KEDA: it is left out, no
    autoscaler is made, and nothing else is written here."""
    min_replicas: Positive32 = 1
    """Fewest pods."""
    max_replicas: Positive32 | None = None
    """Most pods; required, except beside the deprecated `enabled: true` and in epoch 2025, where it is 10 if left
    out."""
    target_cpu_utilization: Percent | None = None
    """Average CPU use to aim at, in percent of the requests; 80 where neither target is given."""
    target_memory_utilization: Percent | None = None
    """Average memory use to aim at, in percent of the requests."""

    def problems(self) -> Iterator[Problem]:
        """Refuse bounds the wrong way round, and what nobody follows."""
        for name in sorted(self.model_fields_set - {"enabled", "external"}) if self.external else ():
            yield Problem((wire_name(name),), "has no effect beside external: true; leave one of them out")
        if self.max_replicas is not None and (problem := bounds_problem(self.min_replicas, self.max_replicas)):
            yield Problem((), problem)


class PodDisruptionBudget(CheckedModel):
    """How many pods may be missing while nodes are drained; left out, nothing holds a drain up."""

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    min_available: IntOrString | None = None
    """Pods that must stay: a number or a percentage such as "50%"."""
    max_unavailable: IntOrString | None = None
    """Pods that may be missing: a number or a percentage such as "25%"."""

    def problems(self) -> Iterator[Problem]:
        """Refuse both bounds, and bounds that are neither a count nor a percentage."""
        if self.min_available is not None and self.max_unavailable is not None and self.enabled is not False:
            yield Problem((), BOTH_BOUNDS)
        for name, bound in (("minAvailable", self.min_available), ("maxUnavailable", self.max_unavailable)):
            if (isinstance(bound, str) and not _PERCENTAGE.match(bound)) or (isinstance(bound, int) and bound < 0):
                yield Problem((name,), f'must be a count or a percentage such as "50%", got {shown(bound)}')


def bounds_problem(least: int, most: int) -> str:
    """Say why no autoscaler can keep between *least* and *most* pods; empty when one can."""
    return f"minReplicas must not exceed maxReplicas ({most}), got {least}" if least > most else ""


def blocking_bound(stays: int | str | None, goes: int | str | None, pods: int) -> tuple[str, int | str, str] | None:
    """Return the bound of a budget (minAvailable or maxUnavailable) that never lets one of *pods* go, and what follows.

    Returns the field, its value, and the words behind the value; None where a pod may go, or where there is none.
    """
    if stays is not None and pods_of(stays, pods) >= pods > 0:
        field, bound = "minAvailable", stays
    elif goes is not None and pods_of(goes, pods) == 0 < pods:
        field, bound = "maxUnavailable", goes
    else:
        return None
    return field, bound, f"never lets one of {pods} pods go, so that node drains wait for ever; allow one to be missing"


def pods_of(bound: int | str, replicas: int) -> int:
    """Return how many of *replicas* pods *bound* means; percentages round up, as the disruption controller does."""
    return bound if isinstance(bound, int) else math.ceil(int(bound[:-1]) * replicas / 100)
