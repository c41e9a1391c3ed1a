"""Probes of a container."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import present
from ..kube.model import written
from ..spec.ports import ServicePort, name_in_container
from ..spec.probes import ProbeSpec

__all__ = ["http_probe", "probe", "tcp_probe"]


def probe(spec: ProbeSpec | None, ports: Sequence[ServicePort]) -> dict[str, Any] | None:
    """Return the core probe of *spec* of a container that listens on *ports*, or None for none."""
    if spec is None:
        return None
    return present(
        {
            **_handler(spec, ports),
            "initialDelaySeconds": spec.initial_delay_seconds,
            "periodSeconds": spec.period_seconds,
            "timeoutSeconds": spec.timeout_seconds,
            "failureThreshold": spec.failure_threshold,
            "successThreshold": spec.success_threshold,
            "terminationGracePeriodSeconds": spec.termination_grace_period_seconds,
        }
    )


def tcp_probe(port: ServicePort, *, delay: int = 5) -> dict[str, Any]:
    """Ask whether *port* accepts connections, first after *delay* seconds, at the pace of a probe that names none."""
    return {"tcpSocket": {"port": port.container_port}, "initialDelaySeconds": delay, "periodSeconds": 10}


def http_probe(path: str, port: ServicePort, *, delay: int = 5) -> dict[str, Any]:
    """Ask whether *port* answers a GET of *path*, first after *delay* seconds, at the pace of `tcp_probe`."""
    request = {"path": path, "port": port.container_port}
    return {"httpGet": request, "initialDelaySeconds": delay, "periodSeconds": 10}


def _handler(spec: ProbeSpec, ports: Sequence[ServicePort]) -> dict[str, Any]:
    if spec.exec:
        return {"exec": {"command": list(spec.exec.command)}}
    if spec.tcp_socket:
        return {"tcpSocket": {"port": _asked(spec.tcp_socket.port, ports)}}
    if spec.grpc:
        # this handler takes no name
        numbers: dict[int | str, int] = {port.name: port.container_port for port in ports}
        return {"grpc": present({"port": numbers.get(spec.grpc.port, spec.grpc.port), "service": spec.grpc.service})}
    request = {
        "path": "/health" if spec.path is None else spec.path,
        "port": _asked(spec.port, ports),
        "scheme": spec.scheme,
        "host": spec.host,
        "httpHeaders": [written(each) for each in spec.http_headers]
        if "http_headers" in spec.model_fields_set
        else None,
    }
    return {"httpGet": present(request)}


def _asked(port: int | str | None, ports: Sequence[ServicePort]) -> int | str | None:
    """Return by what the main container knows *port*: by its name if that is the container's, else by its number."""
    if not isinstance(port, str):
        return port
    named = next((each for each in ports if each.name == port), None)
    return port if named is None or name_in_container(named, ports) == port else named.container_port
