"""Rules for the ports that a resource offers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.fields import listed, shown, wire_name
from ...kube.model import Problem
from ..ports import ServicePort
from ..repeats import repeated, repeats

if TYPE_CHECKING:
    from ...kube.core import Container

__all__ = ["port_problems", "sidecar_port_problems"]

_OF_SERVICE = ("service_port", "app_protocol", "node_port")


def port_problems(ports: Sequence[ServicePort], *, further: Collection[str] = ()) -> Iterable[Problem]:
    """Return repeated names, Service ports and node ports; the same number may serve two protocols.

    Several ports of the Service may lead to one of the container. *further* are the names of ports that Services beside
    the main one offer.
    """
    names = {port.name for port in ports}
    exposed = {port.exposed_port for port in ports}
    if len(names) == len(exposed) == len(ports) and all(
        port.expose and port.node_port is None and port.container is None for port in ports
    ):
        return ()
    return [
        *repeated([port.name for port in ports], field="name", at=("ports",)),
        *_hidden_port_problems(ports, further),
        *_exposed_port_problems(ports),
        *_one_listener_problems(ports),
    ]


def _hidden_port_problems(ports: Sequence[ServicePort], further: Collection[str]) -> Iterator[Problem]:
    """Yield what is only of Services in ports that none offers, and such ports without a number of their own."""
    for index, port in enumerate(ports):
        if port.expose or port.name in further:
            continue
        for field in _OF_SERVICE:
            if getattr(port, field) is not None:
                message = "has no effect because expose is false; leave one of them out"
                yield Problem(("ports", index, wire_name(field)), message)
        for other, each in enumerate(ports):
            same = (each.container_port, each.protocol) == (port.container_port, port.protocol)
            if same and (each.expose or other < index):
                message = f"{port.container_port}/{port.protocol} is used twice; leave this one out"
                yield Problem(("ports", index, "containerPort"), message, related=("ports", other))
                break


def _exposed_port_problems(ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield numbers of the Service and of the nodes that are used twice."""
    shares = [(port.exposed_port, port.protocol) if port.expose else index for index, port in enumerate(ports)]
    for index, earlier in repeats(shares):
        port = ports[index]
        field, advice = "servicePort", ""
        if port.service_port is None and ports[earlier].service_port is None:
            field, advice = "containerPort", "; give one of them a servicePort of its own"
        message = f"{port.exposed_port}/{port.protocol} is used twice{advice}"
        yield Problem(("ports", index, field), message, related=("ports", earlier))
    first: dict[int, int] = {}
    for index, port in enumerate(ports):
        if port.node_port is None:
            continue
        other = ports[earlier := first.setdefault(port.node_port, index)]
        # a cluster gives one number to two protocols where they are one port of the Service
        if other is not port and (other.protocol == port.protocol or other.exposed_port != port.exposed_port):
            yield Problem(("ports", index, "nodePort"), f"{port.node_port} is used twice", related=("ports", earlier))


def _one_listener_problems(ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield ports of one number that two containers are said to listen on."""
    first: dict[tuple[int, str], int] = {}
    for index, port in enumerate(ports):
        earlier = first.setdefault((port.container_port, port.protocol), index)
        if port.container != ports[earlier].container:
            who = shown(ports[earlier].container) if ports[earlier].container else "the main container"
            message = f"{who} listens on {port.container_port}/{port.protocol} already; leave one of them out"
            yield Problem(("ports", index, "container"), message, related=("ports", earlier))


def sidecar_port_problems(
    ports: Sequence[ServicePort], sidecars: Sequence[Container], init_containers: Sequence[Container] = ()
) -> Iterator[Problem]:
    """Yield ports of containers that are none of those that stay, and ports that two containers declare."""
    if not sidecars and not init_containers and all(port.container is None for port in ports):
        return
    staying = [*sidecars, *(each for each in init_containers if each.restart_policy == "Always")]
    names = [each.name for each in staying]
    listening = {
        (port.container_port, port.protocol or "TCP"): each.name for each in staying for port in each.ports or ()
    }
    for index, port in enumerate(ports):
        other = listening.get((port.container_port, port.protocol))
        if port.container is not None and port.container not in names:
            message = f"{shown(port.container)} is no sidecar, declared are {listed(names)}"
            yield Problem(("ports", index, "container"), message)
        elif other is not None and other != port.container:
            number = f"{port.container_port}/{port.protocol}"
            message = f"{number} is a port of the sidecar {shown(other)} too; write container: {other}"
            yield Problem(("ports", index, "containerPort"), message)
