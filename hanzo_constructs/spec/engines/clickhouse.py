"""ClickHouse, a database for analysis: its own images, and those of the platform, which are built from it."""

from __future__ import annotations

from dataclasses import replace

from .engine import Engine, image, port
from .generation import Credentials, Generation, Images, Metrics, Source

__all__ = ["CLICKHOUSE"]

_READ = "2026-11-28"
_OFFICIAL = ("clickhouse", "clickhouse/clickhouse-server")
_DATASTORE = "ghcr.io/hanzoai/datastore"

_CLICKHOUSE_25 = Generation(
    name="clickhouse-25.1",
    images=tuple(Images(each, since=(25, 1), untold=True) for each in _OFFICIAL),
    data_path="/var/lib/clickhouse",
    sources=(
        Source("ClickHouse/docker-library", "b347516", "server/26.7.3.19/Dockerfile.ubuntu", _READ),
        Source("ClickHouse/docker-library", "b347516", "server/26.7.3.19/entrypoint.sh", _READ),
    ),
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
        required=(("CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD", "CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT"),),
    ),
    runs_as=101,
    group=101,
    entry_point=("/entrypoint.sh",),
    listens=(9009,),
    programs=("bash", "sh", "clickhouse", "clickhouse-client", "clickhouse-server", "gzip", "wget"),
    readiness={"httpGet": {"path": "/ping", "port": "http"}},
    metrics=Metrics(
        9363,
        "/metrics",
        args=("--", "--prometheus.port=9363", "--prometheus.endpoint=/metrics", "--prometheus.metrics=true"),
    ),
    # behind `--` the server takes any setting of its configuration
    port_args=("--", "--http_port={http}", "--tcp_port={native}"),
    scratch=("/var/log/clickhouse-server",),
)
_CLICKHOUSE_24 = replace(
    _CLICKHOUSE_25,
    name="clickhouse-24",
    images=tuple(Images(each, before=(25, 1)) for each in _OFFICIAL),
    sources=(
        Source("ClickHouse/ClickHouse", "001409ce", "docker/server/Dockerfile.ubuntu", _READ),
        Source("ClickHouse/ClickHouse", "00b7432b", "docker/server/entrypoint.sh", _READ),
    ),
    credentials=replace(
        _CLICKHOUSE_25.credentials,
        missing="without a user or a password ClickHouse lets in everybody who can connect",
        required=(),
    ),
)
_DATASTORE_24 = replace(
    _CLICKHOUSE_24,
    name="datastore-24",
    images=(Images(_DATASTORE, before=(25,)),),
    sources=(Source("hanzoai/datastore", "0b881400", "Dockerfile.hanzo", _READ),),
)
_DATASTORE_26 = replace(
    _CLICKHOUSE_25,
    name="datastore-26.2",
    images=(Images(_DATASTORE, since=(25,), before=(26, 7), untold=True),),
    data_path="/var/lib/hanzo-datastore",
    sources=(
        Source("hanzoai/datastore", "042e9cba", "Dockerfile.hanzo", _READ),
        Source("hanzoai/datastore", "042e9cba", "docker/server/hanzo-paths.xml", _READ),
        Source("hanzoai/datastore", "21043b62", "docker/server/entrypoint.sh", _READ),
        Source("hanzoai/datastore", "425c229a", "docker/server/nginx-header-proxy.conf", _READ),
        Source("hanzoai/datastore", "0bd68754", "docker/server/Dockerfile.ubuntu", _READ),
    ),
    credentials=Credentials(
        (
            "DATASTORE_USER",
            "DATASTORE_PASSWORD",
            "DATASTORE_PASSWORD_FILE",
            "DATASTORE_DEFAULT_ACCESS_MANAGEMENT",
            "DATASTORE_SKIP_USER_SETUP",
        ),
        missing="without a user or a password the datastore lets nobody in over the network",
        remedy="name a Secret with DATASTORE_USER and DATASTORE_PASSWORD in credentialsSecret",
        in_files=True,
        required=(("DATASTORE_USER", "DATASTORE_PASSWORD", "DATASTORE_DEFAULT_ACCESS_MANAGEMENT"),),
    ),
    entry_point=("/sbin/tini", "-g", "--", "/entrypoint.sh"),
    listens=(8124, 9009, 9999),
    programs=("bash", "sh", "gzip", "hanzo-datastore", "hanzo-datastore-client", "nginx", "wget", "zap-bridge"),
    scratch=("/var/log/hanzo-datastore-server",),
    note="a proxy on 8123 asks the server on 8124, /ping too; a bridge listens on 9999",
)
_DATASTORE_26_7 = replace(
    _DATASTORE_26,
    name="datastore-26.7",
    images=(Images(_DATASTORE, since=(26, 7)),),
    data_path="/var/lib/datastore",
    sources=(
        Source("hanzoai/datastore", "09cd0481", "docker/server/datastore-paths.xml", _READ),
        Source("hanzoai/datastore", "21043b62", "docker/server/entrypoint.sh", _READ),
    ),
    entry_point=("/entrypoint.sh",),
    listens=(9009,),
    programs=("bash", "sh", "gzip", "datastore", "datastore-client"),
    scratch=("/var/log/datastore-server",),
    note="built from the source of the platform's main branch; the server itself listens on 8123",
)

_QUOTED = r"""quoted() {
  sed "s/['\\\\]/\\\\&/g" << END
$1
END
}
key=$(quoted "$BACKUP_S3_ACCESS_KEY")
secret=$(quoted "$BACKUP_S3_SECRET_KEY")
"""
"""Before a query with the keys of the bucket: a quote in them must not end the text."""
_LOGIN = """\
export CLICKHOUSE_USER="${CLICKHOUSE_USER:-${DATASTORE_USER:-default}}"
export CLICKHOUSE_PASSWORD="${CLICKHOUSE_PASSWORD:-${DATASTORE_PASSWORD:-}}"
"""
"""Before a call of the client, which reads these two: the server may have been told its own names for them."""

CLICKHOUSE = Engine(
    name="clickhouse",
    image=image(_DATASTORE),
    ports=(port("http", 8123), port("native", 9000)),
    operator_directory="/var/lib/clickhouse",
    schemes={"http": "http", "native": "tcp"},
    # the server itself writes to the bucket; the client takes user and password from the environment,
    # and the query from standard input: none of them shows in a list of processes; an empty server has
    # the database `default` too, but no table below it
    dump=_QUOTED
    + """\
clickhouse-client --host "$BACKUP_HOST" --port "$BACKUP_PORT" << END
BACKUP ALL EXCEPT DATABASES system, information_schema, INFORMATION_SCHEMA
TO S3('$BACKUP_S3_ENDPOINT/$BACKUP_S3_BUCKET/$BACKUP_PREFIX/$STAMP', '$key', '$secret')
END
saved=$(listed "$STAMP/metadata/")
case "$saved" in
*/*) ;;
*) fail "the dump is empty" ;;
esac
""",
    functions=_LOGIN
    + """\
listed() {
  case "$CLIENT" in
  mc) mc --quiet ls --recursive "$TARGET/$1" ;;
  rclone) rclone lsf --recursive --files-only "$TARGET/$1" ;;
  aws)
    s3 s3api list-objects-v2 --bucket "$BACKUP_S3_BUCKET" --prefix "$BACKUP_PREFIX/$1" --max-items 1000 \\
      --output text --query "Contents[].[Key]" > "$WORK/listed"
    sed -e "s|^$BACKUP_PREFIX/$1||" -e '/^None$/d' "$WORK/listed"
    ;;
  esac
}
""",
    tools=("clickhouse-client",),
    dump_port="native",
    generations=(_CLICKHOUSE_25, _CLICKHOUSE_24, _DATASTORE_26, _DATASTORE_26_7, _DATASTORE_24),
    unknown=_CLICKHOUSE_25.name,
    unclustered="replicas of ClickHouse share nothing without Keeper and a cluster configuration",
)
