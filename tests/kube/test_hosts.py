"""Texts name Services of the cluster by host, and much that looks like a host is none."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.hosts import named_hosts

Found = list[tuple[str, str, int | None]]


def found(text: str, variable: str = "") -> Found:
    """Return namespace, name and port of each Service that *text* may name for a pod in the namespace `own`."""
    hosts = named_hosts(text, namespace="own", domain="cluster.local", variable=variable)
    return [(host.namespace, host.service, host.port) for host in hosts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("db.shop.svc.cluster.local", [("shop", "db", None)]),
        ("db.shop.svc.cluster.local.", [("shop", "db", None)]),
        ("db.shop.svc", [("shop", "db", None)]),
        ("db-0.db-headless.shop.svc:5432", [("shop", "db-headless", 5432)]),
        ("postgresql://db.shop.svc:5432/orders?sslmode=require", [("shop", "db", 5432)]),
        ("postgresql://app:secret@db.shop.svc:5432/orders", [("shop", "db", 5432)]),
        ("http://web.shop.svc/api", [("shop", "web", 80)]),
        ("https://web.shop.svc", [("shop", "web", 443)]),
        ("http://web.shop.svc:$(PORT)/api", [("shop", "web", None)]),
        ("redis://:secret@cache:6379/0", [("own", "cache", 6379)]),
        ("postgres://app@db/orders", [("own", "db", None)]),
        ("tcp(db:3306)/orders", [("own", "db", 3306)]),
        ("host=db port=5432 user=app", [("own", "db", None)]),
        ("--database=host=db", [("own", "db", None)]),
        ("-Djgroups.dns.query=peers.id", [("id", "peers", None)]),
        ("-Xmx1g -Djgroups.dns.query=peers -Dx=y", [("own", "peers", None)]),
        ("Host=db;Port=5432;Username=app", [("own", "db", None)]),
        ("Server=db.shop;Database=orders", [("shop", "db", None)]),
        ("until pg_isready -h db -p 5432; do sleep 1; done", [("own", "db", None)]),
        ("psql --host db.shop --command 'select 1'", [("shop", "db", None)]),
        ("until nc -z -w 1 db.shop 5432; do sleep 1; done", [("shop", "db", None)]),
        ("mongodb://a:27017,b:27017/db", [("own", "a", 27017), ("own", "b", 27017)]),
        ("nats://db.shop:4222", [("shop", "db", 4222)]),
        ("nats://db-0.db:4222", [("own", "db", 4222), ("db", "db-0", 4222)]),
        ("http://shard-1.shop:8080", [("own", "shop", 8080), ("shop", "shard-1", 8080)]),
        ("nats://db-0.db.shop:4222", [("shop", "db", 4222)]),
    ],
)
def test_hosts_in_texts(text: str, expected: Found) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "variable", ["PGHOST", "REDIS_HOST", "redis_hostname", "NATS_SERVERS", "DB_ADDR", "--endpoint", "-h"]
)
def test_the_bare_value_of_a_variable_for_hosts(variable: str) -> None:
    assert found("db", variable) == [("own", "db", None)]
    assert found("db, other", variable) == [("own", "db", None), ("own", "other", None)]


@pytest.mark.parametrize(
    "text",
    [
        "db",
        "db.shop.svc.",
        "http://db.shop.svc.cluster.local.example.com",
        "db.shop.svc.example.com:80",
        "a.b.c.example.com:443",
        "https://api.db.com",
        "https://example.db",
        "/var/lib/db:ro",
        "postgres://db:5432@",
        "Xdb.shop.svc",
        "the db of shop",
        "sync db",
        "no-h db",
        "12:30:15",
        "",
    ],
)
def test_what_is_no_host(text: str) -> None:
    assert [each for each in found(text, "CACHE") if each[1] in {"db", "shop", "c"}] == []


def test_the_time_it_takes_grows_with_the_text() -> None:
    for text in (
        "a" * 200_000,
        "a." * 100_000,
        "a-" * 100_000 + ".",
        "a" + "." * 200_000,
        "a@" * 100_000,
        "//" * 100_000,
        "nc " * 100_000,
        "-h a " * 50_000,
    ):
        assert found(text, "HOST") is not None
