"""Ports a workload listens on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from ..kube.fields import field_path, type_shown
from ..kube.model import Items, Model, in_document
from ..kube.names import PortName, key_problem

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


def _listed(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict) or in_document(info):
        return value
    for name, port in value.items():
        if not isinstance(name, str) or not isinstance(port, int | dict) or isinstance(port, bool):
            what = (
                f"{type_shown(port)} for {field_path((name,))}"
                if isinstance(name, str)
                else f"{type_shown(name)} as name"
            )
            raise ValueError(f"expected a mapping of port names to numbers or mappings, got {what}")
    return [
        {"name": name, "containerPort": port} if isinstance(port, int) else {"name": name, **port}
        for name, port in value.items()
    ]


Ports = Annotated[Items[ServicePort], BeforeValidator(_listed)]
"""The ports in order, the primary one first; Python code may give `{"http": 8080}`."""
