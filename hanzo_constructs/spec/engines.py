"""The engines a Datastore can run, as data: adding one is one entry and one golden case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ..kube.images import image_parts
from .engine import Credentials, Engine
from .image import ImageSpec
from .ports import ServicePort

__all__ = ["ENGINES", "ENGINE_ALIASES", "EngineName"]


def _image(reference: str) -> ImageSpec:
    repository, tag, _ = image_parts(reference)
    return ImageSpec(repository=repository, tag=tag)


def _port(name: str, number: int) -> ServicePort:
    return ServicePort(name=name, container_port=number)


_VALKEY_LOGIN = """\
password="${REDISCLI_AUTH:-${VALKEY_PASSWORD:-${REDIS_PASSWORD:-}}}"
unset REDISCLI_AUTH
test -z "$password" || export REDISCLI_AUTH="$password"
"""
"""Before a call of the client: a server without a password refuses a login with an empty one."""


_UPLOAD = """\
test -s "$WORK/dump" || fail "the dump is empty"
gzip "$WORK/dump"
mc --quiet cp "$WORK/dump.gz" "$TARGET/$STAMP.gz"
"""
"""After a dump to a file: refuse an empty one, compress it, upload it. No pipe: each step fails by itself."""

_QUOTED = r"""quoted() {
  sed "s/['\\\\]/\\\\&/g" << END
$1
END
}
key=$(quoted "$BACKUP_S3_ACCESS_KEY")
secret=$(quoted "$BACKUP_S3_SECRET_KEY")
"""
"""Before a query with the keys of the bucket: a quote in them must not end the text."""

ENGINE_ALIASES = {"datastore": "clickhouse"}

ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        engine.name: engine
        for engine in (
            Engine(
                name="clickhouse",
                image=_image("ghcr.io/hanzoai/datastore"),
                ports=(_port("http", 8123), _port("native", 9000)),
                data_directory="/var/lib/clickhouse",
                scheme="http",
                credentials=Credentials(
                    (
                        "CLICKHOUSE_USER",
                        "CLICKHOUSE_PASSWORD",
                        "CLICKHOUSE_PASSWORD_FILE",
                        "CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT",
                        "CLICKHOUSE_SKIP_USER_SETUP",
                    ),
                    missing="without a user or a password ClickHouse lets nobody in over the network",
                    remedy="name a Secret with CLICKHOUSE_USER and CLICKHOUSE_PASSWORD in credentialsSecret",
                    in_files=True,
                ),
                readiness={"httpGet": {"path": "/ping", "port": "http"}},
                # behind `--` the server takes any setting of its configuration
                port_args=("--", "--http_port={http}", "--tcp_port={native}"),
                # the server itself writes to the bucket; the client takes user and password from the environment,
                # and the query from standard input: none of them shows in a list of processes; an empty server has
                # the database `default` too, but no table below it
                dump=_QUOTED
                + """\
clickhouse-client --host "$BACKUP_HOST" --port "$BACKUP_PORT" << END
BACKUP ALL EXCEPT DATABASES system, information_schema, INFORMATION_SCHEMA
TO S3('$BACKUP_S3_ENDPOINT/$BACKUP_S3_BUCKET/$BACKUP_PREFIX/$STAMP', '$key', '$secret')
END
saved=$(mc --quiet ls --recursive "$TARGET/$STAMP/metadata/")
case "$saved" in
*/*) ;;
*) fail "the dump is empty" ;;
esac
""",
                tools=("clickhouse-client",),
                dump_port="native",
                saves_itself=True,
                scratch=("/var/log/clickhouse-server",),
                unclustered="replicas of ClickHouse share nothing without Keeper and a cluster configuration",
            ),
            Engine(
                name="postgresql",
                image=_image("ghcr.io/hanzoai/sql:16"),
                ports=(_port("postgresql", 5432),),
                data_directory="/var/lib/postgresql/data",
                scheme="postgresql",
                credentials=Credentials(
                    ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),
                    missing="without a password PostgreSQL does not start on a new disk",
                    remedy="name a Secret with POSTGRES_PASSWORD in credentialsSecret",
                ),
                readiness={"exec": {"command": ["pg_isready", "-h", "127.0.0.1", "-p", "{postgresql}"]}},
                # the root of a file system holds lost+found, and initdb wants an empty directory
                environment={"PGDATA": "/var/lib/postgresql/data/pgdata"},
                port_variables={"PGPORT": "postgresql"},
                scratch=("/var/run/postgresql",),
                # a server that takes a connection and says nothing would be waited for without end
                dump="""\
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-60}"
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}" PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD:-}}"
pg_dumpall --host "$BACKUP_HOST" --port "$BACKUP_PORT" --no-password --file "$WORK/dump"
"""
                + _UPLOAD,
                tools=("pg_dumpall",),
                dump_port="postgresql",
                saves_itself=True,
                unclustered="replicas of PostgreSQL are separate databases without replication",
            ),
            Engine(
                name="valkey",
                image=_image("ghcr.io/hanzoai/kv:8"),
                ports=(_port("valkey", 6379),),
                data_directory="/data",
                scheme="redis",
                credentials=Credentials(
                    ("VALKEY_PASSWORD", "REDIS_PASSWORD", "REDISCLI_AUTH", "VALKEY_EXTRA_FLAGS"),
                    missing="without a password Valkey lets in everybody who can connect",
                    remedy="name a Secret with VALKEY_PASSWORD in credentialsSecret, with args: [--requirepass, $(VALKEY_PASSWORD)]",
                    options=("requirepass", "aclfile"),
                    in_files=True,
                ),
                # the client succeeds with any answer: also when the server loads its data or has lost its primary; one
                # that asks for a password which nobody wrote answers nothing else
                readiness={
                    "exec": {
                        "command": [
                            "/bin/sh",
                            "-c",
                            _VALKEY_LOGIN
                            + """\
case "$(valkey-cli -p {valkey} ping)" in
PONG) ;;
NOAUTH*) test -z "$password" ;;
*) exit 1 ;;
esac
""",
                        ]
                    }
                },
                ready_when="`valkey-cli ping` is answered with `PONG`",
                port_args=("--port", "{valkey}"),
                dump=_VALKEY_LOGIN
                + """\
valkey-cli -h "$BACKUP_HOST" -p "$BACKUP_PORT" --rdb "$WORK/dump"
"""
                + _UPLOAD,
                tools=("valkey-cli",),
                dump_port="valkey",
                saves_itself=True,
                unclustered="replicas of Valkey are separate caches without replication",
            ),
            Engine(
                name="docdb",
                image=_image("ghcr.io/hanzoai/docdb"),
                ports=(_port("mongodb", 27017),),
                data_directory="/data/db",
                scheme="mongodb",
                credentials=Credentials(
                    (
                        "MONGO_INITDB_ROOT_USERNAME",
                        "MONGO_INITDB_ROOT_USERNAME_FILE",
                        "DOCDB_POSTGRESQL_URL",
                        "FERRETDB_POSTGRESQL_URL",
                    ),
                    missing="without a user and a password DocDB lets in everybody who can connect",
                    remedy="name a Secret with MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD in credentialsSecret",
                    options=("--auth", "--keyFile", "--config"),
                    in_files=True,
                ),
                readiness=None,
                # the password is no argument, so that it shows in no list of processes
                dump="""\
set -- --host "$BACKUP_HOST" --port "$BACKUP_PORT" --archive="$WORK/dump"
if [ -n "${MONGO_INITDB_ROOT_USERNAME:-}" ]; then
  sed "s/'/''/g; s/^/password: '/; s/\\$/'/" > "$WORK/login" << END
${MONGO_INITDB_ROOT_PASSWORD:-}
END
  set -- "$@" --username "$MONGO_INITDB_ROOT_USERNAME" --authenticationDatabase admin --config "$WORK/login"
fi
mongodump "$@"
"""
                + _UPLOAD,
                tools=("mongodump",),
                dump_port="mongodb",
                saves_itself=True,
                unclustered="replicas of DocDB are separate databases without a replica set",
            ),
            Engine(
                name="minio",
                image=_image("ghcr.io/hanzoai/s3"),
                ports=(_port("http", 9000), _port("console", 9001)),
                data_directory="/data",
                scheme="http",
                credentials=Credentials(
                    (
                        "MINIO_ROOT_USER",
                        "MINIO_ROOT_USER_FILE",
                        "MINIO_ROOT_PASSWORD",
                        "MINIO_ROOT_PASSWORD_FILE",
                        "MINIO_ACCESS_KEY",
                        "MINIO_CONFIG_ENV_FILE",
                    ),
                    missing="without a user and a password MinIO takes minioadmin for both",
                    remedy="name a Secret with MINIO_ROOT_USER and MINIO_ROOT_PASSWORD in credentialsSecret",
                ),
                readiness={"httpGet": {"path": "/minio/health/ready", "port": "http"}},
                args=("server", "/data", "--address", ":{http}", "--console-address", ":{console}"),
                # `mirror` says that it cannot list a bucket, and succeeds; of all buckets at once it leaves objects
                # without a name that no server takes back, so that it is called for each; the list of them comes last
                dump="""\
mc --quiet alias set source "http://$BACKUP_HOST:$BACKUP_PORT" > /dev/null << END
${MINIO_ROOT_USER:-minioadmin}
${MINIO_ROOT_PASSWORD:-minioadmin}
END
mc --quiet ls --recursive source > "$WORK/found"
test -s "$WORK/found" || fail "there is nothing to save"
mc --quiet ls source > "$WORK/found"
while read -r line; do
  bucket="${line##* }"
  bucket="${bucket%/}"
  echo "$bucket" >> "$WORK/buckets"
  if ! mc --quiet mirror "source/$bucket/" "$TARGET/$STAMP/$bucket/" < /dev/null 2> "$WORK/errors" ||
    test -s "$WORK/errors"; then
    cat "$WORK/errors" >&2
    fail "the bucket $bucket could not be copied"
  fi
done < "$WORK/found"
mc --quiet cp "$WORK/buckets" "$TARGET/$STAMP.buckets"
""",
                tools=(),
                dump_port="http",
                saves_itself=True,
                unclustered="replicas of MinIO are separate stores without a list of servers in their arguments",
            ),
            Engine(
                name="nats",
                image=_image("nats:2.10"),
                ports=(ServicePort(name="client", container_port=4222, app_protocol="tcp"), _port("monitor", 8222)),
                data_directory="/data/nats",
                scheme="nats",
                credentials=Credentials(
                    ("NATS_USER", "NATS_PASSWORD"),
                    missing="without a user and a password NATS lets in everybody who can connect",
                    remedy="name a Secret with NATS_USER and NATS_PASSWORD in credentialsSecret, and a configuration that asks for them in args",
                    options=("--user", "--pass", "--auth", "--config", "-c"),
                    in_files=True,
                ),
                # without the filter, one stream that lags takes the server out of its Service
                readiness={"httpGet": {"path": "/healthz?js-server-only=true", "port": "monitor"}},
                args=("--jetstream", "--store_dir", "/data/nats", "--port", "{client}", "--http_port", "{monitor}"),
                # user and password come from NATS_USER and NATS_PASSWORD in the environment
                dump="""\
nats --server "nats://$BACKUP_HOST:$BACKUP_PORT" account backup --force --critical-warnings "$WORK/streams"
found=$(ls -A "$WORK/streams")
test -n "$found" || fail "the dump is empty"
tar -cf "$WORK/dump" -C "$WORK" streams
"""
                + _UPLOAD,
                tools=("nats", "tar"),
                dump_port="client",
                saves_itself=False,
                unclustered="servers of NATS are no cluster without routes in their configuration",
            ),
        )
    }
)
"""Every engine by name."""

if TYPE_CHECKING:
    EngineName = str  # the names are data, and no type checker reads that
else:
    EngineName = Literal[
        tuple(
            name
            for engine in ENGINES
            for name in (engine, *(alias for alias, meant in ENGINE_ALIASES.items() if meant == engine))
        )
    ]
"""What `type` can be: every engine, and behind it its other names."""
