"""A workload of somebody's as a resource of ours: every field that the kind has, and what the blocks say of the companions.

Fields that arrive under Kubernetes' own name are taken over because the model of the kind has them, so that a new one counts
without a change here.
"""

from __future__ import annotations

from typing import Any

from hanzo_constructs.spec.kinds import kind_named, kind_names

from .corpus import Object, Workload
from .translate_companions import DERIVED_LABELS, blocks, labels_of, main_service

__all__ = ["main_container", "resource_of"]

_ONE_OF = ("HorizontalPodAutoscaler", "PodDisruptionBudget")
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
    resource_name = _resource_name(workload)
    names = {
        kind: name for kind, name in (each.split(" ", 1) for each in made) if kind in _ONE_OF and name != resource_name
    }
    if headless := _headless_name(workload, made, resource_name):
        names["Service-headless"] = headless
    spec |= _workload_fields(workload, set(fields), names, has_autoscaler=bool(workload.of_kind(_ONE_OF[0])))
    if "service" in fields and spec.get("ports") and (labels := _service_labels(workload, spec.get("labels", {}))):
        spec.setdefault("service", {})["labels"] = labels
    metadata = {"name": resource_name}
    if namespace := workload.manifest["metadata"].get("namespace"):
        metadata["namespace"] = namespace
    metadata["annotations"] = {
        "hanzo.ai/pod-security": "none"
    }  # hardening is for later: nobody knows what the image takes
    return {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}, made


def _resource_name(workload: Workload) -> str:
    service = main_service(workload)
    return str(service["metadata"]["name"]) if service else workload.name


def _headless_name(workload: Workload, made: set[str], resource_name: str) -> str:
    """Return another name for the headless Service where the Service with its name stands beside."""
    if workload.manifest["kind"] != "StatefulSet":
        return ""
    beside = {each["metadata"]["name"] for each in workload.of_kind("Service")} - {each.split(" ")[1] for each in made}
    taken = {workload.manifest["spec"].get("serviceName"), f"{resource_name}-headless"} & beside
    return f"{resource_name}-pods" if taken else ""


def _service_labels(workload: Workload, labels: dict[str, str]) -> dict[str, str]:
    """Return the labels of the first Service that not every child has."""
    service = main_service(workload)
    own = (service["metadata"].get("labels") or {}) if service else {}
    return {key: value for key, value in own.items() if labels.get(key) != value and key not in DERIVED_LABELS}


def main_container(workload: Workload) -> Object:
    """Return the container of the program itself: the one with the workload's name, or a part of it, else the first."""
    containers: list[Object] = workload.manifest["spec"]["template"]["spec"]["containers"]
    same = next((each for each in containers if each.get("name") == workload.name), None)
    parts = (each for each in containers if str(each.get("name")) in workload.name.split("-"))
    return same or next(parts, containers[0])


def _workload_fields(workload: Workload, known: set[str], names: dict[str, str], *, has_autoscaler: bool) -> Object:
    own, template = workload.manifest["spec"], workload.manifest["spec"]["template"]
    pod, metadata = template["spec"], template.get("metadata") or {}
    main = main_container(workload)
    others = [each for each in pod["containers"] if each is not main]
    selector = own["selector"]["matchLabels"]
    account = pod.get("serviceAccountName") or pod.get("serviceAccount")
    spec: Object = {
        **{
            field: pod[field]
            for field in known & pod.keys() - {"securityContext", "containers", "volumes", "serviceAccount"}
        },
        **{field: main[field] for field in known & main.keys() - {"image", "ports", "securityContext", "name"}},
        **{
            field: _probe(main[field], main)
            for field in ("livenessProbe", "readinessProbe", "startupProbe")
            if main.get(field)
        },
        "image": _image(main),
        "labels": labels_of(workload),
        "annotations": metadata.get("annotations"),
        "serviceAccountName": account,
        "replicas": None if has_autoscaler else own.get("replicas"),
        "volumes": volumes_of(own),
        "sidecars": others,
        "securityContext": pod.get("securityContext"),
        "containerSecurityContext": main.get("securityContext"),
        "rollout": _rollout(own),
    }
    if workload.manifest["kind"] == "Deployment":
        spec["strategy"] = (own.get("strategy") or {}).get("type")
    if "storage" in known and (templates := own.get("volumeClaimTemplates")):
        spec["storage"], spec["volumeMounts"] = _disk(templates[0], spec.get("volumeMounts") or [])
        spec["disks"] = []
        for template in templates[1:]:
            disk, spec["volumeMounts"] = _disk(template, spec["volumeMounts"])
            spec["disks"].append({"name": template["metadata"]["name"], **disk})
        kept = own.get("persistentVolumeClaimRetentionPolicy") or {}
        spec["storage"] |= {"retentionPolicy": kept["whenDeleted"]} if kept.get("whenDeleted") else {}
    if "podManagementPolicy" in known:
        spec["podManagementPolicy"] = own.get("podManagementPolicy")
    if "adopt" in known:
        spec["adopt"] = _identity(workload, selector, main, names)
    return {field: value for field, value in spec.items() if value not in (None, [], {}, "") and field in known}


def _identity(workload: Workload, selector: dict[str, str], main: Object, names: dict[str, str]) -> Object:
    adopt: Object = {"selector": selector, "name": workload.name, "container": main["name"], "names": names}
    adopt = {key: value for key, value in adopt.items() if value}
    if workload.manifest["kind"] == "StatefulSet":
        spec = workload.manifest["spec"]
        if spec.get("serviceName"):
            adopt["serviceName"] = spec["serviceName"]
        for template in (spec.get("volumeClaimTemplates") or ())[:1]:
            adopt["claimName"] = template["metadata"]["name"]
            adopt["claimLabels"] = template["metadata"].get("labels") or {}
            adopt["withoutStorageClass"] = (template.get("spec") or {}).get("storageClassName") is None
    return adopt


def _disk(template: Object, mounts: list[Object]) -> tuple[Object, list[Object]]:
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


def _image(main: Object) -> Any:
    if policy := main.get("imagePullPolicy"):
        name, at, digest = str(main["image"]).partition("@")
        head, colon, tag = name.rpartition(":")
        repository, tag = (head, tag) if colon and "/" not in tag else (name, "")
        parts = {"repository": repository, "tag": tag or None, "digest": digest if at else None, "pullPolicy": policy}
        return {key: value for key, value in parts.items() if value}
    return main["image"]


def volumes_of(own: Object) -> list[Object]:
    """Return the volumes of the pods of a spec as an API server reads them.

    One without a source is an emptyDir, one with the name of a claim template is that claim.
    """
    claims = {each["metadata"]["name"] for each in own.get("volumeClaimTemplates") or ()}
    volumes = [each for each in own["template"]["spec"].get("volumes") or () if each["name"] not in claims]
    return [each if len(each) > 1 else {**each, "emptyDir": {}} for each in volumes]


def _probe(probe: Object, container: Object) -> Object:
    """Return *probe* with its HTTP handler beside the other fields, and Kubernetes' delay where none is written."""
    found = {key: value for key, value in probe.items() if key != "httpGet"}
    if not any(found.get(handler) for handler in _PROBE_HANDLERS):
        http = dict(probe.get("httpGet") or {})
        http["path"] = f"/{str(http.get('path', '')).removeprefix('/')}"  # as the kubelet asks
        http["port"] = port_number(http.get("port"), container)
        found |= {key: value for key, value in http.items() if value}
    found.setdefault("initialDelaySeconds", 0)
    if socket := found.get("tcpSocket"):
        found["tcpSocket"] = {"port": port_number(socket.get("port"), container)}
    return found


def port_number(port: Any, container: Object) -> Any:
    """Return the number of the *port* that *container* declares by that name; *port* itself where there is none."""
    numbers = {each.get("name"): each.get("containerPort") for each in container.get("ports") or ()}
    return numbers.get(port, port)


def _rollout(own: Object) -> Object:
    rolling = (own.get("strategy") or own.get("updateStrategy") or {}).get("rollingUpdate") or {}
    fields = ("minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit")
    found = {field: own.get(field) for field in fields} | rolling
    return {field: value for field, value in found.items() if value is not None}
