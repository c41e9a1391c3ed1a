"""Specs that the tests of the constructs share."""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata
from constructs import Construct

from hanzo_constructs import ServiceDict

SMALL: ServiceDict = {"image": "ghcr.io/hanzoai/api:v1.2.3", "ports": {"http": 8080}}

CHILDREN = [
    "KMSSecret-api-secrets",
    "NetworkPolicy",
    "Service",
    "Deployment",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "Ingress",
    "ServiceMonitor",
]
"""Ids of the children of `full("api")`, in apply order."""


def full(name: str) -> ServiceDict:
    """Return a spec that asks for a child of every kind."""
    return {
        "image": f"ghcr.io/hanzoai/{name}:v1.2.3",
        "ports": [{"name": "http", "containerPort": 8080, "servicePort": 80}, {"name": "grpc", "containerPort": 50051}],
        "env": {"LOG_LEVEL": "info", "GREETING": "yes"},
        "envFrom": [{"secretRef": {"name": f"{name}-secrets"}}],
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
        "ingress": {"hosts": [f"{name}.hanzo.ai"]},
        "autoscaling": {"maxReplicas": 5},
        "pdb": {},
        "networkPolicy": {},
        "serviceMonitor": {},
        "kmsSecrets": [
            {
                "projectSlug": name,
                "envSlug": "prod",
                "credentialsRef": {"name": "kms"},
                "managedSecretName": f"{name}-secrets",
            }
        ],
    }


def config_map(scope: Construct, id: str, name: str | None = None, **metadata: Any) -> ApiObject:  # noqa: A002
    """Make an object that is nobody's child."""
    return ApiObject(
        scope, id, api_version="v1", kind="ConfigMap", metadata=ApiObjectMetadata(name=name or id, **metadata)
    )
