"""PostgreSQL, a relational database: the official images and those that are built from them."""

from __future__ import annotations

from dataclasses import replace

from .dump import UPLOAD
from .engine import Engine, image, port
from .generation import Credentials, Exporter, Generation, Images, Source

__all__ = ["POSTGRESQL"]

_READ = "2026-11-28"
_PLATFORM = "ghcr.io/hanzoai/sql"
_COMPATIBLE = ("pgvector/pgvector", "postgis/postgis", "ghcr.io/ferretdb/postgres-documentdb")
"""Built from the official images, whose entry point they keep; their tags begin with the version of PostgreSQL."""

_POSTGRES_17 = Generation(
    name="postgres-17",
    images=(
        Images("postgres", before=(18,)),
        *(Images(each, before=(18,)) for each in _COMPATIBLE),
    ),
    data_path="/var/lib/postgresql/data",
    sources=(
        Source("docker-library/postgres", "6edb0a8c4d", "17/bookworm/Dockerfile", _READ),
        Source("docker-library/postgres", "6edb0a8c4d", "17/alpine3.23/Dockerfile", _READ),
        Source("docker-library/postgres", "6edb0a8c4d", "17/bookworm/docker-entrypoint.sh", _READ),
    ),
    credentials=Credentials(
        ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),
        missing="without a password PostgreSQL does not start on a new disk",
        remedy="name a Secret with POSTGRES_PASSWORD in credentialsSecret",
        required=(("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),),
    ),
    runs_as=999,
    alpine_runs_as=70,
    group=999,
    entry_point=("docker-entrypoint.sh",),
    programs=("bash", "sh", "gzip", "pg_dumpall", "pg_isready", "postgres", "psql"),
    readiness={"exec": {"command": ["pg_isready", "-h", "127.0.0.1", "-p", "{postgresql}"]}},
    exporter=Exporter(
        "quay.io/prometheuscommunity/postgres-exporter",
        9187,
        "DATA_SOURCE_URI=localhost:5432/postgres, with user and password",
    ),
    # the root of a file system holds lost+found, and initdb wants an empty directory
    environment={"PGDATA": "/var/lib/postgresql/data/pgdata"},
    port_variables={"PGPORT": "{postgresql}"},
    scratch=("/var/run/postgresql",),
)
_POSTGRES_18 = replace(
    _POSTGRES_17,
    name="postgres-18",
    images=(
        Images("postgres", since=(18,), untold=True),
        *(Images(each, since=(18,), untold=True) for each in _COMPATIBLE),
    ),
    data_path="/var/lib/postgresql",
    sources=(
        Source("docker-library/postgres", "6edb0a8c4d", "18/bookworm/Dockerfile", _READ),
        Source("docker-library/postgres", "6edb0a8c4d", "18/bookworm/docker-entrypoint.sh", _READ),
    ),
    # the same place on the claim as before 18, so that a server never starts empty beside older data: it refuses them
    environment={"PGDATA": "/var/lib/postgresql/pgdata"},
)
_SQL_16 = replace(
    _POSTGRES_17,
    name="sql-16",
    images=(Images(_PLATFORM, before=(18,)),),
    sources=(
        Source("hanzoai/sql", "279083d", "Dockerfile", _READ),
        Source("docker-library/postgres", "6edb0a8c4d", "16/alpine3.23/Dockerfile", _READ),
    ),
    runs_as=70,
    group=70,
)
_SQL_18 = replace(
    _POSTGRES_18,
    name="sql-18",
    images=(
        Images(
            _PLATFORM,
            since=(18,),
            untold=True,
            doubt="the first images of 18 read POSTGRES_*, later ones SQL_* alone",
        ),
    ),
    sources=(
        Source("hanzoai/sql", "23ca8f49", "Dockerfile", _READ),
        Source("hanzoai/sql", "1bc2a1bb", "entrypoint.sh", _READ),
    ),
    credentials=Credentials(
        (
            *("SQL_PASSWORD", "SQL_HOST_AUTH_METHOD"),
            *("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),
        ),
        missing="without SQL_USER, SQL_DB and a password the server does not start on a new disk",
        remedy="name a Secret with SQL_USER, SQL_DB and SQL_PASSWORD in credentialsSecret",
        required=(
            ("SQL_USER", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD"),
            ("SQL_DB", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD"),
            ("SQL_PASSWORD", "SQL_HOST_AUTH_METHOD", "POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD"),
        ),
    ),
    entry_point=("/usr/local/bin/entrypoint.sh",),
    # its own command is sqld, another name of the server, with which the entry point makes no database
    args=("postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"),
    note="reads SQL_USER, SQL_DB and SQL_PASSWORD; earlier builds of 18 read POSTGRES_*",
)

POSTGRESQL = Engine(
    name="postgresql",
    image=image(f"{_PLATFORM}:16"),
    ports=(port("postgresql", 5432),),
    operator_directory="/var/lib/postgresql/data",
    schemes={"postgresql": "postgresql"},
    # a server that takes a connection and says nothing would be waited for without end
    dump="""\
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-60}"
export PGUSER="${PGUSER:-${POSTGRES_USER:-${SQL_USER:-postgres}}}"
export PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD:-${SQL_PASSWORD:-}}}"
pg_dumpall --host "$BACKUP_HOST" --port "$BACKUP_PORT" --no-password --file "$WORK/dump"
"""
    + UPLOAD,
    tools=("pg_dumpall",),
    dump_port="postgresql",
    generations=(_POSTGRES_17, _POSTGRES_18, _SQL_16, _SQL_18),
    unknown=_POSTGRES_17.name,
    database_variables=("POSTGRES_DB", "SQL_DB"),
    user_variables=("POSTGRES_USER", "SQL_USER"),
    default_database="postgres",
    unclustered="replicas of PostgreSQL are separate databases without replication",
)
