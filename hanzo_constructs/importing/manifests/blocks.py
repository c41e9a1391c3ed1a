"""The objects beside a workload as the blocks of a resource; what no block can say stays an object of its own."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from ...kube.manifest import Manifest
from ...spec.resource import OWN_PREFIX
from .front_blocks import ingress_block, monitor_block
from .workload import Workload, object_key

__all__ = ["DERIVED_LABELS", "blocks", "headless_service", "labels_of", "main_container", "main_service"]

DERIVED_LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/instance")

_SERVICE_FIELDS = (
    "type",
    "sessionAffinity",
    "externalTrafficPolicy",
    "internalTrafficPolicy",
    "trafficDistribution",
    "loadBalancerClass",
    "loadBalancerSourceRanges",
)


def main_container(workload: Workload) -> Manifest:
    """Return the container of the program itself: the one with the workload's name, or a part of it, else the first."""
    containers: list[Manifest] = workload.pod["containers"]
    same = next((each for each in containers if each.get("name") == workload.name), None)
    parts = (each for each in containers if str(each.get("name")) in workload.name.split("-"))
    return same or next(parts, containers[0])


def blocks(workload: Workload, known: AbstractSet[str]) -> tuple[Manifest, set[str]]:
    """Return the blocks of a spec with *known* fields for the companions of *workload*, and the keys of those it makes."""
    ports = _declared(workload)
    spec: Manifest = {}
    made: set[str] = set()
    main, headless = main_service(workload), headless_service(workload)
    if headless is not None:
        made.add(object_key(headless))
    if main is not None and "ports" in known and (listed := _ports(main, ports, workload)):
        spec["ports"] = listed
        made.add(object_key(main))
        if block := _service(main):
            spec["service"] = block
    served = {_number(each) for each in spec.get("ports", ())}
    spare = [each for each in _with_probed(ports, workload) if _number(each) not in served]
    if spare and "ports" in known:
        hidden = [{**each, "expose": False} for each in _named(spare, spec.get("ports", []))]
        spec["ports"] = [*spec.get("ports", []), *hidden]
    for kind, field, block_of in (
        ("HorizontalPodAutoscaler", "autoscaling", _autoscaling),
        ("PodDisruptionBudget", "pdb", _budget),
    ):
        for each in workload.of_kind(kind)[:1] if field in known else ():
            if found := block_of(each["spec"]):
                spec[field] = found
                made.add(object_key(each))
    if main is not None and object_key(main) in made:
        _put_fronts(spec, made, main, workload)
    return spec, made


def _put_fronts(spec: Manifest, made: set[str], service: Manifest, workload: Workload) -> None:
    """Write what leads to *service*, which the resource makes, into *spec*."""
    for kind, field, block_of in (
        ("Ingress", "ingress", ingress_block),
        ("ServiceMonitor", "serviceMonitor", monitor_block),
    ):
        for each in workload.of_kind(kind)[:1]:
            if found := block_of(each, service):
                spec[field] = found
                made.add(object_key(each))


def headless_service(workload: Workload) -> Manifest | None:
    """Return the Service that gives the pods of a StatefulSet their names, if it does nothing else."""
    if workload.kind != "StatefulSet":
        return None
    for each in workload.of_kind("Service"):
        is_named = each["metadata"]["name"] == workload.manifest["spec"].get("serviceName")
        if is_named and each["spec"].get("clusterIP") == "None" and object_key(each) not in workload.serving:
            return each if each["metadata"]["name"] not in workload.shared else None
    return None


def main_service(workload: Workload) -> Manifest | None:
    """Return the Service that the resource itself makes, if one leads to its pods alone and is labelled as it would be."""
    headless = headless_service(workload)
    services = [each for each in workload.of_kind("Service") if each is not headless]
    own = [each for each in services if each["metadata"]["name"] not in workload.shared]
    fitting = [each for each in own if _is_labelled_alike(each, workload)]
    return next((each for each in fitting if each["metadata"]["name"] == workload.name), next(iter(fitting), None))


def _is_labelled_alike(service: Manifest, workload: Workload) -> bool:
    """Tell whether *service* would have its labels: where all objects have one, or one is derived, it is the same."""
    labels, name = service["metadata"].get("labels") or {}, service["metadata"]["name"]
    all_have = {**dict.fromkeys(DERIVED_LABELS, name), **labels_of(workload)}
    return all(all_have.get(key, value) == value for key, value in labels.items())


def labels_of(workload: Workload) -> dict[str, str]:
    """Return the labels that every object of the resource is to have: those of the workload and of its pods."""
    own = workload.manifest["metadata"].get("labels") or {}
    selector = workload.selector
    pods = {
        key: value for key, value in workload.labels.items() if key not in selector and own.get(key, value) == value
    }
    found = pods | {key: value for key, value in own.items() if workload.labels.get(key, value) == value}
    found = {key: value for key, value in found.items() if not key.startswith(OWN_PREFIX)}  # derived
    if selector:
        return found
    return {key: value for key, value in found.items() if key not in DERIVED_LABELS}  # of a Job, which has no selector


def _number(port: Manifest) -> tuple[Any, str]:
    return port.get("containerPort"), port.get("protocol", "TCP")


def _declared(workload: Workload) -> list[Manifest]:
    """Return the ports of the main container, each with its number once."""
    return [
        {key: value for key, value in port.items() if key in {"name", "containerPort", "protocol"}}
        for port in main_container(workload).get("ports") or ()
    ]


def _ports(service: Manifest, declared: list[Manifest], workload: Workload) -> list[Manifest]:
    listed = []
    numbers = {port.get("name"): port["containerPort"] for port in declared}
    for others in workload.pod["containers"]:
        for port in others.get("ports") or ():
            numbers.setdefault(port.get("name"), port["containerPort"])
    names = {port["containerPort"]: port.get("name") for port in declared}
    for index, port in enumerate((service.get("spec") or {}).get("ports") or ()):
        target = port.get("targetPort") or port["port"]
        number = numbers.get(target) if isinstance(target, str) and not target.isdigit() else int(target)
        if number is None:
            return []  # a name that no container declares: a broken object, or one of the image's
        called = port.get("name") or names.get(number) or f"port-{index}"
        entry: Manifest = {
            "name": called,
            "containerPort": number,
            "servicePort": port["port"],
        }
        if server := _sidecar(number, declared, workload):
            entry["container"] = server
        for field in ("protocol", "appProtocol", "nodePort"):
            if port.get(field):
                entry[field] = port[field]
        listed.append(entry)
    return listed


def _with_probed(ports: list[Manifest], workload: Workload) -> list[Manifest]:
    """Return *ports*, and those that a probe of the main container asks by number and nobody declared."""
    known = {port["containerPort"] for port in ports}
    asked = [
        (probe.get(handler) or {}).get("port")
        for field in ("livenessProbe", "readinessProbe", "startupProbe")
        for probe in [main_container(workload).get(field) or {}]
        for handler in ("httpGet", "tcpSocket", "grpc")
    ]
    found = dict.fromkeys(port for port in asked if isinstance(port, int) and port not in known)
    return [*ports, *({"containerPort": port} for port in found)]


def _sidecar(number: int, declared: list[Manifest], workload: Workload) -> str | None:
    """Return the container beside the main one that declares the port *number*, if the main one does not."""
    if number in {port["containerPort"] for port in declared}:
        return None
    for each in workload.pod["containers"]:
        if number in {port["containerPort"] for port in each.get("ports") or ()}:
            return str(each["name"])
    return None


def _named(ports: list[Manifest], beside: list[Manifest]) -> list[Manifest]:
    taken = {each["name"] for each in beside}
    found = []
    for number, port in enumerate(ports):
        name = port.get("name") or f"container-{number}"
        while name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        found.append({**port, "name": name})
    return found


def _service(service: Manifest) -> Manifest:
    spec, metadata = service.get("spec") or {}, service["metadata"]
    block: Manifest = {field: spec[field] for field in _SERVICE_FIELDS if spec.get(field) not in (None, [], "", "None")}
    if spec.get("clusterIP") == "None":
        block["headless"] = True
    if metadata.get("annotations"):
        block["annotations"] = metadata["annotations"]
    return block


def _autoscaling(spec: Manifest) -> Manifest | None:
    block: Manifest = {"maxReplicas": spec.get("maxReplicas"), "minReplicas": spec.get("minReplicas", 1)}
    if spec.get("behavior"):
        block["behavior"] = spec["behavior"]
    others = []
    for metric in spec.get("metrics") or ():
        resource: Any = metric.get("resource") or {}
        field = {"cpu": "targetCpuUtilization", "memory": "targetMemoryUtilization"}.get(resource.get("name"))
        amount = (resource.get("target") or {}).get("averageUtilization")
        if field is None or amount is None or field in block:
            others.append(metric)
        else:
            block[field] = amount
    if others:
        block["metrics"] = others
    return block


def _budget(spec: Manifest) -> Manifest | None:
    fields = ("minAvailable", "maxUnavailable", "unhealthyPodEvictionPolicy")
    bounds = {field: spec[field] for field in fields if spec.get(field) is not None}
    return bounds or None
