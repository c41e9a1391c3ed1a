"""The ports of an engine, with what a user writes in their place and beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..kube.fields import shown
from ..kube.model import Problem
from .cluster_services import ServedSpec, service_problems
from .engines.engine import Engine
from .ports import ServicePort

__all__ = ["engine_service_problems", "taken_port_problems", "with_engine_ports"]


def with_engine_ports(engine: Engine, ports: Sequence[ServicePort]) -> tuple[ServicePort, ...]:
    """Return the ports of *engine*, replaced by name with those of *ports*, and then the further ones.

    What is spoken through a port of the engine does not depend on its number.
    """
    own = {port.name: port for port in ports}
    named = tuple(_speaking(port.app_protocol, own.pop(port.name, port)) for port in engine.ports)
    return (*named, *own.values())


def _speaking(protocol: str | None, port: ServicePort) -> ServicePort:
    """Return *port* with the *protocol*, unless it says what is spoken through it."""
    speaks = port.app_protocol is not None or protocol is None
    return port if speaks else port.model_copy(update={"app_protocol": protocol})


def taken_port_problems(engine: Engine, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield those of *ports* that have the number of one of *engine*'s, and what cannot stand in place of one."""
    own = {port.name for port in ports}
    kept = [port for port in engine.ports if port.name not in own]
    for index, port in enumerate(ports):
        for other in kept:
            same = port.protocol == other.protocol
            advice = f'is the engine\'s port {shown(other.name)}; name it "{other.name}" to replace that'
            if same and port.container_port == other.container_port:
                yield Problem(("ports", index, "containerPort"), f"{port.container_port}/{port.protocol} {advice}")
            elif same and port.exposed_port == other.exposed_port:
                yield Problem(("ports", index, "servicePort"), f"{port.exposed_port}/{port.protocol} {advice}")
        if port.name not in {other.name for other in engine.ports}:
            continue
        if port.protocol != "TCP":
            yield Problem(("ports", index, "protocol"), f"must be TCP, which the engine speaks, got {port.protocol}")
        if port.container is not None:
            yield Problem(("ports", index, "container"), "must be left out: the engine listens on this port")
        if not port.expose:
            yield Problem(("ports", index, "expose"), "must be true: clients need this port of the engine")


def engine_service_problems(engine: Engine, spec: ServedSpec, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the Services of *spec*, whose ports are its own *ports* and those of *engine*."""
    every = with_engine_ports(engine, ports)
    own = {port.name: index for index, port in enumerate(ports)}
    for problem in service_problems(spec, every):
        path = problem.path
        if path[0] == "ports":
            path = ("ports", own[every[int(path[1])].name], *path[2:])
        yield problem._replace(path=path)
