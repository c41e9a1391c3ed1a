"""Real-looking objects, and copies of them with something changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

__all__ = [
    "ACCOUNT", "BINDING", "CLAIM", "CLASS", "CONFIG", "CRON", "DAEMON", "DATABASE", "DEFINITION", "DEPLOYMENT", "GATEWAY", "HPA", "INGRESS", "JOB", "NAMESPACE",
    "NETWORK_POLICY", "PDB", "POD", "ROLE", "ROUTE", "SECRET", "SERVICE", "WEBHOOK", "Manifest", "changed", "workload",
]  # fmt: skip

Manifest = dict[str, Any]
_LABELS = {"app": "api"}
_SECURE = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "seccompProfile": {"type": "RuntimeDefault"},
}


def _object(
    api_version: str, kind: str, name: str = "api", *, namespace: str | None = "default", **body: Any
) -> Manifest:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {}), "labels": dict(_LABELS)}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}


def _pod(image: str, **spec: Any) -> Manifest:
    env = [{"name": "LOG", "value": "info"}, {"name": "MODE", "value": "web"}]
    main = {"name": "api", "image": image, "env": env, "securityContext": dict(_SECURE)}
    return {"automountServiceAccountToken": False, "containers": [main], **spec}


def workload(kind: str, image: str = "ghcr.io/acme/api:1.0", **spec: Any) -> Manifest:
    """Return a workload of *kind* with further fields of its *spec*."""
    template = {"metadata": {"labels": dict(_LABELS)}, "spec": _pod(image)}
    return _object("apps/v1", kind, spec={"selector": {"matchLabels": dict(_LABELS)}, "template": template, **spec})


DEPLOYMENT = workload("Deployment", replicas=3)
DAEMON = workload("DaemonSet")
_CLAIM_SPEC = {
    "accessModes": ["ReadWriteOnce"],
    "storageClassName": "fast",
    "resources": {"requests": {"storage": "1Gi"}},
}
DATABASE = workload(
    "StatefulSet",
    "postgres:16.4",
    serviceName="api",
    replicas=2,
    volumeClaimTemplates=[{"metadata": {"name": "data"}, "spec": copy.deepcopy(_CLAIM_SPEC)}],
)
_ONCE = {
    "template": {"metadata": {"labels": dict(_LABELS)}, "spec": _pod("ghcr.io/acme/api:1.0", restartPolicy="Never")}
}
JOB = _object("batch/v1", "Job", spec=_ONCE)
CRON = _object("batch/v1", "CronJob", spec={"schedule": "0 3 * * *", "jobTemplate": {"spec": copy.deepcopy(_ONCE)}})
POD = _object("v1", "Pod", spec=_pod("ghcr.io/acme/api:1.0"))
CLAIM = _object("v1", "PersistentVolumeClaim", spec=copy.deepcopy(_CLAIM_SPEC))
SERVICE = _object(
    "v1", "Service", spec={"selector": dict(_LABELS), "ports": [{"name": "http", "port": 80, "targetPort": 8080}]}
)
_BACKEND = {"service": {"name": "api", "port": {"number": 80}}}
INGRESS = _object(
    "networking.k8s.io/v1",
    "Ingress",
    spec={
        "tls": [{"hosts": ["api.example.com"], "secretName": "tls"}],
        "rules": [
            {"host": "api.example.com", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": _BACKEND}]}}
        ],
    },
)
ROUTE = _object(
    "gateway.networking.k8s.io/v1",
    "HTTPRoute",
    spec={
        "parentRefs": [{"name": "public"}],
        "hostnames": ["api.example.com"],
        "rules": [
            {
                "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}],
                "backendRefs": [{"name": "api", "port": 80}],
            }
        ],
    },
)
GATEWAY = _object(
    "gateway.networking.k8s.io/v1",
    "Gateway",
    spec={
        "gatewayClassName": "public",
        "listeners": [{"name": "https", "protocol": "HTTPS", "port": 443, "hostname": "api.example.com"}],
    },
)
_PEER = {"podSelector": {"matchLabels": {"app": "web"}}}
NETWORK_POLICY = _object(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    spec={
        "podSelector": {"matchLabels": dict(_LABELS)},
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [_PEER], "ports": [{"port": 8080}]}],
    },
)
HPA = _object(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    spec={
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
        "minReplicas": 2,
        "maxReplicas": 5,
        "metrics": [
            {
                "type": "Resource",
                "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}},
            }
        ],
    },
)
PDB = _object("policy/v1", "PodDisruptionBudget", spec={"minAvailable": 1, "selector": {"matchLabels": dict(_LABELS)}})
CONFIG = _object("v1", "ConfigMap", data={"level": "info"})
SECRET = _object("v1", "Secret", type="Opaque", stringData={"password": "correct horse"})
ACCOUNT = _object("v1", "ServiceAccount", automountServiceAccountToken=False)
_RBAC = "rbac.authorization.k8s.io"
ROLE = _object(f"{_RBAC}/v1", "Role", rules=[{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}])
BINDING = _object(
    f"{_RBAC}/v1",
    "RoleBinding",
    roleRef={"apiGroup": _RBAC, "kind": "Role", "name": "api"},
    subjects=[{"kind": "ServiceAccount", "name": "api", "namespace": "default"}],
)
NAMESPACE = _object("v1", "Namespace", "shop", namespace=None)
CLASS = _object("storage.k8s.io/v1", "StorageClass", namespace=None, provisioner="disks.example.com")

_SCHEMA = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
DEFINITION = _object(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    "apis.example.com",
    namespace=None,
    spec={
        "group": "example.com",
        "scope": "Namespaced",
        "names": {"kind": "Api", "plural": "apis"},
        "versions": [
            {"name": "v1alpha1", "served": True, "storage": False, "schema": _SCHEMA},
            {"name": "v1", "served": True, "storage": True, "schema": _SCHEMA},
        ],
    },
)
WEBHOOK = _object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", namespace=None, webhooks=[])


def changed(manifest: Manifest, changes: Mapping[str, Any]) -> Manifest:
    """Return a copy of *manifest* with *changes* by their paths, `spec.template.spec.containers.0.image`; None removes a field."""
    found = copy.deepcopy(manifest)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place: Any = found
        for step in parents:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        key: Any = int(last) if isinstance(place, list) else last
        if value is None:
            del place[key]
        elif isinstance(place, list) and key == len(place):
            place.append(value)
        else:
            place[key] = value
    return found
