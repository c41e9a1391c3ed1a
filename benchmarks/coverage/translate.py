"""A workload of somebody's as a resource of ours: every field that the kind has, and what the blocks say of the companions.

Fields that arrive under Kubernetes' own name are taken over because the model of the kind has them, so that a new one counts
without a change here.
"""

from __future__ import annotations

from typing import Any

from hanzo_constructs.spec.kinds import kind_named, kind_names

from .corpus import Object, Workload
from .translate_companions import blocks

__all__ = ["main_container", "resource_of"]

_SPEC_OF = {"Deployment": "Service", "StatefulSet": "Stateful"}
_PROBE_HANDLERS = ("exec", "grpc", "tcpSocket")


def resource_of(workload: Workload) -> tuple[Object, set[str]] | None:
    """Return a resource that says as much of *workload* as our fields can, and which of its companions it makes.

    None where there is no kind for it.
    """
    kind = _SPEC_OF[workload.manifest["kind"]]
    if kind not in kind_names():
        return None
    fields = {
        each.alias or name: each
        for name, each in kind_named(kind).model.model_fields["spec"].annotation.model_fields.items()
    }
    spec, made = blocks(workload, set(fields))
    spec |= _workload_fields(workload, set(fields), has_autoscaler="autoscaling" in spec)
    metadata = {"name": _resource_name(workload)}
    if namespace := workload.manifest["metadata"].get("namespace"):
        metadata["namespace"] = namespace
    metadata["annotations"] = {
        "hanzo.ai/pod-security": "none"
    }  # hardening is for later: nobody knows what the image takes
    return {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}, made


def _resource_name(workload: Workload) -> str:
    services = workload.of_kind("Service")
    names = [str(service["metadata"]["name"]) for service in services]
    return workload.name if workload.name in names or not names else names[0]


def main_container(workload: Workload) -> Object:
    """Return the container of the program itself: the one with the workload's name, else the first."""
    containers: list[Object] = workload.manifest["spec"]["template"]["spec"]["containers"]
    return next((each for each in containers if each.get("name") == workload.name), containers[0])


def _workload_fields(workload: Workload, known: set[str], *, has_autoscaler: bool) -> Object:
    own, template = workload.manifest["spec"], workload.manifest["spec"]["template"]
    pod, metadata = template["spec"], template.get("metadata") or {}
    main = main_container(workload)
    others = [each for each in pod["containers"] if each is not main]
    selector = own["selector"]["matchLabels"]
    labels = {key: value for key, value in (metadata.get("labels") or {}).items() if key not in selector}
    account = pod.get("serviceAccountName") or pod.get("serviceAccount")
    spec: Object = {
        **{field: pod[field] for field in known & pod.keys() - {"securityContext", "containers", "volumes"}},
        **{field: main[field] for field in known & main.keys() - {"image", "ports", "securityContext", "name"}},
        **{
            field: _probe(main[field])
            for field in ("livenessProbe", "readinessProbe", "startupProbe")
            if main.get(field)
        },
        "image": _image(main),
        "labels": labels,
        "annotations": metadata.get("annotations"),
        "serviceAccountName": account,
        "replicas": None if has_autoscaler else own.get("replicas"),
        "volumes": pod.get("volumes"),
        "sidecars": others,
        "securityContext": pod.get("securityContext"),
        "containerSecurityContext": main.get("securityContext"),
        "rollout": _rollout(own),
    }
    if workload.manifest["kind"] == "Deployment":
        spec["strategy"] = (own.get("strategy") or {}).get("type")
    if "adopt" in known:
        spec["adopt"] = _identity(workload, selector, main)
    return {field: value for field, value in spec.items() if value not in (None, [], {}, "") and field in known}


def _identity(workload: Workload, selector: dict[str, str], main: Object) -> Object:
    adopt: Object = {"selector": selector, "name": workload.name, "container": main["name"]}
    if workload.manifest["kind"] == "StatefulSet":
        adopt["serviceName"] = workload.manifest["spec"].get("serviceName")
    return {key: value for key, value in adopt.items() if value}


def _image(main: Object) -> Any:
    if policy := main.get("imagePullPolicy"):
        name, at, digest = str(main["image"]).partition("@")
        head, colon, tag = name.rpartition(":")
        repository, tag = (head, tag) if colon and "/" not in tag else (name, "")
        parts = {"repository": repository, "tag": tag or None, "digest": digest if at else None, "pullPolicy": policy}
        return {key: value for key, value in parts.items() if value}
    return main["image"]


def _probe(probe: Object) -> Object:
    """Return *probe* with its HTTP handler beside the other fields, and Kubernetes' delay where none is written."""
    found = {key: value for key, value in probe.items() if key != "httpGet"}
    if not any(found.get(handler) for handler in _PROBE_HANDLERS):
        http = dict(probe.get("httpGet") or {})
        found |= {key: value for key, value in {"path": "/", **http}.items() if value}
    found.setdefault("initialDelaySeconds", 0)
    if socket := found.get("tcpSocket"):
        found["tcpSocket"] = {"port": socket.get("port")}
    return found


def _rollout(own: Object) -> Object:
    rolling = (own.get("strategy") or own.get("updateStrategy") or {}).get("rollingUpdate") or {}
    fields = ("minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit")
    found = {field: own.get(field) for field in fields} | rolling
    return {field: value for field, value in found.items() if value is not None}
