"""HorizontalPodAutoscaler: the replica count by use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..kube.manifest import Manifest, manifest, scale_target
from ..kube.model import written
from ..kube.owner import Pods
from ..spec.scaling import Autoscaling

if TYPE_CHECKING:
    from ..kube.core import HorizontalPodAutoscalerBehavior

__all__ = ["WHY", "autoscaler", "horizontal_pod_autoscaler"]

WHY = {
    "spec.scaleTargetRef": "the workload of the resource",
    "spec.metrics[*]": "the use of each resource that has a target, measured against its request",
    "spec.metrics[*].resource.target.averageUtilization": "80 % of the requested CPU when no target is given",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def horizontal_pod_autoscaler(pods: Pods, autoscaling: Autoscaling, *, max_replicas: int, target_kind: str) -> Manifest:
    """Scale the *target_kind* that runs *pods* between the bounds of *autoscaling* and *max_replicas*."""
    cpu, memory = autoscaling.target_cpu, autoscaling.target_memory_utilization
    targets = [
        _utilization(resource, target) for resource, target in (("cpu", cpu), ("memory", memory)) if target is not None
    ]
    return autoscaler(
        pods,
        least=autoscaling.min_replicas,
        most=max_replicas,
        metrics=[*targets, *(written(each) for each in autoscaling.metrics)],
        behavior=autoscaling.behavior,
        target_kind=target_kind,
    )


def autoscaler(  # noqa: PLR0913 - what an autoscaler is made of
    pods: Pods,
    *,
    least: int,
    most: int,
    metrics: list[dict[str, Any]],
    behavior: HorizontalPodAutoscalerBehavior | None,
    target_kind: str = "Deployment",
    name: str | None = None,
) -> Manifest:
    """Keep between *least* and *most* of *pods*, by *metrics* as autoscaling/v2 has them; *name* is theirs by default."""
    return manifest(
        "HorizontalPodAutoscaler",
        pods,
        name=name,
        spec={
            "scaleTargetRef": scale_target(pods, target_kind),
            "minReplicas": least,
            "maxReplicas": most,
            "metrics": metrics,
            **({"behavior": written(behavior)} if behavior else {}),
        },
    )


def _utilization(resource: str, percent: int) -> dict[str, Any]:
    return {
        "type": "Resource",
        "resource": {"name": resource, "target": {"type": "Utilization", "averageUtilization": percent}},
    }
