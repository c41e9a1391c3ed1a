"""Gateway: a Deployment, its configuration made of routes, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..children.cluster_service import cluster_service
from ..children.config_map import LARGEST, config_map, data_hash
from ..children.deployment import deployment
from ..children.ingress import ingress
from ..children.krakend import auth_validator, base_upstream, endpoints, krakend_json, rate_limit, upstream_of
from ..children.pod import pod_template
from ..children.probe import tcp_probe
from ..children.service_monitor import service_monitor
from ..errors import Finding
from ..kube.fields import shown
from ..kube.manifest import present
from ..kube.model import written
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.connection import host_name
from ..spec.gateway import CONFIG_HASH, GATEWAY_IMAGE, METHODS, GatewaySpec
from ..spec.image import ImageSpec, image_reference
from ..spec.resource import Gateway
from ..spec.route_prefix import keys_above, prefix_key
from .blocks import active
from .compilation import Child
from .doubts import enabled_findings, image_findings
from .links import NO_LINKS, GatewayRoute, Links

__all__ = ["compile_gateway", "gateway_findings", "gateway_version"]

_CONFIG = "config"
_MANY = 100
"""Routes from which on their configuration is measured: a hundred take half of a ConfigMap at most."""
_DEFAULT_IMAGE = ImageSpec(repository=GATEWAY_IMAGE)


def compile_gateway(gateway: Gateway, owner: Owner, rules: Rules, links: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *gateway* in apply order."""
    spec, ports = gateway.spec, gateway.spec.ports
    data = {"krakend.json": _configuration(gateway, _routes(gateway, rules, links), rules)}
    yield Child("ConfigMap", config_map(owner, _CONFIG, data), "always")
    yield Child("Service", cluster_service(owner, ports), "always")
    workload = deployment(
        owner,
        _template(owner, spec, data_hash(data), rules),
        replicas=spec.replicas,
        strategy="RollingUpdate",
        revision_history=rules.epoch.revision_history,
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
    yield from enabled_findings((("ingress", spec.ingress), ("serviceMonitor", spec.service_monitor)))
    routes = _routes(gateway, rules, links)
    yield from _contested_findings(spec, routes)
    if rules.epoch.prefix_routes:
        yield from _overlap_findings(spec, routes)
    yield from _size_findings(gateway, routes, rules)
    used = {route.rate_limit for route in spec.routes}, {route.auth_policy for route in spec.routes}
    for field, names, by in (
        ("rateLimits", [limit.name for limit in spec.rate_limits], used[0]),
        ("authPolicies", [policy.name for policy in spec.auth_policies], used[1]),
    ):
        for index, name in enumerate(names):
            if name not in by:
                yield Finding(f"{shown(name)} is used by no route", f"spec.{field}[{index}]", severity="warning")


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


def _overlap_findings(spec: GatewaySpec, routes: tuple[GatewayRoute, ...]) -> Iterator[Finding]:
    """Yield a warning for each route at the root, and for each that lies below another of the same method."""
    paths = [f"spec.routes[{index}].prefix" for index in range(len(spec.routes))]
    placed = [(route.prefix, {*route.methods}, path, path) for route, path in zip(spec.routes, paths, strict=True)]
    placed += [(route.gateway.route, {*METHODS}, f"spec.gateway.route of {route.owner}", "") for route in routes]
    at: dict[str, list[int]] = {}
    for index, (prefix, *_) in enumerate(placed):
        at.setdefault(prefix_key(prefix), []).append(index)
    for prefix, methods, _, path in placed:
        if prefix == "/":
            message = "the route / answers at / alone: the gateway knows no wildcard at the root; name a longer prefix"
            yield Finding(message, path, severity="warning")
        for index in sorted(index for key in keys_above(prefix) for index in at.get(key, ())):
            above, others, where, _ = placed[index]
            if methods & others:
                message = f"{shown(prefix)} lies below the wildcard of {above} ({where}); not every gateway takes both"
                yield Finding(message, path, severity="warning")


def _size_findings(gateway: Gateway, routes: tuple[GatewayRoute, ...], rules: Rules) -> Iterator[Finding]:
    """Yield an error when the configuration fits into no ConfigMap."""
    if len(gateway.spec.routes) + len(routes) < _MANY:
        return
    size = len(_configuration(gateway, routes, rules).encode())
    if size > LARGEST:
        message = f"make a configuration of {size} bytes, but a ConfigMap holds at most {LARGEST}; use several gateways"
        yield Finding(message, "spec.routes")


def _configuration(gateway: Gateway, routes: tuple[GatewayRoute, ...], rules: Rules) -> str:
    """Return the text of krakend.json: the routes of *gateway*'s own, and *routes* of applications."""
    spec = gateway.spec
    limits = {limit.name: rate_limit(limit) for limit in spec.rate_limits}
    policies = {policy.name: auth_validator(policy) for policy in spec.auth_policies}
    below = rules.epoch.prefix_routes
    routed: list[dict[str, Any]] = []
    for route in spec.routes:
        extra = {**policies.get(route.auth_policy or "", {}), **limits.get(route.rate_limit or "", {})}
        upstream = upstream_of(route.backend, route.prefix, strip=route.strip_prefix)
        routed += endpoints(route.prefix, route.methods, upstream, below=below, extra_config=extra)
    for injected in routes:
        host = host_name(injected.name, injected.namespace, rules.platform)
        upstream = base_upstream(host, injected.port, injected.gateway)
        routed += endpoints(injected.gateway.route, METHODS, upstream, below=below)
    return krakend_json(gateway.name, routed, port=spec.ports[0].container_port)


def _template(owner: Owner, spec: GatewaySpec, digest: str, rules: Rules) -> dict[str, Any]:
    wrote, image, port = written(spec, {"resources"}), _image(spec), spec.ports[0]
    main = present(
        {
            "name": owner.name,
            "image": image_reference(image),
            "imagePullPolicy": image.pull_policy,
            "ports": [{"name": port.name, "containerPort": port.container_port, "protocol": port.protocol}],
            "resources": wrote.get("resources"),
            "volumeMounts": [{"name": _CONFIG, "mountPath": "/etc/krakend", "readOnly": True}],
            "readinessProbe": tcp_probe(port) if rules.epoch.default_readiness else None,
        }
    )
    return pod_template(
        owner,
        [main],
        rules=rules,
        spread=spec.replicas > 1,
        annotations={**spec.annotations, CONFIG_HASH: digest},
        pod={"volumes": [{"name": _CONFIG, "configMap": {"name": f"{owner.name}-{_CONFIG}"}}]},
    )
