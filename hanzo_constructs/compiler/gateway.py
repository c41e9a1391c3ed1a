"""Gateway: a Deployment, its configuration made of routes, and the ways in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..children.cluster_service import cluster_service
from ..children.config_map import LARGEST, config_map, hash_annotation
from ..children.deployment import deployment
from ..children.ingress import ingress
from ..children.krakend import (
    Routed,
    auth_validator,
    base_upstream,
    cross_origin,
    endpoints,
    krakend_json,
    prometheus,
    rate_limit,
    upstream_of,
)
from ..children.pod import pod_template
from ..children.probe import tcp_probe
from ..children.service_monitor import service_monitor
from ..errors import Finding
from ..kube.fields import listed, shown
from ..kube.manifest import present
from ..kube.model import written
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.base import BaseGateway
from ..spec.connection import host_name
from ..spec.gateway import GATEWAY_IMAGE, GatewaySpec, Route
from ..spec.image import ImageSpec, image_reference
from ..spec.methods import METHODS
from ..spec.resource import Gateway
from ..spec.route_prefix import prefix_key
from .blocks import active
from .compilation import Child
from .doubts import enabled_findings, image_findings
from .links import NO_LINKS, GatewayRoute, Links
from .open_routes import open_route_findings
from .rollout import deployment_rollout_findings
from .workload import SHARED_FIELDS, main_container_fields, pod_fields

__all__ = ["compile_gateway", "gateway_findings", "gateway_version"]

_CONFIG = "config"
_FOLDER, _FILE = "/etc/krakend", "krakend.json"
"""Where the configuration is mounted. KrakenD's own image reads it there; the platform's has one of its own elsewhere."""
_AS_WRITTEN = {*SHARED_FIELDS, "resources"}
"""Fields that arrive in the pod exactly as the user wrote them."""
_MANY = 25
"""Methods of routes from which on their configuration is measured: with less, it can always be applied."""
_APPLIED = 250_000
"""Bytes that fit, with what is around them, into the 262144 of an annotation, where `kubectl apply` keeps the object."""
_DEFAULT_IMAGE = ImageSpec(repository=GATEWAY_IMAGE)


def compile_gateway(gateway: Gateway, owner: Owner, rules: Rules, links: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *gateway* in apply order."""
    spec, ports = gateway.spec, gateway.spec.ports
    data = {_FILE: _configuration(gateway, _routes(gateway, rules, links), rules)}
    yield Child("ConfigMap", config_map(owner, _CONFIG, data), "always")
    yield Child("Service", cluster_service(owner, ports), "always")
    workload = deployment(
        owner,
        _template(owner, spec, hash_annotation(data), rules),
        replicas=spec.replicas,
        strategy="RollingUpdate",
        rollout=spec.rollout,
        rules=rules,
    )
    yield Child("Deployment", workload, "always")
    if exposure := active(spec.ingress):
        yield Child("Ingress", ingress(owner, exposure, ports=ports, platform=rules.platform), "spec.ingress")
    if monitor := active(spec.service_monitor):
        yield Child("ServiceMonitor", service_monitor(owner, monitor, ports=ports), "spec.serviceMonitor")


def gateway_findings(gateway: Gateway, rules: Rules, links: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *gateway*."""
    spec = gateway.spec
    yield from image_findings(_image(spec), (), (), rules)
    yield from deployment_rollout_findings(spec.rollout, rules)
    yield from enabled_findings((("ingress", spec.ingress), ("serviceMonitor", spec.service_monitor)))
    routes = _routes(gateway, rules, links)
    yield from _contested_findings(spec, routes)
    if not rules.epoch.prefix_routes:
        yield from _name_findings(spec, routes)
    yield from _size_findings(gateway, routes, rules)
    yield from _reference_findings(spec, routes)
    yield from open_route_findings(spec, routes, rules)


def gateway_version(gateway: Gateway) -> str | None:
    """Return the version that the image of *gateway* names."""
    return _image(gateway.spec).tag


def _image(spec: GatewaySpec) -> ImageSpec:
    return spec.image or _DEFAULT_IMAGE


def _routes(gateway: Gateway, rules: Rules, links: Links) -> tuple[GatewayRoute, ...]:
    """Return the routes of the Base applications of the set that ask for *gateway*."""
    namespace = gateway.metadata.namespace or rules.platform.namespace or ""
    return links.routes.get((namespace, gateway.name), ())


def _contested_findings(spec: GatewaySpec, routes: tuple[GatewayRoute, ...]) -> Iterator[Finding]:
    """Yield routes of the gateway's own that an application claims too."""
    claimed = {prefix_key(route.gateway.route): route.owner for route in routes}
    for index, route in enumerate(spec.routes):
        if owner := claimed.get(prefix_key(route.prefix)):
            message = f"{', '.join(route.methods)} {route.prefix} is routed twice (also by {owner}); give each its own"
            yield Finding(message, f"spec.routes[{index}].prefix")


def _reference_findings(spec: GatewaySpec, routes: tuple[GatewayRoute, ...]) -> Iterator[Finding]:
    """Yield what no route names of the limits and policies, and what an application names and is not there."""
    limits, policies = [limit.name for limit in spec.rate_limits], [policy.name for policy in spec.auth_policies]
    ways = [route.gateway for route in routes]
    for field, by, names, wanted in (
        ("rateLimits", "rateLimit", limits, [way.rate_limit for way in ways]),
        ("authPolicies", "authPolicy", policies, [way.auth_policy for way in ways]),
    ):
        own = {route.rate_limit if by == "rateLimit" else route.auth_policy for route in spec.routes}
        for route, name in zip(routes, wanted, strict=True):
            if name is not None and name not in names:
                message = f"{shown(name)}, which {route.owner} names in spec.gateway.{by}, is not declared, declared are {listed(names)}"
                yield Finding(message, f"spec.{field}")
        for index, name in enumerate(names):
            if name not in own and name not in wanted:
                yield Finding(f"{shown(name)} is used by no route", f"spec.{field}[{index}]", severity="warning")


def _name_findings(spec: GatewaySpec, routes: tuple[GatewayRoute, ...]) -> Iterator[Finding]:
    """Yield each parameter that another route of the same method calls otherwise, which the gateway panics at."""
    placed = [(route.prefix, route.methods, f"spec.routes[{index}].prefix") for index, route in enumerate(spec.routes)]
    placed += [(route.gateway.route, METHODS, "") for route in routes]
    names: dict[tuple[str, str], str] = {}
    for prefix, methods, path in placed:
        segments = prefix.split("/")
        for place, segment in enumerate(segments):
            if not segment.startswith("{"):
                continue
            before = prefix_key("/".join(segments[:place]))
            first = next(
                (first for method in methods if (first := names.setdefault((before, method), segment)) != segment), None
            )
            if first:
                message = f"{prefix} calls {segment} what another route calls {first}; write one name for both, the gateway takes no other"
                yield Finding(message, path)


def _size_findings(gateway: Gateway, routes: tuple[GatewayRoute, ...], rules: Rules) -> Iterator[Finding]:
    """Yield an error when the configuration fits into no ConfigMap, and a warning when it is large."""
    if sum(len(route.methods) for route in gateway.spec.routes) + len(routes) * len(METHODS) < _MANY:
        return
    configuration = _configuration(gateway, routes, rules)
    size = len(configuration.encode())
    if size > LARGEST:
        message = f"make a configuration of {size} bytes, but a ConfigMap holds at most {LARGEST}; use several gateways"
        yield Finding(message, "spec.routes")
    elif len(json.dumps(configuration)) > _APPLIED:
        message = (
            f"make a configuration of {size} bytes, which kubectl apply cannot keep in an annotation; "
            f"apply it with --server-side, or use several gateways"
        )
        yield Finding(message, "spec.routes", severity="warning")


def _configuration(gateway: Gateway, routes: tuple[GatewayRoute, ...], rules: Rules) -> str:
    """Return the text of krakend.json: the routes of *gateway*'s own, and *routes* of applications."""
    spec = gateway.spec
    limits = {limit.name: rate_limit(limit) for limit in spec.rate_limits}
    policies = {policy.name: auth_validator(policy) for policy in spec.auth_policies}

    def checks(route: Route | BaseGateway) -> dict[str, Any]:
        return {**policies.get(route.auth_policy or "", {}), **limits.get(route.rate_limit or "", {})}

    routed = [
        Routed(
            route.prefix,
            route.methods,
            upstream_of(route.backend, strip=route.strip_prefix),
            checks(route),
            route.timeout,
        )
        for route in spec.routes
    ]
    for injected in routes:
        host = host_name(injected.name, injected.namespace, rules.platform)
        upstream = base_upstream(host, injected.port, injected.gateway)
        way = injected.gateway
        routed.append(Routed(way.route, METHODS, upstream, checks(way), way.timeout))
    found = endpoints(routed, below=rules.epoch.prefix_routes)
    port, *metrics = (port.container_port for port in spec.ports)
    extra = prometheus(metrics[0]) if metrics else {}
    if spec.cors:
        extra |= cross_origin(spec.cors, {method for route in routed for method in route.methods})
    return krakend_json(gateway.name, found, port=port, timeout=spec.timeout, extra_config=extra)


def _template(owner: Owner, spec: GatewaySpec, config_hash: dict[str, str], rules: Rules) -> dict[str, Any]:
    wrote, image = written(spec, _AS_WRITTEN), _image(spec)
    main = present(
        {
            "name": owner.name,
            "image": image_reference(image),
            "imagePullPolicy": image.pull_policy,
            "args": ["run", "-c", f"{_FOLDER}/{_FILE}"] if rules.epoch.config_argument else None,
            "ports": [
                {"name": port.name, "containerPort": port.container_port, "protocol": port.protocol}
                for port in spec.ports
            ],
            "resources": wrote.get("resources"),
            "volumeMounts": [{"name": _CONFIG, "mountPath": _FOLDER, "readOnly": True}],
            "readinessProbe": tcp_probe(spec.ports[0]) if rules.epoch.default_readiness else None,
            **main_container_fields(wrote),
        }
    )
    return pod_template(
        owner,
        [main],
        rules=rules,
        spread="pod-template-hash" if spec.replicas > 1 else None,
        annotations={**spec.annotations, **config_hash},
        pod={
            **pod_fields(spec, wrote),
            "volumes": [{"name": _CONFIG, "configMap": {"name": f"{owner.name}-{_CONFIG}"}}],
        },
    )
