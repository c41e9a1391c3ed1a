"""Ports a workload listens on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from ..kube.model import Items, Model
from ..kube.names import PortName, key_problem
from .short_forms import ports_of

__all__ = ["PortNumber", "Ports", "ServicePort"]

PortNumber = Annotated[int, Field(ge=1, le=65535)]


def _protocol_name(value: str) -> str:
    if problem := key_problem(value):
        raise ValueError(problem)
    return value


class ServicePort(Model):
    """A port of the container and of the Service in front of it."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "port": "containerPort, and servicePort where clients connect to another",
        "targetPort": "containerPort",
        "number": "containerPort",
        "hostPort": "overlay, for a port of the node",
    }

    name: PortName
    """Name of the port: lower-case letters, digits and '-', at most 15 characters; unique in the list."""
    container_port: PortNumber
    """Port the container listens on."""
    service_port: PortNumber | None = None
    """Port of the Service, to which clients connect; left out, the same as containerPort."""
    protocol: Literal["TCP", "UDP", "SCTP"] = "TCP"
    """Transport protocol."""
    app_protocol: Annotated[str, AfterValidator(_protocol_name)] | None = None
    """What is spoken through the port, such as http, grpc, tcp or kubernetes.io/h2c, for meshes and load balancers;
    left out, they guess, mostly by the port's name."""

    @property
    def exposed_port(self) -> int:
        """The port number of the Service."""
        return self.container_port if self.service_port is None else self.service_port


Ports = Annotated[Items[ServicePort], BeforeValidator(ports_of)]
"""The ports in order, the primary one first; a mapping will do: `{"http": 8080}`."""
