"""Ports that probes and hooks name are declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, listed, shown
from ...kube.handlers import handlers
from ..objects import Container, Object

__all__ = ["probed_port_findings"]

_HANDLERS = ("httpGet", "tcpSocket", "grpc")


def probed_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield probes and hooks of undeclared ports; a name must be the container's own, a number any container's."""
    for index, container in enumerate(obj.pod.containers):
        data = container.data
        declared = {port.get("name") for port in container.ports} | {port["containerPort"] for port in container.ports}
        for at, handler in handlers(data):
            if place := _undeclared(handler, declared):
                yield from _findings(obj, container, (*container.path, *at, *place), main=index == 0)


def _undeclared(handler: dict[str, Any], declared: set[Any]) -> tuple[str, str, Any] | None:
    for how in _HANDLERS:
        if action := handler.get(how):
            port = action["port"]
            return None if port in declared or action.get("host") else (how, "port", port)
    return None


def _findings(obj: Object, container: Container, place: Path, *, main: bool) -> Iterator[Finding]:
    *path, port = place
    if port.__class__ is str:
        known = [each["name"] for each in container.ports if "name" in each]
        message = f"{shown(port)} is the name of no port of the container, declared are {listed(known)}"
        yield Finding(message, field_path(path))
        return
    numbers = [each["containerPort"] for each_container in obj.pod.containers for each in each_container.ports]
    numbers += [number for number, _ in obj.own.sidecar_ports] if obj.own else []
    if port not in numbers:
        message = f"{shown(port)} is declared by no container of the pod, declared are {listed(numbers)}"
        # Kubernetes does not ask a container to declare what it listens on; the platform does for the main one.
        yield Finding(message, field_path(path), severity="error" if main and obj.own else "warning")
