"""Ports that Services, policies, routes and monitors refer to are declared where they point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import Finding
from ...kube.fields import field_path, listed, shown
from ..facts import Port, ServiceFacts, Workload
from ..index import SetIndex
from ..objects import Origin

__all__ = ["backend_findings", "listed_ports", "not_offered", "target_port_findings"]


def target_port_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield ports of Services and policies that the pods behind them do not declare."""
    led = _led_by_users(set_index)
    for selection in set_index.selections.values():
        for workload in selection.found:
            ports, key = workload.ports, workload.origin
            declared = _declared(ports)
            for origin, uses in selection.ports:
                for path, port, protocol in uses:
                    known = (port, protocol) in declared or not (workload.complete or isinstance(port, str))
                    if known or (origin.kind == "NetworkPolicy" and (key, port, protocol) in led):
                        continue
                    if origin.own or isinstance(port, str) or (origin.kind == "Service" and workload.origin.own):
                        yield (
                            origin,
                            Finding(_undeclared(port, protocol, workload), field_path(path), severity=origin.severity),
                        )


def _led_by_users(set_index: SetIndex) -> set[tuple[Origin, int | str, str]]:
    """Return the ports of pods that Services of the user's own lead to, declared or not."""
    return {
        (workload.origin, port, protocol)
        for selection in set_index.selections.values()
        for origin, uses in selection.ports
        if origin.kind == "Service" and not origin.own
        for workload in selection.found
        for _, port, protocol in uses
    }


def _undeclared(port: int | str, protocol: str, workload: Workload) -> str:
    other, declared = workload.origin.described, listed_ports(workload.ports) or "none"
    return f"{shown(port)} ({protocol}) is not declared by {other}, declared are {declared}"


def _declared(ports: Sequence[Port]) -> set[tuple[int | str, str]]:
    """Return what *ports* are known by: number or name, and protocol."""
    return {(known, protocol) for number, name, protocol in ports for known in (number, name)}


def backend_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield routes to ports that the Service does not offer."""
    known: dict[tuple[str, str], set[int | str]] = {}
    for kind, namespace, name, origin, path, parts, *_ in set_index.resolved:
        service = set_index.services.get((namespace, name)) if kind == "Service" else None
        if service is not None and parts:
            if (offers := known.get((namespace, name))) is None:
                tcp = [each for each in service.ports if each[2] == "TCP"]
                offers = known[namespace, name] = {each for number, port, _ in tcp for each in (number, port)}
            for place, port in parts:
                if port not in offers:
                    yield origin, Finding(not_offered(port, service), field_path((*path, *place)))


def not_offered(port: int | str, service: ServiceFacts) -> str:
    """Say that *service* has no *port*, or none of TCP, which HTTP needs."""
    others = {protocol for number, name, protocol in service.ports if port in (number, name)}
    if others - {"TCP"}:
        return f"must be a TCP port, {shown(port)} of {service.origin.described} is {', '.join(sorted(others))}"
    return f"{shown(port)} is not a port of {service.origin.described}, offered are {listed_ports(service.ports)}"


def listed_ports(ports: Sequence[Port]) -> str:
    """Name *ports* as messages do: `http 80, metrics 9090`."""
    return listed([f"{name} {number}".strip() for number, name, _ in ports])
