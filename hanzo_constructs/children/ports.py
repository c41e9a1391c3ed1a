"""Ports of a main container."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import present
from ..spec.ports import ServicePort, name_in_container

__all__ = ["container_ports"]


def container_ports(ports: Sequence[ServicePort]) -> list[dict[str, Any]]:
    """Return what the main container declares of *ports*: each number once, and none that a sidecar listens on."""
    own: dict[tuple[int, str], list[ServicePort]] = {}
    for port in ports:
        if port.container is None:
            own.setdefault((port.container_port, port.protocol), []).append(port)
    return [
        present({"name": name_in_container(same[0], same), "containerPort": number, "protocol": protocol})
        for (number, protocol), same in own.items()
    ]
