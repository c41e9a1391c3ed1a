"""DocDB, a database of documents that speaks as MongoDB does: MongoDB itself, or a proxy to PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

from .dump import UPLOAD
from .engine import Engine, image, port
from .generation import Credentials, Exporter, Generation, Images, Metrics, Source

__all__ = ["DOCDB"]

_READ = "2026-11-28"

_MONGO = Generation(
    name="mongo",
    images=(Images("mongo", untold=True),),
    data_path="/data/db",
    sources=(
        Source("docker-library/mongo", "2c69a57b9", "8.0/Dockerfile", _READ),
        Source("docker-library/mongo", "2c69a57b9", "8.0/docker-entrypoint.sh", _READ),
    ),
    credentials=Credentials(
        ("MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_USERNAME_FILE"),
        missing="without a user and a password MongoDB lets in everybody who can connect",
        remedy="name a Secret with MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD in credentialsSecret",
        options=("--auth", "--keyFile", "--config"),
        in_files=True,
        required=(
            ("MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_USERNAME_FILE"),
            ("MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_ROOT_PASSWORD_FILE"),
        ),
    ),
    runs_as=999,
    group=999,
    volumes=("/data/configdb",),
    entry_point=("docker-entrypoint.sh",),
    programs=("bash", "sh", "gzip", "mongod", "mongodump", "mongosh"),
    port_args=("--port", "{mongodb}"),
    # it listens on the network only when the first start is over
    ready_when="`mongodb` accepts connections",
    exporter=Exporter(
        "percona/mongodb_exporter", 9216, "MONGODB_URI=mongodb://localhost:27017, with user and password"
    ),
)
_DOCDB = Generation(
    name="docdb",
    images=(Images("ghcr.io/hanzoai/docdb", untold=True),),
    data_path="/state",
    sources=(
        Source("hanzoai/docdb", "2b83f9a", "build/docdb/production.Dockerfile", _READ),
        Source("hanzoai/docdb", "2b83f9a", "cmd/docdb/main.go", _READ),
        Source("hanzoai/docdb", "2b83f9a", "cmd/docdb/readyz.go", _READ),
        Source("hanzoai/docdb", "2b83f9a", "internal/handler/msg_ping.go", _READ),
    ),
    credentials=Credentials(
        ("DOCDB_POSTGRESQL_URL", "DOCDB_POSTGRESQL_URL_FILE"),
        missing="without DOCDB_POSTGRESQL_URL DocDB asks for PostgreSQL in its own pod, where there is none",
        remedy=(
            "declare a SQL with an image that has the extension DocumentDB, and name a Secret with DOCDB_POSTGRESQL_URL"
            " (postgres://<user>:<password>@<sql>:5432/postgres) in credentialsSecret"
        ),
        options=("--postgresql-url",),
        required=(("DOCDB_POSTGRESQL_URL", "DOCDB_POSTGRESQL_URL_FILE"),),
    ),
    user="docdb",
    runs_as=1000,
    group=1000,
    keeps_data=False,
    entry_point=("/docdb",),
    listens=(8088, 9654),
    programs=("/docdb",),
    readiness={"httpGet": {"path": "/debug/readyz", "port": 8088}},
    ready_when="`GET /debug/readyz` on 8088: a ping that PostgreSQL answers",
    metrics=Metrics(8088, "/debug/metrics"),
    port_variables={"DOCDB_LISTEN_ADDR": ":{mongodb}"},
    note="a proxy: what it stores is in PostgreSQL, and the claim holds the id of the process",
)
_FERRETDB = replace(
    _DOCDB,
    name="ferretdb-2",
    images=(
        Images("ghcr.io/ferretdb/ferretdb", since=(2,), untold=True),
        Images("ferretdb/ferretdb", since=(2,), untold=True),
    ),
    sources=(Source("FerretDB/FerretDB", "977066050", "build/ferretdb/production.Dockerfile", _READ),),
    credentials=replace(
        _DOCDB.credentials,
        variables=("FERRETDB_POSTGRESQL_URL", "FERRETDB_POSTGRESQL_URL_FILE"),
        missing="without FERRETDB_POSTGRESQL_URL FerretDB asks for PostgreSQL in its own pod, where there is none",
        remedy=(
            "declare a SQL with the image ghcr.io/ferretdb/postgres-documentdb, and name a Secret with"
            " FERRETDB_POSTGRESQL_URL (postgres://<user>:<password>@<sql>:5432/postgres) in credentialsSecret"
        ),
        required=(("FERRETDB_POSTGRESQL_URL", "FERRETDB_POSTGRESQL_URL_FILE"),),
    ),
    user="ferretdb",
    entry_point=("/ferretdb",),
    listens=(8088,),
    programs=("/ferretdb",),
    port_variables={"FERRETDB_LISTEN_ADDR": ":{mongodb}"},
)

DOCDB = Engine(
    name="docdb",
    image=image("ghcr.io/hanzoai/docdb"),
    ports=(port("mongodb", 27017),),
    operator_directory="/data/db",
    schemes={"mongodb": "mongodb"},
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
    + UPLOAD,
    tools=("mongodump",),
    dump_port="mongodb",
    generations=(_MONGO, _DOCDB, _FERRETDB),
    unknown=_MONGO.name,
    unclustered="replicas of DocDB are separate databases without a replica set",
)
