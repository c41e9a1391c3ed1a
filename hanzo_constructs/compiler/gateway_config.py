"""The ConfigMaps of a Gateway: what its routes, and those of applications, become.

In epoch 2025 a route is one endpoint for each method, and all are written out. Later it is many, for each depth below
the prefix; so a template expands them in the gateway, and a ConfigMap holds a line for each route. What fits into no
ConfigMap that `kubectl apply` can keep is spread over several.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal
from zlib import crc32

from ..children.config_map import LARGEST
from ..children.krakend import (
    Policies,
    Reach,
    Routed,
    Upstream,
    auth_validator,
    base_upstream,
    cross_origin,
    endpoints,
    krakend_json,
    metrics,
    rate_limit,
    reaches,
    route_lines,
    routes_json,
    service_json,
    template,
    upstream_of,
)
from ..errors import Finding
from ..kube.duration import in_one_unit
from ..platform import Platform, Rules
from ..spec.connection import host_name
from ..spec.gateway import CONFIG_VOLUME, MOST_CONFIGS, Gateway, GatewaySpec
from ..spec.gateway_builds import READY_PATH, Build
from ..spec.methods import METHODS
from .gateway_build import build_of, offers_ready_path
from .ties import GatewayRoute

__all__ = ["config_data", "config_file", "size_findings"]

_MANY = 25
"""Methods of routes from which on their configuration is measured: with less, it can always be applied."""
_APPLIED = 250_000
"""Bytes that fit, with what is around them, into the 262144 of an annotation, where `kubectl apply` keeps the object."""

Data = Mapping[str, str]


def config_file(rules: Rules) -> str:
    """Return the name of the file that the gateway is to read."""
    return "krakend.tmpl" if rules.epoch.prefix_routes else "krakend.json"


def config_data(gateway: Gateway, routes: Sequence[GatewayRoute], rules: Rules) -> dict[str, Data]:
    """Return the data of each ConfigMap, by the suffix of its name: own routes of *gateway*, and *routes* of applications."""
    spec, build = gateway.spec, build_of(gateway.spec, rules).build
    routed = _routed(spec, routes, rules.platform, stated=build.states_access and rules.epoch.gateway_builds)
    config = _service(gateway.name, spec, routed, build.metrics if rules.epoch.gateway_builds else "opencensus")
    policies = Policies(
        {policy.name: auth_validator(policy) for policy in spec.auth_policies},
        {limit.name: rate_limit(limit) for limit in spec.rate_limits},
    )
    if not rules.epoch.prefix_routes:
        return {
            CONFIG_VOLUME: {config_file(rules): krakend_json(config, endpoints(routed, below=False, policies=policies))}
        }
    reached = reaches(routed, below=True)
    if offers_ready_path(build, rules):
        reached.append(_ready(build, config["port"]))
    whole = {config_file(rules): template(), "service.json": service_json(config, policies, reached)}
    return _spread(whole, reached)


def size_findings(gateway: Gateway, routes: Sequence[GatewayRoute], rules: Rules) -> Iterator[Finding]:
    """Yield an error for what fits into no ConfigMap, and a warning for what cannot be applied by a client."""
    if sum(len(route.methods) for route in gateway.spec.routes) + len(routes) * len(METHODS) < _MANY:
        return
    for suffix, data in config_data(gateway, routes, rules).items():
        size = sum(len(text.encode()) for text in data.values())
        what = f"make the ConfigMap {gateway.name}-{suffix} of {size} bytes"
        if size > LARGEST:
            yield Finding(f"{what}, but it holds at most {LARGEST}; use several gateways", "spec.routes")
        elif _escaped(data) > _APPLIED:
            message = f"{what}, which kubectl apply cannot keep in an annotation; apply it with --server-side, or use several gateways"
            yield Finding(message, "spec.routes", severity="warning")


def _ready(build: Build, port: int) -> Reach:
    """Return the endpoint that leads to the health of the gateway itself, which listens at *port*."""
    health = Upstream(f"http://127.0.0.1:{port}", build.health, strip=True)
    return Reach(Routed(READY_PATH, ("GET",), health, public=build.states_access), READY_PATH, ("GET",), None, ("",))


def _routed(spec: GatewaySpec, routes: Sequence[GatewayRoute], platform: Platform, *, stated: bool) -> list[Routed]:
    """Return all routes; with *stated*, those where everybody may pass say so."""
    own = [
        Routed(
            route.prefix,
            route.methods,
            upstream_of(route.backend, strip=route.strip_prefix),
            route.auth_policy,
            route.rate_limit,
            route.timeout,
            public=stated and route.auth_policy is None,
        )
        for route in spec.routes
    ]
    injected = [
        Routed(
            route.gateway.route,
            METHODS,
            base_upstream(host_name(route.service, route.namespace, platform), route.port, route.gateway),
            route.gateway.auth_policy,
            route.gateway.rate_limit,
            route.gateway.timeout,
            public=stated and route.gateway.auth_policy is None,
        )
        for route in routes
    ]
    return own + injected


def _service(
    name: str, spec: GatewaySpec, routed: Sequence[Routed], component: Literal["opentelemetry", "opencensus"]
) -> dict[str, Any]:
    """Return the configuration but for the endpoints, with metrics by *component*."""
    port, *monitored = (port.container_port for port in spec.ports)
    extra = metrics(monitored[0], component) if monitored else {}
    if spec.cors:
        extra |= cross_origin(spec.cors, {method for route in routed for method in route.methods})
    config = {
        "version": 3,
        "name": name,
        "port": port,
        "timeout": in_one_unit(spec.timeout),
        "output_encoding": "no-op",
    }
    return {**config, "extra_config": extra} if extra else config


def _spread(whole: Data, reached: Sequence[Reach]) -> dict[str, Data]:
    """Return *whole* and the lines of routes in one ConfigMap, or the lines in as many as they need.

    A line stays in its ConfigMap whatever becomes of other routes, as long as their number of ConfigMaps is the same: it
    is chosen by the prefix.
    """
    lines = [*route_lines(reached)]
    together = {**whole, "routes.json": routes_json([line for _, line in lines])}
    if _escaped(together) <= _APPLIED:
        return {CONFIG_VOLUME: together}
    count = 1
    while True:
        parts: list[list[str]] = [[] for _ in range(count)]
        for prefix, line in lines:
            parts[crc32(prefix.encode()) % count].append(line)
        spread = {f"routes-{number}": {f"routes-{number}.json": routes_json(part)} for number, part in enumerate(parts)}
        if count == MOST_CONFIGS or all(_escaped(data) <= _APPLIED for data in spread.values()):
            return {CONFIG_VOLUME: whole, **spread}
        count *= 2


def _escaped(data: Data) -> int:
    """Return how long *data* is as a string of JSON in a string of JSON."""
    return sum(len(json.dumps(text, ensure_ascii=False).encode()) for text in data.values())
