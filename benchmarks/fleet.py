"""The input of every entry: a fleet of services that is a pure function of the index.

`facts` holds what differs between two services; each rival turns the same facts into objects in its own language.
`resource` is the same service as a user of the compiler declares it.
"""

from __future__ import annotations

from typing import Any

NAMESPACE = "shop"
TEAMS = ("checkout", "search", "identity", "billing", "delivery")
COMPONENTS = ("api", "web", "worker")
LEVELS = ("debug", "info", "warn")


def facts(index: int) -> dict[str, Any]:
    """Return what is particular to service number *index*."""
    name = f"svc-{index:04d}"
    return {
        "name": name,
        "team": TEAMS[index % 5],
        "component": COMPONENTS[index % 3],
        "version": f"v1.{index % 7}.{index % 10}",
        "host": f"{name}.example.com",
        "level": LEVELS[index % 3],
        "upstream": f"http://svc-{index // 2:04d}.{NAMESPACE}.svc.cluster.local",
        "cpu": f"{100 + 50 * (index % 4)}m",
        "memory": f"{128 * (1 + index % 3)}Mi",
        "maxReplicas": 3 + index % 5,
    }


def env(fact: dict[str, Any]) -> list[dict[str, Any]]:
    """Return eight variables, some of which a careless writer of YAML turns into numbers or booleans."""
    return [
        {"name": "SERVICE_NAME", "value": fact["name"]},
        {"name": "LOG_LEVEL", "value": fact["level"]},
        {"name": "HTTP_PORT", "value": "8080"},
        {"name": "UPSTREAM_URL", "value": fact["upstream"]},
        {"name": "CACHE_TTL", "value": "1e3"},
        {"name": "TRACING", "value": "on"},
        {"name": "GREETING", "value": "hello: #1, it's ready"},
        {
            "name": "DATABASE_PASSWORD",
            "valueFrom": {"secretKeyRef": {"name": fact["name"] + "-database", "key": "password"}},
        },
    ]


def resources(fact: dict[str, Any]) -> dict[str, Any]:
    """Return requests and limits."""
    return {
        "requests": {"cpu": fact["cpu"], "memory": fact["memory"]},
        "limits": {"cpu": "1", "memory": "1Gi"},
    }


def resource(index: int) -> dict[str, Any]:
    """Return service number *index* as its owner writes it down; it compiles to six children."""
    fact = facts(index)
    name = fact["name"]
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "image": {"repository": f"ghcr.io/hanzoai/{name}", "tag": fact["version"]},
            "partOf": "shop",
            "component": fact["component"],
            "labels": {"team": fact["team"]},
            "ports": [
                {"name": "http", "containerPort": 8080, "servicePort": 80},
                {"name": "metrics", "containerPort": 9090},
            ],
            "env": env(fact),
            "envFrom": [{"configMapRef": {"name": f"{name}-environment"}}],
            "resources": resources(fact),
            "startupProbe": {"path": "/health", "port": "http", "failureThreshold": 30},
            "livenessProbe": {"path": "/health", "port": "http", "periodSeconds": 20},
            "readinessProbe": {"path": "/ready", "port": "http", "timeoutSeconds": 2},
            "volumes": [{"name": "config", "configMap": {"name": f"{name}-config"}}],
            "volumeMounts": [{"name": "config", "mountPath": "/etc/service", "readOnly": True}],
            "ingress": {"hosts": [fact["host"]]},
            "autoscaling": {"minReplicas": 2, "maxReplicas": fact["maxReplicas"], "targetCpuUtilization": 75},
            "pdb": {"maxUnavailable": 1},
            "networkPolicy": {"allowFrom": [{"podSelector": {"matchLabels": {"team": fact["team"]}}}]},
        },
    }
