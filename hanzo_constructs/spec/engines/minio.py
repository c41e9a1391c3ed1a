"""MinIO, an object store that speaks S3."""

from __future__ import annotations

from .engine import Credentials, Engine, image, port

__all__ = ["MINIO"]

_FUNCTIONS = """\
connect_source() {
  case "$CLIENT" in
  mc) SOURCE=SOURCE/ ;;
  rclone) SOURCE=SOURCE: ;;
  esac
  connect SOURCE "http://$BACKUP_HOST:$BACKUP_PORT" "${MINIO_ROOT_USER:-minioadmin}" "${MINIO_ROOT_PASSWORD:-minioadmin}"
}
objects() {
  case "$CLIENT" in
  mc) mc --quiet ls --recursive "$SOURCE" ;;
  rclone) rclone lsf --recursive --files-only "$SOURCE" ;;
  esac
}
buckets() {
  case "$CLIENT" in
  mc)
    mc --quiet ls "$SOURCE" > "$WORK/found"
    sed 's|^.* ||; s|/$||' "$WORK/found"
    ;;
  rclone)
    rclone lsf "$SOURCE" > "$WORK/found"
    sed 's|/$||' "$WORK/found"
    ;;
  esac
}
make_bucket() {
  case "$CLIENT" in
  mc) mc --quiet mb --ignore-existing "$SOURCE$1" < /dev/null ;;
  # where it asks for no bucket, it makes none either, and succeeds
  rclone) RCLONE_CONFIG_SOURCE_NO_CHECK_BUCKET=false rclone mkdir "$SOURCE$1" < /dev/null ;;
  esac
}
mirror() {
  case "$CLIENT" in
  mc) mc --quiet mirror "$1" "$2" < /dev/null 2> "$WORK/errors" || echo "mc failed" >> "$WORK/errors" ;;
  rclone) rclone copy "$1" "$2" < /dev/null ;;
  esac
  if test -s "$WORK/errors"; then
    cat "$WORK/errors" >&2
    fail "$1 could not be copied"
  fi
}
"""

MINIO = Engine(
    name="minio",
    image=image("ghcr.io/hanzoai/s3"),
    ports=(port("http", 9000), port("console", 9001)),
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
    # mc says that it cannot list a bucket, and succeeds; of all buckets at once it leaves objects without a
    # name that no server takes back, so that each is copied by itself; the list of them comes last
    dump="""\
connect_source
SAVED=$(objects)
test -n "$SAVED" || fail "there is nothing to save"
buckets > "$WORK/buckets"
while read -r bucket; do
  mirror "$SOURCE$bucket/" "$TARGET/$STAMP/$bucket/"
done < "$WORK/buckets"
put "$WORK/buckets" "$STAMP.buckets"
""",
    functions=_FUNCTIONS,
    # aws copies within one store alone
    clients=("mc", "rclone"),
    tools=(),
    dump_port="http",
    saves_itself=True,
    unclustered="replicas of MinIO are separate stores without a list of servers in their arguments",
)
