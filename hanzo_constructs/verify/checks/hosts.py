"""Hosts of the set that are named are offered, on the port that is named with them."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..facts import ServiceFacts
from ..hosts import close_name
from ..index import SetIndex
from ..objects import Origin
from .offered_ports import not_offered

__all__ = ["host_findings"]


def host_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield hosts with the name of no Service, but nearly of one; and ports that the Service does not offer."""
    names: dict[str, list[str]] = {}
    for namespace, name in set_index.services:
        names.setdefault(namespace, []).append(name)
    for use in set_index.resolved_hosts:
        host = use.host
        service = set_index.services.get((host.namespace, host.service))
        if service is None:
            if near := close_name(host.service, names.get(host.namespace, ())):
                place = f" in {host.namespace}" if host.namespace else ""
                message = f"there is no Service {shown(host.service)}{place}, did you mean {near}?"
                yield use.origin, Finding(message, field_path(use.path), severity=use.severity)
        elif host.port is not None and _is_closed(service, host.port, is_http=use.is_route):
            message = not_offered(host.port, service)
            yield use.origin, Finding(message, field_path(use.path), severity=use.severity)


def _is_closed(service: ServiceFacts, port: int, *, is_http: bool) -> bool:
    """Tell whether nothing answers at *port* of *service*; behind a headless one, every port of the pods is reached."""
    if service.headless or not service.ports:
        return False
    return port not in {number for number, _, protocol in service.ports if protocol == "TCP" or not is_http}
