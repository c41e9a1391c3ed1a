"""PostgreSQL, a relational database."""

from __future__ import annotations

from .dump import UPLOAD
from .engine import Credentials, Engine, image, port

__all__ = ["POSTGRESQL"]

POSTGRESQL = Engine(
    name="postgresql",
    image=image("ghcr.io/hanzoai/sql:16"),
    ports=(port("postgresql", 5432),),
    data_directory="/var/lib/postgresql/data",
    scheme="postgresql",
    credentials=Credentials(
        ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"),
        missing="without a password PostgreSQL does not start on a new disk",
        remedy="name a Secret with POSTGRES_PASSWORD in credentialsSecret",
    ),
    readiness={"exec": {"command": ["pg_isready", "-h", "127.0.0.1", "-p", "{postgresql}"]}},
    # the root of a file system holds lost+found, and initdb wants an empty directory
    environment={"PGDATA": "/var/lib/postgresql/data/pgdata"},
    port_variables={"PGPORT": "postgresql"},
    scratch=("/var/run/postgresql",),
    # a server that takes a connection and says nothing would be waited for without end
    dump="""\
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-60}"
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}" PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD:-}}"
pg_dumpall --host "$BACKUP_HOST" --port "$BACKUP_PORT" --no-password --file "$WORK/dump"
"""
    + UPLOAD,
    tools=("pg_dumpall",),
    dump_port="postgresql",
    saves_itself=True,
    unclustered="replicas of PostgreSQL are separate databases without replication",
)
