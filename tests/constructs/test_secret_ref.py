"""What a construct uses of a datastore: plain values in its spec, and a way through the network policy."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch, Testing
from constructs import Construct

from hanzo_constructs import (
    BaseConstruct,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    Platform,
    S3Construct,
    ServiceConstruct,
    ServiceDict,
    ServiceSpec,
    SpecError,
    SQLConstruct,
)
from hanzo_constructs.kube.core import EnvVar, EnvVarSource
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.spec.dicts import EnvVarDict, NetworkPolicyDict
from tests.constructs.samples import SMALL, config_map

pytestmark = pytest.mark.node

IMAGE = "ghcr.io/hanzoai/api:v1.2.3"
CLOSED: NetworkPolicyDict = {"allowIntraNamespace": False}


@pytest.fixture
def app() -> HanzoApp:
    return HanzoApp(platform=Platform())


def sql(scope: Construct, name: str = "db", **further: Any) -> SQLConstruct:
    spec: Any = {"storage": {"size": "1Gi"}, "credentialsSecret": "db-login", **further}
    return SQLConstruct(scope, name, spec)


def environment(construct: Any) -> list[dict[str, Any]]:
    """Return the variables of the main container."""
    (workload,) = [each for each in construct.manifests if each["kind"] in {"Deployment", "StatefulSet"}]
    found: list[dict[str, Any]] = workload["spec"]["template"]["spec"]["containers"][0]["env"]
    return found


def peers(manifests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return who may connect, by the one policy among *manifests*."""
    (policy,) = [each for each in manifests if each["kind"] == "NetworkPolicy"]
    return [peer for rule in policy["spec"]["ingress"] for peer in rule["from"]]


def pods(name: str, namespace: str | None = None) -> dict[str, Any]:
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/instance": name}
    peer = {"podSelector": {"matchLabels": dict(sorted(labels.items()))}}
    if namespace:
        peer["namespaceSelector"] = {"matchLabels": {"kubernetes.io/metadata.name": namespace}}
    return peer


# -- values --


def test_references_are_plain_values_in_the_spec(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop", namespace="shop")
    db = sql(chart)
    env: dict[str, str | EnvVarSource] = {
        "URL": db.connection_url,
        "ORDERS": db.connection_url + "/orders",
        "PGPASSWORD": db.secret_ref("password"),
    }
    api = ServiceConstruct(chart, "api", {**SMALL, "env": env})
    source = {"secretKeyRef": {"key": "password", "name": "db-login"}}
    assert environment(api) == [
        {"name": "URL", "value": "postgresql://db.shop.svc.cluster.local:5432"},
        {"name": "ORDERS", "value": "postgresql://db.shop.svc.cluster.local:5432/orders"},
        {"name": "PGPASSWORD", "valueFrom": source},
    ]
    assert all(type(each.value) in {str, type(None)} for each in api.resource.spec.env)
    listed: list[EnvVarDict] = [
        {"name": "URL", "value": db.connection_url},
        {"name": "ORDERS", "value": db.connection_url + "/orders"},
        {"name": "PGPASSWORD", "valueFrom": db.secret_ref("password")},
    ]
    assert environment(ServiceConstruct(chart, "web", {**SMALL, "env": listed})) == environment(api)


def test_they_are_values_for_every_kind(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop", namespace="shop")
    db, files = (
        sql(chart, networkPolicy=CLOSED),
        S3Construct(chart, "files", {"storage": {"size": "1Gi"}, "networkPolicy": CLOSED}),
    )
    notes = BaseConstruct(
        chart, "notes", {"image": IMAGE, "storage": {"size": "1Gi"}, "env": {"URL": db.connection_url}}
    )
    mirror = sql(chart, "mirror", env={"PRIMARY": db.connection_url})
    worker: ServiceDict = {
        **SMALL,
        "sidecars": [{"name": "proxy", "image": IMAGE, "env": [{"name": "URL", "value": db.connection_url}]}],
    }
    ServiceConstruct(chart, "worker", worker)
    front = GatewayConstruct(chart, "gateway", {"routes": [{"prefix": "/v1/files", "backend": files.connection_url}]})
    front.add_route("/v1/more", files.connection_url)
    assert environment(notes)[-1] == environment(mirror)[-1] | {"name": "URL"}
    assert peers(db.manifests) == [pods("mirror"), pods("notes"), pods("worker")]
    assert peers(files.manifests) == [pods("gateway")]
    late = GatewayConstruct(chart, "late", {"routes": []})
    late.add_route("/v1/files", files.connection_url)
    assert peers(files.manifests) == [pods("gateway"), pods("late")]
    last = GatewayConstruct(chart, "of-constructs", {"routes": []})
    last.add_route("/v1/files", files)
    assert peers(files.manifests) == [pods("gateway"), pods("late"), pods("of-constructs")]


@pytest.mark.parametrize("namespace", ["shop", "elsewhere"])
def test_backups_of_the_client_are_let_in_too(app: HanzoApp, namespace: str) -> None:
    shop, other = HanzoChart(app, "shop", namespace="shop"), HanzoChart(app, "other", namespace=namespace)
    files = S3Construct(shop, "files", {"storage": {"size": "1Gi"}, "networkPolicy": CLOSED})
    target = {"s3Endpoint": files.connection_url, "s3Bucket": "dumps", "s3CredentialsSecret": "s3"}
    db = sql(other, backup={"schedule": "0 3 * * *", **target})
    (job,) = [each for each in db.manifests if each["kind"] == "CronJob"]
    labels = job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]
    assert len(peers(files.manifests)) == 2
    for peer, own in zip(peers(files.manifests), (db.compilation.pods[0].selector, labels), strict=True):
        assert peer["podSelector"]["matchLabels"].items() <= own.items()
        assert ("namespaceSelector" in peer) == (namespace != "shop")


def test_a_url_needs_a_namespace_and_a_secret_its_name(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    db = SQLConstruct(chart, "db", {"storage": {"size": "1Gi"}})
    with pytest.raises(SpecError, match=r"^shop/db \(tests/.*\): SQL db: metadata\.namespace: required"):
        _ = db.connection_url
    message = r'^shop/db \(tests/.*\): SQL db: spec\.credentialsSecret: required for secret_ref\("password"\): name the'
    with pytest.raises(SpecError, match=message):
        db.secret_ref("password")


# -- the network policy --


@pytest.mark.parametrize("touched", [False, True])
def test_whoever_uses_a_reference_is_let_in(app: HanzoApp, touched: bool) -> None:  # noqa: FBT001
    shop, web = HanzoChart(app, "shop", namespace="shop"), HanzoChart(app, "web", namespace="web")
    db = sql(shop, networkPolicy=CLOSED)
    if touched:
        assert db.network_policy is not None
        db.network_policy.add_json_patch(JsonPatch.add("/metadata/annotations", {"patched": "yes"}))
    for chart, name in ((shop, "api"), (web, "site")):
        ServiceConstruct(chart, name, {**SMALL, "env": {"URL": db.connection_url}})
        ServiceConstruct(chart, f"{name}-other", SMALL)
    ServiceConstruct(shop, "job", {**SMALL, "env": {"A": db.secret_ref("a"), "B": db.secret_ref("b")}})
    expected = [pods("api"), pods("job"), pods("site", "web")]
    assert peers(db.manifests) == peers(app.manifests) == peers(shop.manifests) == expected
    assert peers(Testing.synth(shop)) == expected
    (policy,) = [each for each in app.manifests if each["kind"] == "NetworkPolicy"]
    assert policy["metadata"].get("annotations") == ({"patched": "yes"} if touched else None)


def test_a_reference_may_be_a_part_of_a_text_and_of_a_model(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop", namespace="shop")
    db, other = sql(chart, networkPolicy=CLOSED), sql(chart, "other", networkPolicy=CLOSED)
    assert other.connection_url
    specs: dict[str, ServiceSpec | ServiceDict] = {
        "text": {**SMALL, "env": {"URL": f"{db.connection_url}/orders?sslmode=require"}},
        "args": {**SMALL, "args": [f"--database={db.connection_url}"]},
        "endpoint": {**SMALL, "env": {"URL": db.endpoints.ports["postgresql"]}},
        "model": ServiceSpec(image=IMAGE, env={"URL": db.connection_url}),
        "model-text": ServiceSpec(image=IMAGE, env={"URL": f"{db.connection_url}/a"}),
        "model-secret": ServiceSpec(image=IMAGE, env={"P": db.secret_ref("a")}),
        "variable": {**SMALL, "env": [EnvVar(name="P", value_from=db.secret_ref("a"))]},
        "elsewhere": {**SMALL, "env": {"URL": "http://db.shop.svc.cluster.local.example.com", "TEXT": "db.shop.svc."}},
    }
    for name, spec in specs.items():
        ServiceConstruct(chart, name, spec)
    declared = ServiceConstruct(chart, "model-secret-again", specs["model-secret"])
    assert environment(declared) == [{"name": "P", "valueFrom": {"secretKeyRef": {"key": "a", "name": "db-login"}}}]
    assert peers(db.manifests) == [pods(name) for name in sorted([*specs, "model-secret-again"]) if name != "elsewhere"]
    (policy,) = [each for each in other.manifests if each["kind"] == "NetworkPolicy"]
    assert "ingress" not in policy["spec"]


@pytest.mark.parametrize("typed", [False, True])
def test_a_secret_is_read_in_its_own_namespace_only(app: HanzoApp, typed: bool) -> None:  # noqa: FBT001
    db = sql(HanzoChart(app, "shop", namespace="shop"), networkPolicy=CLOSED)
    env: Any = [{"name": "A", "value": "a"}, {"name": "B", "valueFrom": db.secret_ref("b")}]
    spec: ServiceSpec | ServiceDict = ServiceSpec(image=IMAGE, env=env) if typed else {**SMALL, "env": env}
    web = HanzoChart(app, "web", namespace="web")
    message = (
        r"^web/api \(tests/.*\): Service api: spec\.env\[1\]\.valueFrom: pods in web cannot read the Secret db-login of"
        r" SQL shop/db, which is in shop; write a secretKeyRef to a Secret of their own namespace$"
    )
    with pytest.raises(SpecError, match=message):
        ServiceConstruct(web, "api", spec)
    with pytest.raises(SpecError, match="pods in no namespace cannot read"):
        ServiceConstruct(HanzoChart(app, "nowhere"), "api", spec)
    (policy,) = [each for each in db.manifests if each["kind"] == "NetworkPolicy"]
    assert "ingress" not in policy["spec"]


def test_it_is_the_same_with_cdk8s_alone() -> None:
    app = App()
    shop, web = Chart(app, "shop", namespace="shop"), Chart(app, "web", namespace="web")
    db = sql(shop, networkPolicy={"allowFrom": [{"podSelector": {"matchLabels": {"role": "admin"}}}]})
    ServiceConstruct(web, "site", {**SMALL, "env": {"URL": db.connection_url}})
    admin = {"podSelector": {"matchLabels": {"role": "admin"}}}
    assert peers(Testing.synth(shop)) == [admin, {"podSelector": {}}, pods("site", "web")]
    assert peers(db.manifests) == peers(Testing.synth(shop))


def test_without_a_policy_there_is_nothing_to_open(app: HanzoApp) -> None:
    shop = HanzoChart(app, "shop", namespace="shop")
    stores = [sql(shop, "none"), sql(shop, "off", networkPolicy={"enabled": False})]
    for db in stores:
        ServiceConstruct(shop, f"of-{db.resource.name}", {**SMALL, "env": {"URL": db.connection_url}})
        assert db.network_policy is None
    nowhere = HanzoChart(app, "nowhere")
    ServiceConstruct(nowhere, "api", {**SMALL, "env": {"URL": stores[0].connection_url}})


def test_a_client_without_namespace_is_named_by_a_warning(app: HanzoApp) -> None:
    db = sql(HanzoChart(app, "shop", namespace="shop"), networkPolicy=CLOSED)
    ServiceConstruct(HanzoChart(app, "nowhere"), "api", {**SMALL, "env": {"URL": db.connection_url}})
    (policy,) = [each for each in app.manifests if each["kind"] == "NetworkPolicy"]
    assert "ingress" not in policy["spec"]
    assert [str(each).partition("): ")[2] for each in app.warnings if each.path == "spec.networkPolicy"] == [
        (
            "SQL shop/db: spec.networkPolicy: keeps out Service api, which must reach port 5432 (spec.env[0].value): its "
            "namespace is not known; name it in allowFrom"
        )
    ]


def test_who_was_removed_is_no_longer_let_in(app: HanzoApp) -> None:
    shop, web = HanzoChart(app, "shop", namespace="shop"), HanzoChart(app, "web", namespace="web")
    db = sql(shop, networkPolicy=CLOSED)
    for chart, name in ((shop, "api"), (shop, "job"), (web, "site")):
        ServiceConstruct(chart, name, {**SMALL, "env": {"URL": db.connection_url}})
    assert len(peers(app.manifests)) == 3
    shop.node.try_remove_child("job")
    assert peers(app.manifests) == [pods("api"), pods("site", "web")]
    app.node.try_remove_child("web")
    assert peers(app.manifests) == [pods("api")]


def test_every_kind_lets_in_who_names_it_whichever_is_declared_first() -> None:
    outputs = []
    for order in permutations(["api", "notes", "client"]):
        app = HanzoApp(platform=Platform())
        chart = HanzoChart(app, "shop", namespace="shop")
        specs: dict[str, Any] = {
            "client": {**SMALL, "env": {"API": "http://api:8080", "NOTES": "http://notes.shop.svc:8090"}},
            "api": {**SMALL, "networkPolicy": CLOSED},
            "notes": {"image": IMAGE, "storage": {"size": "1Gi"}, "networkPolicy": CLOSED},
        }
        for name in order:
            (BaseConstruct if name == "notes" else ServiceConstruct)(chart, name, specs[name])
        policies = {each["metadata"]["name"]: each for each in app.manifests if each["kind"] == "NetworkPolicy"}
        outputs.append({name: peers([policy]) for name, policy in policies.items()})
    assert all(output == outputs[0] for output in outputs)
    assert outputs[0] == {"api": [pods("client")], "notes": [pods("client"), pods("notes")]}


# -- objects of one's own --


def job(scope: Construct, name: str, url: str, *, kind: str = "Job", labels: dict[str, str] | None = None) -> None:
    """Make an object of the user's own that runs a pod with the variable `URL`."""
    container = {"name": "main", "image": IMAGE, "env": [{"name": "URL", "value": url}]}
    template = {"metadata": {"labels": labels or {}}, "spec": {"restartPolicy": "Never", "containers": [container]}}
    spec: dict[str, Any] = {"template": template}
    if kind == "CronJob":
        spec = {"schedule": "0 3 * * *", "jobTemplate": {"spec": spec}}
    made = ApiObject(scope, name, api_version="batch/v1", kind=kind, metadata=ApiObjectMetadata(name=name))
    made.add_json_patch(JsonPatch.add("/spec", spec))


@pytest.mark.parametrize("kind", ["Job", "CronJob"])
@pytest.mark.parametrize("first", [False, True])
def test_jobs_of_the_users_own_are_let_in(app: HanzoApp, kind: str, first: bool) -> None:  # noqa: FBT001
    shop, web = HanzoChart(app, "shop", namespace="shop"), HanzoChart(app, "web", namespace="web")
    url = "postgresql://db.shop.svc.cluster.local:5432"
    if first:
        job(web, "migrate", url, kind=kind, labels={"app": "migrate"})
    db = sql(shop, networkPolicy=CLOSED)
    if not first:
        job(web, "migrate", db.connection_url, kind=kind, labels={"app": "migrate"})
    here = {"matchLabels": {"kubernetes.io/metadata.name": "web"}}
    expected = [{"podSelector": {"matchLabels": {"app": "migrate"}}, "namespaceSelector": here}]
    assert peers(app.manifests) == expected
    web.node.try_remove_child("migrate")
    assert all("ingress" not in each["spec"] for each in app.manifests if each["kind"] == "NetworkPolicy")


@pytest.mark.parametrize(
    "asks",
    [
        {"livenessProbe": {"exec": {"command": ["pg_isready", "--host=db"]}}},
        {"startupProbe": {"exec": {"command": ["/bin/sh", "-c", "psql -h db -c 'select 1'"]}}},
        {"lifecycle": {"preStop": {"exec": {"command": ["pg_dump", "postgresql://db:5432/orders"]}}}},
        {"command": ["psql", "-h", "db"]},
    ],
)
def test_pods_of_the_users_own_that_ask_by_a_command_are_let_in(app: HanzoApp, asks: dict[str, Any]) -> None:
    shop = HanzoChart(app, "shop", namespace="shop")
    sql(shop, networkPolicy=CLOSED)
    metadata = ApiObjectMetadata(name="psql", labels={"app": "psql"})
    pod = ApiObject(shop, "psql", api_version="v1", kind="Pod", metadata=metadata)
    pod.add_json_patch(JsonPatch.add("/spec", {"containers": [{"name": "main", "image": IMAGE, **asks}]}))
    assert peers(app.manifests) == [{"podSelector": {"matchLabels": {"app": "psql"}}}]


def test_a_job_without_labels_is_named_by_a_warning(app: HanzoApp) -> None:
    shop = HanzoChart(app, "shop", namespace="shop")
    db = sql(shop, networkPolicy=CLOSED)
    job(shop, "migrate", db.connection_url)
    assert app.manifests
    assert [str(each).partition("): ")[2] for each in app.warnings if each.path == "spec.networkPolicy"] == [
        (
            "SQL shop/db: spec.networkPolicy: keeps out Job shop/migrate, which must reach port 5432 "
            "(spec.template.spec.containers[0].env[0].value): its pods carry no labels by which a policy could know them; "
            "name it in allowFrom"
        )
    ]


@pytest.mark.parametrize(
    "reads",
    [
        {"containers": [{"name": "main", "image": IMAGE, "envFrom": [{"secretRef": {"name": "logins"}}]}]},
        {"volumes": [{"name": "logins", "secret": {"secretName": "logins"}}]},
        {"volumes": [{"name": "logins", "projected": {"sources": [{"secret": {"name": "logins"}}]}}]},
    ],
)
def test_pods_of_the_users_own_that_read_the_credentials_are_let_in(app: HanzoApp, reads: dict[str, Any]) -> None:
    shop = HanzoChart(app, "shop", namespace="shop")
    sql(shop, networkPolicy=CLOSED, credentialsSecret="logins")
    spec = {"containers": [{"name": "main", "image": IMAGE}], **reads}
    pod = ApiObject(
        shop, "psql", api_version="v1", kind="Pod", metadata=ApiObjectMetadata(name="psql", labels={"app": "psql"})
    )
    pod.add_json_patch(JsonPatch.add("/spec", spec))
    assert peers(app.manifests) == [{"podSelector": {"matchLabels": {"app": "psql"}}}]


@pytest.mark.parametrize(("kind", "field"), [("ServiceMonitor", "endpoints"), ("PodMonitor", "podMetricsEndpoints")])
def test_monitors_of_the_users_own_let_prometheus_in(app: HanzoApp, kind: str, field: str) -> None:
    shop, watch = HanzoChart(app, "shop", namespace="shop"), HanzoChart(app, "watch", namespace="watch")
    spec: ServiceDict = {"image": IMAGE, "ports": {"http": 8080, "metrics": 9090}, "networkPolicy": CLOSED}
    ServiceConstruct(shop, "api", spec)
    monitor = ApiObject(
        watch, "api", api_version="monitoring.coreos.com/v1", kind=kind, metadata=ApiObjectMetadata(name="api")
    )
    selector = {"matchLabels": {"app.kubernetes.io/name": "api"}}
    written = {"selector": selector, "namespaceSelector": {"matchNames": ["shop"]}, field: [{"port": "metrics"}]}
    monitor.add_json_patch(JsonPatch.add("/spec", written))
    (policy,) = (each for each in app.manifests if each["kind"] == "NetworkPolicy")
    (rule,) = policy["spec"]["ingress"]
    assert rule["from"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}]
    assert rule["ports"] == [{"port": 9090, "protocol": "TCP"}]


def test_jobs_are_let_in_where_cdk8s_writes_the_output(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    shop = Chart(app, "shop", namespace="shop")
    db = sql(shop, networkPolicy=CLOSED)
    job(shop, "migrate", db.connection_url, labels={"app": "migrate"})
    app.synth()
    written = [each.data for each in load_all((tmp_path / "shop.k8s.yaml").read_bytes())]
    assert peers(written) == [{"podSelector": {"matchLabels": {"app": "migrate"}}}]


def test_whoever_is_refused_is_not_let_in(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop", namespace="shop")
    db = sql(chart, networkPolicy=CLOSED)
    config_map(chart, "api")
    specs: tuple[tuple[str, Any], ...] = (("api", SMALL), ("web", {}))
    for id_, spec in specs:
        using: Any = {**spec, "env": {"URL": db.connection_url}}
        with pytest.raises(SpecError):
            ServiceConstruct(chart, id_, using)
    assert db.resource.spec.network_policy is not None
    assert not db.resource.spec.network_policy.allow_from


def test_an_operator_is_told_of_the_clients() -> None:
    app = HanzoApp(platform=Platform(output="resources", namespace="shop"))
    chart = HanzoChart(app, "shop")
    db = sql(chart, networkPolicy={})
    assert db.custom_resource is not None
    ServiceConstruct(chart, "api", {**SMALL, "env": {"URL": db.connection_url}})
    (resource, _) = app.manifests
    assert resource["spec"]["networkPolicy"] == {"allowFrom": [pods("api")]}


def test_the_order_of_looking_changes_nothing(app: HanzoApp) -> None:
    outputs = []
    for order in permutations(["look", "api", "web"]):
        chart = HanzoChart(HanzoApp(platform=Platform()), "shop", namespace="shop")
        db = sql(chart, networkPolicy=CLOSED)
        for act in order:
            if act == "look":
                assert db.children
            else:
                ServiceConstruct(chart, act, {**SMALL, "env": {"URL": db.connection_url}})
        outputs.append(peers(chart.manifests))
    assert all(output == outputs[0] for output in outputs)
    assert not app.manifests
