"""Rules for the ports that a resource offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kube.model import Problem
from ..ports import ServicePort
from ..repeats import repeated, repeats

__all__ = ["port_problems"]


def port_problems(ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield repeated names, container ports and Service ports; the same number may serve two protocols."""
    names = [port.name for port in ports]
    numbers = [port.container_port for port in ports]
    exposed = [port.service_port or port.container_port for port in ports]
    if len(set(names)) == len(set(numbers)) == len(set(exposed)) == len(ports):
        return  # no number twice, not even with another protocol
    yield from repeated(names, field="name", at=("ports",))
    protocols = [port.protocol for port in ports]
    yield from _repeated_numbers("containerPort", [*zip(numbers, protocols, strict=True)])
    if any(port.service_port is not None for port in ports):
        yield from _repeated_numbers("servicePort", [*zip(exposed, protocols, strict=True)])


def _repeated_numbers(field: str, numbers: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    for index, earlier in repeats(numbers):
        number, protocol = numbers[index]
        yield Problem(("ports", index, field), f"{number}/{protocol} is used twice", related=("ports", earlier))
