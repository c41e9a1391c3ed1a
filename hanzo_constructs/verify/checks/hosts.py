"""Hosts of the set that are named are offered, on the port that is named with them."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..facts import Facts, ServiceFacts
from ..hosts import close_name
from ..objects import Origin
from .offered_ports import listed_ports

__all__ = ["host_findings"]


def host_findings(facts: Facts) -> Iterator[tuple[Origin, Finding]]:
    """Yield hosts with the name of no Service, but nearly of one; and ports that the Service does not offer."""
    names: dict[str, list[str]] = {}
    for namespace, name in facts.services:
        names.setdefault(namespace, []).append(name)
    for use in facts.resolved_hosts:
        host = use.host
        service = facts.services.get((host.namespace, host.service))
        if service is None:
            if near := close_name(host.service, names.get(host.namespace, ())):
                place = f" in {host.namespace}" if host.namespace else ""
                message = f"there is no Service {shown(host.service)}{place}, did you mean {near}?"
                yield use.origin, Finding(message, field_path(use.path), severity=use.severity)
        elif _is_closed(service, host.port):
            offered = listed_ports(service.ports)
            message = f"{host.port} is not a port of {service.origin.described}, offered are {offered}"
            yield use.origin, Finding(message, field_path(use.path), severity=use.severity)


def _is_closed(service: ServiceFacts, port: int | None) -> bool:
    """Tell whether nothing answers at *port* of *service*; behind a headless one, every port of the pods is reached."""
    if port is None or service.headless or not service.ports:
        return False
    return port not in {number for number, _, _ in service.ports}
