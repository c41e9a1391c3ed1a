"""Valkey, a cache."""

from __future__ import annotations

from .dump import UPLOAD
from .engine import Credentials, Engine, image, port

__all__ = ["VALKEY"]

_LOGIN = """\
password="${REDISCLI_AUTH:-${VALKEY_PASSWORD:-${REDIS_PASSWORD:-}}}"
unset REDISCLI_AUTH
test -z "$password" || export REDISCLI_AUTH="$password"
"""
"""Before a call of the client: a server without a password refuses a login with an empty one."""

VALKEY = Engine(
    name="valkey",
    image=image("ghcr.io/hanzoai/kv:8"),
    ports=(port("valkey", 6379),),
    data_directory="/data",
    scheme="redis",
    credentials=Credentials(
        ("VALKEY_PASSWORD", "REDIS_PASSWORD", "REDISCLI_AUTH", "VALKEY_EXTRA_FLAGS"),
        missing="without a password Valkey lets in everybody who can connect",
        remedy="name a Secret with VALKEY_PASSWORD in credentialsSecret, with args: [--requirepass, $(VALKEY_PASSWORD)]",
        options=("requirepass", "aclfile"),
        in_files=True,
    ),
    # the client succeeds with any answer: also when the server loads its data or has lost its primary; one
    # that asks for a password which nobody wrote answers nothing else
    readiness={
        "exec": {
            "command": [
                "/bin/sh",
                "-c",
                _LOGIN
                + """\
case "$(valkey-cli -p {valkey} ping)" in
PONG) ;;
NOAUTH*) test -z "$password" ;;
*) exit 1 ;;
esac
""",
            ]
        }
    },
    ready_when="`valkey-cli ping` is answered with `PONG`",
    port_args=("--port", "{valkey}"),
    dump=_LOGIN
    + """\
valkey-cli -h "$BACKUP_HOST" -p "$BACKUP_PORT" --rdb "$WORK/dump"
"""
    + UPLOAD,
    tools=("valkey-cli",),
    dump_port="valkey",
    saves_itself=True,
    unclustered="replicas of Valkey are separate caches without replication",
)
