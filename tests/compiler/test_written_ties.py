"""What an overlay or a ConfigMap adds to the ways between resources counts as what a spec says: policies let it through."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_between, ties_of
from hanzo_constructs.compiler.object_needs import ties_of_objects
from hanzo_constructs.platform import GatewayParent, Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(
    namespace="shop",
    gateway=GatewayParent(name="front", namespace="gateways"),
    backup_s3_endpoint="https://s3.example.com",
    backup_s3_bucket="backups",
    backup_s3_credentials_secret="backups",  # noqa: S106 - the name of a Secret
)
PORTS = {"http": 8080, "admin": 9000}
API: dict[str, Any] = {"image": "a/api:v1", "ports": PORTS, "networkPolicy": {"allowIntraNamespace": False}}
WEB: dict[str, Any] = {"image": "a/web:v1", "ports": {"http": 3000}}
DATA: dict[str, Any] = {"storage": {"size": "1Gi"}, "credentialsSecret": "db"}
BASE: dict[str, Any] = {"image": "a/app:v1", "storage": {"size": "1Gi"}}
URL = [{"name": "API_URL", "value": "http://api:9000"}]
WAITING = {"template": {"spec": {"initContainers": [{"name": "wait", "image": "a/wait:v1", "env": URL}]}}}
INGRESS = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}
PROMETHEUS = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}


def document(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}


def own(kind: str, version: str, name: str, **parts: Any) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": "shop"}, **parts}


def compiled(*documents: dict[str, Any], objects: tuple[dict[str, Any], ...] = ()) -> Compilation:
    """Return the first of *documents*, compiled in a set with the others and with *objects* of the user's own."""
    resources = [parse(each, PLATFORM) for each in documents]
    links, _ = links_between([*(ties_of(each, PLATFORM) for each in resources), ties_of_objects(objects, PLATFORM)])
    return compile_resource(resources[0], PLATFORM, links=links)


def admitted(compilation: Compilation) -> list[tuple[Any, int]]:
    """Return each peer that the policy lets in, and the port that it gets to."""
    (policy,) = [each for each in compilation.manifests if each["kind"] == "NetworkPolicy"]
    return [
        (peer, port["port"])
        for rule in policy["spec"].get("ingress", [])
        for peer in rule.get("from", [])
        for port in rule["ports"]
    ]


def pods(name: str) -> dict[str, Any]:
    return {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": name, "app.kubernetes.io/instance": name}},
    }


CALLERS: list[tuple[str, dict[str, Any], dict[str, Any], Any]] = [
    ("KV", DATA, {"StatefulSet": {"spec": WAITING}}, pods("caller")),
    ("Base", BASE, {"StatefulSet": {"spec": WAITING}}, pods("caller")),
    (
        "SQL",
        {**DATA, "backup": {"schedule": "0 3 * * *"}},
        {
            "CronJob": {
                "spec": {
                    "jobTemplate": {
                        "spec": {
                            "template": {"spec": {"containers": [{"name": "backup", "args": ["http://api:9000"]}]}}
                        }
                    }
                }
            }
        },
        {
            "podSelector": {
                "matchLabels": {"app.kubernetes.io/name": "caller-backup", "hanzo.ai/backup-of": "caller"},
            }
        },
    ),
    (
        "Service",
        {**WEB, "ingress": {"hosts": ["a.example.com"], "exposure": "ingress"}},
        {"Ingress": {"spec": {"defaultBackend": {"service": {"name": "api", "port": {"name": "admin"}}}}}},
        INGRESS,
    ),
    (
        "Service",
        {**WEB, "ingress": {"hosts": ["a.example.com"], "exposure": "gateway"}},
        {"HTTPRoute": {"spec": {"rules": [{"backendRefs": [{"name": "api", "port": 9000}]}]}}},
        INGRESS,
    ),
]


@pytest.mark.parametrize(
    ("kind", "spec", "overlay", "peer"), CALLERS, ids=[f"{row[0]}-{next(iter(row[2]))}" for row in CALLERS]
)
def test_whoever_needs_a_workload_by_an_overlay_is_let_in(
    kind: str, spec: dict[str, Any], overlay: dict[str, Any], peer: Any
) -> None:
    api = document("Service", "api", API)
    without = compiled(api, document(kind, "caller", spec))
    found = compiled(api, document(kind, "caller", {**spec, "overlay": overlay}))
    assert (peer, 9000) not in admitted(without)
    assert admitted(found) == [*admitted(without), (peer, 9000)]


def test_what_an_overlay_needs_is_open_for_who_may_not_connect_elsewhere() -> None:
    spec = {**DATA, "networkPolicy": {"egress": []}, "overlay": {"StatefulSet": {"spec": WAITING}}}
    found = compiled(document("KV", "caller", spec), document("Service", "api", API))
    (policy,) = [each for each in found.manifests if each["kind"] == "NetworkPolicy"]
    assert {"ports": [{"port": 9000, "protocol": "TCP"}], "to": [pods("api")]} in policy["spec"]["egress"]


def test_a_secret_that_an_overlay_reads_says_whose_client_the_pods_are() -> None:
    source = [{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "POSTGRES_PASSWORD"}}}]
    waiting = {"template": {"spec": {"initContainers": [{"name": "wait", "image": "a/wait:v1", "env": source}]}}}
    base = {**BASE, "overlay": {"StatefulSet": {"spec": waiting}}}
    database = document("SQL", "db", {**DATA, "networkPolicy": {"allowIntraNamespace": False}})
    assert (pods("app"), 5432) in admitted(compiled(database, document("Base", "app", base)))


FRONT = own("Service", "v1", "front", spec={"selector": {"tier": "b"}, "ports": [{"port": 80, "targetPort": "odd"}]})
MONITOR = own(
    "ServiceMonitor",
    "monitoring.coreos.com/v1",
    "own",
    spec={"selector": {"matchLabels": {"team": "b"}}, "endpoints": [{"port": "admin"}]},
)
CALLER = document("Service", "caller", {**WEB, "env": {"FRONT_URL": "http://front:80"}})


def test_labels_and_names_of_ports_in_an_overlay_lead_to_the_pods() -> None:
    named = {"containers": [{"name": "api", "ports": [{"containerPort": 9000, "protocol": "TCP", "name": "odd"}]}]}
    overlay = {"Deployment": {"spec": {"template": {"metadata": {"labels": {"tier": "b"}}, "spec": named}}}}
    found = compiled(document("Service", "api", {**API, "overlay": overlay}), CALLER, objects=(FRONT,))
    assert admitted(found) == [(pods("caller"), 9000)]
    assert admitted(compiled(document("Service", "api", API), CALLER, objects=(FRONT,))) == []


def test_labels_of_a_service_in_an_overlay_are_those_that_a_monitor_finds() -> None:
    for spec, child in (
        ({}, "Service"),
        ({"services": [{"name": "other", "ports": ["admin"]}]}, "Service-alias-other"),
    ):
        overlay = {child: {"metadata": {"labels": {"team": "b"}}}}
        found = compiled(document("Service", "api", {**API, **spec, "overlay": overlay}), objects=(MONITOR,))
        assert admitted(found) == [(PROMETHEUS, 9000)]
        assert admitted(compiled(document("Service", "api", {**API, **spec}), objects=(MONITOR,))) == []


def test_labels_of_pods_alone_are_none_that_a_monitor_of_services_finds() -> None:
    overlay = {"Deployment": {"spec": {"template": {"metadata": {"labels": {"team": "b"}}}}}}
    assert admitted(compiled(document("Service", "api", {**API, "overlay": overlay}), objects=(MONITOR,))) == []
    pods_scraped = {**MONITOR, "kind": "PodMonitor"}
    pods_scraped["spec"] = {"selector": MONITOR["spec"]["selector"], "podMetricsEndpoints": [{"port": "admin"}]}
    found = compiled(document("Service", "api", {**API, "overlay": overlay}), objects=(pods_scraped,))
    assert admitted(found) == [(PROMETHEUS, 9000)]


def test_what_a_monitor_scrapes_by_an_overlay_is_open() -> None:
    overlay = {"ServiceMonitor": {"spec": {"endpoints": [{"port": "http"}, {"targetPort": 9000}]}}}
    found = compiled(document("Service", "api", {**API, "serviceMonitor": {}, "overlay": overlay}))
    assert admitted(found) == [(PROMETHEUS, 8080), (PROMETHEUS, 9000)]


@pytest.mark.parametrize(("kind", "spec"), [("SQL", {**DATA, "networkPolicy": {}}), ("Service", API)])
def test_a_service_that_an_overlay_opens_to_the_outside_is_a_warning_behind_a_policy(
    kind: str, spec: dict[str, Any]
) -> None:
    overlay = {"Service": {"spec": {"externalIPs": ["203.0.113.7"]}}}
    found = compiled(document(kind, "api", {**spec, "overlay": overlay}))
    assert [each.message for each in found.warnings if each.path == "spec.networkPolicy"] == [
        (
            "keeps out whom Service shop/api (externalIPs) lets in from outside; write allowIngress: true, or their"
            " addresses as ipBlock in allowFrom"
        )
    ]


SETTINGS = own("ConfigMap", "v1", "settings", data={"url": "http://api:9000", "HOST": "api", "level": "info"})


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"envFrom": [{"configMapRef": {"name": "settings"}}]}, [(pods("caller"), 9000)]),
        (
            {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "url"}}}]},
            [(pods("caller"), 9000)],
        ),
        ({"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "level"}}}]}, []),
        (
            {"sidecars": [{"name": "s", "image": "a/s:v1", "envFrom": [{"configMapRef": {"name": "settings"}}]}]},
            [(pods("caller"), 9000)],
        ),
        (
            {"configs": [{"name": "own", "env": True, "files": {"API_URL": "http://api:9000"}}]},
            [(pods("caller"), 9000)],
        ),
        ({"envFrom": [{"configMapRef": {"name": "others"}}]}, []),
    ],
)
def test_hosts_in_config_maps_that_pods_get_as_variables_are_needs(
    spec: dict[str, Any], expected: list[tuple[Any, int]]
) -> None:
    caller = document("Service", "caller", {**WEB, **spec})
    found = admitted(compiled(document("Service", "api", API), caller, objects=(SETTINGS,)))
    assert [each for each in found if each[1] == 9000] == expected
    job = own("Job", "batch/v1", "job", spec={"template": {"metadata": {"labels": {"app": "job"}}, "spec": {}}})
    assert admitted(compiled(document("Service", "api", API), objects=(SETTINGS, job))) == []


def test_variables_of_the_config_map_of_another_resource_are_needs() -> None:
    sharer = document(
        "Service",
        "sharer",
        {**WEB, "configs": [{"name": "urls", "mountPath": "/a", "files": {"A": "http://api:9000"}}]},
    )
    for name, expected in (("sharer-urls", [(pods("caller"), 9000)]), ("sharer", [])):
        caller = document("Service", "caller", {**WEB, "envFrom": [{"configMapRef": {"name": name}}]})
        assert admitted(compiled(document("Service", "api", API), sharer, caller)) == expected


def test_an_overlay_that_is_not_understood_asks_for_nothing() -> None:
    api = parse(document("Service", "api", API), PLATFORM)
    for overlay in (
        {"Deployment": {"spec": {"template": {"spec": {"containers": [{"name": "web", "env": [{"value": 5}]}]}}}}},
        {"Deployment": {"spec": []}, "Service": {"metadata": {"labels": "x"}}, "Nothing": {}},
        {"Service": {"spec": {"ports": None}}, "Ingress": {"spec": None}},
    ):
        web = parse(document("Service", "web", {**WEB, "overlay": overlay}), PLATFORM)
        assert ties_of(web, PLATFORM).needs == ()
        links, _ = links_between([ties_of(api, PLATFORM), ties_of(web, PLATFORM)])
        assert admitted(compile_resource(api, PLATFORM, links=links)) == []
