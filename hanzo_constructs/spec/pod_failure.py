"""What a job makes of a pod that failed: try again, give up, or take no notice.

Source: Kubernetes' `pkg/apis/batch/validation/validation.go`, `validatePodFailurePolicy`.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..kube.core.scalars import Int32
from ..kube.fields import listed, shown
from ..kube.model import CheckedModel, Items, Model, Problem
from ..kube.names import DnsLabel, QualifiedName
from ..kube.published import UNIQUE_ITEMS
from .repeats import repeats

__all__ = ["ExitCodes", "PodCondition", "PodFailurePolicy", "PodFailureRule"]

_MOST_RULES, _MOST_CODES, _MOST_CONDITIONS = 20, 255, 20


class ExitCodes(CheckedModel):
    """Exit codes of containers that failed."""

    container_name: DnsLabel | None = None
    """The container that is meant, the main one by the name of the resource; left out, any container."""
    operator: Literal["In", "NotIn"]
    """Whether the code is one of the values, or none of them."""
    values: Annotated[Items[Int32], Field(min_length=1, max_length=_MOST_CODES), UNIQUE_ITEMS]
    """Exit codes, in ascending order; 0 is no failure."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what the API server refuses."""
        if [*self.values] != sorted({*self.values}):
            yield Problem(("values",), f"must be in ascending order, each code once, got {listed(self.values)}")
        if self.operator == "In" and 0 in self.values:
            yield Problem(("values",), "must not have 0, which is no failure")


class PodCondition(Model):
    """A condition of a pod that failed."""

    list_keys: ClassVar[tuple[str, ...]] = ("type", "status")

    type: QualifiedName
    """Such as DisruptionTarget, of a pod that was evicted."""
    status: Literal["True", "False", "Unknown"] = "True"
    """What the condition is."""


class PodFailureRule(CheckedModel):
    """Which failures are meant, and what follows from one."""

    action: Literal["FailJob", "Ignore", "Count"]
    """FailJob: the job has failed, and nothing is tried again. Ignore: the pod is replaced and does not count. Count: it
    counts towards backoffLimit, as without a rule."""
    on_exit_codes: ExitCodes | None = None
    """Failures by the exit code of a container."""
    on_pod_conditions: Annotated[Items[PodCondition], Field(max_length=_MOST_CONDITIONS)] = ()
    """Failures by a condition of the pod, one of which is enough."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a rule that means nothing, or two things."""
        if (self.on_exit_codes is None) == (not self.on_pod_conditions):
            yield Problem((), "must have one of onExitCodes and onPodConditions")
        conditions = [(each.type, each.status) for each in self.on_pod_conditions]
        for index, earlier in repeats(conditions):
            message = f"{shown(conditions[index][0])} is named twice"
            yield Problem(("onPodConditions", index), message, related=("onPodConditions", earlier))


class PodFailurePolicy(CheckedModel):
    """What follows from the failure of a pod: the first rule that means it counts."""

    rules_: Annotated[Items[PodFailureRule], Field(min_length=1, max_length=_MOST_RULES)]
    """Rules, in order."""
