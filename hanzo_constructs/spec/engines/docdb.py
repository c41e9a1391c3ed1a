"""DocDB, a database of documents that speaks as MongoDB does."""

from __future__ import annotations

from .dump import UPLOAD
from .engine import Credentials, Engine, image, port

__all__ = ["DOCDB"]

DOCDB = Engine(
    name="docdb",
    image=image("ghcr.io/hanzoai/docdb"),
    ports=(port("mongodb", 27017),),
    data_directory="/data/db",
    scheme="mongodb",
    credentials=Credentials(
        (
            "MONGO_INITDB_ROOT_USERNAME",
            "MONGO_INITDB_ROOT_USERNAME_FILE",
            "DOCDB_POSTGRESQL_URL",
            "FERRETDB_POSTGRESQL_URL",
        ),
        missing="without a user and a password DocDB lets in everybody who can connect",
        remedy="name a Secret with MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD in credentialsSecret",
        options=("--auth", "--keyFile", "--config"),
        in_files=True,
    ),
    readiness=None,
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
    saves_itself=True,
    unclustered="replicas of DocDB are separate databases without a replica set",
)
