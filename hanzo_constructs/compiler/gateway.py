"""Gateway: a Deployment, its configuration made of routes, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..children.config_map import config_map
from ..children.probe import http_probe
from ..errors import Finding
from ..kube.fields import listed, shown
from ..kube.owner import Owner, Pods
from ..platform import Rules
from ..spec.gateway import CONFIG_FOLDER, CONFIG_VOLUME, Gateway, GatewaySpec
from ..spec.methods import METHODS
from ..spec.route_prefix import prefix_key
from .child import Child
from .gateway_build import build_findings, build_of, gateway_image, gateway_variables
from .gateway_config import config_data, config_file, size_findings
from .kind import Compiler
from .links import NO_LINKS, GatewayRoute, Links
from .open_routes import open_route_findings
from .own_needs import gateway_texts
from .relied_on import gateway_facts
from .requests import unasked_requests
from .serving import Derived
from .stateless import stateless_children, stateless_findings

__all__ = ["GATEWAY", "compile_gateway", "gateway_findings"]


_PORT = "the port that the configuration names, offered as the usual one of HTTP, and that of metrics beside it"
_CONFIGURATION = "where the gateway reads its configuration"
_WHY = {
    "Deployment": {
        "spec.strategy": "a gateway that is replaced keeps answering",
        "spec.template.spec.containers[0].ports[*]": _PORT,
        "spec.template.spec.containers[0].env[*].name": "what the build of the gateway must be told",
        "spec.template.spec.containers[0].volumeMounts[0]": _CONFIGURATION,
        "spec.template.spec.volumes[0]": _CONFIGURATION,
    },
    "Ingress": {"spec.rules[*].http.paths[*].backend.service.port": _PORT},
    "NetworkPolicy": {"spec.ingress[*].ports[*]": _PORT},
    "Service": {"spec.ports[*]": _PORT},
}
"""What is always so for a gateway, and why: by the kind of the child and the place in it."""


def compile_gateway(gateway: Gateway, pods: Pods, rules: Rules, links: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *gateway* in apply order."""
    configs = config_data(gateway, _routes(gateway, rules, links), rules)
    for suffix, data in configs.items():
        is_first = suffix == CONFIG_VOLUME
        yield Child(_child(suffix), config_map(pods.owner, suffix, data), "always" if is_first else "spec.routes")
    yield from stateless_children(
        gateway,
        gateway_image(gateway.spec, rules),
        pods,
        rules,
        _derived(pods.owner, gateway.spec, configs, rules),
    )


def gateway_findings(gateway: Gateway, rules: Rules, links: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *gateway*."""
    spec = gateway.spec
    yield from stateless_findings(gateway, gateway_image(spec, rules), rules)
    routes = _routes(gateway, rules, links)
    yield from build_findings(spec, routes, rules)
    yield from _contested_findings(spec, routes)
    if not rules.epoch.prefix_routes:
        yield from _name_findings(spec, routes)
    yield from size_findings(gateway, routes, rules)
    yield from _reference_findings(spec, routes)
    yield from open_route_findings(spec, routes, rules)


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
    """Yield each parameter that another route of the same method calls otherwise: the gateway takes one name for it."""
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


def _derived(owner: Owner, spec: GatewaySpec, configs: Mapping[str, Mapping[str, str]], rules: Rules) -> Derived:
    """Return what lets the gateway read its configuration, and restarts it with another one."""
    readiness, user = None, None
    if rules.epoch.gateway_builds:
        build = build_of(spec, rules).build
        readiness, user = http_probe(build.ready_path, spec.ports[0]), build.user
    return Derived(
        args=["run", "-c", f"{CONFIG_FOLDER}/{config_file(rules)}"] if rules.epoch.config_argument else None,
        env=tuple(
            {"name": name, "value": value}
            for variables in gateway_variables(spec, rules).values()
            for name, value in variables.items()
        ),
        volumes=(_volume(owner, [*configs]),),
        volume_mounts=({"name": CONFIG_VOLUME, "mountPath": CONFIG_FOLDER, "readOnly": True},),
        read={file: text for data in configs.values() for file, text in data.items()},
        readiness=readiness,
        user=user,
    )


def _child(suffix: str) -> str:
    """Return the id of the ConfigMap whose name has the *suffix*."""
    return "ConfigMap" if suffix == CONFIG_VOLUME else f"ConfigMap-{suffix}"


def _volume(owner: Owner, suffixes: Sequence[str]) -> dict[str, Any]:
    """Return the volume with the files of the ConfigMaps of *suffixes*, all in one folder."""
    sources = [{"name": owner.named(_child(suffix), f"{owner.name}-{suffix}")} for suffix in suffixes]
    if len(sources) == 1:
        return {"name": CONFIG_VOLUME, "configMap": sources[0]}
    return {"name": CONFIG_VOLUME, "projected": {"sources": [{"configMap": source} for source in sources]}}


GATEWAY = Compiler(
    compile_gateway,
    gateway_findings,
    image=lambda gateway, rules: gateway_image(gateway.spec, rules),
    routes=gateway_texts,
    unasked=unasked_requests,
    image_facts=gateway_facts,
    why=_WHY,
    is_gateway=True,
)
