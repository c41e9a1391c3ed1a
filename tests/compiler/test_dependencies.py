"""Who connects to whom is what network policies let in, and what leads in from outside."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs import Platform, parse
from hanzo_constructs.compiler.dependencies import dependencies, owners_of
from hanzo_constructs.compiler.exposures import exposures_of
from hanzo_constructs.compiler.links import links_between, ties_of
from hanzo_constructs.compiler.object_needs import ties_of_objects
from hanzo_constructs.kube.yaml import load_all

PLATFORM = Platform(namespace="shop")
SET = """\
{apiVersion: hanzo.ai/v1, kind: Service, metadata: {name: api}, spec: {image: "a/api:1", ports: {http: 80},
 networkPolicy: {allowIntraNamespace: false}, serviceMonitor: {metricsPort: http}, ingress: {hosts: [a.example.com]}}}
---
{apiVersion: hanzo.ai/v1, kind: Service, metadata: {name: web}, spec: {image: "a/web:1", env: {API: "http://api"}}}
---
{apiVersion: hanzo.ai/v1, kind: Service, metadata: {name: api-copy, namespace: lab},
 spec: {image: "a/web:1", env: {API: "http://api.shop.svc.cluster.local"}, envFrom: [{configMapRef: {name: told}}]}}
---
{apiVersion: hanzo.ai/v1, kind: Gateway, metadata: {name: edge}, spec: {image: "a/gateway:1"}}
---
{apiVersion: hanzo.ai/v1, kind: Base, metadata: {name: notes}, spec: {image: "a/notes:1", storage: {size: 1Gi},
 networkPolicy: {allowIntraNamespace: false}, gateway: {gatewayName: edge, route: /notes}}}
---
{apiVersion: hanzo.ai/v1, kind: SQL, metadata: {name: db, namespace: lab}, spec: {storage: {size: 1Gi},
 credentialsSecret: db, networkPolicy: {allowIntraNamespace: false}}}
"""
TOLD = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "told", "namespace": "lab"},
    "data": {"DATABASE_HOST": "db"},
}


def documents() -> list[Any]:
    return [document.data for document in load_all(SET, name="set.yaml")]


def test_those_that_policies_let_in() -> None:
    ties = [ties_of(parse(each, PLATFORM), PLATFORM) for each in documents()] + [ties_of_objects([TOLD], PLATFORM)]
    found = dependencies(ties)
    assert [tuple(each) for each in found] == [
        ("Gateway shop/edge", "Base shop/notes", ("8090/TCP",), ("spec.gateway",)),
        ("Prometheus", "Service shop/api", ("80/TCP",), ("spec.serviceMonitor",)),
        ("Service lab/api-copy", "SQL lab/db", ("5432/TCP",), ("spec.envFrom[0]",)),
        ("Service lab/api-copy", "Service shop/api", ("80/TCP",), ("spec.env[0].value",)),
        ("Service shop/web", "Service shop/api", ("80/TCP",), ("spec.env[0].value",)),
        ("the ingress controller", "Service shop/api", ("80/TCP",), ("spec.ingress",)),
    ]
    admitted = links_between(ties)[0].admitted  # by others: what the resource asks for itself is not among them
    callers = {(need.caller.labels, name) for name, needs in admitted.items() for need in needs}
    labels = {f"Service {each.name[0]}/{each.name[1]}": each.labels for each in ties}
    places = {
        (labels[each.caller], tuple(each.callee.split()[1].split("/"))) for each in found if each.caller in labels
    }
    assert callers == places
    assert dependencies(reversed(ties)) == found
    assert owners_of(ties)["shop", "api"] == "Service shop/api"


INGRESS = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "spec": {
        "defaultBackend": {"service": {"name": "rest", "port": {"name": "http"}}},
        "tls": [{"hosts": ["a.example.com"]}],
        "rules": [
            {"host": "a.example.com", "http": {"paths": [{"backend": {"service": {"name": "a"}}}]}},
            {"http": {"paths": [{"path": "/b", "backend": {"service": {"name": "b", "port": {"number": 80}}}}]}},
        ],
    },
}
ROUTE = {
    "apiVersion": "gateway.networking.k8s.io/v1",
    "kind": "HTTPRoute",
    "spec": {
        "parentRefs": [{"name": "gateway", "sectionName": "https"}],
        "hostnames": ["a.example.com", "b.example.com"],
        "rules": [{"matches": [{"path": {"value": "/c"}}], "backendRefs": [{"name": "c", "port": 80}]}],
    },
}
PORTS = [{"port": 22}, {"port": 53, "protocol": "UDP"}]
EXPOSED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "Ingress": (
        INGRESS,
        ["* / rest:http plain", "a.example.com / a: tls", "* /b b:80 plain"],
    ),
    "HTTPRoute": (ROUTE, ["a.example.com /c c:80 tls", "b.example.com /c c:80 tls"]),
    "LoadBalancer": (
        {
            "apiVersion": "v1",
            "kind": "Service",
            "spec": {"type": "LoadBalancer", "selector": {"a": "b"}, "ports": PORTS},
        },
        ["LoadBalancer  own:22 plain", "LoadBalancer  own:53/UDP plain"],
    ),
    "external IPs": (
        {
            "apiVersion": "v1",
            "kind": "Service",
            "spec": {"externalIPs": ["192.0.2.1"], "selector": {"a": "b"}, "ports": PORTS[:1]},
        },
        ["externalIPs  own:22 plain"],
    ),
    "a Service inside": ({"apiVersion": "v1", "kind": "Service", "spec": {"selector": {"a": "b"}, "ports": PORTS}}, []),
    "what is not understood": ({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "spec": 1}, []),
    "something else": ({"apiVersion": "v1", "kind": "ConfigMap"}, []),
}


@pytest.mark.parametrize(("manifest", "expected"), EXPOSED.values(), ids=EXPOSED)
def test_what_leads_in(manifest: dict[str, Any], expected: list[str]) -> None:
    found = exposures_of({**manifest, "metadata": {"name": "own", "namespace": "shop"}}, PLATFORM)
    assert [
        f"{each.host} {each.path} {each.address[1]}:{each.port} {'tls' if each.is_encrypted else 'plain'}"
        for each in found
    ] == expected
    assert {each.by for each in found} <= {f"{manifest['kind']} shop/own"}
