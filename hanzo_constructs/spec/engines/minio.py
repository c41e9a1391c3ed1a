"""MinIO, an object store that speaks S3."""

from __future__ import annotations

from .engine import Credentials, Engine, image, port

__all__ = ["MINIO"]

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
)
