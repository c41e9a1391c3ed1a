"""The workload of a LatticeService: its containers, how it is reached, and what it depends on."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from ..kube.model import CheckedModel, Mapping, Model, Problem
from ..kube.names import dns_label_problem
from .lattice_containers import LatticeContainer
from .lattice_resources import LatticeResource
from .lattice_rules import dependency_problems, reference_problems, template_problems
from .ports import PortNumber, ServicePort

__all__ = ["METRICS", "LatticePort", "LatticePorts", "LatticeWorkload"]

MAIN = "main"
"""The name of the container that serves, where there are several."""
METRICS = "metrics"
"""The name of the port that is scraped."""
_DEFAULT_PORT = ServicePort(name="http", container_port=8080)


class LatticePort(Model):
    """A port of the Service."""

    port: PortNumber
    """Port of the Service."""
    target_port: PortNumber | None = None
    """Port of the container; left out, the same."""
    protocol: Literal["TCP", "UDP", "SCTP"] = "TCP"
    """Transport protocol."""

    @property
    def numbers(self) -> tuple[int, int | None, str]:
        """What it says, as plain values."""
        return self.port, self.target_port, self.protocol


class LatticePorts(Model):
    """How the workload is reached."""

    other_names = {"serviceType": "ingress, for clients outside the cluster"}  # noqa: RUF012 - no field

    ports: Annotated[Mapping[LatticePort], Field(min_length=1)]
    """Ports by name; one called metrics is scraped by Prometheus."""


class LatticeWorkload(CheckedModel):
    """The containers of the pods, and what they depend on."""

    containers: Annotated[Mapping[LatticeContainer], Field(min_length=1)]
    """Containers by name; of several, the one called main serves, and the others stand beside it."""
    service: LatticePorts | None = None
    """How the workload is reached; left out, by the port http, 8080."""
    resources: Mapping[LatticeResource] = Field(default_factory=dict)
    """What the workload depends on, by name."""

    @property
    def main(self) -> str:
        """The name of the container that serves."""
        return MAIN if MAIN in self.containers else next(iter(self.containers))

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """Ports of the main container and of the Service; the one called http, or else the first, is the primary one."""
        if self.service is None:
            return (_DEFAULT_PORT,)
        return _ports(tuple((name, *each.numbers) for name, each in self.service.ports.items()))

    def problems(self) -> Iterable[Problem]:
        """Refuse names that no cluster takes, and references to what there is not."""
        for at, names in (
            (("containers",), self.containers),
            (("resources",), self.resources),
            (("service", "ports"), self.service.ports if self.service else ()),
        ):
            for name in names:
                if problem := dns_label_problem(name):
                    yield Problem((*at, name), problem)
        if len(self.containers) > 1 and MAIN not in self.containers:
            yield Problem(("containers",), f"must have one called {MAIN}, which serves, where there are several")
        if self.service:
            yield from _port_problems(self.service.ports)
        yield from dependency_problems(self.containers, self.resources, self.main)
        yield from reference_problems(self.containers, self.resources)
        yield from template_problems(self.containers, self.resources)


def _port_problems(ports: Mapping[LatticePort]) -> Iterable[Problem]:
    """Yield ports that another one is already."""
    first: dict[tuple[int, str], str] = {}
    for name, port in ports.items():
        if (earlier := first.setdefault((port.port, port.protocol), name)) != name:
            message = f"{port.port}/{port.protocol} is the port {earlier} already; choose another"
            yield Problem(("service", "ports", name, "port"), message)


@lru_cache(maxsize=256)
def _ports(written: tuple[tuple[str, int, int | None, str], ...]) -> tuple[ServicePort, ...]:
    """Return the ports that are *written* so, the primary one first; many are asked for them, many times."""
    in_order = sorted(written, key=lambda each: (each[0] != _DEFAULT_PORT.name, each[0] == METRICS))
    return tuple(
        ServicePort.model_construct(
            name=name,
            container_port=port if target is None else target,
            service_port=None if target is None else port,
            protocol=protocol,
        )
        for name, port, target, protocol in in_order
    )
