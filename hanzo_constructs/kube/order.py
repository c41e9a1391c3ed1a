"""The order in which objects are applied: what others need comes first."""

from __future__ import annotations

__all__ = ["apply_rank"]

_ORDER = (
    "Namespace",
    "CustomResourceDefinition",
    "ServiceAccount",
    "KMSSecret",
    "ExternalSecret",
    "Secret",
    "ConfigMap",
    "PersistentVolumeClaim",
    "NetworkPolicy",
    "Service",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "Ingress",
    "HTTPRoute",
    "ServiceMonitor",
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


def apply_rank(kind: str) -> int:
    """Return the place of *kind* in apply order; kinds not in the table come last."""
    return _RANK.get(kind, len(_ORDER))
