"""Valkey, a cache: its own images, those of the platform, and Redis, which it comes from."""

from __future__ import annotations

from dataclasses import replace

from .dump import UPLOAD
from .engine import Engine, image, port
from .generation import Credentials, Exporter, Generation, Images, Source

__all__ = ["VALKEY"]

_READ = "2026-11-28"
_PLATFORM = "ghcr.io/hanzoai/kv"

_LOGIN = """\
password="${REDISCLI_AUTH:-${VALKEY_PASSWORD:-${REDIS_PASSWORD:-}}}"
unset REDISCLI_AUTH
test -z "$password" || export REDISCLI_AUTH="$password"
"""
"""Before a call of the client: a server without a password refuses a login with an empty one."""


def _asked(client: str) -> dict[str, dict[str, list[str]]]:
    """Return the handler that asks by the *client*, a program or what a shell makes one of.

    The client succeeds with any answer: also when the server loads its data or has lost its primary; one that asks for
    a password which nobody wrote answers nothing else.
    """
    script = f"""\
case "$({client} -p {{valkey}} ping)" in
PONG) ;;
NOAUTH*) test -z "$password" ;;
*) exit 1 ;;
esac
"""
    return {"exec": {"command": ["/bin/sh", "-c", _LOGIN + script]}}


_VALKEY = Generation(
    name="valkey",
    images=(Images("valkey/valkey", untold=True),),
    data_path="/data",
    sources=(
        Source("valkey-io/valkey-container", "ae6141e", "8.0/debian/Dockerfile", _READ),
        Source("valkey-io/valkey-container", "ae6141e", "8.0/alpine/Dockerfile", _READ),
        Source("valkey-io/valkey-container", "ae6141e", "docker-entrypoint.sh", _READ),
    ),
    credentials=Credentials(
        ("VALKEY_PASSWORD", "REDIS_PASSWORD", "REDISCLI_AUTH", "VALKEY_EXTRA_FLAGS"),
        missing="without a password Valkey lets in everybody who can connect",
        remedy="name a Secret with VALKEY_PASSWORD in credentialsSecret, with args: [--requirepass, $(VALKEY_PASSWORD)]",
        options=("requirepass", "aclfile"),
        in_files=True,
        asks=("VALKEY_EXTRA_FLAGS",),
        asking="args: [--requirepass, $(VALKEY_PASSWORD)]",
    ),
    runs_as=999,
    group=1000,
    entry_point=("docker-entrypoint.sh",),
    programs=("sh", "gzip", "valkey-cli", "valkey-server"),
    readiness=_asked("valkey-cli"),
    ready_when="`valkey-cli ping` is answered with `PONG`",
    exporter=Exporter("oliver006/redis_exporter", 9121, "REDIS_ADDR=redis://localhost:6379 and REDIS_PASSWORD"),
    port_args=("--port", "{valkey}"),
)
_WITHOUT_FLAGS = replace(_VALKEY.credentials, asks=())
"""Only the entry point of Valkey's own images makes arguments of VALKEY_EXTRA_FLAGS."""
_KV_2026_02 = replace(
    _VALKEY,
    name="kv-2026-02",
    images=(Images(_PLATFORM, before=(9,)),),
    sources=(
        Source("hanzoai/kv", "b28aa1eab", "Dockerfile", _READ),
        Source("hanzoai/kv", "52758c9b5", "Dockerfile", _READ),
    ),
    entry_point=("kv-server",),
    credentials=_WITHOUT_FLAGS,
    # its own arguments are replaced by the first of ours: what they say has to be said again
    port_args=(
        *("--port", "{valkey}"),
        *("--dir", "/data", "--maxmemory-policy", "allkeys-lru", "--protected-mode", "no"),
    ),
)
_KV_2026_07 = replace(
    _KV_2026_02,
    name="kv-2026-07",
    images=(
        Images(
            _PLATFORM,
            since=(9,),
            untold=True,
            doubt="until July 2026 these images were built from Valkey's, and run as root",
        ),
    ),
    sources=(Source("hanzoai/kv", "894a84ac", "Dockerfile", _READ),),
    user="hanzo",
    # adduser takes the first number that is free, from 100 on
    runs_as=100,
    group=101,
    entry_point=("kvd",),
    programs=("sh", "gzip", "kv", "kv-cli", "kv-server", "kvd"),
    readiness=_asked('"$(command -v kv-cli || command -v valkey-cli)"'),
    ready_when="`kv-cli ping` is answered with `PONG`",
)
_REDIS = replace(
    _VALKEY,
    name="redis",
    images=(Images("redis", untold=True),),
    sources=(
        Source("redis/docker-library-redis", "e5650da9", "7.4/debian/Dockerfile", _READ),
        Source("redis/docker-library-redis", "e5650da9", "docker-entrypoint.sh", _READ),
    ),
    credentials=_WITHOUT_FLAGS,
    programs=("sh", "gzip", "redis-cli", "redis-server"),
    readiness=_asked("redis-cli"),
    ready_when="`redis-cli ping` is answered with `PONG`",
)

VALKEY = Engine(
    name="valkey",
    image=image(f"{_PLATFORM}:8"),
    ports=(port("valkey", 6379),),
    operator_directory="/data",
    schemes={"valkey": "redis"},
    dump=_LOGIN
    + """\
valkey-cli -h "$BACKUP_HOST" -p "$BACKUP_PORT" --rdb "$WORK/dump"
"""
    + UPLOAD,
    tools=("valkey-cli",),
    dump_port="valkey",
    generations=(_VALKEY, _KV_2026_02, _KV_2026_07, _REDIS),
    unknown=_VALKEY.name,
    unclustered="replicas of Valkey are separate caches without replication",
)
