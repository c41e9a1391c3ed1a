"""What services of this company have in common: sizes, probes, secrets. Plain functions that return spec fragments."""

from __future__ import annotations

from typing import Any

__all__ = ["http_probes", "kms", "resources", "secret"]


def resources(cpu: str, memory: str, *, cpu_limit: str | None = None, memory_limit: str | None = None) -> dict[str, Any]:
    """Request *cpu* and *memory*; memory is limited to what is requested unless said otherwise, CPU is not."""
    limits = {"memory": memory_limit or memory} | ({"cpu": cpu_limit} if cpu_limit else {})
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": limits}


def http_probes(path: str = "/health", port: str = "http", *, start_seconds: int = 60) -> dict[str, Any]:
    """Probe *path* on *port*: liveness, readiness, and a start that may take *start_seconds*."""
    return {
        "livenessProbe": {"path": path, "port": port, "periodSeconds": 20, "failureThreshold": 3},
        "readinessProbe": {"path": path, "port": port, "periodSeconds": 5, "timeoutSeconds": 2},
        "startupProbe": {"path": path, "port": port, "periodSeconds": 5, "failureThreshold": start_seconds // 5},
    }


def kms(name: str, path: str = "/") -> list[dict[str, Any]]:
    """Fill the Secret `<name>-secrets` from the production environment of the project *name*."""
    return [
        {
            "projectSlug": name,
            "envSlug": "prod",
            "secretsPath": path,
            "credentialsRef": {"name": "kms-machine-identity"},
            "managedSecretName": f"{name}-secrets",
        }
    ]


def secret(name: str, key: str) -> dict[str, Any]:
    """Take the value of an environment variable from *key* of the Secret *name*."""
    return {"secretKeyRef": {"name": name, "key": key}}
