"""Rules for the probes of a main container, which ask a port that the resource offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kube.fields import Path, listed, shown
from ...kube.model import Problem
from ..ports import ServicePort
from ..probes import ProbeSpec

__all__ = ["probe_problems"]


def probe_problems(probe: ProbeSpec, at: str, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the *probe* in the field *at* of a container that listens on *ports*."""
    place, asked = _asked(probe)
    elsewhere = probe.host is not None and isinstance(asked, int)
    # a name is no number: at most one of the two can be meant
    found = [port for port in ports if asked in (port.name, port.container_port) and port.protocol == "TCP"]
    if asked is not None and not found and not elsewhere:
        tcp = [port for port in ports if port.protocol == "TCP"]
        known = listed([port.name if isinstance(asked, str) else port.container_port for port in tcp])
        yield Problem((at, *place), f"{shown(asked)} is not a declared TCP port, declared are {known}")
    if at != "readinessProbe" and probe.success_threshold not in (None, 1):
        yield Problem((at, "successThreshold"), f"must be 1 here, got {probe.success_threshold}")
    if at == "readinessProbe" and probe.termination_grace_period_seconds is not None:
        message = "is for probes that stop the container; leave it out"
        yield Problem((at, "terminationGracePeriodSeconds"), message)


def _asked(probe: ProbeSpec) -> tuple[Path, int | str | None]:
    """Return the port that *probe* asks, and the field that names it."""
    if probe.tcp_socket:
        return ("tcpSocket", "port"), probe.tcp_socket.port
    return (("grpc", "port"), probe.grpc.port) if probe.grpc else (("port",), probe.port)
