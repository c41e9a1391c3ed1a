"""What services of this company have in common: sizes, probes, secrets. Plain functions that return spec fragments."""

from __future__ import annotations

from hashlib import sha256

from typing_extensions import TypedDict

from hanzo_constructs.spec.dicts import EnvVarSourceDict, KmsSecretRefDict, ProbeSpecDict, ResourceRequirementsDict

__all__ = ["Probes", "checksum", "http_probes", "kms", "resources", "secret"]


class Probes(TypedDict, closed=True):
    """The probes of a service, to be unpacked into its spec."""

    livenessProbe: ProbeSpecDict
    readinessProbe: ProbeSpecDict
    startupProbe: ProbeSpecDict


def resources(cpu: str, memory: str, *, memory_limit: str | None = None) -> ResourceRequirementsDict:
    """Request *cpu* and *memory*; memory is limited to what is requested unless said otherwise, CPU is not."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory_limit or memory}}


def http_probes(path: str = "/health", *, ready_path: str = "", start_seconds: int = 60) -> Probes:
    """Probe *path* on the port http: liveness, readiness (by *ready_path*), and a start that takes *start_seconds*."""
    port = "http"
    return {
        "livenessProbe": {"path": path, "port": port, "periodSeconds": 20, "failureThreshold": 3},
        "readinessProbe": {"path": ready_path or path, "port": port, "periodSeconds": 5, "timeoutSeconds": 2},
        "startupProbe": {"path": path, "port": port, "periodSeconds": 5, "failureThreshold": start_seconds // 5},
    }


def kms(name: str, path: str = "/", *, into: str = "") -> list[KmsSecretRefDict]:
    """Fill the Secret *into*, or `<name>-secrets`, from the production environment of the project *name*."""
    return [
        {
            "projectSlug": name,
            "envSlug": "prod",
            "secretsPath": path,
            "credentialsRef": {"name": "kms-machine-identity"},
            "managedSecretName": into or f"{name}-secrets",
        }
    ]


def secret(name: str, key: str) -> EnvVarSourceDict:
    """Take the value of an environment variable from *key* of the Secret *name*."""
    return {"secretKeyRef": {"name": name, "key": key}}


def checksum(text: str) -> str:
    """Return what changes with *text*: as an annotation of pods, it restarts them when their configuration changes."""
    return sha256(text.encode()).hexdigest()[:16]
