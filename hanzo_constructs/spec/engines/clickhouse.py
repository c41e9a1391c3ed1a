"""ClickHouse, a database for analysis."""

from __future__ import annotations

from .engine import Credentials, Engine, image, port

__all__ = ["CLICKHOUSE"]

_QUOTED = r"""quoted() {
  sed "s/['\\\\]/\\\\&/g" << END
$1
END
}
key=$(quoted "$BACKUP_S3_ACCESS_KEY")
secret=$(quoted "$BACKUP_S3_SECRET_KEY")
"""
"""Before a query with the keys of the bucket: a quote in them must not end the text."""

CLICKHOUSE = Engine(
    name="clickhouse",
    image=image("ghcr.io/hanzoai/datastore"),
    ports=(port("http", 8123), port("native", 9000)),
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
saved=$(listed "$STAMP/metadata/")
case "$saved" in
*/*) ;;
*) fail "the dump is empty" ;;
esac
""",
    functions="""\
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
    saves_itself=True,
    scratch=("/var/log/clickhouse-server",),
    unclustered="replicas of ClickHouse share nothing without Keeper and a cluster configuration",
)
