"""Workloads without a disk of their own: a Deployment and its Services, and what every workload that serves has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from ..children.cluster_service import cluster_service
from ..children.deployment import deployment
from ..errors import Finding
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.image import ImageSpec
from ..spec.ports import exposed
from .child import Child
from .rollout import deployment_rollout_findings, surge_findings
from .services import further_services
from .serving import NOTHING_DERIVED, Derived, Run, running_children, serving_children, serving_findings

if TYPE_CHECKING:
    from ..spec.gateway import Gateway
    from ..spec.service import Service, StatelessSpec

__all__ = ["further_pods", "stateless_children", "stateless_findings"]


def stateless_children(
    resource: Service | Gateway, image: ImageSpec, pods: Pods, rules: Rules, derived: Derived = NOTHING_DERIVED
) -> Iterator[Child]:
    """Yield the children of *resource*, whose main container is of *image*, in apply order."""
    run = _runner(resource.spec, pods, rules)
    return serving_children(resource, image, pods, rules, run, derived)


def further_pods(
    resource: Service, image: ImageSpec, pods: Pods, rules: Rules, derived: Derived = NOTHING_DERIVED
) -> Iterator[Child]:
    """Yield what runs *pods* of *resource* beside others, and what leads to them; what both share is not among it."""
    return running_children(resource.spec, image, pods, rules, _runner(resource.spec, pods, rules), derived)


def _runner(spec: StatelessSpec, pods: Pods, rules: Rules) -> Callable[[Run], Iterator[Child]]:
    """Return what makes the workload of *pods*, and the Services that lead to them."""

    def run(what: Run) -> Iterator[Child]:
        if offered := exposed(spec.ports):
            because = "spec.ports" if "ports" in type(spec).__pydantic_fields__ else "always"
            role: Literal["client"] | None = "client" if spec.services else None
            service = cluster_service(pods, offered, role=role, traffic=what.traffic, options=spec.service)
            yield Child("Service", service, because)
        if spec.services:
            yield from further_services(pods, spec, spec.ports, traffic=what.traffic)
        workload = deployment(
            pods, what.template, replicas=what.replicas, strategy=spec.strategy, rollout=spec.rollout, rules=rules
        )
        yield Child("Deployment", workload, "always", pods=pods)

    return run


def stateless_findings(resource: Service | Gateway, image: ImageSpec, rules: Rules) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *resource*, whose main container is of *image*."""
    spec: StatelessSpec = resource.spec
    rollout = (*deployment_rollout_findings(spec.rollout, rules), *surge_findings(spec))
    return serving_findings(resource, image, rules, rollout)
