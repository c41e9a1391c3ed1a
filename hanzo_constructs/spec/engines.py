"""The engines a Datastore can run, as data: adding one is one entry and one golden case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .ports import ServicePort

__all__ = ["ENGINES", "Engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A database engine: its image, where it listens, where it keeps its data, how it is asked and saved."""

    name: str
    image: str
    ports: tuple[ServicePort, ...]
    """The primary port first."""
    data_directory: str
    scheme: str
    """Scheme of the connection URL."""
    readiness: Mapping[str, Any]
    """Handler of the readiness probe; `{port}` in a command stands for the primary port."""
    dump: str
    """Shell commands that save everything; `$HOST`, `$PORT`, `$WORK`, `$STAMP` and `$TARGET` are set."""
    args: tuple[str, ...] = ()
    """Arguments without which the image does not serve from the data directory; the user's own replace them."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables set unless the user sets them."""
    unclustered: str = ""
    """What several replicas lack to be one database; empty where they need nothing, or the image provides it."""


def _port(name: str, number: int) -> ServicePort:
    return ServicePort(name=name, container_port=number)


_UPLOAD = """\
test -s "$WORK/dump" || { echo "backup: the dump is empty" >&2; exit 1; }
gzip "$WORK/dump"
mc cp --quiet "$WORK/dump.gz" "$TARGET/$STAMP.gz"
"""
"""After a dump to a file: refuse an empty one, compress it, upload it. No pipe: each step fails by itself."""

ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        engine.name: engine
        for engine in (
            Engine(
                name="clickhouse",
                image="ghcr.io/hanzoai/datastore",
                ports=(_port("http", 8123), _port("native", 9000)),
                data_directory="/var/lib/clickhouse",
                scheme="http",
                readiness={"httpGet": {"path": "/ping", "port": "http"}},
                dump="""\
clickhouse-client --host "$HOST" --user "${CLICKHOUSE_USER:-default}" --password "${CLICKHOUSE_PASSWORD:-}" --query "
BACKUP ALL EXCEPT DATABASES system, information_schema, INFORMATION_SCHEMA
TO S3('$S3_ENDPOINT/$S3_BUCKET/$PREFIX/$STAMP', '$AWS_ACCESS_KEY_ID', '$AWS_SECRET_ACCESS_KEY')"
saved=$(mc ls --recursive "$TARGET/$STAMP")
test -n "$saved" || { echo "backup: the dump is empty" >&2; exit 1; }
""",
                unclustered="replicas of ClickHouse share nothing without Keeper and a cluster configuration",
            ),
            Engine(
                name="postgresql",
                image="ghcr.io/hanzoai/sql:16",
                ports=(_port("postgresql", 5432),),
                data_directory="/var/lib/postgresql/data",
                scheme="postgresql",
                readiness={"exec": {"command": ["pg_isready", "-h", "127.0.0.1", "-p", "{port}"]}},
                environment={"PGDATA": "/var/lib/postgresql/data/pgdata"},
                dump="""\
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}" PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD:-}}"
pg_dumpall --host "$HOST" --port "$PORT" --file "$WORK/dump"
"""
                + _UPLOAD,
            ),
            Engine(
                name="valkey",
                image="ghcr.io/hanzoai/kv:8",
                ports=(_port("valkey", 6379),),
                data_directory="/data",
                scheme="redis",
                readiness={"exec": {"command": ["valkey-cli", "-p", "{port}", "ping"]}},
                dump="""\
export REDISCLI_AUTH="${REDISCLI_AUTH:-${VALKEY_PASSWORD:-${REDIS_PASSWORD:-}}}"
valkey-cli -h "$HOST" -p "$PORT" --rdb "$WORK/dump"
"""
                + _UPLOAD,
            ),
            Engine(
                name="docdb",
                image="ghcr.io/hanzoai/docdb",
                ports=(_port("mongodb", 27017),),
                data_directory="/data/db",
                scheme="mongodb",
                readiness={"tcpSocket": {"port": "mongodb"}},
                dump="""\
printf 'password: %s\\n' "${MONGO_INITDB_ROOT_PASSWORD:-}" > "$WORK/config"
mongodump --host "$HOST" --port "$PORT" --username "${MONGO_INITDB_ROOT_USERNAME:-}" --config "$WORK/config" \\
  --archive="$WORK/dump"
"""
                + _UPLOAD,
            ),
            Engine(
                name="minio",
                image="ghcr.io/hanzoai/s3",
                ports=(_port("http", 9000), _port("console", 9001)),
                data_directory="/data",
                scheme="http",
                readiness={"httpGet": {"path": "/minio/health/ready", "port": "http"}},
                args=("server", "/data", "--console-address", ":9001"),
                dump="""\
mc alias set --quiet source "http://$HOST:$PORT" "$MINIO_ROOT_USER" "$MINIO_ROOT_PASSWORD"
found=$(mc ls --recursive source)
test -n "$found" || { echo "backup: there is nothing to save" >&2; exit 1; }
mc mirror --quiet source "$TARGET/$STAMP"
""",
            ),
            Engine(
                name="nats",
                image="nats:2.10",
                ports=(_port("client", 4222), _port("monitor", 8222)),
                data_directory="/data/nats",
                scheme="nats",
                readiness={"httpGet": {"path": "/healthz", "port": "monitor"}},
                args=("--jetstream", "--store_dir", "/data/nats", "--http_port", "8222"),
                dump="""\
nats --server "nats://$HOST:$PORT" account backup --force "$WORK/streams"
found=$(ls -A "$WORK/streams")
test -n "$found" || { echo "backup: the dump is empty" >&2; exit 1; }
tar -cf "$WORK/dump" -C "$WORK" streams
"""
                + _UPLOAD,
                unclustered="NATS servers are no cluster without routes in their configuration",
            ),
        )
    }
)
"""Every engine by name."""
