"""Rules of ports and of what leads to them: probes, hosts, scraping, Services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ...spec.service import ServiceSpec, ServingSpec
from ...spec.stateful import StatefulSpec
from .rule import CelRule, filled, is_on, needs, off

__all__ = ["RULES"]

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


def _probe(field: str) -> Iterator[CelRule]:
    at = f"self.{field}"
    if field == "readinessProbe":
        path, message = "terminationGracePeriodSeconds", "is for probes that stop the container; leave it out"
        yield CelRule(f"{field}.{path}", f"!has({at}) || !has({at}.{path})", message)
    else:
        path = "successThreshold"
        yield CelRule(f"{field}.{path}", f"!has({at}) || !has({at}.{path}) || {at}.{path} == 1", "must be 1 here")


def _asked(field: str) -> Iterator[CelRule]:
    """Yield the rules that the port that the probe in *field* asks is declared."""
    for path, own in ((".tcpSocket", "tcpSocket"), (".grpc", "grpc"), ("", "port")):
        at = f"self.{field}{path}"
        among = (
            f"has(self.ports) && self.ports.exists(port, {_TCP} && "
            f"(type({at}.port) == int ? port.containerPort == {at}.port : port.name == {at}.port))"
        )
        elsewhere = f" || has(self.{field}.host) && type({at}.port) == int"
        yield CelRule(
            f"{field}{path}.port",
            f"!has(self.{field}) || !has(self.{field}.{own}) || {among}{elsewhere}",
            "must be the name or the number of a declared TCP port",
        )


_EXPOSED = is_on("expose", "port", default=True)
_OFFERED = f"has(self.ports) && self.ports.exists(port, {_EXPOSED})"
_TCP = "(!has(port.protocol) || port.protocol == 'TCP')"


def _number(port: str) -> str:
    """Return the number of *port* in the Service."""
    return f"(has({port}.servicePort) ? {port}.servicePort : {port}.containerPort)"


def _alone(same: str, *, among: str) -> str:
    """Say that each of the ports *among* which it counts is the only one with the *same*."""
    one, other = among.format("port"), among.format("other")
    return f"!has(self.ports) || self.ports.all(port, !({one}) || self.ports.exists_one(other, {other} && {same}))"


_PORTS = (
    CelRule(
        "ports",
        _alone(
            f"{_number('other')} == {_number('port')} && other.protocol == port.protocol",
            among="(!has({0}.expose) || {0}.expose)",
        ),
        "a number of the Service is used twice with one protocol",
    ),
    CelRule(
        "ports",
        _alone("other.nodePort == port.nodePort && other.protocol == port.protocol", among="has({0}.nodePort)"),
        "a nodePort is used twice",
    ),
    CelRule(
        "ports",
        f"!has(self.ports) || {filled('services')} || !self.ports.exists(port, !{_EXPOSED} && "
        "(has(port.servicePort) || has(port.appProtocol) || has(port.nodePort)))",
        "servicePort, appProtocol and nodePort have no effect where expose is false; leave one of them out",
    ),
    CelRule(
        "ports",
        f"!has(self.ports) || {filled('services')} || !self.ports.exists(port, has(port.nodePort)) || "
        "has(self.service) && has(self.service.type) && self.service.type != 'ClusterIP'",
        "nodePort needs service.type NodePort or LoadBalancer",
    ),
)
_NEEDS_PORTS = "needs a port of the Service; declare one in spec.ports without expose: false"


def _declaring() -> Iterator[CelRule]:
    """Yield the rules of specs that list their ports themselves."""
    for field in _PROBES:
        yield from _asked(field)
    for field in ("ingress", "serviceMonitor"):
        yield CelRule(field, f"!has(self.{field}) || {off(field)} || {_OFFERED}", _NEEDS_PORTS)
    yield CelRule("service", needs("service", _OFFERED), _NEEDS_PORTS)
    yield CelRule(
        "ingress",
        f"!has(self.ingress) || {off('ingress')} || !({_OFFERED}) || "
        f"self.ports.filter(port, {_EXPOSED})[0].protocol == 'TCP'",
        "needs a TCP port as the first of spec.ports",
    )
    yield CelRule(
        "ingress.pathRules",
        f"!has(self.ingress) || !has(self.ingress.pathRules) || {off('ingress')} || self.ingress.pathRules.all(rule, "
        "!has(rule.port) || has(rule.serviceName) || has(self.ports) && self.ports.exists(port, "
        f"{_EXPOSED} && {_TCP} && (type(rule.port) == int ? {_number('port')} == rule.port : port.name == rule.port)))",
        "a port is not a TCP port of the Service",
    )
    yield CelRule(
        "serviceMonitor.metricsPort",
        "!has(self.serviceMonitor) || !has(self.serviceMonitor.metricsPort) || "
        "has(self.serviceMonitor.enabled) && !self.serviceMonitor.enabled || "
        f"has(self.ports) && self.ports.exists(port, port.name == self.serviceMonitor.metricsPort && {_EXPOSED} && {_TCP})",
        "must be the name of a declared TCP port that the Service offers",
    )


RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    ServingSpec: tuple(rule for field in _PROBES for rule in _probe(field)),
    ServiceSpec: (*_PORTS, *_declaring()),
    StatefulSpec: (*_PORTS, *_declaring()),
}
