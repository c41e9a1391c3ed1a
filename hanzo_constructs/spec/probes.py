"""Probes: how the platform asks a container whether it lives and can serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from ..kube.core import PortOrName
from ..kube.core.scalars import NonNegative32, Positive32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Model, Problem

__all__ = ["ExecAction", "ProbeSpec", "TcpSocket"]

Seconds = Positive32


class TcpSocket(Model):
    """A connection that must open."""

    port: PortOrName
    """Number or name of a declared port."""


class ExecAction(Model):
    """A command that must exit with 0."""

    command: Annotated[Items[str], Field(min_length=1)]
    """Command and arguments, run without a shell."""


class ProbeSpec(CheckedModel):
    """A probe by HTTP (path and port), by TCP or by a command: exactly one of them."""

    path: str | None = None
    """Path that is asked by HTTP; left out, /health."""
    port: PortOrName | None = None
    """Number or name of a declared port, which is asked by HTTP."""
    tcp_socket: TcpSocket | None = None
    """Probe by opening a TCP connection."""
    exec: ExecAction | None = None
    """Probe by running a command in the container."""
    initial_delay_seconds: NonNegative32 = 5
    """Seconds between the start of the container and the first probe."""
    period_seconds: Seconds = 10
    """Seconds between two probes."""
    timeout_seconds: Seconds | None = None
    """Seconds after which an unanswered probe has failed; left out, 1."""
    failure_threshold: Seconds | None = None
    """Failures in a row after which the container is restarted or gets no more traffic; left out, 3."""
    success_threshold: Seconds | None = None
    """Successes in a row after which a failed container counts as healthy again; left out, 1, and only a readiness
    probe may have more."""

    def problems(self) -> Iterator[Problem]:
        """Refuse none and two handlers, and forms no kubelet takes."""
        path, port, tcp_socket, command = self.path, self.port, self.tcp_socket, self.exec
        http = path is not None or port is not None
        handlers = http + (tcp_socket is not None) + (command is not None)
        if handlers > 1:
            given = {"path": path, "port": port, "tcpSocket": tcp_socket, "exec": command}
            names = ", ".join(name for name, value in given.items() if value is not None)
            yield Problem((), f"must have exactly one handler (path and port, tcpSocket or exec), got {names}")
        elif not handlers:
            yield Problem((), "must have a handler: port (with path for HTTP), tcpSocket or exec")
        elif http and port is None:
            yield Problem(("port",), "required for an HTTP probe: the number or name of a declared port")
        if path is not None and not path.startswith("/"):
            yield Problem(("path",), f"must begin with a slash, got {shown(path)}")
