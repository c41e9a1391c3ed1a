"""Shell functions by which a backup job reaches its bucket, whichever client of S3 its image has."""

from __future__ import annotations

from ..spec.engines.engine import Engine

__all__ = ["bucket_functions", "client_words"]

_CLIENT = """\
for CLIENT in {clients} none; do
  case "$CLIENT" in
  none) fail "the image has no {words}; set backupImage in the platform settings" ;;
  # Midnight Commander has the name of the client of MinIO
  mc) case "$(mc --version 2> /dev/null)" in *Midnight*) continue ;; esac ;;
  esac
  if command -v "$CLIENT" > /dev/null; then
    break
  fi
done
# nobody waits for a store that is down: the job is tried again
export RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=3
export AWS_DEFAULT_REGION="${{AWS_REGION:-${{AWS_DEFAULT_REGION:-us-east-1}}}}"
"""
_RCLONE = """\
    : >> "$RCLONE_CONFIG"
    export "RCLONE_CONFIG_$1_TYPE=s3" "RCLONE_CONFIG_$1_PROVIDER=Other" "RCLONE_CONFIG_$1_ENDPOINT=$2"
    export "RCLONE_CONFIG_$1_ACCESS_KEY_ID=$3" "RCLONE_CONFIG_$1_SECRET_ACCESS_KEY=$4"
    export "RCLONE_CONFIG_$1_REGION=$AWS_DEFAULT_REGION" "RCLONE_CONFIG_$1_NO_CHECK_BUCKET=true"
"""
_CONNECT = """\
connect() {
  case "$CLIENT" in
  mc)
    mc --quiet alias set "$1" "$2" > /dev/null << END
$3
$4
END
    ;;
  rclone)
RCLONE
    ;;
  aws)
    unset AWS_PROFILE AWS_SESSION_TOKEN
    export AWS_ACCESS_KEY_ID="$3" AWS_SECRET_ACCESS_KEY="$4" AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
    export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
    printf '[default]\\ns3 =\\n  addressing_style = path\\n' > "$AWS_CONFIG_FILE"
    ;;
  esac
}
""".replace("RCLONE\n", _RCLONE, 1)
_FUNCTIONS = """\
s3() {
  aws --endpoint-url "$BACKUP_S3_ENDPOINT" "$@" < /dev/null
}
put() {
  case "$CLIENT" in
  mc) mc --quiet cp "$1" "$TARGET/$2" ;;
  rclone) rclone copyto "$1" "$TARGET/$2" ;;
  aws) s3 s3 cp --only-show-errors "$1" "$TARGET/$2" ;;
  esac
}
get() {
  case "$CLIENT" in
  mc) mc --quiet cp "$TARGET/$1" "$2" ;;
  rclone) rclone copyto "$TARGET/$1" "$2" ;;
  aws) s3 s3 cp --only-show-errors "$TARGET/$1" "$2" ;;
  esac
}
remove_old() {
  case "$CLIENT" in
  mc) mc --quiet rm --recursive --force --older-than "$1d" "$TARGET/" ;;
  # of its own, rclone asks when the file was written that an object was made of
  rclone) rclone delete --use-server-modtime --min-age "$1d" "$TARGET/" ;;
  aws)
    before=$(($(date +%s) - $1 * 86400))
    before=$(date -u -d "@$before" +%Y-%m-%dT%H:%M:%S)
    s3 s3api list-objects-v2 --bucket "$BACKUP_S3_BUCKET" --prefix "$BACKUP_PREFIX/" --output text \\
      --query "Contents[?LastModified<'$before'].[Key]" > "$WORK/old"
    removed=
    while read -r key; do
      key="${key#"$BACKUP_PREFIX/"}"
      case "$key" in
      None | "$removed"/*) ;;
      */*)
        removed="${key%%/*}"
        s3 s3 rm --only-show-errors --recursive "$TARGET/$removed/"
        ;;
      *) s3 s3 rm --only-show-errors "$TARGET/$key" ;;
      esac
    done < "$WORK/old"
    ;;
  esac
}
"""
_TARGET = """\
case "$CLIENT" in
mc) TARGET="TARGET/$BACKUP_S3_BUCKET/$BACKUP_PREFIX" ;;
rclone) TARGET="TARGET:$BACKUP_S3_BUCKET/$BACKUP_PREFIX" ;;
aws) TARGET="s3://$BACKUP_S3_BUCKET/$BACKUP_PREFIX" ;;
esac
connect TARGET "$BACKUP_S3_ENDPOINT" "$BACKUP_S3_ACCESS_KEY" "$BACKUP_S3_SECRET_KEY"
"""


def bucket_functions(engine: Engine) -> str:
    """Return the functions for the first client of the engine's that the image has, and the call that connects it.

    They are: `connect NAME URL KEY SECRET`, `put FILE NAME`, `get NAME FILE` and `remove_old DAYS`, and what the
    engine adds. A name is one below `$TARGET`, which is the bucket and the prefix as the client writes them. No secret
    is an argument of a program: mc reads it, rclone and aws take it from the environment. `AWS_REGION` says another
    region than us-east-1.
    """
    client = _CLIENT.format(clients=" ".join(engine.clients), words=client_words(engine))
    return client + _CONNECT + _FUNCTIONS + engine.functions + _TARGET


def client_words(engine: Engine) -> str:
    """Return in words which clients of S3 can save *engine*, such as `mc, rclone or aws`."""
    *most, last = engine.clients
    return f"{', '.join(most)} or {last}"
