"""The fields of the spec that decide what is in children: an overlay leaves that to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel

from ..kube.fields import wire_name
from ..spec.task import JOB_FIELDS, SCHEDULE_FIELDS
from ..spec.values import models_in

__all__ = [
    "ADDING",
    "DECIDED",
    "IN_BACKUP",
    "IN_MAIN",
    "IN_POD",
    "SERVICE_OPTIONS",
    "block_of",
    "first_field",
    "has_field",
]

Row = tuple[str, tuple[str, ...]]
"""A place in a child, and the fields of the spec that decide it; the first that the kind has is the one to write."""

_ROLLOUT = ("minReadySeconds", "revisionHistoryLimit")
_SCHEDULE: tuple[Row, ...] = (
    ("spec.schedule", ("schedule", "backup.schedule")),
    ("spec.timeZone", ("timeZone", "backup.timeZone")),
    *((f"spec.{field}", (field,)) for field in map(wire_name, SCHEDULE_FIELDS) if field != "timeZone"),
)

DECIDED: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "Deployment": (
            ("spec.replicas", ("replicas",)),
            ("spec.strategy.type", ("strategy", "deploy.strategy")),
            *(
                (f"spec.strategy.rollingUpdate.{field}", (f"rollout.{field}",))
                for field in ("maxSurge", "maxUnavailable")
            ),
            *((f"spec.{field}", (f"rollout.{field}",)) for field in (*_ROLLOUT, "progressDeadlineSeconds")),
        ),
        "StatefulSet": (
            ("spec.replicas", ("replicas",)),
            ("spec.persistentVolumeClaimRetentionPolicy.whenDeleted", ("storage.retentionPolicy",)),
            *(
                (f"spec.updateStrategy.rollingUpdate.{field}", (f"rollout.{field}",))
                for field in ("partition", "maxUnavailable")
            ),
            *((f"spec.{field}", (f"rollout.{field}",)) for field in _ROLLOUT),
        ),
        "Job": tuple((f"spec.{field}", (field,)) for field in map(wire_name, JOB_FIELDS)),
        "CronJob": (
            *_SCHEDULE,
            *((f"spec.jobTemplate.spec.{field}", (field,)) for field in map(wire_name, JOB_FIELDS)),
        ),
        "Service": (("spec.ports", ("ports", "port", "workload.service")),),
        "HorizontalPodAutoscaler": (
            ("spec.minReplicas", ("autoscaling.minReplicas", "minReplicas", "replicas")),
            ("spec.maxReplicas", ("autoscaling.maxReplicas", "maxReplicas", "autoscaling.max")),
            ("spec.metrics", ("autoscaling.metrics", "autoscaling.targetCpuUtilization", "autoscaling.metric")),
            ("spec.behavior", ("autoscaling.behavior",)),
        ),
        "ScaledObject": (
            ("spec.minReplicaCount", ("minReplicas",)),
            ("spec.maxReplicaCount", ("maxReplicas",)),
            ("spec.triggers", ("autoscaling.metric",)),
        ),
        "PodDisruptionBudget": (
            ("spec.minAvailable", ("pdb.minAvailable",)),
            ("spec.maxUnavailable", ("pdb.maxUnavailable",)),
        ),
        "Ingress": (
            ("spec.rules", ("ingress.hosts",)),
            ("spec.tls", ("ingress.tls",)),
            ("spec.ingressClassName", ("ingress.ingressClassName",)),
            ("metadata.annotations", ("ingress.annotations",)),
        ),
        "NetworkPolicy": (
            ("spec.ingress", ("networkPolicy.allowFrom", "workload.resources")),
            ("spec.egress", ("networkPolicy.egress", "workload.resources")),
            ("spec.policyTypes", ("networkPolicy.policyTypes", "workload.resources")),
        ),
        "HTTPRoute": (("spec.hostnames", ("ingress.hosts",)),),
        "KMSSecret": (("spec", ("kmsSecrets",)),),
        "PersistentVolumeClaim": (("spec", ("persistence", "workload.resources")),),
        "ExternalSecret": (("spec", ("workload.resources",)),),
        "CiliumNetworkPolicy": (("spec", ("workload.resources",)),),
        "ServiceAccount": (("metadata.annotations", ("serviceAccount.annotations",)),),
    }
)
"""By the kind of the child: what fields of the spec decide in it, beside its pods."""

SERVICE_OPTIONS = MappingProxyType(
    {
        "metadata.annotations": "annotations",
        "spec.clusterIP": "headless",
        **{
            f"spec.{field}": field
            for field in (
                *("type", "sessionAffinity", "externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution"),
                *("loadBalancerClass", "loadBalancerSourceRanges"),
            )
        },
    }
)
"""What the block `service` decides in the main Service, and each of `services` in its own."""

_BLOCKS = MappingProxyType(
    {
        "CiliumNetworkPolicy": ("workload.resources",),
        "ConfigMap": ("configs", "schema", "workload.containers"),
        "CronJob": ("backup", "schedule"),
        "ExternalSecret": ("workload.resources",),
        "HorizontalPodAutoscaler": ("autoscaling",),
        "HTTPRoute": ("ingress",),
        "Ingress": ("ingress",),
        "KMSSecret": ("kmsSecrets",),
        "NetworkPolicy": ("networkPolicy", "workload.resources"),
        "PersistentVolumeClaim": ("persistence", "workload.resources"),
        "PodDisruptionBudget": ("pdb", "replicas"),
        "ResourceClaimTemplate": ("gpu",),
        "ScaledObject": ("maxReplicas",),
        "Service": ("ports", "workload.service"),
        "ServiceAccount": ("serviceAccount",),
        "ServiceMonitor": ("serviceMonitor", "workload.service"),
    }
)
"""By the kind of a child: the fields that ask for one."""

_CONTAINERS = "workload.containers"
IN_POD = {"restartPolicy": ("restartPolicy",), "volumes": ("volumes", "workload.resources")}
"""Fields of the pod, and those of the spec that decide them, beside those of every workload."""
ADDING = {"containers": ("sidecars", _CONTAINERS), "initContainers": ("initContainers", _CONTAINERS)}
"""The lists of containers of a pod, and the fields that add to them."""
IN_MAIN = {
    "image": ("image", _CONTAINERS),
    "imagePullPolicy": ("image.pullPolicy", _CONTAINERS),
    "ports": ("ports", "port", "workload.service"),
    "securityContext": ("containerSecurityContext",),
    "args": ("args", "engineArgs", _CONTAINERS),
    **{
        field: (field, _CONTAINERS) for field in ("command", "env", "envFrom", "resources", "volumeMounts", "lifecycle")
    },
    **{field: (field, "healthCheck", _CONTAINERS) for field in ("livenessProbe", "readinessProbe", "startupProbe")},
}
"""Fields of the main container, and those of the spec that decide them."""

IN_BACKUP = {"image": "backup.image", "resources": "backup.resources", "env": "backup", "envFrom": "backup"}
"""The same of the container of a backup."""


def block_of(kind: str, model: type[BaseModel]) -> str:
    """Return the field of the spec *model* that asks for a child of *kind*; nothing where none does."""
    return first_field(_BLOCKS.get(kind, ()), model)


def first_field(fields: Sequence[str], model: type[BaseModel]) -> str:
    """Return the first of *fields* that the spec *model* has; nothing where it has none."""
    return next((field for field in fields if has_field(model, field)), "")


@cache
def has_field(model: type[BaseModel], dotted: str) -> bool:
    """Tell whether the spec *model* has the field *dotted*, in wire names."""
    first, _, rest = dotted.partition(".")
    for name, field in model.model_fields.items():
        if first == (field.alias or name):
            return not rest or any(has_field(below, rest) for below, _ in models_in(field.annotation))
    return False
