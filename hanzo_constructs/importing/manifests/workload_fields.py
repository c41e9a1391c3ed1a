"""A workload of somebody's as a resource of ours: every field that the kind has, and what the blocks say of the companions.

Fields that arrive under Kubernetes' own name are taken over because the model of the kind has them, so that a new one counts
without a change here. What is read is in its normal form.
"""

from __future__ import annotations

from collections.abc import KeysView
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from ...kube.manifest import Manifest
from ...spec.kinds import kind_named
from ...spec.resource import OWN_PREFIX
from .blocks import DERIVED_LABELS, blocks, labels_of, main_container, main_service
from .normal import without_defaults
from .workload import Workload, object_key

__all__ = ["KIND_OF", "known_fields", "resource_of"]

KIND_OF = {"Deployment": "Service", "StatefulSet": "Stateful", "Job": "Task", "CronJob": "Task"}
"""Kinds of workloads, and the kind of the resource that makes one."""

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_PROBE_HANDLERS = ("exec", "grpc", "tcpSocket")
_UNSAID = (("failureThreshold", 3), ("successThreshold", 1), ("timeoutSeconds", 1), ("periodSeconds", 10))
"""Times of probes that Kubernetes has too where nothing says them."""
_NAMED_CHILDREN = {
    "Service": "Service",
    "HorizontalPodAutoscaler": "HorizontalPodAutoscaler",
    "PodDisruptionBudget": "PodDisruptionBudget",
    "Ingress": "Ingress",
    "ServiceMonitor": "ServiceMonitor",
    "NetworkPolicy": "NetworkPolicy",
}
"""Kinds of companions, and the ids of the children that stand for them."""


@cache
def known_fields(kind: str) -> KeysView[str]:
    """Return the fields of the spec of *kind*, as they are written, in their order."""
    spec: Any = kind_named(kind).model.model_fields["spec"].annotation
    return dict.fromkeys(each.alias or name for name, each in spec.model_fields.items()).keys()


def resource_of(workload: Workload) -> tuple[Manifest, set[str]]:
    """Return a resource that says as much of *workload* as fields can, and the keys of the companions that it makes."""
    kind = KIND_OF[workload.kind]
    known = known_fields(kind)
    spec, made = blocks(workload, known)
    name = _resource_name(workload)
    names = _child_names(made, name, workload)
    spec |= _workload_fields(workload, known, names, is_scaled=_is_scaled(workload))
    if "service" in known and spec.get("ports") and (labels := _service_labels(workload, spec.get("labels", {}))):
        spec.setdefault("service", {})["labels"] = labels
    metadata: Manifest = {"name": name}
    if namespace := workload.manifest["metadata"].get("namespace"):
        metadata["namespace"] = namespace
    metadata["annotations"] = {"hanzo.ai/epoch": "2025"}
    return {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}, made


def _child_names(made: set[str], name: str, workload: Workload) -> dict[str, str]:
    names = {}
    for each in sorted(made):
        kind, _, own = each.partition(" ")
        if kind == "Service" and own != _main_name(workload):
            continue
        if kind in _NAMED_CHILDREN and own != name:
            names[_NAMED_CHILDREN[kind]] = own
    if headless := _headless_name(workload, made, name):
        names["Service-headless"] = headless
    return names


def _is_scaled(workload: Workload) -> bool:
    """Tell whether an autoscaler owns the number of pods, be it made or beside."""
    return any(each["kind"] == "HorizontalPodAutoscaler" for each in workload.companions)


def _resource_name(workload: Workload) -> str:
    """Return the name of the Service that clients know, unless another workload has it; else that of the workload."""
    service = main_service(workload)
    name = str(service["metadata"]["name"]) if service else workload.name
    return workload.name if name in workload.reserved else name


def _main_name(workload: Workload) -> str:
    service = main_service(workload)
    return str(service["metadata"]["name"]) if service else ""


def _headless_name(workload: Workload, made: set[str], resource_name: str) -> str:
    """Return another name for the headless Service where the Service with its name stands beside."""
    if workload.kind != "StatefulSet":
        return ""
    services = (each for each in workload.companions if each["kind"] == "Service")
    beside = {each["metadata"]["name"] for each in services if object_key(each) not in made}
    taken = {workload.manifest["spec"].get("serviceName"), f"{resource_name}-headless"} & beside
    return f"{resource_name}-pods" if taken else ""


def _service_labels(workload: Workload, labels: dict[str, str]) -> dict[str, str]:
    """Return the labels of the first Service that not every child has."""
    service = main_service(workload)
    own = (service["metadata"].get("labels") or {}) if service else {}
    return {
        key: value
        for key, value in own.items()
        if labels.get(key) != value and key not in DERIVED_LABELS and not key.startswith(OWN_PREFIX)
    }


def _workload_fields(
    workload: Workload, known: AbstractSet[str], names: dict[str, str], *, is_scaled: bool
) -> Manifest:
    own, pod, main = workload.manifest["spec"], workload.pod, main_container(workload)
    taken = {"securityContext", "containers", "volumes"}
    spec: Manifest = {
        **{field: pod[field] for field in known & pod.keys() - taken},
        **{field: main[field] for field in known & main.keys() - {"image", "ports", "securityContext", "name"}},
        **{field: _probe(main[field]) for field in _PROBES if main.get(field)},
        "image": _image(main),
        "labels": labels_of(workload),
        "annotations": (workload.template.get("metadata") or {}).get("annotations"),
        "replicas": None if is_scaled else own.get("replicas"),
        "volumes": pod.get("volumes"),
        "sidecars": [without_defaults(each) for each in pod["containers"] if each is not main],
        "initContainers": [*map(without_defaults, pod.get("initContainers") or ())],
        "securityContext": pod.get("securityContext"),
        "containerSecurityContext": main.get("securityContext"),
        "rollout": _rollout(own),
    }
    match workload.kind:
        case "Deployment":
            spec["strategy"] = (own.get("strategy") or {}).get("type")
        case "StatefulSet":
            _put_disks(spec, own)
        case "CronJob":
            spec |= {field: own[field] for field in known & own.keys()}
            spec |= {field: value for field, value in own["jobTemplate"]["spec"].items() if field in known}
        case "Job":
            spec |= {field: own[field] for field in known & own.keys() - {"suspend"}}
    spec["adopt"] = _identity(workload, main, names)
    return {field: value for field, value in spec.items() if value not in (None, [], {}, "") and field in known}


def _put_disks(spec: Manifest, own: Manifest) -> None:
    """Write the claims of a StatefulSet, and its policies, into *spec*."""
    if templates := own.get("volumeClaimTemplates"):
        spec["storage"], spec["volumeMounts"] = _disk(templates[0], spec.get("volumeMounts") or [])
        spec["disks"] = []
        for template in templates[1:]:
            disk, spec["volumeMounts"] = _disk(template, spec["volumeMounts"])
            spec["disks"].append({"name": template["metadata"]["name"], **disk})
        kept = own.get("persistentVolumeClaimRetentionPolicy") or {}
        spec["storage"] |= {"retentionPolicy": kept["whenDeleted"]} if kept.get("whenDeleted") else {}
    spec["podManagementPolicy"] = own.get("podManagementPolicy")


def _identity(workload: Workload, main: Manifest, names: dict[str, str]) -> Manifest:
    adopt: Manifest = {"selector": workload.selector, "name": workload.name, "container": main["name"], "names": names}
    if workload.kind in ("Job", "CronJob"):
        del adopt["selector"]
    adopt = {key: value for key, value in adopt.items() if value}
    if workload.kind == "StatefulSet":
        spec = workload.manifest["spec"]
        if spec.get("serviceName"):
            adopt["serviceName"] = spec["serviceName"]
        for template in (spec.get("volumeClaimTemplates") or ())[:1]:
            adopt["claimName"] = template["metadata"]["name"]
            adopt["claimLabels"] = template["metadata"].get("labels") or {}
            adopt["withoutStorageClass"] = (template.get("spec") or {}).get("storageClassName") is None
    return adopt


def _disk(template: Manifest, mounts: list[Manifest]) -> tuple[Manifest, list[Manifest]]:
    """Return the disk of the claim *template*, and the other *mounts* of the main container."""
    name, claim = template["metadata"]["name"], template.get("spec") or {}
    own = next((each for each in mounts if each["name"] == name and set(each) <= {"name", "mountPath"}), {})
    disk = {
        "mountPath": own.get("mountPath"),
        "size": ((claim.get("resources") or {}).get("requests") or {}).get("storage"),
        "storageClassName": claim.get("storageClassName"),
        "accessModes": claim.get("accessModes"),
    }
    disk = {key: value for key, value in disk.items() if value is not None}
    return disk, [each for each in mounts if each is not own]


def _image(main: Manifest) -> Manifest:
    name, at, digest = str(main["image"]).partition("@")
    head, colon, tag = name.rpartition(":")
    repository, tag = (head, tag) if colon and "/" not in tag else (name, "")
    policy = main.get("imagePullPolicy")
    parts = {"repository": repository, "tag": tag or None, "digest": digest if at else None, "pullPolicy": policy}
    return {key: value for key, value in parts.items() if value}


def _probe(probe: Manifest) -> Manifest:
    """Return *probe* with its HTTP handler beside the other fields."""
    found = {key: value for key, value in probe.items() if key != "httpGet" and (key, value) not in _UNSAID}
    if not any(found.get(handler) for handler in _PROBE_HANDLERS):
        found = {**(probe.get("httpGet") or {}), **found}
    return found


def _rollout(own: Manifest) -> Manifest:
    rolling = (own.get("strategy") or own.get("updateStrategy") or {}).get("rollingUpdate") or {}
    fields = ("minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit")
    found = {field: own.get(field) for field in fields} | rolling
    return {field: value for field, value in found.items() if value is not None}
