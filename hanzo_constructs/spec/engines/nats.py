"""NATS, a message broker."""

from __future__ import annotations

from dataclasses import replace

from ..ports import ServicePort
from .dump import UPLOAD
from .engine import Engine, image, port
from .generation import Credentials, Exporter, Generation, Images, Source

__all__ = ["NATS"]

_READ = "2026-11-28"

_NATS = Generation(
    name="nats",
    images=(Images("nats", untold=True),),
    data_path="/data/nats",
    sources=(
        Source("nats-io/nats-docker", "aa0caa5", "2.12.x/scratch/Dockerfile", _READ),
        Source("nats-io/nats-docker", "aa0caa5", "2.14.x/scratch/Dockerfile", _READ),
    ),
    credentials=Credentials(
        ("NATS_USER", "NATS_PASSWORD"),
        missing="without a user and a password NATS lets in everybody who can connect",
        remedy="name a Secret with NATS_USER and NATS_PASSWORD in credentialsSecret, and a configuration that asks for them in args",
        options=("--user", "--pass", "--auth", "--config", "-c"),
        in_files=True,
        asks=(),
        asking="args: [--jetstream, --store_dir, /data/nats, --http_port, '8222', --user, $(NATS_USER), --pass, $(NATS_PASSWORD)]",
    ),
    runs_as=1000,
    group=1000,
    entry_point=("/nats-server",),
    programs=("/nats-server",),
    # without the filter, one stream that lags takes the server out of its Service
    readiness={"httpGet": {"path": "/healthz?js-server-only=true", "port": "monitor"}},
    exporter=Exporter("natsio/prometheus-nats-exporter", 7777, "args: [-varz, -jsz=all, http://localhost:8222]"),
    args=("--jetstream", "--store_dir", "/data/nats", "--port", "{client}", "--http_port", "{monitor}"),
    note="no shell; the images of Alpine have one",
)
_NATS_ALPINE = replace(
    _NATS,
    name="nats-alpine",
    images=(Images("nats", tags="alpine", untold=True),),
    sources=(Source("nats-io/nats-docker", "aa0caa5", "2.12.x/alpine3.22/Dockerfile", _READ),),
    entry_point=("docker-entrypoint.sh",),
    programs=("sh", "gzip", "nats-server", "tar", "wget"),
    note="",
)

NATS = Engine(
    name="nats",
    image=image("nats:2.14"),
    operator_image=image("nats:2.10"),
    operator_saves=False,
    ports=(ServicePort(name="client", container_port=4222, app_protocol="tcp"), port("monitor", 8222)),
    operator_directory="/data/nats",
    schemes={"client": "nats", "monitor": "http"},
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
    generations=(_NATS_ALPINE, _NATS),
    unknown=_NATS.name,
    unclustered="servers of NATS are no cluster without routes in their configuration",
)
