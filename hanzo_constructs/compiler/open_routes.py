"""Ways around a check: routes without authentication below routes that have it, metrics below a public path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Finding
from ..platform import Rules
from ..spec.ingress import Ingress, PathRule, path_key
from ..spec.methods import METHODS, Method
from ..spec.observability import ServiceMonitor
from ..spec.ports import ServicePort
from ..spec.route_prefix import prefix_key
from .ties import GatewayRoute

if TYPE_CHECKING:
    from ..spec.gateway import GatewaySpec

__all__ = ["open_route_findings", "public_metrics_findings"]

_ANY = "{}"
"""What `prefix_key` makes of a parameter."""

_ALL_BELOW = re.compile(r"([^*()|\[\]$^+?{}\\]*?)(?:\.\*|\*|\(\.\*\)|\(/\|\$\)\(\.\*\))")
"""What controllers read as a path and all below it: `/api/*`, `/api.*`, `/api(.*)`, `/api(/|$)(.*)`."""


class _Way(NamedTuple):
    """A route of a gateway, whoever owns it."""

    prefix: str
    methods: Sequence[Method]
    auth_policy: str | None
    owner: str
    """As messages name it: `spec.routes[0]`, `the route of Base hanzo/app`."""
    field: str
    """Where a finding about it stands in the Gateway; empty for the Gateway as a whole."""

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments of the prefix, parameters without their names."""
        return tuple(prefix_key(self.prefix).strip("/").split("/")) if self.prefix != "/" else ()


def open_route_findings(spec: GatewaySpec, routes: Sequence[GatewayRoute], rules: Rules) -> Iterator[Finding]:
    """Yield routes that anybody may use below a prefix of which somebody wants to know who comes."""
    ways = [
        _Way(
            route.prefix, route.methods, route.auth_policy, f"spec.routes[{index}]", f"spec.routes[{index}].authPolicy"
        )
        for index, route in enumerate(spec.routes)
    ]
    ways += [
        _Way(each.gateway.route, METHODS, each.gateway.auth_policy, f"the route of {each.owner}", "spec.routes")
        for each in routes
    ]
    guards: dict[tuple[Method, tuple[str, ...]], _Way] = {
        (method, way.segments): way for way in ways if way.auth_policy for method in way.methods
    }
    nodes: set[tuple[Method, tuple[str, ...]]] = {
        (method, segments[:length]) for method, segments in guards for length in range(len(segments) + 1)
    }
    for way in ways if guards else ():
        if way.auth_policy:
            continue
        segments = way.segments
        for method in way.methods:
            above = _above((), segments, nodes, method)
            guard = next(
                (
                    guards[method, each]
                    for each in above
                    if (method, each) in guards
                    and each != segments
                    and (rules.epoch.prefix_routes or len(each) == len(segments))
                ),
                None,
            )
            if guard:
                message = (
                    f"{way.owner} lets everybody pass to {method} {way.prefix}, which lies below {guard.prefix} of "
                    f"{guard.owner}, where {guard.auth_policy} is asked for; name an authPolicy for it"
                )
                yield Finding(message, way.field, severity="warning")
                break


def _above(
    node: tuple[str, ...], rest: tuple[str, ...], nodes: set[tuple[Method, tuple[str, ...]]], method: Method
) -> Iterator[tuple[str, ...]]:
    """Yield the prefixes among *nodes* that cover *node* followed by *rest*, the longest first."""
    for segment in dict.fromkeys((rest[0], _ANY)) if rest else ():
        if (method, (*node, segment)) in nodes:
            yield from _above((*node, segment), rest[1:], nodes, method)
    yield node


def public_metrics_findings(
    ingress: Ingress, monitor: ServiceMonitor, ports: Sequence[ServicePort]
) -> Iterator[Finding]:
    """Yield a warning when what Prometheus scrapes is reached from outside by a path of *ingress*."""
    path = monitor.path.partition("?")[0]
    scraped = next(port for port in ports if port.name == monitor.port_name(ports))
    for group in ingress.host_paths:
        rule = _matching(path, group.rules)
        if rule.service_name is not None if rule else not ingress.default_path:
            continue
        asked = rule.port if rule and rule.port is not None else ports[0].exposed_port
        if asked in {scraped.name, scraped.exposed_port}:
            message = (
                f"{path} on the port {scraped.name} is reached from outside too, by the path "
                f"{rule.path if rule else '/'} of spec.ingress: serve the metrics on a port of their own, or lead the "
                f"path elsewhere"
            )
            yield Finding(message, "spec.serviceMonitor", severity="warning")
            return


def _matching(path: str, rules: Sequence[PathRule]) -> PathRule | None:
    """Return which of *rules* has *path*; None for the one that every host has."""
    exact = next((rule for rule in rules if rule.path_type == "Exact" and rule.path == path), None)
    prefixes = [rule for rule in rules if rule.path_type != "Exact" and _covers(rule, path)]
    return exact or max(prefixes, key=lambda rule: len(rule.path), default=None)


def _covers(rule: PathRule, path: str) -> bool:
    """Tell whether *rule* has *path*; of what a controller decides, the ways to write "all below" are known."""
    if rule.path_type == "ImplementationSpecific" and (all_below := _ALL_BELOW.fullmatch(rule.path)):
        return path.startswith(all_below[1])
    prefix = path_key(rule.path, "Prefix")[0]
    return path == prefix or path.startswith(f"{prefix}/")
