"""How many replicas there are, and how many may be missing."""

import math
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import IntOrString
from ..kube.core.deferred import HorizontalPodAutoscalerBehavior, MetricSpec, MetricTarget
from ..kube.core.scalars import Positive32
from ..kube.fields import shown, wire_name
from ..kube.model import CheckedModel, Items, Problem
from ..kube.published import UNSTORED, Published
from .metrics import behavior_problems, metric_problems

__all__ = ["BOTH_BOUNDS", "Autoscaling", "PodDisruptionBudget", "blocking_bound", "bounds_problem", "pods_of"]

BOTH_BOUNDS = "must have minAvailable or maxUnavailable, got both"
"""What is wrong with a budget that has two bounds."""

_DEFAULT_CPU_UTILIZATION = 80

Percent = Annotated[int, Field(ge=1, le=100)]
_BOUND_FORM = Published({"pattern": "^(100|[1-9]?[0-9])%$", "minimum": 0, "maximum": 2**31 - 1})
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
    min_replicas: Annotated[Positive32, UNSTORED] = 1
    """Fewest pods."""
    max_replicas: Positive32 | None = None
    """Most pods; required, except beside the deprecated `enabled: true` and in epoch 2025, where it is 10 if left
    out."""
    target_cpu_utilization: Percent | None = None
    """Average CPU use to aim at, in percent of the requests; 80 where neither target is given, nor metrics."""
    target_memory_utilization: Percent | None = None
    """Average memory use to aim at, in percent of the requests."""
    metrics: Annotated[Items[MetricSpec], Field(max_length=64)] = ()
    """Further metrics to aim at, as autoscaling/v2 has them; the one that asks for the most pods counts."""
    behavior: HorizontalPodAutoscalerBehavior | None = None
    """How fast the count follows, up and down; left out, as Kubernetes does."""

    @property
    def target_cpu(self) -> int | None:
        """The average CPU use to aim at: 80 percent where nothing else is said."""
        if self.target_cpu_utilization is None and self.target_memory_utilization is None and not self.metrics:
            return _DEFAULT_CPU_UTILIZATION
        return self.target_cpu_utilization

    @property
    def measured(self) -> tuple[str, ...]:
        """What is measured against the requests of every container of a pod."""
        by_request = [each.resource.name for each in self.metrics if each.resource and _is_share(each.resource.target)]
        targets = (("cpu", self.target_cpu), ("memory", self.target_memory_utilization))
        return tuple(dict.fromkeys([*(name for name, target in targets if target is not None), *by_request]))

    def problems(self) -> Iterator[Problem]:
        """Refuse bounds the wrong way round, and what nobody follows."""
        for name in sorted(self.model_fields_set - {"enabled", "external"}) if self.external else ():
            yield Problem((wire_name(name),), "has no effect beside external: true; leave one of them out")
        if self.max_replicas is not None and (problem := bounds_problem(self.min_replicas, self.max_replicas)):
            yield Problem((), problem)
        if self.metrics and not self.external:
            yield from metric_problems(self.metrics, ("metrics",))
            targets = {"cpu": self.target_cpu_utilization, "memory": self.target_memory_utilization}
            for index, each in enumerate(self.metrics):
                if each.resource and targets.get(each.resource.name) is not None:
                    name = f"target{each.resource.name.capitalize()}Utilization"
                    message = f"measures {each.resource.name}, as {name} does; leave one of them out"
                    yield Problem(("metrics", index, "resource", "name"), message)
        if self.behavior and not self.external:
            yield from behavior_problems(self.behavior, ("behavior",))


def _is_share(target: MetricTarget) -> bool:
    return target.type == "Utilization"


class PodDisruptionBudget(CheckedModel):
    """How many pods may be missing while nodes are drained; left out, nothing holds a drain up."""

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    min_available: Annotated[IntOrString, _BOUND_FORM] | None = None
    """Pods that must stay: a number or a percentage such as "50%"."""
    max_unavailable: Annotated[IntOrString, _BOUND_FORM] | None = None
    """Pods that may be missing: a number or a percentage such as "25%"."""
    unhealthy_pod_eviction_policy: Literal["AlwaysAllow", "IfHealthyBudget"] | None = None
    """Whether pods that are not ready may always be evicted, or only while enough others are ready; left out,
    AlwaysAllow (in epoch 2025 Kubernetes' default, IfHealthyBudget). Needs Kubernetes 1.26 or later."""

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
