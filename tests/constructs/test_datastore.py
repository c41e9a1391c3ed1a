"""A Datastore in the construct tree."""

from __future__ import annotations

from typing import Any, cast

import pytest
from cdk8s import ApiObject

from hanzo_constructs import DatastoreConstruct, DatastoreDict, HanzoApp, HanzoChart, Platform
from hanzo_constructs.spec.engines import ENGINES

pytestmark = pytest.mark.node

EVERYTHING: DatastoreDict = {
    "type": "postgresql",
    "storage": {"size": "10Gi"},
    "replicas": 2,
    "credentialsSecret": "db-credentials",
    "serviceAliases": ["orders-db", "headless"],
    "backup": {"schedule": "0 3 * * *", "s3Endpoint": "http://s3.shop.svc:9000", "s3Bucket": "dumps", "s3CredentialsSecret": "s3-login"},
    "networkPolicy": {},
    "ports": [{"name": "exporter", "containerPort": 9187}],
    "serviceMonitor": {"metricsPort": "exporter"},
    "pdb": {},
    "kmsSecrets": [
        {
            "projectSlug": "shop",
            "envSlug": "prod",
            "credentialsRef": {"name": "kms"},
            "managedSecretName": "db-credentials",
        }
    ],
}  # fmt: skip


@pytest.fixture
def chart() -> HanzoChart:
    return HanzoChart(HanzoApp(platform=Platform()), "shop", namespace="shop")


def test_the_children_are_attributes(chart: HanzoChart) -> None:
    db = DatastoreConstruct(chart, "db", EVERYTHING)
    attributes = (
        db.kms_secrets["db-credentials"],
        db.network_policy,
        db.service,
        db.aliases["orders-db"],
        db.aliases["headless"],
        db.headless_service,
        db.stateful_set,
        db.backup,
        db.disruption_budget,
        db.service_monitor,
    )
    assert list(attributes) == list(db.children.values())
    assert [child.node.id for child in db.node.children] == list(db.children)
    assert [each.name for each in (db.service, db.headless_service, *db.aliases.values())] == [
        "db",
        "db-headless",
        "orders-db",
        "headless",
    ]
    assert ApiObject.of(db) is db.stateful_set
    assert db.manifests == db.compilation.manifests


def test_what_the_spec_does_not_ask_for_is_none(chart: HanzoChart) -> None:
    db = DatastoreConstruct(chart, "db", {"type": "nats", "storage": {"size": "1Gi"}})
    assert list(db.children) == ["Service", "Service-headless", "StatefulSet"]
    assert {db.backup, db.network_policy, db.service_monitor, db.disruption_budget} == {None}
    assert db.aliases == db.kms_secrets == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_url_is_the_connection_url(chart: HanzoChart, engine: str) -> None:
    spec: DatastoreDict = {"type": cast("Any", engine), "storage": {"size": "1Gi"}}
    db = DatastoreConstruct(chart, "db", spec)
    first, *_ = db.endpoints.ports.values()
    port = ENGINES[engine].ports[0].container_port
    assert first == db.connection_url == f"{ENGINES[engine].scheme}://db.shop.svc.cluster.local:{port}"


def test_ports_of_other_protocols_are_not_called_http(chart: HanzoChart) -> None:
    db = DatastoreConstruct(chart, "db", {"type": "clickhouse", "storage": {"size": "1Gi"}})
    assert db.endpoints.ports["native"] == "tcp://db.shop.svc.cluster.local:9000"
