"""The objects beside a workload as the blocks of a resource; what no block can say stays an object of its own."""

from __future__ import annotations

from typing import Any

from .corpus import Object, Workload

__all__ = ["blocks"]

_SERVICE_FIELDS = (
    "type",
    "sessionAffinity",
    "externalTrafficPolicy",
    "internalTrafficPolicy",
    "trafficDistribution",
    "loadBalancerClass",
    "loadBalancerSourceRanges",
)


def blocks(workload: Workload, known: set[str]) -> tuple[Object, set[str]]:
    """Return the blocks of a spec with *known* fields for the companions of *workload*, and the names of those it makes."""
    ports = _declared(workload)
    spec: Object = {}
    made: set[str] = set()
    services = workload.of_kind("Service")
    main = next(
        (each for each in services if each["metadata"]["name"] == workload.name), services[0] if services else None
    )
    if main is not None and (listed := _ports(main, ports, workload)):
        spec["ports"] = listed
        made.add(f"Service {main['metadata']['name']}")
        if "service" in known and (block := _service(main)):
            spec["service"] = block
    served = {each.get("containerPort") for each in spec.get("ports", ())}
    spare = [each for each in _with_probed(ports, workload) if each["containerPort"] not in served]
    if spare and "ports" in known:
        hidden = [{**each, "expose": False} for each in _named(spare, spec.get("ports", []))]
        spec["ports"] = [*spec.get("ports", []), *hidden]
    for kind, block in (
        ("HorizontalPodAutoscaler", _autoscaling),
        ("PodDisruptionBudget", _budget),
    ):
        for each in workload.of_kind(kind)[:1]:
            field = "autoscaling" if kind.startswith("Horizontal") else "pdb"
            if field in known and (found := block(each["spec"])):
                spec[field] = found
                made.add(f"{kind} {each['metadata']['name']}")
    return spec, made


def _declared(workload: Workload) -> list[Object]:
    """Return the ports of the main container, each with its number once."""
    from .translate import main_container

    return [
        {key: value for key, value in port.items() if key in {"name", "containerPort", "protocol"}}
        for port in main_container(workload).get("ports") or ()
    ]


def _ports(service: Object, declared: list[Object], workload: Workload) -> list[Object]:
    listed = []
    numbers = {port.get("name"): port["containerPort"] for port in declared}
    for others in workload.manifest["spec"]["template"]["spec"]["containers"]:
        for port in others.get("ports") or ():
            numbers.setdefault(port.get("name"), port["containerPort"])
    names = {port["containerPort"]: port.get("name") for port in declared}
    for index, port in enumerate((service.get("spec") or {}).get("ports") or ()):
        target = port.get("targetPort") or port["port"]
        number = numbers.get(target) if isinstance(target, str) and not target.isdigit() else int(target)
        if number is None:
            return []  # a name that no container declares: a broken object, or one of the image's
        called = port.get("name") or names.get(number) or f"port-{index}"
        entry: Object = {
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


def _with_probed(ports: list[Object], workload: Workload) -> list[Object]:
    """Return *ports*, and those that a probe of the main container asks by number and nobody declared."""
    from .translate import main_container

    known = {port["containerPort"] for port in ports}
    asked = [
        (probe.get(handler) or {}).get("port")
        for field in ("livenessProbe", "readinessProbe", "startupProbe")
        for probe in [main_container(workload).get(field) or {}]
        for handler in ("httpGet", "tcpSocket", "grpc")
    ]
    found = dict.fromkeys(port for port in asked if isinstance(port, int) and port not in known)
    return [*ports, *({"containerPort": port} for port in found)]


def _sidecar(number: int, declared: list[Object], workload: Workload) -> str | None:
    """Return the container beside the main one that declares the port *number*, if the main one does not."""
    if number in {port["containerPort"] for port in declared}:
        return None
    for each in workload.manifest["spec"]["template"]["spec"]["containers"]:
        if number in {port["containerPort"] for port in each.get("ports") or ()}:
            return str(each["name"])
    return None


def _named(ports: list[Object], beside: list[Object]) -> list[Object]:
    taken = {each["name"] for each in beside}
    found = []
    for number, port in enumerate(ports):
        name = port.get("name") or f"container-{number}"
        while name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        found.append({**port, "name": name})
    return found


def _service(service: Object) -> Object:
    spec, metadata = service.get("spec") or {}, service["metadata"]
    block: Object = {field: spec[field] for field in _SERVICE_FIELDS if spec.get(field) not in (None, [], "", "None")}
    if spec.get("clusterIP") == "None":
        block["headless"] = True
    if metadata.get("annotations"):
        block["annotations"] = metadata["annotations"]
    return block


def _autoscaling(spec: Object) -> Object | None:
    block: Object = {"maxReplicas": spec.get("maxReplicas"), "minReplicas": spec.get("minReplicas", 1)}
    if percent := spec.get("targetCPUUtilizationPercentage"):
        block["targetCpuUtilization"] = percent
    if spec.get("behavior"):
        block["behavior"] = spec["behavior"]
    for metric in spec.get("metrics") or ():
        resource: Any = metric.get("resource") or {}
        field = {"cpu": "targetCpuUtilization", "memory": "targetMemoryUtilization"}.get(resource.get("name"))
        amount = (resource.get("target") or {}).get("averageUtilization") or resource.get("targetAverageUtilization")
        if field is None or amount is None:
            return None
        block[field] = amount
    return block


def _budget(spec: Object) -> Object | None:
    bounds = {field: spec[field] for field in ("minAvailable", "maxUnavailable") if spec.get(field) is not None}
    return bounds or None
