"""The requests that an autoscaler measures use against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import Finding
from ..kube.fields import field_path
from ..spec.pod import Asking, Unasked, measure_problems, unasked
from ..spec.resource import Resource
from ..spec.scaling import Autoscaling
from .optional_blocks import active

if TYPE_CHECKING:
    from ..spec.service import ServingSpec

__all__ = ["request_findings", "unasked_requests"]


def request_findings(spec: ServingSpec, autoscaling: Autoscaling) -> Iterator[Finding]:
    """Yield requests of nothing that use is measured against."""
    for resource in autoscaling.measured:
        for problem in measure_problems(resource, _measured(spec)):
            yield Finding(problem.message, field_path(("spec", *problem.path)), severity="warning")


def unasked_requests(resource: Resource) -> Iterator[Unasked]:
    """Yield the requests that *resource* lacks and that use is measured against; a LimitRange of the set may bring them."""
    spec: ServingSpec = resource.spec
    autoscaling = active(spec.autoscaling)
    if autoscaling and not autoscaling.external:
        for name in autoscaling.measured:
            for path in unasked(name, _measured(spec)):
                yield Unasked(field_path(("spec", *path)), name)


def _measured(spec: ServingSpec) -> Asking:
    """Return the containers that are measured together: all that run as long as the pod."""
    containers: Asking = [((), spec.resources)]
    containers += [(("sidecars", index), sidecar.resources) for index, sidecar in enumerate(spec.sidecars)]
    containers += [
        (("initContainers", index), each.resources)
        for index, each in enumerate(spec.init_containers)
        if each.restart_policy == "Always"
    ]
    return containers
