"""The URL under which a datastore is reached."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.connection import connection_url
from hanzo_constructs.spec.datastore import Datastore, DatastoreSpec
from hanzo_constructs.spec.facades import KV, S3, SQL, DocDB
from hanzo_constructs.spec.resource import Metadata

URLS = {
    "clickhouse": "http://db.shop.svc.cluster.local:8123",
    "postgresql": "postgresql://db.shop.svc.cluster.local:5432",
    "valkey": "redis://db.shop.svc.cluster.local:6379",
    "docdb": "mongodb://db.shop.svc.cluster.local:27017",
    "minio": "http://db.shop.svc.cluster.local:9000",
    "nats": "nats://db.shop.svc.cluster.local:4222",
}


def datastore(kind: type[Datastore] = Datastore, namespace: str | None = "shop", **spec: Any) -> Datastore:
    metadata = Metadata(name="db", namespace=namespace)
    return kind(metadata=metadata, spec=parse_as(DatastoreSpec, {"storage": {"size": "1Gi"}, **spec}))


@pytest.mark.parametrize("engine", URLS)
def test_each_engine_has_its_scheme_and_port(engine: str) -> None:
    assert connection_url(datastore(type=engine)) == URLS[engine]


@pytest.mark.parametrize(
    ("kind", "engine"),
    [(SQL, "postgresql"), (KV, "valkey"), (DocDB, "docdb"), (S3, "minio")],
)
def test_a_facade_is_reached_as_its_engine(kind: type[Datastore], engine: str) -> None:
    assert connection_url(datastore(kind)) == URLS[engine]


def test_the_port_is_that_of_the_service() -> None:
    ports = [{"name": "valkey", "containerPort": 6380, "servicePort": 7000}]
    assert connection_url(datastore(KV, ports=ports)) == "redis://db.shop.svc.cluster.local:7000"


def test_namespace_and_domain_are_the_resources_or_the_callers_or_the_platforms() -> None:
    platform = Platform(namespace="fallback", cluster_domain="cluster.example")
    nowhere = datastore(KV, namespace=None)
    assert connection_url(datastore(KV), platform, namespace="chart") == "redis://db.shop.svc.cluster.example:6379"
    assert connection_url(nowhere, platform, namespace="chart") == "redis://db.chart.svc.cluster.example:6379"
    assert connection_url(nowhere, platform) == "redis://db.fallback.svc.cluster.example:6379"


def test_without_a_namespace_it_says_that_one_is_needed() -> None:
    with pytest.raises(SpecError) as caught:
        connection_url(datastore(KV, namespace=None))
    assert str(caught.value) == (
        "KV db: metadata.namespace: required: the connection URL contains a DNS name with it; "
        "write one here or set namespace in the platform settings"
    )


def test_no_password_is_in_it() -> None:
    sql = datastore(SQL, env=[{"name": "POSTGRES_PASSWORD", "value": "hunter2"}], credentialsSecret="credentials")
    assert connection_url(sql) == URLS["postgresql"]
