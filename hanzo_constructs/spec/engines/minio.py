"""MinIO, an object store that speaks S3: its own images, and those of the platform, which are built from it."""

from __future__ import annotations

from dataclasses import replace

from .engine import Engine, image, port
from .generation import Credentials, Generation, Images, Metrics, Source

__all__ = ["MINIO"]

_READ = "2026-11-28"
_PLATFORM = "ghcr.io/hanzoai/s3"

_MINIO = Generation(
    name="minio",
    images=tuple(Images(each, untold=True) for each in ("minio/minio", "quay.io/minio/minio")),
    data_path="/data",
    sources=(
        Source("hanzoai/s3", "fd443ffc4", "Dockerfile.release", _READ),
        Source("hanzoai/s3", "fd443ffc4", "cmd/common-main.go", _READ),
        Source("hanzoai/s3", "fd443ffc4", "cmd/metrics-router.go", _READ),
    ),
    credentials=Credentials(
        (
            *("MINIO_ROOT_USER", "MINIO_ROOT_USER_FILE", "MINIO_ROOT_PASSWORD", "MINIO_ROOT_PASSWORD_FILE"),
            *("MINIO_ACCESS_KEY", "MINIO_CONFIG_ENV_FILE"),
        ),
        missing="without a user and a password MinIO takes minioadmin for both",
        remedy="name a Secret with MINIO_ROOT_USER and MINIO_ROOT_PASSWORD in credentialsSecret",
        required=(
            ("MINIO_ROOT_USER", "MINIO_ROOT_USER_FILE", "MINIO_ACCESS_KEY", "MINIO_CONFIG_ENV_FILE"),
            ("MINIO_ROOT_PASSWORD", "MINIO_ROOT_PASSWORD_FILE", "MINIO_SECRET_KEY", "MINIO_CONFIG_ENV_FILE"),
        ),
    ),
    runs_as=1000,
    group=1000,
    entry_point=("/usr/bin/docker-entrypoint.sh",),
    programs=("bash", "sh", "curl", "mc", "minio"),
    saves_itself=True,
    readiness={"httpGet": {"path": "/minio/health/ready", "port": "http"}},
    metrics=Metrics(9000, "/minio/v2/metrics/cluster", variables={"MINIO_PROMETHEUS_AUTH_TYPE": "public"}),
    args=("server", "/data", "--address", ":{http}", "--console-address", ":{console}"),
    note="archived in April 2026; the images are gone from Docker Hub",
)
_S3_2026_02 = replace(
    _MINIO,
    name="s3-2026-02",
    images=(),
    sources=(
        Source("hanzoai/s3", "e4e06d0a4", "Dockerfile.hanzo", _READ),
        Source("hanzoai/s3", "e4e06d0a4", "internal/config/constants.go", _READ),
        Source("hanzoai/s3", "e4e06d0a4", "cmd/generic-handlers.go", _READ),
    ),
    credentials=Credentials(
        (
            *("S3_ROOT_USER", "S3_ROOT_USER_FILE", "S3_ROOT_PASSWORD", "S3_ROOT_PASSWORD_FILE"),
            *("S3_ACCESS_KEY", "S3_CONFIG_ENV_FILE"),
        ),
        missing="without a user and a password the store takes minioadmin for both",
        remedy="name a Secret with S3_ROOT_USER and S3_ROOT_PASSWORD in credentialsSecret",
        required=(
            ("S3_ROOT_USER", "S3_ROOT_USER_FILE", "S3_ACCESS_KEY", "S3_CONFIG_ENV_FILE"),
            ("S3_ROOT_PASSWORD", "S3_ROOT_PASSWORD_FILE", "S3_SECRET_KEY", "S3_CONFIG_ENV_FILE"),
        ),
    ),
    programs=("sh", "curl", "gzip", "minio"),
    saves_itself=False,
    metrics=Metrics(9000, "/minio/v2/metrics/cluster", variables={"S3_PROMETHEUS_AUTH_TYPE": "public"}),
    note="built on Alpine until March 2026",
)
_S3_2026_03 = replace(
    _S3_2026_02,
    name="s3-2026-03",
    images=(
        Images(_PLATFORM, untold=True, doubt="until March 2026 these images were built on Alpine, with other paths"),
    ),
    sources=(
        Source("hanzoai/s3", "1fef0529b", "Dockerfile.hanzo", _READ),
        Source("hanzoai/s3", "1fef0529b", "internal/config/constants.go", _READ),
        Source("hanzoai/s3", "1fef0529b", "cmd/generic-handlers.go", _READ),
        Source("hanzoai/s3", "1fef0529b", "internal/auth/credentials.go", _READ),
    ),
    credentials=replace(
        _S3_2026_02.credentials, missing="without a user and a password the store takes admin for both"
    ),
    user=65532,
    runs_as=65532,
    group=65532,
    entry_point=("/usr/bin/s3",),
    programs=("/usr/bin/s3",),
    readiness={"httpGet": {"path": "/s3/health/ready", "port": "http"}},
    metrics=Metrics(9000, "/s3/v2/metrics/cluster", variables={"S3_PROMETHEUS_AUTH_TYPE": "public"}),
    note="distroless: one program and no shell",
)

_FUNCTIONS = """\
connect_source() {
  case "$CLIENT" in
  mc) SOURCE=SOURCE/ ;;
  rclone) SOURCE=SOURCE: ;;
  esac
  user="${MINIO_ROOT_USER:-${S3_ROOT_USER:-minioadmin}}"
  password="${MINIO_ROOT_PASSWORD:-${S3_ROOT_PASSWORD:-minioadmin}}"
  connect SOURCE "http://$BACKUP_HOST:$BACKUP_PORT" "$user" "$password"
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
    image=image(_PLATFORM),
    ports=(port("http", 9000), port("console", 9001)),
    operator_directory="/data",
    schemes={"http": "http", "console": "http"},
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
    generations=(_MINIO, _S3_2026_02, _S3_2026_03),
    unknown=_MINIO.name,
    unclustered="replicas of MinIO are separate stores without a list of servers in their arguments",
)
