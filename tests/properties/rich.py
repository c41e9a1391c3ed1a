"""One resource of each kind in which everything is active, named by the words that `mutations` knows."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hanzo_constructs.kube.core.gates import ON_SINCE
from hanzo_constructs.platform import GatewayParent, Keda, Platform
from hanzo_constructs.spec.kinds import KINDS

__all__ = ["NEWEST", "rich"]

NEWEST = Platform(
    kubernetes="1.37",
    feature_gates=tuple(ON_SINCE),
    gateway=GatewayParent(name="edge"),
    keda=Keda(prometheus="http://prometheus.monitoring:9090"),
)
"""A platform on which no field is too new, none is behind a gate, and none lacks what it needs of the clusters."""


def rich(kind: str = "Service") -> dict[str, Any]:
    """Return a fresh copy of the resource of *kind*; a facade has that of the kind it is compiled as."""
    spec = {**_SPECS[KINDS[kind].compiled_as](), **copy.deepcopy(_POD)}
    if kind != KINDS[kind].compiled_as:
        spec.pop("type", None)  # a facade says it
    return {
        "apiVersion": KINDS[kind].api_version(NEWEST),
        "kind": kind,
        "metadata": {"name": "api", "namespace": "hanzo", "labels": {"hanzo.ai/org": "hanzo"}},
        "spec": spec,
    }


def _container(name: str) -> dict[str, Any]:
    resources = {"requests": {"cpu": "10m", "memory": "16Mi"}}
    return {"name": name, "image": "ghcr.io/hanzoai/agent:v1.0.0", "resources": resources}


def _volumes() -> dict[str, Any]:
    return {
        "volumes": [
            *({"name": name, "emptyDir": {}} for name in ("alpha", "beta")),
            *({"name": name, "persistentVolumeClaim": {"claimName": name}} for name in ("http", "metrics")),
        ],
        "volumeMounts": [{"name": "alpha", "mountPath": "/mnt/alpha"}, {"name": "beta", "mountPath": "/mnt/beta"}],
    }


def _service() -> dict[str, Any]:
    return {
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
        **_volumes(),
        "sidecars": [_container("sidecar")],
        "initContainers": [{**_container("init"), "restartPolicy": "Always"}],
    }


def _datastore() -> dict[str, Any]:
    return {
        "type": "clickhouse",
        "image": {"repository": "ghcr.io/hanzoai/store", "tag": "v1.0.0"},
        "replicas": 2,
        "storage": {"size": "1Gi"},
        "ports": [{"name": "metrics", "containerPort": 9090}],
        "credentialsSecret": "credentials",
        "backup": {
            "schedule": "0 3 * * *",
            "s3Endpoint": "https://alpha.example/api",
            "s3Bucket": "dumps",
            "s3CredentialsSecret": "alpha",
        },
        "pdb": {"maxUnavailable": 1},
        "networkPolicy": {"allowFrom": [{"podSelector": {}}]},
        "serviceMonitor": {"metricsPort": "metrics"},
        **_volumes(),
        "sidecars": [_container("sidecar")],
    }


def _base() -> dict[str, Any]:
    return {
        "image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1.0.0"},
        "storage": {"size": "1Gi"},
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
        "gateway": {"route": "/v1/app"},
        "pdb": {"maxUnavailable": 2},
        "networkPolicy": {"allowFrom": [{"podSelector": {}}]},
        "serviceMonitor": {},
    }


def _gateway() -> dict[str, Any]:
    return {
        "imageBuild": "hanzo",
        "image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v1.0.0"},
        "routes": [
            {"prefix": "/chat", "backend": "example.com", "rateLimit": "alpha", "authPolicy": "alpha"},
            {"prefix": "/files", "backend": "example.com", "rateLimit": "beta", "authPolicy": "beta"},
        ],
        "rateLimits": [{"name": "alpha", "maxRate": 5}, {"name": "beta", "maxRate": 6}],
        "authPolicies": [
            {"name": "alpha", "iamEndpoint": "https://alpha.example"},
            {"name": "beta", "iamEndpoint": "https://beta.example"},
        ],
        # the rest is what it shares with a Service, but for the ports, which it has by itself
        **{field: part for field, part in _service().items() if field not in {"image", "ports"}},
    }


def _task() -> dict[str, Any]:
    return {
        "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0"},
        "schedule": "0 3 * * *",
        "completionMode": "Indexed",
        "completions": 3,
        "podFailurePolicy": {
            "rules": [
                {"action": "FailJob", "onExitCodes": {"containerName": "alpha", "operator": "NotIn", "values": [2]}},
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]},
            ]
        },
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
        **_volumes(),
        "sidecars": [_container("alpha")],
        "initContainers": [{**_container("beta"), "restartPolicy": "Always"}],
    }


def _stateful() -> dict[str, Any]:
    return {**_service(), "storage": {"size": "1Gi", "mountPath": "/data"}}


def _inference_service() -> dict[str, Any]:
    return {
        "modelRef": "hf://acme/llama:alpha",
        "healthCheck": {"path": "/live", "interval": "10s", "timeout": "5s"},
        "minReplicas": 2,
        "maxReplicas": 5,
        "autoscaling": {"metric": "queueDepth"},
        "image": {"repository": "ghcr.io/hanzoai/vllm", "tag": "v0.27.1"},
        "resources": {"cpu": "100m", "memory": "1Gi", "gpuMemory": "24Gi"},
        "cache": {"size": "1Gi", "storageClassName": "nfs"},
        "tokenSecret": {"name": "alpha"},
        "ingress": {"hosts": ["api.hanzo.ai"]},
        "pdb": {"maxUnavailable": 1},
        "networkPolicy": {"allowFrom": [{"podSelector": {}}]},
        "serviceMonitor": {},
        **_volumes(),
        "sidecars": [_container("alpha")],
        "initContainers": [{**_container("beta"), "restartPolicy": "Always"}],
    }


def _lattice_service() -> dict[str, Any]:
    amounts = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "16", "memory": "64Gi"}}
    image = {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0", "digest": f"sha256:{'0a' * 32}"}
    return {
        "replicas": 2,
        "workload": {
            "containers": {
                "main": {
                    "image": image,
                    "variables": {"FIRST": "${resources.orders.url}", "SECOND": "x${secret.alpha.password}"},
                    "envFrom": ["alpha"],
                    "resources": amounts,
                    "files": {
                        "/etc/alpha": {"content": "${resources.data.claim}"},
                        "/etc/beta": {"content": "${secret.alpha.password}"},
                    },
                    "volumes": {"/mnt/alpha": {"source": "${resources.data}"}, "/mnt/beta": {}},
                },
                "beta": {"image": image, "resources": amounts},
            },
            "service": {"ports": {"http": {"port": 80, "targetPort": 8080}, "metrics": {"port": 9090}}},
            "resources": {
                "orders": {"type": "service", "direction": "outbound"},
                "bank": {"type": "external-service", "params": {"endpoints": {"api": "192.0.2.1:443"}}},
                "alpha": {"type": "secret", "params": {"provider": "vault", "keys": ["password"]}},
                "beta": {"type": "secret", "params": {"provider": "vault"}},
                "data": {"type": "volume", "params": {"size": "1Gi", "accessMode": "ReadWriteMany"}},
                "gpu": {"type": "gpu", "params": {"count": 1}},
            },
        },
        "autoscaling": {"max": 5, "metrics": [{"metric": "cpu", "target": "70"}]},
        "ingress": {"hosts": ["api.hanzo.ai"], "pathRules": [{"path": "/alpha", "port": "http"}]},
    }


_POD: dict[str, Any] = {"tolerations": [{"key": "alpha"}]}  # without a key, one operator alone is right
"""What every kind has."""
_SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "Service": _service,
    "Datastore": _datastore,
    "Base": _base,
    "Gateway": _gateway,
    "Stateful": _stateful,
    "Task": _task,
    "InferenceService": _inference_service,
    "LatticeService": _lattice_service,
}
"""By what a kind is compiled as."""
