"""What images are known to run, by repository, or by the last part of it: none can stand in for another engine."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ENGINE_OF_IMAGE"]

_NAMES = {
    "clickhouse": ("clickhouse", "clickhouse-server", "ghcr.io/hanzoai/datastore"),
    "postgresql": (
        *("postgres", "postgresql", "pgvector", "postgis", "timescaledb", "timescaledb-ha", "postgres-documentdb"),
        "ghcr.io/hanzoai/sql",
    ),
    "valkey": ("valkey", "redis", "redis-stack-server", "keydb", "dragonfly", "ghcr.io/hanzoai/kv"),
    "docdb": ("mongo", "mongodb", "mongodb-community-server", "ferretdb", "ghcr.io/hanzoai/docdb"),
    "minio": ("minio", "ghcr.io/hanzoai/s3"),
    "nats": ("nats", "nats-server"),
    "MySQL": ("mysql", "mysql-server", "percona-server"),
    "MariaDB": ("mariadb",),
    "CockroachDB": ("cockroach",),
    "Cassandra": ("cassandra",),
    "Memcached": ("memcached",),
    "RabbitMQ": ("rabbitmq",),
    "Kafka": ("kafka", "cp-kafka"),
    "Elasticsearch": ("elasticsearch",),
    "OpenSearch": ("opensearch",),
    "etcd": ("etcd",),
    "nginx": ("nginx",),
}

ENGINE_OF_IMAGE: Mapping[str, str] = MappingProxyType(
    {name: engine for engine, names in _NAMES.items() for name in names}
)
"""Our name of the engine, or the name of a program that is none of ours, by the name of the image."""
