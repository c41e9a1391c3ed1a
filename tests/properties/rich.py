"""One resource in which everything is active, named by the words that `mutations` knows."""

from __future__ import annotations

from typing import Any

from hanzo_constructs.platform import Platform

__all__ = ["NEWEST", "rich"]

NEWEST = Platform(kubernetes="1.37")
"""A platform on which no field is too new."""


def rich() -> dict[str, Any]:
    """Return a fresh copy."""
    container = {
        "image": "ghcr.io/hanzoai/agent:v1.0.0",
        "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}},
    }
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "hanzo", "labels": {"hanzo.ai/org": "hanzo"}},
        "spec": {
            "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0"},
            "ports": [
                {"name": "http", "containerPort": 8080, "servicePort": 80},
                {"name": "metrics", "containerPort": 9090},
            ],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
            "livenessProbe": {"path": "/live", "port": "http"},
            "readinessProbe": {"path": "/ready", "port": "http"},
            "startupProbe": {"path": "/start", "port": "http"},
            "ingress": {"hosts": ["api.hanzo.ai"], "pathRules": [{"path": "/metrics", "port": "metrics"}]},
            "autoscaling": {"minReplicas": 2, "maxReplicas": 5, "targetCpuUtilization": 70},
            "pdb": {"maxUnavailable": 1},
            "networkPolicy": {"allowFrom": [{"podSelector": {}}]},
            "serviceMonitor": {},
            "volumes": [{"name": "alpha", "emptyDir": {}}, {"name": "beta", "emptyDir": {}}],
            "volumeMounts": [{"name": "alpha", "mountPath": "/mnt/alpha"}, {"name": "beta", "mountPath": "/mnt/beta"}],
            "sidecars": [{"name": "sidecar", **container}],
            "initContainers": [{"name": "init", "restartPolicy": "Always", **container}],
        },
    }
