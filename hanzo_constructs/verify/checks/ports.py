"""Ports a container or a Service declares: in range, unique, with a legal name and their protocol written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, shown
from ...kube.names import port_name_problem
from ..objects import Object

__all__ = ["container_port_findings", "protocol_findings", "service_port_findings"]


def container_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield what is wrong with the ports of the containers of *obj*; those of a pod share one network."""
    names: dict[str, Path] = {}
    numbers: dict[tuple[int, str], Path] = {}
    for path, _, ports, lasting in obj.pod.containers:
        if not ports:
            continue
        if not lasting:  # it has finished when the next container starts
            names, numbers = {}, {}
        for index, port in enumerate(ports):
            at = (*path, "ports", index)
            number, name, protocol = port["containerPort"], port.get("name"), port.get("protocol") or "TCP"
            if number.__class__ is not int or not 0 < number < 65536:
                yield _out_of_range(number, (*at, "containerPort"))
            if (earlier := numbers.setdefault((number, protocol), at)) is not at:
                finding = _repeated(f"{number}/{protocol}", (*at, "containerPort"), earlier[-4:])
                yield finding if obj.own else _doubted(finding)
            if name:
                if problem := port_name_problem(name):
                    yield Finding(problem, field_path((*at, "name")))
                if (earlier := names.setdefault(name, at)) is not at:
                    yield _repeated(shown(name), (*at, "name"), earlier[-4:])


def service_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield what is wrong with the ports of the Service *obj*."""
    ports = obj.spec.get("ports") or ()
    names: dict[str, Path] = {}
    numbers: dict[tuple[int, str], Path] = {}
    for index, port in enumerate(ports):
        at = ("spec", "ports", index)
        number, name, protocol = port["port"], port.get("name"), port.get("protocol") or "TCP"
        if number.__class__ is not int or not 0 < number < 65536:
            yield _out_of_range(number, (*at, "port"))
        target = port.get("targetPort")
        if target.__class__ is int and not 0 < target < 65536:
            yield _out_of_range(target, (*at, "targetPort"))
        if (earlier := numbers.setdefault((number, protocol), at)) is not at:
            yield _repeated(f"{number}/{protocol}", (*at, "port"), earlier[1:])
        if name:
            if problem := port_name_problem(name):
                finding = Finding(problem, field_path((*at, "name")))
                yield finding if obj.own else _doubted(finding)
            if (earlier := names.setdefault(name, at)) is not at:
                yield _repeated(shown(name), (*at, "name"), earlier[1:])
        elif len(ports) > 1:
            yield Finding("required because the Service has several ports", field_path((*at, "name")))


def protocol_findings(obj: Object) -> Iterable[Finding]:
    """Return the ports of a derived object that leave their protocol to a default; the user's are passed on as they are."""
    if obj.own is None:
        return ()
    if obj.pod.containers:
        main = obj.pod.containers[0]
        return _implicit(main.ports, (*main.path, "ports"))
    if obj.kind == "Service":
        return _implicit(obj.spec.get("ports") or [], ("spec", "ports"))
    rules = obj.spec.get("ingress") or ()
    return [
        finding
        for index, rule in enumerate(rules)
        if "ports" in rule
        for finding in _implicit(rule["ports"], ("spec", "ingress", index, "ports"))
    ]


def _implicit(ports: list[dict[str, Any]], path: Path) -> list[Finding]:
    message = "required: server-side apply tells ports apart by it, and does not know the default"
    return [
        Finding(message, field_path((*path, index, "protocol")))
        for index, port in enumerate(ports)
        if "protocol" not in port
    ]


def _out_of_range(number: Any, path: Path) -> Finding:
    return Finding(f"must be a port from 1 to 65535, got {shown(number)}", field_path(path))


def _repeated(what: str, path: Path, earlier: Path) -> Finding:
    return Finding(f"{what} is used twice (also {field_path(earlier)})", field_path(path))


def _doubted(finding: Finding) -> Finding:
    return Finding(finding.message, finding.path, severity="warning")
