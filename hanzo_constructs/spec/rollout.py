"""How new pods take the place of old ones."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from ..kube.core import IntOrString
from ..kube.core.scalars import NonNegative32, Positive32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Problem
from ..kube.published import Published

__all__ = [
    "DEFAULT_DEADLINE",
    "MIN_READY_SECONDS",
    "NO_DEADLINE",
    "DeploymentRollout",
    "Rollout",
    "StatefulSetRollout",
    "is_none",
]

DEFAULT_DEADLINE = 600
"""Seconds without progress after which Kubernetes calls a rollout failed, where nothing is written."""
NO_DEADLINE = 2**31 - 1
"""The largest number there is, which Kubernetes takes for no deadline."""
MIN_READY_SECONDS = 10
"""Seconds that a new pod must have been ready before it counts, where nothing is written."""
_BOUND = re.compile(r"[0-9]{1,9}%\Z", re.ASCII)
_SURGE_FORM = Published({"pattern": "^[0-9]{1,9}%$", "maxLength": 10, "minimum": 0, "maximum": 2**31 - 1})
_SHARE_FORM = Published(
    {"pattern": "^(0{0,7}[0-9]{1,2}|0{0,6}100)%$", "maxLength": 10, "minimum": 0, "maximum": 2**31 - 1}
)
_SOME_FORM = Published(
    {"pattern": "^(0{0,8}[1-9]|0{0,7}[1-9][0-9]|0{0,6}100)%$", "maxLength": 10, "minimum": 1, "maximum": 2**31 - 1}
)


class Rollout(CheckedModel):
    """How new pods take the place of old ones; what is left out follows from the kind."""

    min_ready_seconds: Annotated[NonNegative32, Field(lt=NO_DEADLINE)] | None = None
    """Seconds that a new pod must have been ready before it counts; left out, 10."""
    revision_history_limit: NonNegative32 | None = None
    """Old revisions that are kept to go back to; left out, 3 (in epoch 2025 what Kubernetes keeps, which is 10)."""

    @property
    def seconds_ready(self) -> int:
        """Seconds that a new pod must have been ready before it counts."""
        return MIN_READY_SECONDS if self.min_ready_seconds is None else self.min_ready_seconds


class DeploymentRollout(Rollout):
    """How new pods take the place of old ones."""

    max_surge: Annotated[IntOrString, _SURGE_FORM] | None = None
    """Pods beyond replicas that may run meanwhile: a number or a percentage such as "25%"; left out, 1."""
    max_unavailable: Annotated[IntOrString, _SHARE_FORM] | None = None
    """Pods that may be missing meanwhile: a number or a percentage such as "25%"; left out, 0, or 1 where maxSurge
    is 0."""
    progress_deadline_seconds: Positive32 | None = None
    """Seconds without progress after which the rollout counts as failed; left out, longer than the probes let a pod
    take to be ready, 600 at least."""

    def problems(self) -> Iterator[Problem]:
        """Refuse bounds that the API server refuses."""
        for field, bound, most in (("maxSurge", self.max_surge, None), ("maxUnavailable", self.max_unavailable, 100)):
            if problem := _bound_problem(bound, most):
                yield Problem((field,), problem)
        if is_none(self.max_surge) and is_none(self.max_unavailable):
            yield Problem((), "maxSurge or maxUnavailable must be more than 0, or no pod is ever replaced")
        deadline, ready = self.progress_deadline_seconds, self.seconds_ready
        if deadline is not None and deadline <= ready:
            message = f"must be more than minReadySeconds ({ready}), got {deadline}"
            yield Problem(("progressDeadlineSeconds",), message)


class StatefulSetRollout(Rollout):
    """How new pods take the place of old ones, each on its own claim, the last one first."""

    partition: NonNegative32 | None = None
    """Ordinal below which pods keep the old revision; left out, 0: all pods are replaced."""
    max_unavailable: Annotated[IntOrString, _SOME_FORM] | None = None
    """Pods that may be missing meanwhile: a number or a percentage such as "25%"; left out, 1. Kubernetes 1.37
    and later follow it."""

    def problems(self) -> Iterator[Problem]:
        """Refuse bounds that the API server refuses."""
        if problem := _bound_problem(self.max_unavailable, 100):
            yield Problem(("maxUnavailable",), problem)
        elif is_none(self.max_unavailable):
            yield Problem(("maxUnavailable",), f"must be more than 0, got {shown(self.max_unavailable)}")


def is_none(bound: int | str | None) -> bool:
    """Tell whether *bound* is written and means no pod at all."""
    return bound == 0 or (isinstance(bound, str) and re.fullmatch(r"0+%", bound) is not None)


def _bound_problem(bound: int | str | None, most: int | None) -> str:
    if bound is None:
        return ""
    if (bound < 0) if isinstance(bound, int) else not _BOUND.match(bound):
        return f'must be a count or a percentage such as "25%", got {shown(bound)}'
    if most is not None and isinstance(bound, str) and int(bound[:-1]) > most:
        return f"must be at most {most}%, got {shown(bound)}"
    return ""
