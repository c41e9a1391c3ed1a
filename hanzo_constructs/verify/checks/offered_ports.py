"""Ports that Services, policies, routes and monitors refer to are declared where they point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..facts import Facts, Port, PortUse
from ..objects import Origin

__all__ = ["backend_findings", "target_port_findings"]


def target_port_findings(facts: Facts) -> Iterator[tuple[Origin, Finding]]:
    """Yield ports of Services and policies that the pods behind them do not declare."""
    for selection in facts.selections.values():
        for workload in selection.found:
            ports = workload.ports
            for origin, uses in selection.ports:
                for use in uses:
                    if not _declared(use, ports) and (origin.own or isinstance(use[1], str)):
                        path, port, protocol = use
                        other = workload.origin.described
                        message = (
                            f"{shown(port)} ({protocol}) is not declared by {other}, declared are {_listed(ports)}"
                        )
                        yield origin, Finding(message, field_path(path), severity=origin.severity)


def _declared(use: PortUse, ports: Sequence[Port]) -> bool:
    _, wanted, protocol = use
    for number, name, declared in ports:  # noqa: SIM110 - any() takes twice the time, and there are many
        if wanted in (number, name) and protocol == declared:
            return True
    return False


def backend_findings(facts: Facts) -> Iterator[tuple[Origin, Finding]]:
    """Yield routes to ports that the Service does not offer."""
    for kind, namespace, name, origin, path, parts, *_ in facts.resolved:
        service = facts.services.get((namespace, name)) if kind == "Service" else None
        if service is not None:
            for place, port in parts:
                if not any(port in (number, name) for number, name, _ in service.ports):
                    offered = _listed(service.ports)
                    message = f"{shown(port)} is not a port of {service.origin.described}, offered are {offered}"
                    yield origin, Finding(message, field_path((*path, *place)))


def _listed(ports: Sequence[Port]) -> str:
    return ", ".join(f"{name} {number}".strip() for number, name, _ in ports) or "none"
