"""Probes of a container."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import present
from ..spec.ports import ServicePort
from ..spec.probes import ProbeSpec

__all__ = ["probe", "tcp_probe"]


def probe(spec: ProbeSpec | None) -> dict[str, Any] | None:
    """Return the core probe of *spec*, or None for none."""
    if spec is None:
        return None
    return present(
        {
            **_handler(spec),
            "initialDelaySeconds": spec.initial_delay_seconds,
            "periodSeconds": spec.period_seconds,
            "timeoutSeconds": spec.timeout_seconds,
            "failureThreshold": spec.failure_threshold,
            "successThreshold": spec.success_threshold,
        }
    )


def tcp_probe(port: ServicePort, *, delay: int = 5) -> dict[str, Any]:
    """Ask whether *port* accepts connections, first after *delay* seconds, at the pace of a probe that names none."""
    return {"tcpSocket": {"port": port.container_port}, "initialDelaySeconds": delay, "periodSeconds": 10}


def _handler(spec: ProbeSpec) -> dict[str, Any]:
    if spec.exec:
        return {"exec": {"command": list(spec.exec.command)}}
    if spec.tcp_socket:
        return {"tcpSocket": {"port": spec.tcp_socket.port}}
    return {"httpGet": {"path": "/health" if spec.path is None else spec.path, "port": spec.port}}
