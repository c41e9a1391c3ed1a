"""A route that shares its requests among Services names all of them, those that get none too."""

from __future__ import annotations

import pytest

from hanzo_constructs.children.http_route import http_route, weighted_backends, weighted_route
from hanzo_constructs.kube.owner import Owner
from hanzo_constructs.platform import GatewayParent
from hanzo_constructs.spec.ingress import Ingress, PathRule
from hanzo_constructs.spec.ports import ServicePort

OWNER = Owner("api", "shop", {})
GATEWAY = GatewayParent(name="edge", namespace="gateways", section_name="https")


@pytest.mark.parametrize("weight", [0, 1, 50, 99, 100])
def test_every_backend_stays_in_the_list(weight: int) -> None:
    weights = {"api-primary": 100 - weight, "api-canary": weight}
    assert weighted_backends(weights, 80) == [
        {"name": "api-primary", "port": 80, "weight": 100 - weight},
        {"name": "api-canary", "port": 80, "weight": weight},
    ]


def test_a_route_of_its_own_leads_everything_to_the_backends() -> None:
    weights = {"api-primary": 100, "api-canary": 0}
    route = weighted_route(OWNER, hosts=["api.shop"], port=80, weights=weights, gateway=GATEWAY, name="api")
    assert route["spec"] == {
        "parentRefs": [{"name": "edge", "namespace": "gateways", "sectionName": "https"}],
        "hostnames": ["api.shop"],
        "rules": [
            {
                "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                "backendRefs": weighted_backends(weights, 80),
            }
        ],
    }


def test_only_what_leads_to_the_resource_itself_is_shared() -> None:
    docs = PathRule(path="/docs", service_name="docs", port=8000)
    ingress = Ingress(hosts=("api.example.com",), path_rules=(docs,))
    weights = {"api-primary": 90, "api-canary": 10}
    route = http_route(
        OWNER,
        ingress,
        ingress.host_paths[0],
        ports=[ServicePort(name="http", container_port=8080, service_port=80)],
        gateway=GATEWAY,
        name="api",
        weights=weights,
    )
    backends = [rule["backendRefs"] for rule in route["spec"]["rules"]]
    assert backends == [weighted_backends(weights, 80), [{"name": "docs", "port": 8000}]]
