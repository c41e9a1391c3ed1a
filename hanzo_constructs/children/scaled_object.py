"""ScaledObject: the replica count by what KEDA asks others, down to no pod at all.

Source: the API `keda.sh/v1alpha1` (kedacore/keda, config/crd/bases/keda.sh_scaledobjects.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..kube.manifest import Manifest, manifest, present, scale_target
from ..kube.model import written
from ..kube.owner import Pods

if TYPE_CHECKING:
    from ..kube.core import HorizontalPodAutoscalerBehavior

__all__ = ["WHY", "prometheus_trigger", "scaled_object"]

WHY = {
    "spec.scaleTargetRef": "the workload of the resource",
    "spec.triggers[*].type": "the Prometheus of the platform knows the metrics",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def scaled_object(
    pods: Pods,
    *,
    name: str,
    least: int,
    most: int,
    triggers: list[dict[str, Any]],
    behavior: HorizontalPodAutoscalerBehavior | None,
) -> Manifest:
    """Keep between *least* and *most* of *pods*, by *triggers*."""
    advanced = {"horizontalPodAutoscalerConfig": {"behavior": written(behavior)}} if behavior else None
    return manifest(
        "ScaledObject",
        pods,
        name=name,
        spec=present(
            {
                "scaleTargetRef": scale_target(pods, "Deployment"),
                "minReplicaCount": least,
                "maxReplicaCount": most,
                "advanced": advanced,
                "triggers": triggers,
            }
        ),
    )


def prometheus_trigger(server: str, query: str, threshold: int) -> dict[str, Any]:
    """Return the trigger that asks the Prometheus at *server*, and wants a pod for each *threshold* of the answer."""
    return {"type": "prometheus", "metadata": {"serverAddress": server, "query": query, "threshold": str(threshold)}}
