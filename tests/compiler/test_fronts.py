"""Services, monitors and routes of the user's own: a policy lets in who comes through them, and nobody else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_between, ties_of
from hanzo_constructs.compiler.object_needs import ties_of_objects
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(namespace="shop")
PORTS = [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}]
API: dict[str, Any] = {
    "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"},
    "ports": PORTS,
    "labels": {"team": "a"},
    "networkPolicy": {"allowIntraNamespace": False},
}
OWN = {"app.kubernetes.io/instance": "api"}


def own(kind: str, version: str, name: str, spec: Any, **metadata: Any) -> dict[str, Any]:
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": "shop", **metadata},
        "spec": spec,
    }


def front(*ports: dict[str, Any], selector: Any = None, **spec: Any) -> dict[str, Any]:
    return own("Service", "v1", "front", {"selector": selector or OWN, "ports": list(ports), **spec})


def job(**container: Any) -> dict[str, Any]:
    pod = {"restartPolicy": "Never", "containers": [{"name": "call", "image": "a:v1", **container}]}
    return own("Job", "batch/v1", "call", {"template": {"metadata": {"labels": {"app": "call"}}, "spec": pod}})


def monitor(kind: str, selector: Any, **endpoint: Any) -> dict[str, Any]:
    field = "endpoints" if kind == "ServiceMonitor" else "podMetricsEndpoints"
    return own(kind, "monitoring.coreos.com/v1", "own", {"selector": {"matchLabels": selector}, field: [endpoint]})


CALLING = job(env=[{"name": "URL", "value": "http://front:80"}])
PEERS = {
    "call": {"podSelector": {"matchLabels": {"app": "call"}}},
    "Prometheus": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}},
    "ingress": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}},
}


def compiled(*objects: dict[str, Any], epoch: str = "2026", **spec: Any) -> Any:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "api", "annotations": {"hanzo.ai/epoch": epoch}},
        "spec": copy.deepcopy(API) | spec,
    }
    resource = parse(document, PLATFORM)
    links, _ = links_between([ties_of(resource, PLATFORM), ties_of_objects(objects, PLATFORM)])
    return compile_resource(resource, PLATFORM, links=links)


def admitted(compilation: Any) -> set[tuple[str, int]]:
    """Return who gets in to which port."""
    (policy,) = [each for each in compilation.manifests if each["kind"] == "NetworkPolicy"]
    names = [
        (name, port["port"])
        for rule in policy["spec"].get("ingress", [])
        for peer in rule["from"]
        for port in rule["ports"]
        for name, known in PEERS.items()
        if peer == known
    ]
    assert len(names) == sum(len(rule["from"]) * len(rule["ports"]) for rule in policy["spec"].get("ingress", []))
    return {*names}


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([CALLING, front({"port": 80, "targetPort": "http"})], {("call", 8080)}),
        ([CALLING, front({"port": 80, "targetPort": 8081})], {("call", 8081)}),
        ([CALLING, front({"port": 80})], {("call", 80)}),
        ([CALLING, front({"port": 81, "targetPort": "http"})], set()),
        ([CALLING, front({"port": 80, "targetPort": "http"}, selector={"team": "a"})], {("call", 8080)}),
        ([CALLING, front({"port": 80, "targetPort": "http"}, selector={"team": "b"})], set()),
        ([CALLING, front({"port": 80, "targetPort": "grpc"})], set()),
        ([CALLING, front({"port": 80}, type="ExternalName", externalName="example.com")], set()),
        ([monitor("ServiceMonitor", OWN, port="metrics")], {("Prometheus", 9090)}),
        ([monitor("ServiceMonitor", {"team": "a"}, targetPort=9090)], {("Prometheus", 9090)}),
        ([monitor("ServiceMonitor", {"team": "b"}, port="metrics")], set()),
        ([monitor("ServiceMonitor", {"app": "own"}, port="m")], set()),
        ([monitor("PodMonitor", {"team": "a"}, port="metrics")], {("Prometheus", 9090)}),
        ([monitor("PodMonitor", {"team": "a"}, portNumber=8080)], {("Prometheus", 8080)}),
        (
            [
                own("HTTPRoute", "gateway.networking.k8s.io/v1", "own", {"rules": [{"backendRefs": [each]}]})
                for each in ({"name": "api", "port": 8080}, {"name": "a", "group": "example.com", "kind": "Own"})
            ],
            {("ingress", 8080)},
        ),
        (
            [
                job(envFrom=[{"configMapRef": {"name": "own"}}]),
                {**own("ConfigMap", "v1", "own", None), "data": {"URL": "http://api:8080"}},
            ],
            {("call", 8080)},
        ),
        (
            [
                job(env=[{"name": "URL", "valueFrom": {"configMapKeyRef": {"name": "own", "key": "a"}}}]),
                {**own("ConfigMap", "v1", "own", None), "data": {"a": "http://api:9090", "b": "http://api:8080"}},
            ],
            {("call", 9090)},
        ),
    ],
)
def test_who_comes_through_an_object_of_the_users_is_let_in(
    objects: list[dict[str, Any]], expected: set[tuple[str, int]]
) -> None:
    assert admitted(compiled(*objects)) == expected


def test_the_service_of_another_name_is_scraped_by_its_labels() -> None:
    names: dict[str, Any] = {"adopt": {"names": {"Service": "api-svc"}, "selector": {"app": "web"}}}
    for kind in ("ServiceMonitor", "PodMonitor"):
        found = compiled(monitor(kind, {"app": "web"}, port="metrics"), **names)
        assert admitted(found) == {("Prometheus", 9090)}


def test_a_monitor_of_other_namespaces_scrapes_there() -> None:
    away = monitor("ServiceMonitor", OWN, port="metrics")
    away["metadata"]["namespace"] = "elsewhere"
    assert admitted(compiled(away)) == set()
    for where in ({"any": True}, {"matchNames": ["shop"]}):
        away["spec"]["namespaceSelector"] = where
        assert admitted(compiled(away)) == {("Prometheus", 9090)}


def test_neighbours_get_to_the_port_that_a_service_of_the_users_leads_to() -> None:
    def opened(epoch: str) -> list[int]:
        found = compiled(front({"port": 80, "targetPort": 8081}), epoch=epoch, networkPolicy={})
        (policy,) = [each for each in found.manifests if each["kind"] == "NetworkPolicy"]
        return [port["port"] for port in policy["spec"]["ingress"][0]["ports"]]

    assert opened("2026") == [8080, 9090, 8081]
    assert opened("2025") == [8080, 9090]  # as the operator wrote it


@pytest.mark.parametrize("kind", ["NodePort", "LoadBalancer"])
@pytest.mark.parametrize("epoch", ["2025", "2026"])
def test_clients_from_outside_are_kept_out_with_a_warning(kind: str, epoch: str) -> None:
    def said(**policy: Any) -> list[str]:
        found = compiled(front({"port": 80, "targetPort": "http"}, type=kind), epoch=epoch, networkPolicy=policy)
        return [str(each) for each in found.warnings]

    assert said() == [
        (
            f"Service api: spec.networkPolicy: keeps out whom Service shop/front (type {kind}) lets in from outside; write"
            " allowIngress: true, or their addresses as ipBlock in allowFrom"
        )
    ]
    assert said(allowIngress=True) == []
    assert said(allowFrom=[{"ipBlock": {"cidr": "203.0.113.0/24"}}]) == []
    assert said(policyTypes=["Egress"]) == []


def test_a_service_with_addresses_outside_is_open_too() -> None:
    found = compiled(front({"port": 80, "targetPort": "http"}, externalIPs=["203.0.113.7"]), networkPolicy={})
    (warning,) = found.warnings
    assert "keeps out whom Service shop/front (externalIPs) lets in from outside" in warning.message


def test_objects_whose_form_is_not_understood_ask_for_nothing() -> None:
    odd = [own("Service", "v1", "a", []), {"kind": "Job"}, monitor("PodMonitor", 7, port="a"), front({"name": "a"})]
    assert admitted(compiled(*odd)) == set()
