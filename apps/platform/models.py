"""The models that this company serves itself."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import InferenceServiceConstruct
from hanzo_constructs.spec.dicts import HealthCheckDict

__all__ = ["chat_model", "reranker"]

_HEALTH: HealthCheckDict = {"path": "/health", "interval": "10s", "timeout": "5s"}


def chat_model(scope: Construct, labels: dict[str, str]) -> InferenceServiceConstruct:
    """Declare the model behind the chat, and the next one, which answers one request of twenty."""
    return InferenceServiceConstruct(
        scope,
        "zen",
        {
            "partOf": "ai",
            "component": "model",
            "variant": "v2",
            "modelRef": "hf://hanzoai/zen-70b:2026-03",
            "canary": {"variant": "v3", "modelRef": "hf://hanzoai/zen-70b:2026-10", "weight": 5},
            "replicas": 4,
            "engine": "vllm",
            "engineArgs": ["--max-model-len", "32768"],
            "gpu": 4,
            "resources": {"cpu": 16, "memory": "256Gi", "gpuMemory": "80Gi"},
            "startupBudget": "30m",
            "healthCheck": _HEALTH,
            "cache": {"size": "1Ti", "storageClassName": "nfs"},
            "tokenSecret": {"name": "hub-token"},
            "rollout": {"minReadySeconds": 30},
            "pdb": {"maxUnavailable": 1},
            "networkPolicy": {},
            "serviceMonitor": {"interval": "15s"},
        },
        labels=labels,
    )


def reranker(scope: Construct, labels: dict[str, str]) -> InferenceServiceConstruct:
    """Declare the model that sorts what the search finds, of an engine of this company, without GPUs."""
    return InferenceServiceConstruct(
        scope,
        "reranker",
        {
            "partOf": "ai",
            "component": "model",
            "modelRef": "s3://models/reranker/v4",
            "loaderImage": "ghcr.io/hanzoai/aws-cli:v2.27.0",
            "engine": "custom",
            "image": "ghcr.io/hanzoai/reranker:v1.4.0",
            "command": ["/app/serve"],
            "port": 9000,
            "gpu": 0,
            "resources": {"cpu": 4, "memory": "8Gi"},
            "healthCheck": _HEALTH,
            "minReplicas": 2,
            "maxReplicas": 8,
            "autoscaling": {"metric": "cpu", "target": 70},
            "strategy": "RollingUpdate",
            "envFrom": [{"secretRef": {"name": "models-s3"}}],
        },
        labels=labels,
    )
