"""A workload of Score as a Service, with the resources that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Finding, SpecError
from ...kube.fields import shown
from ...kube.manifest import Manifest, present
from ...kube.yaml import Document
from ...platform import Platform
from ...spec.kinds import KINDS, parse
from ..imported import Imported
from ..notes import Files, Notes, dns_label
from .containers import Pod, container_of
from .placeholders import resolved
from .resources import asked_of

__all__ = ["import_score"]

_VERSION = "score.dev/v1b1"
_KNOWN = {"apiVersion", "metadata", "service", "containers", "resources"}
_ANNOTATIONS = {"hanzo.ai/pod-security": "baseline"}


def import_score(document: Document, files: Files, platform: Platform) -> tuple[Imported, list[Finding]]:
    """Return what the workload in *document* comes to, with *files* beside it; an error means that it is none."""
    notes = Notes(document)
    body = document.data
    if not _is_workload(body, notes):
        return Imported(), notes.findings
    for field in body.keys() - _KNOWN:
        notes.left((field,), body[field], "is no field of a Score file")
    metadata, name = body["metadata"], dns_label(body["metadata"]["name"])
    namespace = str(metadata.get("namespace") or "")
    asked = asked_of(name, body.get("resources"), notes)
    pod = Pod(name, metadata, asked, files, notes)
    spec = _spec(body, pod)
    documents = [_document(name, namespace, spec, platform)]
    for each in asked.values():
        each.note(notes, ("resources", each.key))
        if each.kind:
            documents += each.documents(KINDS[each.kind].api_version(platform), namespace)
    resources = [each for each in documents if _fits(each, notes, platform)]
    place = {"namespace": namespace} if namespace else {}
    objects = [{**each, "metadata": {**each["metadata"], **place}} for each in pod.objects]
    return Imported(tuple(resources), tuple(objects), tuple(notes.remainder)), notes.findings


def _is_workload(body: Any, notes: Notes) -> bool:
    version = body.get("apiVersion") if isinstance(body, dict) else None
    if version != _VERSION:
        notes.error(("apiVersion",), f"must be {_VERSION}, got {shown(version)}")
        return False
    metadata, containers = body.get("metadata"), body.get("containers")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or not dns_label(name):
        notes.error(("metadata", "name"), f"must be the name of the workload, got {shown(name)}")
    if (
        not isinstance(containers, dict)
        or not containers
        or not all(isinstance(each, dict) for each in containers.values())
    ):
        notes.error(("containers",), "must be a mapping of containers")
    return not notes.findings


def _spec(body: Mapping[str, Any], pod: Pod) -> dict[str, Any]:
    """Return the spec of the Service: its main container has the name of the workload, or is the first one."""
    containers, metadata = body["containers"], body["metadata"]
    main = pod.name if pod.name in containers else next(iter(containers))
    spec = container_of(main, containers[main], pod, is_main=True)
    sidecars = [
        {"name": key} | container_of(key, each, pod, is_main=False) for key, each in containers.items() if key != main
    ]
    annotations = metadata.get("annotations")
    ports = _ports(body.get("service"), pod.notes)
    ports += _probed(spec, {each["containerPort"] for each in ports})
    return spec | present(
        {
            "ports": ports or None,
            "connections": [*pod.connections.values()] or None,
            "sidecars": sidecars or None,
            "volumes": pod.volumes or None,
            "persistence": pod.persistence or None,
            "strategy": "Recreate" if pod.persistence else None,
            "annotations": annotations if isinstance(annotations, dict) and annotations else None,
            "ingress": _ingress(pod, ports),
        }
    )


def _ports(service: object, notes: Notes) -> list[dict[str, Any]]:
    found = []
    ports = service.get("ports") if isinstance(service, dict) else None
    for name, each in ports.items() if isinstance(ports, dict) else ():
        number = each.get("port") if isinstance(each, dict) else None
        if not isinstance(number, int):
            notes.left(("service", "ports", name), each, "has no number")
            continue
        target = each.get("targetPort") or number
        port = {"name": name, "containerPort": target} | ({"servicePort": number} if number != target else {})
        found.append(port | ({"protocol": each["protocol"]} if each.get("protocol") not in (None, "TCP") else {}))
    return found


def _probed(spec: Mapping[str, Any], known: set[int]) -> list[dict[str, Any]]:
    """Return the ports that probes ask and no Service offers."""
    probes = [spec.get(name, {}) for name in ("livenessProbe", "readinessProbe")]
    asked = dict.fromkeys(port for each in probes if isinstance(port := each.get("port"), int) and port not in known)
    return [{"name": f"probe-{port}", "containerPort": port, "expose": False} for port in asked]


def _ingress(pod: Pod, ports: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the ingress for the routes of the file whose host it says; a host that a platform gives out is left."""
    rules = []
    for route in (each for each in pod.asked.values() if each.type == "route"):
        at = ("resources", route.key)
        host = resolved(str(route.params.get("host") or ""), pod.plain)
        if not host:
            pod.notes.left(at, "route", "a platform of Score gives the host out; write it in ingress.rules")
            continue
        port = next(
            (
                each["name"]
                for each in ports
                if route.params.get("port") in (each["containerPort"], each.get("servicePort"))
            ),
            None,
        )
        rules.append({"host": host, "paths": [present({"path": str(route.params.get("path") or "/"), "port": port})]})
    return {"rules": rules} if rules else None


def _document(name: str, namespace: str, spec: dict[str, Any], platform: Platform) -> Manifest:
    metadata: dict[str, Any] = {"name": name} | ({"namespace": namespace} if namespace else {})
    metadata["annotations"] = dict(_ANNOTATIONS)
    return {"apiVersion": KINDS["Service"].api_version(platform), "kind": "Service", "metadata": metadata, "spec": spec}


def _fits(document: Manifest, notes: Notes, platform: Platform) -> bool:
    """Tell whether a resource is right; where the file says what no resource can, it is left as a whole."""
    try:
        parse(document, platform)
    except SpecError as error:
        why = "; ".join(f"{finding.path}: {finding.message}" for finding in error.findings)
        notes.left((), {}, f"{document['kind']} {document['metadata']['name']} is no resource: {why}")
        return False
    return True
