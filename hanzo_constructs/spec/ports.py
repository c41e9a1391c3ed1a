"""Ports a workload listens on."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ..kube.model import Items, Model
from ..kube.names import ContainerName, DnsLabel, QualifiedName, port_name_problem
from ..kube.published import ByName, by_name
from .short_forms import ports_of

__all__ = ["NUMBERS", "PortNumber", "Ports", "ServicePort", "exposed", "name_in_container", "untranslated"]

PortNumber = Annotated[int, Field(ge=1, le=65535)]


class ServicePort(Model):
    """A port of the container and of the Service in front of it."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "port": "containerPort, and servicePort where clients connect to another",
        "targetPort": "containerPort",
        "number": "containerPort",
        "hostPort": "overlay, for a port of the node",
    }

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: DnsLabel
    """Name of the port: lower-case letters, digits and '-', at most 63 characters; unique in the list. The container's
    port bears it only where Kubernetes lets it: at most 15 characters, and a letter among them."""
    container_port: PortNumber
    """Port the container listens on."""
    service_port: PortNumber | None = None
    """Port of the Service, to which clients connect; left out, the same as containerPort."""
    protocol: Literal["TCP", "UDP", "SCTP"] = "TCP"
    """Transport protocol."""
    app_protocol: QualifiedName | None = None
    """What is spoken through the port, such as http, grpc, tcp or kubernetes.io/h2c, for meshes and load balancers;
    left out, they guess, mostly by the port's name."""
    node_port: PortNumber | None = None
    """Port of every node that leads here, where the Service has the type NodePort or LoadBalancer; left out, a free
    one."""
    container: ContainerName | None = None
    """Name of the sidecar that listens on the port; left out, the main container."""
    expose: bool = True
    """Whether the Service offers the port; false for one that is declared and probed alone."""

    @property
    def exposed_port(self) -> int:
        """The port number of the Service."""
        return self.container_port if self.service_port is None else self.service_port


def exposed(ports: Sequence[ServicePort]) -> tuple[ServicePort, ...]:
    """Return those of *ports* that the Service offers."""
    return tuple([port for port in ports if port.expose])


def untranslated(ports: Sequence[ServicePort]) -> tuple[ServicePort, ...]:
    """Return *ports* as clients of a headless Service reach them: by the containers' numbers, each of them once.

    There is no address in between that could translate a number, and no Service may have one twice.
    """
    once = {(port.container_port, port.protocol): port for port in reversed(ports)}
    return tuple([each.model_copy(update={"service_port": None}) for each in reversed(once.values())])


def name_in_container(port: ServicePort, ports: Sequence[ServicePort]) -> str | None:
    """Return the name of the main container's port that *port*, one of *ports*, leads to.

    None where the main container has no such port, or where no name of it is legal there.
    """
    if port.container is not None:
        return None
    number, protocol = port.container_port, port.protocol
    for each in ports:
        is_same = each.container_port == number and each.container is None and each.protocol == protocol
        if is_same and not port_name_problem(each.name):
            return each.name
    return None


NUMBERS = ByName({"type": "integer", "minimum": 1, "maximum": 65535})
"""What may be written for a port by its name."""

Ports = Annotated[
    Items[ServicePort],
    Field(max_length=256),
    BeforeValidator(ports_of),
    by_name(NUMBERS),
]
"""The ports in order, the primary one first; a mapping will do: `{"http": 8080}`."""
