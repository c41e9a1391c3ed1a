"""NATS, a message broker."""

from __future__ import annotations

from ..ports import ServicePort
from .dump import UPLOAD
from .engine import Credentials, Engine, image, port

__all__ = ["NATS"]

NATS = Engine(
    name="nats",
    image=image("nats:2.10"),
    ports=(ServicePort(name="client", container_port=4222, app_protocol="tcp"), port("monitor", 8222)),
    data_directory="/data/nats",
    scheme="nats",
    credentials=Credentials(
        ("NATS_USER", "NATS_PASSWORD"),
        missing="without a user and a password NATS lets in everybody who can connect",
        remedy="name a Secret with NATS_USER and NATS_PASSWORD in credentialsSecret, and a configuration that asks for them in args",
        options=("--user", "--pass", "--auth", "--config", "-c"),
        in_files=True,
    ),
    # without the filter, one stream that lags takes the server out of its Service
    readiness={"httpGet": {"path": "/healthz?js-server-only=true", "port": "monitor"}},
    args=("--jetstream", "--store_dir", "/data/nats", "--port", "{client}", "--http_port", "{monitor}"),
    # user and password come from NATS_USER and NATS_PASSWORD in the environment
    dump="""\
nats --server "nats://$BACKUP_HOST:$BACKUP_PORT" account backup --force --critical-warnings "$WORK/streams"
found=$(ls -A "$WORK/streams")
test -n "$found" || fail "the dump is empty"
tar -cf "$WORK/dump" -C "$WORK" streams
"""
    + UPLOAD,
    tools=("nats", "tar"),
    dump_port="client",
    saves_itself=False,
    unclustered="servers of NATS are no cluster without routes in their configuration",
)
