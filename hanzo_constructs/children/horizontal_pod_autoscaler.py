"""HorizontalPodAutoscaler: the replica count by use."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..spec.scaling import Autoscaling
from .origin import Origin, Origins

__all__ = ["ORIGINS", "horizontal_pod_autoscaler"]

ORIGINS: Origins = {
    "spec.scaleTargetRef": Origin(why="the workload of the resource"),
    "spec.scaleTargetRef.name": Origin("metadata.name"),
    "spec.minReplicas": Origin("spec.autoscaling.minReplicas"),
    "spec.maxReplicas": Origin(
        "spec.autoscaling.maxReplicas",
        rule="default_max_replicas",
        why="the bound the old operator took when none was written",
    ),
    "spec.metrics": Origin(why="the use of each resource that has a target, measured against its request"),
    "spec.metrics[0].resource.target.averageUtilization": Origin(
        ("spec.autoscaling.targetCpuUtilization", "spec.autoscaling.targetMemoryUtilization"),
        why="80 % of the requested CPU when no target is given",
    ),
    "spec.metrics[1].resource.target.averageUtilization": Origin("spec.autoscaling.targetMemoryUtilization"),
}


_DEFAULT_CPU_UTILIZATION = 80


def horizontal_pod_autoscaler(
    owner: Owner, autoscaling: Autoscaling, *, max_replicas: int, target_kind: str
) -> Manifest:
    """Scale the *target_kind* named after *owner* between the bounds of *autoscaling* and *max_replicas*."""
    cpu, memory = autoscaling.target_cpu_utilization, autoscaling.target_memory_utilization
    if cpu is None and memory is None:
        cpu = _DEFAULT_CPU_UTILIZATION
    return manifest(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        owner,
        spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": target_kind, "name": owner.name},
            "minReplicas": autoscaling.min_replicas,
            "maxReplicas": max_replicas,
            "metrics": [
                _utilization(resource, target)
                for resource, target in (("cpu", cpu), ("memory", memory))
                if target is not None
            ],
        },
    )


def _utilization(resource: str, percent: int) -> dict[str, Any]:
    return {
        "type": "Resource",
        "resource": {"name": resource, "target": {"type": "Utilization", "averageUtilization": percent}},
    }
