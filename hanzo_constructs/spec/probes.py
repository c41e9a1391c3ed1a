"""Probes: how the platform asks a container whether it lives and can serve."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import HTTPHeader, PortOrName
from ..kube.core.scalars import NonNegative32, Positive32
from ..kube.fields import shown
from ..kube.http_headers import header_problems
from ..kube.model import CheckedModel, Items, Model, Problem
from ..kube.published import ABSOLUTE_PATH

__all__ = ["ExecAction", "Grpc", "ProbeSpec", "TcpSocket"]

Seconds = Positive32
_HANDLERS = "path and port, tcpSocket, grpc or exec"


class TcpSocket(Model):
    """A connection that must open."""

    port: PortOrName
    """Number or name of a declared port."""


class Grpc(Model):
    """A health check by gRPC, which the server must offer (grpc.health.v1)."""

    port: PortOrName
    """Number or name of a declared port."""
    service: str | None = None
    """Name of the service that is asked after; left out, the server as a whole."""


class ExecAction(Model):
    """A command that must exit with 0."""

    command: Annotated[Items[str], Field(min_length=1)]
    """Command and arguments, run without a shell."""


class ProbeSpec(CheckedModel):
    """A probe by HTTP (path and port), by TCP, by gRPC or by a command: exactly one of them."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "httpGet": "path and port",
        "command": "exec.command",
        "tcp": "tcpSocket.port",
        "headers": "httpHeaders",
        "delay": "initialDelaySeconds",
        "interval": "periodSeconds",
        "timeout": "timeoutSeconds",
    }

    path: Annotated[str, ABSOLUTE_PATH] | None = None
    """Path that is asked by HTTP; left out, /health."""
    port: PortOrName | None = None
    """Number or name of a declared port, which is asked by HTTP."""
    scheme: Literal["HTTP", "HTTPS"] | None = None
    """How the port is asked; left out, by HTTP. Certificates are not checked."""
    host: str | None = None
    """Host that is asked by HTTP instead of the pod; for another name of the pod itself, write the header Host."""
    http_headers: Items[HTTPHeader] = ()
    """Headers of the request by HTTP."""
    tcp_socket: TcpSocket | None = None
    """Probe by opening a TCP connection."""
    grpc: Grpc | None = None
    """Probe by a health check of gRPC."""
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
    termination_grace_period_seconds: Seconds | None = None
    """Seconds that the container gets to stop when the probe has failed; left out, those of the pod. Not for a
    readiness probe, which stops nothing."""

    def problems(self) -> Iterator[Problem]:
        """Refuse none and two handlers, and forms no kubelet takes."""
        http = self.path is not None or self.port is not None
        handlers = http + (self.tcp_socket is not None) + (self.grpc is not None) + (self.exec is not None)
        if handlers > 1:
            names = {"path": "path", "port": "port", "tcp_socket": "tcpSocket", "grpc": "grpc", "exec": "exec"}
            written = [wire for name, wire in names.items() if getattr(self, name) is not None]
            yield Problem((), f"must have exactly one handler ({_HANDLERS}), got {', '.join(written)}")
        elif not handlers:
            yield Problem((), "must have a handler: port (with path for HTTP), tcpSocket, grpc or exec")
        elif http and self.port is None:
            yield Problem(("port",), "required for an HTTP probe: the number or name of a declared port")
        if self.path is not None and not self.path.startswith("/"):
            yield Problem(("path",), f"must begin with a slash, got {shown(self.path)}")
        if not http:
            for field, value in (
                ("scheme", self.scheme),
                ("host", self.host),
                ("httpHeaders", self.http_headers or None),
            ):
                if value is not None:
                    yield Problem((field,), "is for a probe by HTTP; write port, or leave it out")
        if self.http_headers:
            yield from header_problems(self.http_headers, ("httpHeaders",))
