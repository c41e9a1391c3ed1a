"""What a person would write into a field: examples by its name, and those of single kinds.

A field without an example gets one from its type, if one compiles. Values are those of an invented company, acme.
"""

from __future__ import annotations

from typing import Any

__all__ = ["EXAMPLES", "MINIMAL", "OF_KINDS", "TOGETHER"]

_IMAGE = "ghcr.io/acme/{name}:v1.0.0"
_REQUESTS = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}}

MINIMAL: dict[str, dict[str, Any]] = {
    "Service": {"image": _IMAGE, "ports": {"http": 8080}, "resources": _REQUESTS},
    "Stateful": {
        "image": _IMAGE,
        "ports": {"http": 8080},
        "storage": {"size": "10Gi", "mountPath": "/var/lib/{name}"},
        "resources": _REQUESTS,
    },
    "Task": {"image": _IMAGE, "command": ["/app/migrate"], "resources": _REQUESTS},
    "Datastore": {"type": "postgresql", "credentialsSecret": "{name}-credentials", "storage": {"size": "10Gi"}},
    "SQL": {"credentialsSecret": "{name}-credentials", "storage": {"size": "10Gi"}},
    "KV": {
        "credentialsSecret": "{name}-credentials",
        "args": ["--requirepass", "$(VALKEY_PASSWORD)"],
        "storage": {"size": "1Gi"},
    },
    "DocDB": {
        "image": "ghcr.io/hanzoai/docdb:v1.0.0",
        "credentialsSecret": "{name}-credentials",
        "storage": {"size": "10Gi"},
    },
    "S3": {
        "image": "ghcr.io/hanzoai/s3:v1.9.0",
        "engine": {"generation": "s3-2026-03"},
        "credentialsSecret": "{name}-credentials",
        "storage": {"size": "50Gi"},
    },
    "Base": {"image": _IMAGE, "storage": {"size": "10Gi"}, "resources": _REQUESTS},
    "InferenceService": {
        "modelRef": "hf://meta-llama/Llama-3.1-8B-Instruct",
        "resources": {"cpu": "8", "memory": "32Gi", "gpuMemory": "24Gi"},
        "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
    },
    "LatticeService": {
        "replicas": 1,
        "workload": {
            "containers": {
                "main": {
                    "image": f"ghcr.io/acme/{{name}}@sha256:{'0' * 64}",
                    "resources": {part: {"cpu": "100m", "memory": "128Mi"} for part in ("requests", "limits")},
                }
            }
        },
    },
    "Gateway": {"routes": [{"prefix": "/api", "backend": "http://api.shop.svc:8080"}]},
}
"""What a resource of a kind begins with; a facade without its own has that of its kind, any other kind the least."""

EXAMPLES: dict[str, Any] = {
    "activeDeadlineSeconds": 600,
    "adopt": {"selector": {"app": "{name}"}},
    "affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [
                    {"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]}]}
                ]
            }
        }
    },
    "annotations": {"acme.example/owner": "team-shop"},
    "args": ["--verbose"],
    "authPolicies": [{"name": "users", "iamEndpoint": "https://iam.acme.example"}],
    "autoscaling": {"minReplicas": 2, "maxReplicas": 10, "targetCpuUtilization": 80},
    "backoffLimit": 3,
    "backup": {
        "schedule": "0 3 * * *",
        "s3Endpoint": "https://s3.acme.example",
        "s3Bucket": "backups",
        "s3CredentialsSecret": "backup-credentials",
    },
    "command": ["/app/server"],
    "component": "backend",
    "configs": [{"name": "settings", "files": {"app.toml": 'greeting = "hello"\n'}, "mountPath": "/etc/{name}"}],
    "connections": [{"kind": "SQL", "name": "db", "env": {"DATABASE_HOST": "host", "DATABASE_PORT": "port"}}],
    "containerSecurityContext": {"runAsUser": 10001},
    "cors": {"allowOrigins": ["https://app.acme.example"]},
    "disks": [{"name": "archive", "size": "50Gi", "mountPath": "/archive"}],
    "dnsConfig": {"options": [{"name": "ndots", "value": "2"}]},
    "dnsPolicy": "ClusterFirst",
    "env": {"LOG_LEVEL": "info"},
    "envFrom": [{"secretRef": {"name": "{name}-settings"}}],
    "fsGroup": 10001,
    "hostAliases": [{"ip": "10.0.0.10", "hostnames": ["legacy.acme.example"]}],
    "imagePullSecrets": [{"name": "registry"}],
    "ingress": {"hosts": ["{name}.acme.example"]},
    "initContainers": [{"name": "migrate", "image": _IMAGE, "command": ["/app/migrate"]}],
    "kmsSecrets": [
        {
            "projectSlug": "shop",
            "envSlug": "prod",
            "credentialsRef": {"name": "kms-credentials", "namespace": "shop"},
            "managedSecretName": "{name}-settings",
        }
    ],
    "labels": {"acme.example/team": "shop"},
    "lifecycle": {"preStop": {"sleep": {"seconds": 10}}},
    "livenessProbe": {"path": "/livez", "port": "http"},
    "networkPolicy": {"allowFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}}]},
    "nodeSelector": {"kubernetes.io/arch": "amd64"},
    "overlay": {"{workload}": {"metadata": {"annotations": {"acme.example/note": "what no field says"}}}},
    "partOf": "shop",
    "pdb": {"maxUnavailable": 1},
    "persistence": [{"name": "uploads", "size": "5Gi", "accessModes": ["ReadWriteMany"], "mountPath": "/uploads"}],
    "priorityClassName": "business-critical",
    "rateLimits": [{"name": "callers", "clientMaxRate": 10}],
    "readinessProbe": {"path": "/readyz", "port": "http"},
    "replicas": 3,
    "resources": _REQUESTS,
    "rollout": {"minReadySeconds": 10},
    "schedule": "0 4 * * *",
    "securityContext": {"runAsUser": 10001, "runAsGroup": 10001},
    "service": {"annotations": {"acme.example/note": "of the Service alone"}},
    "serviceAccount": {"annotations": {"acme.example/role": "reader"}},
    "serviceAccountName": "shop",
    "serviceAliases": ["{name}-old"],
    "serviceMonitor": {"metricsPort": "http", "metricsPath": "/metrics"},
    "services": [{"name": "{name}-public", "type": "LoadBalancer"}],
    "sidecars": [{"name": "proxy", "image": "ghcr.io/acme/proxy:v1.0.0", "args": ["--upstream=localhost:8080"]}],
    "startupProbe": {"path": "/livez", "port": "http", "failureThreshold": 30},
    "terminationGracePeriodSeconds": 60,
    "timeout": "30s",
    "tolerations": [{"key": "dedicated", "operator": "Equal", "value": "shop", "effect": "NoSchedule"}],
    "topologySpreadConstraints": [],
    "volumeMounts": [{"name": "cache", "mountPath": "/cache"}],
    "volumes": [{"name": "cache", "emptyDir": {}}],
}
"""Examples by the name of the field."""

OF_KINDS: dict[str, dict[str, Any]] = {
    "Base": {
        "port": 8091,
        "schema": "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);\n",
        "gateway": {"route": "/{name}"},
        "iamApp": "{name}",
    },
    "Datastore": {
        "args": ["-c", "max_connections=200"],
        "command": ["docker-entrypoint.sh"],
        "image": {"repository": "docker.io/library/postgres", "tag": "17.2"},
        "ports": [{"name": "db", "containerPort": 5433}],
        "serviceMonitor": {},
    },
    "Gateway": {
        "image": "docker.io/library/krakend:2.13.10",
        "livenessProbe": {"path": "/__health", "port": "http"},
    },
    "InferenceService": {
        "autoscaling": {"external": True},
        "cache": {"size": "200Gi", "storageClassName": "nfs"},
        "command": ["vllm", "serve"],
        "engineArgs": ["--max-model-len", "8192"],
        "gpu": 2,
        "image": "docker.io/vllm/vllm-openai:v0.27.1",
        "maxReplicas": 4,
        "minReplicas": 1,
        "overlay": {"Deployment-primary": {"metadata": {"annotations": {"acme.example/note": "what no field says"}}}},
        "port": 8000,
        "startupBudget": "20m",
        "strategy": "RollingUpdate",
        "tokenSecret": {"name": "hub-token"},
        "variant": "v1",
        "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}],
        "volumes": [{"name": "scratch", "emptyDir": {}}],
    },
    "LatticeService": {
        "autoscaling": {"max": 5, "metrics": [{"metric": "cpu", "target": 70}]},
        "deploy": {"strategy": "rolling"},
    },
    "Task": {
        "adopt": {"container": "main"},
        "completions": 3,
        "concurrencyPolicy": "Forbid",
        "failedJobsHistoryLimit": 3,
        "parallelism": 2,
        "podFailurePolicy": {
            "rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}],
        },
        "restartPolicy": "OnFailure",
        "startingDeadlineSeconds": 600,
        "successfulJobsHistoryLimit": 1,
        "timeZone": "Europe/Berlin",
        "ttlSecondsAfterFinished": 86400,
    },
}
"""Examples of fields that mean something else in single kinds."""

TOGETHER = (
    ("volumes", "volumeMounts"),
    ("schedule", "timeZone"),
    ("schedule", "concurrencyPolicy"),
    ("schedule", "startingDeadlineSeconds"),
    ("schedule", "suspend"),
    ("schedule", "successfulJobsHistoryLimit"),
    ("schedule", "failedJobsHistoryLimit"),
    ("replicas", "podManagementPolicy"),
    ("minReplicas", "maxReplicas"),
    ("maxReplicas", "minReplicas"),
)
"""Pairs of fields of which the second needs the first."""
