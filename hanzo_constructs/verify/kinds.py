"""The kinds the proof knows: their API groups, and where their pods stand.

A kind of another group may carry the same name (Knative has a Service too); it is none of ours and is not looked into.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from ..kube.templates import TEMPLATE_PATHS

__all__ = ["GROUPS", "ROUTES", "SCALABLE", "TEMPLATE_PATHS", "TRANSIENT", "WORKLOADS", "known_kind"]

WORKLOADS = tuple(TEMPLATE_PATHS)
SCALABLE = ("Deployment", "StatefulSet", "ReplicaSet")
"""Kinds with a replica count."""
TRANSIENT = ("Job", "CronJob")
"""Kinds whose pods come and go: nothing may send traffic to them or count on them."""
ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")
"""Kinds whose rules lead to TCP ports of Services."""

GROUPS: MappingProxyType[str, str] = MappingProxyType(
    {
        "Deployment": "apps",
        "StatefulSet": "apps",
        "DaemonSet": "apps",
        "ReplicaSet": "apps",
        "Job": "batch",
        "CronJob": "batch",
        "Pod": "",
        "Service": "",
        "ConfigMap": "",
        "Secret": "",
        "ServiceAccount": "",
        "PersistentVolumeClaim": "",
        "Namespace": "",
        "Ingress": "networking.k8s.io",
        "NetworkPolicy": "networking.k8s.io",
        **dict.fromkeys(ROUTES, "gateway.networking.k8s.io"),
        "HorizontalPodAutoscaler": "autoscaling",
        "ScaledObject": "keda.sh",
        "PodDisruptionBudget": "policy",
        "ServiceMonitor": "monitoring.coreos.com",
        "KMSSecret": "kms.hanzo.ai",
        "ExternalSecret": "external-secrets.io",
        "SealedSecret": "bitnami.com",
        "Certificate": "cert-manager.io",
    }
)
"""API group of every kind that is looked into."""


@cache
def known_kind(api_version: str, kind: str) -> str:
    """Return *kind* where it is one of ours, `kind.group` where it is somebody else's of any name."""
    group, slash, _ = api_version.rpartition("/")
    group = group if slash else ""
    return kind if GROUPS.get(kind) == group else f"{kind}.{group}"
