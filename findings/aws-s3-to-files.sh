#!/bin/sh
# `aws s3 sync` to a folder leaves out objects whose names no file can have, and succeeds for some of them.
#
# aws 1.46.3 (PyPI awscli) against moto 5.2.2, a server of S3. The bucket holds `photos` and `photos/1`, which one folder
# cannot both hold, and `empty/`, which programs make to show a folder.
# - `empty/` is left out without a word.
# - one of the other two is lost with an error, and which one depends on which comes first.
# So a copy from one store to another by way of files is not a copy of the store.
#
# Output seen:
#   empty/ alone: 0, files:
#   all: 1, files: 1
#
# Needs Python 3.11 or later with pip. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'moto[s3,server]==5.2.2' awscli==1.46.3 2> log || { cat log >&2; exit 1; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/moto_server -H 127.0.0.1 -p "$port" > server.log 2>&1 &
server=$!

export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 AWS_CONFIG_FILE=/dev/null
aws() {
  venv/bin/aws --endpoint-url "http://127.0.0.1:$port" "$@"
}
tries=0
until aws s3 mb s3://store > log 2>&1; do
  tries=$((tries + 1))
  test "$tries" -lt 20 || { cat log server.log >&2; exit 1; }
  sleep 1
done
echo text > text
sync_to() {
  status=0
  aws s3 sync s3://store "$1" > log 2>&1 || status=$?
  mkdir -p "$1"
  echo "$status, files:$(find "$1" -type f | wc -l | sed 's/^ *0*//; s/^\(.\)/ \1/')"
}
{
  aws s3api put-object --bucket store --key empty/ > log
  echo "empty/ alone: $(sync_to one)"
  aws s3api put-object --bucket store --key photos --body text > log
  aws s3api put-object --bucket store --key photos/1 --body text > log
  echo "all: $(sync_to all)"
} > seen
cat > expected <<'END'
empty/ alone: 0, files:
all: 1, files: 1
END
cat seen
diff expected seen
