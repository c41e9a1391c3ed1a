"""Connections in Python: what a datastore says of itself, URLs with secrets in them, and documents in any order."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from hanzo_constructs import (
    DatastoreConstruct,
    DatastoreDict,
    HanzoApp,
    HanzoChart,
    Platform,
    ProofError,
    ServiceConstruct,
    ServiceDict,
    SpecError,
    SQLConstruct,
    TaskConstruct,
)
from hanzo_constructs.spec.dicts import EnvVarDict, SharedConnectionDict
from tests.constructs.samples import SMALL

pytestmark = pytest.mark.node

POSTGRES: DatastoreDict = {
    "image": "postgres:16.4",
    "storage": {"size": "1Gi"},
    "credentialsSecret": "db-login",
    "env": {"POSTGRES_DB": "orders"},
}
TEXT = "postgresql://app:${secret/POSTGRES_PASSWORD}@${host}:${port}/${database}"


@pytest.fixture
def chart() -> HanzoChart:
    return HanzoChart(HanzoApp(platform=Platform()), "shop", namespace="shop")


def variables(construct: Any) -> list[dict[str, Any]]:
    (workload,) = [each for each in construct.manifests if each["kind"] in {"Deployment", "StatefulSet", "Job"}]
    found: list[dict[str, Any]] = workload["spec"]["template"]["spec"]["containers"][0].get("env", [])
    return found


def test_what_a_datastore_says_of_itself(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES)
    host = "db.shop.svc.cluster.local"
    assert (db.host, db.port, db.database) == (host, "5432", "orders")
    assert db.url() == db.connection_url == f"postgresql://{host}:5432"
    assert db.url(user="app", database=db.database) == f"postgresql://app@{host}:5432/orders"
    assert (
        db.url(
            user="a@b",
            password="$(PW)",  # noqa: S106 - a reference
            database="a/b",
        )
        == f"postgresql://a%40b:$(PW)@{host}:5432/a%2Fb"
    )


def test_python_and_documents_say_the_same(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES)
    password = db.secret_ref("POSTGRES_PASSWORD")
    env = {"DATABASE_URL": db.url(user="app", password=password, database=db.database), "PGHOST": db.host}
    listed: list[EnvVarDict] = [{"name": name, "value": value} for name, value in env.items()]
    linked: SharedConnectionDict = {"kind": "SQL", "name": "db", "env": {"DATABASE_URL": TEXT, "PGHOST": "host"}}
    mapping = ServiceConstruct(chart, "mapping", {**SMALL, "env": env})
    sequence = ServiceConstruct(chart, "sequence", {**SMALL, "env": listed})
    document = ServiceConstruct(chart, "document", {**SMALL, "connections": [linked]})
    job = TaskConstruct(chart, "job", {"image": "acme/job:v1", "env": env})
    assert variables(mapping) == [
        {
            "name": "DATABASE_URL_POSTGRES_PASSWORD",
            "valueFrom": {"secretKeyRef": {"name": "db-login", "key": "POSTGRES_PASSWORD"}},
        },
        {
            "name": "DATABASE_URL",
            "value": "postgresql://app:$(DATABASE_URL_POSTGRES_PASSWORD)@db.shop.svc.cluster.local:5432/orders",
        },
        {"name": "PGHOST", "value": "db.shop.svc.cluster.local"},
    ]
    assert variables(mapping) == variables(sequence) == variables(document) == variables(job)


def test_another_port_of_a_datastore(chart: HanzoChart) -> None:
    events = DatastoreConstruct(
        chart,
        "events",
        {
            "type": "clickhouse",
            "storage": {"size": "1Gi"},
            "credentialsSecret": "events",
            "networkPolicy": {"allowIntraNamespace": False},
        },
    )
    assert events.url(port="native") == "tcp://events.shop.svc.cluster.local:9000"
    ServiceConstruct(chart, "api", {**SMALL, "env": {"URL": events.url(port="native")}})
    (policy,) = [each for each in events.manifests if each["kind"] == "NetworkPolicy"]
    assert [rule["ports"] for rule in policy["spec"]["ingress"]] == [[{"port": 9000, "protocol": "TCP"}]]
    with pytest.raises(
        SpecError, match=r'Datastore shop/events: spec\.ports: has no port "tcp" .*, known are http, native'
    ):
        events.url(port="tcp")


def test_text_around_a_url(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES)
    url = db.url(user=db.secret_ref("user"), password=db.secret_ref("password"))
    api = ServiceConstruct(chart, "api", {**SMALL, "env": {"URL": "jdbc:" + url + "/orders?sslmode=require"}})
    assert [each["name"] for each in variables(api)] == ["URL_user", "URL_password", "URL"]
    assert variables(api)[2]["value"] == (
        "jdbc:postgresql://$(URL_user):$(URL_password)@db.shop.svc.cluster.local:5432/orders?sslmode=require"
    )


def test_a_password_without_a_user_is_one_of_valkey(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES)
    cache = DatastoreConstruct(chart, "cache", {**POSTGRES, "type": "valkey", "image": "valkey/valkey:8.1", "env": {}})
    assert str(cache.url(password="a b")) == "redis://:a%20b@cache.shop.svc.cluster.local:6379"  # noqa: S106 - a test
    with pytest.raises(SpecError, match="user: a password of postgresql belongs to a user; give user= as well"):
        db.url(password=db.secret_ref("password"))


def test_a_url_with_a_secret_is_the_value_of_a_variable_only(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES)
    url = db.url(user="app", password=db.secret_ref("password"))
    for use in (str, "{}".format, lambda each: f"{each}?a"):
        with pytest.raises(
            TypeError, match=r"is the value of a variable, and no part of another text; add text with \+"
        ):
            use(url)
    with pytest.raises(
        SpecError, match=r"spec\.args\[0\]: has a Secret in it, and can only be the value of a variable"
    ):
        ServiceConstruct(chart, "api", {**SMALL, "args": [url]})  # type: ignore[arg-type]


def test_a_secret_of_another_namespace(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", POSTGRES, namespace="data")
    with pytest.raises(SpecError, match=r"spec\.env\.URL: pods in shop cannot read the Secret db-login of SQL data/db"):
        ServiceConstruct(
            chart, "api", {**SMALL, "env": {"URL": db.url(user="app", password=db.secret_ref("password"))}}
        )


def test_a_database_that_nobody_names(chart: HanzoChart) -> None:
    cache = DatastoreConstruct(chart, "cache", {"type": "valkey", "storage": {"size": "1Gi"}, "insecure": True})
    with pytest.raises(SpecError, match=r"Datastore shop/cache: spec\.env: does not say its database: valkey has none"):
        _ = cache.database


def test_who_uses_the_url_is_let_in(chart: HanzoChart) -> None:
    db = SQLConstruct(chart, "db", {**POSTGRES, "networkPolicy": {"allowIntraNamespace": False}})
    ServiceConstruct(chart, "api", {**SMALL, "env": {"URL": db.url(user="app", password=db.secret_ref("password"))}})
    (policy,) = [each for each in db.manifests if each["kind"] == "NetworkPolicy"]
    ((peer,),) = [rule["from"] for rule in policy["spec"]["ingress"]]
    assert peer["podSelector"]["matchLabels"]["app.kubernetes.io/name"] == "api"


LINKED: ServiceDict = {**SMALL, "connections": [{"kind": "SQL", "name": "db", "env": {"URL": TEXT}}]}


@pytest.mark.parametrize("order", list(permutations(["db", "api"])))
def test_the_order_of_declaration_does_not_matter(order: tuple[str, ...]) -> None:
    app = HanzoApp(platform=Platform())
    chart = HanzoChart(app, "shop", namespace="shop")
    made: dict[str, Any] = {}
    for name in order:
        made[name] = SQLConstruct(chart, name, POSTGRES) if name == "db" else ServiceConstruct(chart, name, LINKED)
        _ = made[name].children  # created in JavaScript, and matched when the other one comes
    assert [each["name"] for each in variables(made["api"])] == ["URL_POSTGRES_PASSWORD", "URL"]
    app.synth_yaml()


def test_what_is_nowhere_in_the_app_is_an_error() -> None:
    app = HanzoApp(platform=Platform())
    chart = HanzoChart(app, "shop", namespace="shop")
    ServiceConstruct(
        chart, "api", {**SMALL, "connections": [{"kind": "Service", "name": "gone", "env": {"A": "host"}}]}
    )
    with pytest.raises(ProofError, match=r"spec\.connections\[0\]\.name: there is no Service shop/gone in the set"):
        app.synth_yaml()
