"""HTTPRoute: hosts and paths under which a workload is reached from outside, by a Gateway of the Gateway API.

Source: the API `gateway.networking.k8s.io/v1` (kubernetes-sigs/gateway-api, apis/v1/httproute_types.go).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from ..platform import GatewayParent
from ..spec.ingress import HostPaths, Ingress, PathRule
from ..spec.ports import ServicePort

__all__ = [
    "MOST_HOSTS",
    "MOST_PATHS",
    "MOST_RULES",
    "WHY",
    "Weights",
    "http_route",
    "redirect_route",
    "weighted_backends",
    "weighted_route",
]

Weights = Mapping[str, int]
"""How many of 100 requests each Service gets, by its name, in the order of the backends; 0 is a weight like any other."""

MOST_HOSTS, MOST_RULES, MOST_PATHS = 16, 16, 64
"""Hosts and rules of one route, and paths of one rule, that the API takes."""
_PATH_TYPES = {"Exact": "Exact", "Prefix": "PathPrefix"}

WHY = {
    "spec.rules[*].matches[*].path": "every host serves / from the primary port",
    "spec.rules[*].backendRefs[*].name": "the Service of the resource",
    "spec.rules[*].filters[*]": "a browser asks again by HTTPS, and remembers it",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def weighted_backends(weights: Weights, port: int) -> list[dict[str, Any]]:
    """Return the backends of a rule that shares requests to *port* among Services by *weights*.

    A Service that gets none stays in the list, so that a rollout changes weights and nothing else.
    """
    return [{"name": service, "port": port, "weight": weight} for service, weight in weights.items()]


def weighted_route(
    owner: Owner, *, hosts: Sequence[str], port: int, weights: Weights, gateway: GatewayParent, name: str
) -> Manifest:
    """Share what comes for *hosts* among Services by *weights*; all of them offer *port*."""
    match = {"path": {"type": "PathPrefix", "value": "/"}}
    rule = {"matches": [match], "backendRefs": weighted_backends(weights, port)}
    parent = _parent(gateway, gateway.section_name)
    return manifest("HTTPRoute", owner, name=name, spec=_spec(parent, hosts, [rule]))


def http_route(  # noqa: PLR0913 - what a route is made of
    owner: Owner,
    spec: Ingress,
    group: HostPaths,
    *,
    ports: Sequence[ServicePort],
    gateway: GatewayParent,
    name: str,
    weights: Weights | None = None,
) -> Manifest:
    """Lead the hosts of *group* to the first of *ports*, and its paths to theirs; a rule for each backend.

    What would lead to the Service of *owner* is shared by *weights*, where there are any.
    """
    paths: dict[tuple[str, int], list[dict[str, Any]]] = {}
    if spec.default_path:
        paths[owner.service, ports[0].exposed_port] = [{"path": {"type": "PathPrefix", "value": "/"}}]
    for rule in group.rules:
        backend = rule.service_name or owner.service, _number(rule, ports)
        match = {"path": {"type": _PATH_TYPES.get(rule.path_type, rule.path_type), "value": rule.path}}
        paths.setdefault(backend, []).append(match)
    return _route(
        owner,
        spec,
        name=name,
        hosts=group.hosts,
        parent=_parent(gateway, gateway.section_name if spec.tls else gateway.http_section_name),
        rules=[
            {
                "matches": matches,
                "backendRefs": weighted_backends(weights, port)
                if weights and service == owner.service
                else [{"name": service, "port": port}],
            }
            for (service, port), matches in paths.items()
        ],
    )


def redirect_route(owner: Owner, spec: Ingress, *, gateway: GatewayParent, name: str) -> Manifest:
    """Answer HTTP on every host of *spec* by a redirect to HTTPS."""
    parent = _parent(gateway, gateway.http_section_name)
    redirect = {"type": "RequestRedirect", "requestRedirect": {"scheme": "https", "statusCode": 301}}
    return _route(owner, spec, name=name, hosts=spec.all_hosts, parent=parent, rules=[{"filters": [redirect]}])


def _route(
    owner: Owner, spec: Ingress, *, name: str, hosts: Sequence[str], parent: dict[str, Any], rules: list[dict[str, Any]]
) -> Manifest:
    return manifest(
        "HTTPRoute",
        owner,
        name=name,
        annotations=spec.annotations,
        spec=_spec(parent, hosts, rules),
    )


def _spec(parent: dict[str, Any], hosts: Sequence[str], rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"parentRefs": [parent], "hostnames": list(hosts), "rules": rules}


def _parent(gateway: GatewayParent, section: str | None) -> dict[str, Any]:
    return present({"name": gateway.name, "namespace": gateway.namespace, "sectionName": section})


def _number(rule: PathRule, ports: Sequence[ServicePort]) -> int:
    """Return the number of the port that *rule* leads to, which is what a backend is named by."""
    if rule.port is None:
        return ports[0].exposed_port
    return rule.port if isinstance(rule.port, int) else next(p.exposed_port for p in ports if p.name == rule.port)
