"""The types of the fields that checks look at, for objects that no model has typed: the user's own, and patched ones.

A mapping in the table is a mapping with these fields, a list is a list of such items, `ANY` stands for every key. Null
is an absent field, as it is to an API server. Fields that nobody looks at are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Literal

from ..errors import Finding
from ..kube.fields import Path, field_path, parsed_path, shown, type_shown
from ..kube.kinds import KINDS, ROUTES
from ..kube.manifest import Manifest
from ..kube.schemas import FOREIGN, absent_kind, kind_type, type_findings
from .checks.fields import OTHERS

__all__ = ["identity_findings", "schema_findings", "server_findings", "shape_findings", "unreadable", "without_nulls"]

ANY = "*"
_EXPECTED = {str: "a string", int: "an integer", bool: "true or false", (int, str): "an integer or a string"}

_STRINGS = {ANY: str}
_SELECTOR = {"matchLabels": _STRINGS, "matchExpressions": [{"key": str, "operator": str, "values": [str]}]}
_KEY = {"name": str, "key": str, "optional": bool}
_NAMED = {"name": str, "optional": bool}
_ITEMS = {"items": [{"key": str}], "optional": bool}
_CONFIG_MAP, _SECRET = {"name": str, **_ITEMS}, {"secretName": str, **_ITEMS}
_PACE = dict.fromkeys(("initialDelaySeconds", "periodSeconds", "failureThreshold", "successThreshold"), int)
_REACHED = {
    "exec": {"command": [str]},
    "httpGet": {"port": (int, str), "host": str, "path": str, "httpHeaders": [{"name": str, "value": str}]},
    "tcpSocket": {"port": (int, str), "host": str},
    "grpc": {"port": int},
}
_SECURITY = {
    "runAsUser": int,
    "seccompProfile": {"type": str},
    "appArmorProfile": {"type": str},
    "seLinuxOptions": _STRINGS,
    "windowsOptions": {"hostProcess": bool},
    "sysctls": [{"name": str}],
    "procMount": str,
    "capabilities": {"add": [str], "drop": [str]},
}
_CONTAINER: dict[str, Any] = {
    "name": str,
    "image": str,
    "command": [str],
    "args": [str],
    "ports": [{"containerPort": int, "name": str, "protocol": str, "hostPort": int}],
    "env": [{"name": str, "value": str, "valueFrom": {"secretKeyRef": _KEY, "configMapKeyRef": _KEY}}],
    "envFrom": [{"secretRef": _NAMED, "configMapRef": _NAMED}],
    "volumeMounts": [{"name": str, "mountPath": str, "subPathExpr": str}],
    "volumeDevices": [{"name": str}],
    "resources": {"requests": {ANY: (int, str)}, "limits": {ANY: (int, str)}},
    "livenessProbe": {**_REACHED, **_PACE},
    "readinessProbe": {**_REACHED, **_PACE},
    "startupProbe": {**_REACHED, **_PACE},
    "lifecycle": {
        "postStart": _REACHED,
        "preStop": {**_REACHED, "sleep": {"seconds": int}},
    },
    "securityContext": _SECURITY,
}
_VOLUME = {
    "name": str,
    "secret": _SECRET,
    "configMap": _CONFIG_MAP,
    "persistentVolumeClaim": {"claimName": str},
    "projected": {"sources": [{"secret": _CONFIG_MAP, "configMap": _CONFIG_MAP}]},
    "csi": {"nodePublishSecretRef": {"name": str}, "volumeAttributes": _STRINGS},
    "flexVolume": {"secretRef": {"name": str}, "options": _STRINGS},
    "azureFile": {"secretName": str},
    ANY: {"secretRef": {"name": str}},
}
_POD: dict[str, Any] = {
    "containers": [_CONTAINER],
    "initContainers": [{**_CONTAINER, "restartPolicy": str}],
    "volumes": [_VOLUME],
    "serviceAccountName": str,
    "nodeSelector": _STRINGS,
    "restartPolicy": str,
    "imagePullSecrets": [{"name": str}],
    "terminationGracePeriodSeconds": int,
    "enableServiceLinks": bool,
    "topologySpreadConstraints": [{"labelSelector": _SELECTOR}],
    "securityContext": _SECURITY,
}
_METADATA = {"name": str, "namespace": str, "labels": _STRINGS, "annotations": _STRINGS}
_CLAIM = {"metadata": _METADATA, "spec": {"accessModes": [str]}}
_TEMPLATE = {"metadata": {"labels": _STRINGS, "annotations": _STRINGS}, "spec": _POD}
_STRATEGY = {"type": str, "rollingUpdate": {"maxSurge": (int, str)}}
_WORKLOAD = {"replicas": int, "selector": _SELECTOR, "template": _TEMPLATE}
_BACKEND = {"service": {"name": str, "port": {"name": str, "number": int}}}
_SCALED = {"scaleTargetRef": {"apiVersion": str, "kind": str, "name": str}}
_PROTECTED = [{"ports": [{"port": (int, str), "protocol": str}]}]

_SHAPES: MappingProxyType[str, dict[str, Any]] = MappingProxyType(
    {
        "Deployment": {**_WORKLOAD, "minReadySeconds": int, "progressDeadlineSeconds": int, "strategy": _STRATEGY},
        "ReplicaSet": _WORKLOAD,
        "DaemonSet": _WORKLOAD,
        "StatefulSet": {**_WORKLOAD, "serviceName": str, "volumeClaimTemplates": [_CLAIM]},
        "Job": {"template": _TEMPLATE},
        "CronJob": {"schedule": str, "jobTemplate": {"spec": {"template": _TEMPLATE}}},
        "Pod": _POD,
        "Service": {
            "selector": _STRINGS,
            "ports": [{"port": int, "targetPort": (int, str), "name": str, "protocol": str}],
        },
        "Ingress": {
            "ingressClassName": str,
            "rules": [{"host": str, "http": {"paths": [{"path": str, "pathType": str, "backend": _BACKEND}]}}],
            "defaultBackend": _BACKEND,
            "tls": [{"hosts": [str], "secretName": str}],
        },
        **{key: {"rules": [{"backendRefs": [{"name": str, "namespace": str, "port": int}]}]} for key in ROUTES},
        "NetworkPolicy": {"podSelector": _SELECTOR, "ingress": _PROTECTED},
        "ServiceMonitor": {"selector": _SELECTOR, "endpoints": [{"port": str}]},
        "HorizontalPodAutoscaler": {
            **_SCALED,
            "minReplicas": int,
            "maxReplicas": int,
            "metrics": [{"type": str, "resource": {"name": str, "target": {"type": str}}}],
        },
        "ScaledObject": {
            **_SCALED,
            "minReplicaCount": int,
            "maxReplicaCount": int,
            "triggers": [{"type": str, "metricType": str}],
        },
        "PodDisruptionBudget": {
            "selector": _SELECTOR,
            "minAvailable": (int, str),
            "maxUnavailable": (int, str),
        },
        "PersistentVolumeClaim": {"accessModes": [str]},
        "KMSSecret": {"managedSecretName": str, "credentialsRef": {"name": str, "namespace": str}},
        "ExternalSecret": {"target": {"name": str}},
        "SealedSecret": {"template": {"metadata": {"name": str}}},
        "Certificate": {"secretName": str},
    }
)
_FORMS = {
    "apiVersion": (
        re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?[a-z][a-z0-9]*", re.ASCII),
        "a version such as v1, or a group and a version",
    ),
    "kind": (re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII), "a word such as ConfigMap"),
}
_STORED = {"data": _STRINGS, "binaryData": _STRINGS, "stringData": _STRINGS}


def identity_findings(manifest: object) -> Iterator[Finding]:
    """Yield what *manifest* lacks to be an object at all."""
    if not isinstance(manifest, dict):
        yield Finding(f"expected a mapping with apiVersion, kind and metadata, got {type_shown(manifest)}")
        return
    metadata = manifest.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    for path, value in (
        ("apiVersion", manifest.get("apiVersion")),
        ("kind", manifest.get("kind")),
        ("metadata.name", name),
    ):
        if value is None:
            yield Finding("required", path)
        elif not isinstance(value, str):
            yield Finding(f"expected a string, got {type_shown(value)}", path)
        elif (form := _FORMS.get(path)) and not form[0].fullmatch(value):
            yield Finding(f"must be {form[1]}, got {shown(value)}", path)


def without_nulls(value: Any) -> Any:
    """Return a copy of *value* without the fields that are null: an API server takes them for absent."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def unreadable(error: Exception) -> Finding:
    """Say that an object whose fields have the right types still cannot be read: a check stumbled with *error*."""
    missing = f" without {error.args[0]}" if isinstance(error, KeyError) else ""
    why = f": {error}" if isinstance(error, ValueError) else ""
    return Finding(f"cannot be read{missing}{why}, so that nothing else is known about it")


def shape_findings(manifest: Manifest, kind: str) -> Iterator[Finding]:
    """Yield the fields of *manifest*, an object of *kind*, that are not of the type they must have."""
    shape = {"metadata": _METADATA, "spec": _SHAPES.get(kind, object)}
    yield from _misshapen(manifest, {**shape, **(_STORED if kind in {"ConfigMap", "Secret"} else {})}, ())


def schema_findings(manifest: Manifest, kind: str, unknown: Literal["error", "warning"]) -> Iterator[Finding]:
    """Yield what the schemas of Kubernetes say of *manifest*, whose *unknown* fields are errors or warnings.

    What the check of pods knows more of is left to it. Kinds that Kubernetes itself does not have are free.
    """
    if (found := kind_type(manifest["apiVersion"], manifest["kind"])) is None:
        if problem := absent_kind(manifest["apiVersion"], manifest["kind"]):
            yield Finding(problem, "kind", severity="warning")
        yield from type_findings(manifest, FOREIGN, unknown=unknown)
        return
    row = KINDS.get(kind)
    pod = None if row is None or row.template is None else f"{field_path((*row.template, 'spec'))}."
    for finding in type_findings(manifest, found, unknown=unknown):
        inside = finding.path.removeprefix(pod) if pod is not None and finding.path.startswith(pod) else None
        if inside is None or parsed_path(inside)[0] in OTHERS:
            yield finding


def server_findings(manifest: Manifest) -> Iterator[Finding]:
    """Yield what a cluster wrote in *manifest*: as long as it stands there, the object can be applied to no other state."""
    for field in ("resourceVersion", "uid", "managedFields"):
        if manifest["metadata"].get(field) is not None:
            message = "is written by the cluster, which refuses the object when it has changed meanwhile; leave it out"
            yield Finding(message, f"metadata.{field}", severity="warning")


def _misshapen(value: Any, shape: Any, path: Path) -> Iterator[Finding]:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield _expected("a mapping", value, path)
            return
        for key, item in value.items():
            if not isinstance(key, str):
                yield Finding(f"expected a string as key, got {type_shown(key)}", field_path(path))
            elif item is not None and (inner := shape.get(key, shape.get(ANY, object))) is not object:
                yield from _misshapen(item, inner, (*path, key))
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield _expected("a list", value, path)
            return
        for index, item in enumerate(value):
            yield from _misshapen(item, shape[0], (*path, index))
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
        hint = "; quote it" if shape is str and isinstance(value, bool | int | float) else ""
        yield _expected(_EXPECTED[shape], value, path, hint)


def _expected(what: str, value: Any, path: Path, hint: str = "") -> Finding:
    return Finding(f"expected {what}, got {type_shown(value)}{hint}", field_path(path))
