"""Rules for the probes of a main container, which ask a port that the resource offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kube.fields import listed, shown
from ...kube.model import Problem
from ..ports import ServicePort
from ..probes import ProbeSpec

__all__ = ["probe_problems"]


def probe_problems(probe: ProbeSpec, at: str, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the *probe* in the field *at* of a container that listens on *ports*."""
    socket = probe.tcp_socket
    asked = probe.port if socket is None else socket.port
    if asked is not None:
        for port in ports:
            # a name is no number: at most one of the two can be meant
            if asked in (port.name, port.container_port) and port.protocol == "TCP":
                break
        else:
            tcp = [port for port in ports if port.protocol == "TCP"]
            known = listed([port.name if isinstance(asked, str) else port.container_port for port in tcp])
            place = (at, "port") if socket is None else (at, "tcpSocket", "port")
            yield Problem(place, f"{shown(asked)} is not a declared TCP port, declared are {known}")
    if at != "readinessProbe" and probe.success_threshold not in (None, 1):
        yield Problem((at, "successThreshold"), f"must be 1 here, got {probe.success_threshold}")
