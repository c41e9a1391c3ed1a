"""Ports a container or a Service declares: in range, unique, with a legal name and their protocol written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, shown
from ...kube.names import dns_label_problem, port_name_problem
from ..objects import Object

__all__ = ["container_port_findings", "policy_port_findings", "service_port_findings"]


def container_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield what is wrong with the ports of the containers of *obj*; those of a pod share one network."""
    shared_names: dict[str, Path] = {}
    shared_numbers: dict[tuple[int, str], Path] = {}
    implicit = not obj.own  # what the user writes is passed on as it is, other containers of a derived pod too
    for path, _, ports, lasting in obj.pod.containers:
        # an init container has finished when the next container starts
        names, numbers = (shared_names, shared_numbers) if lasting else ({}, {})
        for index, port in enumerate(ports):
            at = (*path, "ports", index)
            number, name, protocol = port["containerPort"], port.get("name"), port.get("protocol")
            if number.__class__ is not int or not 0 < number < 65536:
                yield _out_of_range(number, (*at, "containerPort"))
            if protocol is None and not implicit:
                yield _implicit(at)
            if (earlier := numbers.setdefault((number, protocol or "TCP"), at)) is not at:
                finding = _repeated(f"{number}/{protocol or 'TCP'}", (*at, "containerPort"), earlier[-4:])
                yield finding if obj.own else _doubted(finding)
            if name:
                if problem := port_name_problem(name):
                    yield Finding(problem, field_path((*at, "name")))
                if (earlier := names.setdefault(name, at)) is not at:
                    finding = _repeated(shown(name), (*at, "name"), earlier[-4:])
                    yield finding if earlier[:-1] == at[:-1] else _doubted(finding)  # who asks by name gets the first
        implicit = True


def service_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield what is wrong with the ports of the Service *obj*."""
    ports = obj.spec.get("ports") or ()
    names: dict[str, Path] = {}
    numbers: dict[tuple[int, str], Path] = {}
    for index, port in enumerate(ports):
        at = ("spec", "ports", index)
        number, name, protocol, target = port["port"], port.get("name"), port.get("protocol"), port.get("targetPort")
        if number.__class__ is not int or not 0 < number < 65536:
            yield _out_of_range(number, (*at, "port"))
        if target.__class__ is int and not 0 < target < 65536:
            yield _out_of_range(target, (*at, "targetPort"))
        if protocol is None and obj.own:
            yield _implicit(at)
        if (earlier := numbers.setdefault((number, protocol or "TCP"), at)) is not at:
            yield _repeated(f"{number}/{protocol or 'TCP'}", (*at, "port"), earlier[1:])
        if name:
            if problem := dns_label_problem(name):
                yield Finding(problem, field_path((*at, "name")))
            if (earlier := names.setdefault(name, at)) is not at:
                yield _repeated(shown(name), (*at, "name"), earlier[1:])
        elif len(ports) > 1:
            yield Finding("required because the Service has several ports", field_path((*at, "name")))


def policy_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield what is wrong with the ports that the policy *obj* opens."""
    for index, rule in enumerate(obj.spec.get("ingress") or ()):
        for inner, port in enumerate(rule.get("ports") or ()):
            at = ("spec", "ingress", index, "ports", inner)
            number = port.get("port")
            if number.__class__ is int and not 0 < number < 65536:
                yield _out_of_range(number, (*at, "port"))
            if obj.own and "protocol" not in port:
                yield _implicit(at)


def _implicit(path: Path) -> Finding:
    message = "required: server-side apply tells ports apart by it, and does not know the default"
    return Finding(message, field_path((*path, "protocol")))


def _out_of_range(number: Any, path: Path) -> Finding:
    return Finding(f"must be a port from 1 to 65535, got {shown(number)}", field_path(path))


def _repeated(what: str, path: Path, earlier: Path) -> Finding:
    return Finding(f"{what} is used twice (also {field_path(earlier)})", field_path(path))


def _doubted(finding: Finding) -> Finding:
    return Finding(finding.message, finding.path, severity="warning")
