"""A server of S3 on this machine whose objects are files, and the bucket in it that backups go to."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.compiler.servers import HOST, PASSWORD, command, request

__all__ = ["BUCKET", "KEYS", "MISSING", "Bucket", "store"]

BUCKET = "backups"
KEYS = {"AWS_ACCESS_KEY_ID": "of-backups", "AWS_SECRET_ACCESS_KEY": "only \"for\" 'backups' $HOME"}
MISSING = ", ".join(name for name in ("versitygw", "curl") if not shutil.which(name))
_ROOT = ("root", PASSWORD)
_RIGHTS = """{"Version": "2012-10-17", "Statement": [
{"Effect": "Allow", "Principal": "of-backups", "Action": ["s3:ListBucket"], "Resource": "arn:aws:s3:::backups"},
{"Effect": "Allow", "Principal": "of-backups", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
 "Resource": "arn:aws:s3:::backups/*"}]}"""
"""The rights that the documentation names, and no more."""


@dataclass(frozen=True)
class Bucket:
    """The bucket that backups go to."""

    port: int
    directory: Path
    """Where the server keeps its buckets."""

    def put_long_ago(self, key: str) -> None:
        """Put an object as if on New Year's Day."""
        file = self.directory / BUCKET / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("long ago")
        seconds = time.mktime((2026, 1, 1, 0, 0, 0, 0, 0, 0))
        os.utime(file, (seconds, seconds))
        _give(self.directory / BUCKET)

    @property
    def keys(self) -> set[str]:
        top = self.directory / BUCKET
        found = {str(file.relative_to(top)) for file in top.rglob("*") if file.is_file()}
        return {key for key in found if not key.startswith(".sgwtmp")}


def _give(directory: Path) -> None:
    for path in (directory, *directory.rglob("*")):
        path.chmod(0o777)


@contextmanager
def store(place: Path, port: int) -> Iterator[Bucket]:
    """Serve buckets below *place*, one of them with a user who may do there what a backup needs."""
    for name in ("buckets", "accounts", "sidecar"):
        (place / name).mkdir(parents=True)
    _give(place)
    words = ["versitygw", "--access", _ROOT[0], "--secret", _ROOT[1], "--port", f"{HOST}:{port}", "--quiet"]
    words += ["--iam-dir", str(place / "accounts")]
    words += ["posix", "--sidecar", str(place / "sidecar"), str(place / "buckets")]
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 30
        while not _answers(port):
            assert process.poll() is None, (place / "log").read_text()
            assert time.monotonic() < until, (place / "log").read_text()
            time.sleep(0.1)
        _with_user(port)
        yield Bucket(port, place / "buckets")
    finally:
        process.terminate()
        process.wait(10)


def _answers(port: int) -> bool:
    with suppress(AssertionError):
        request(port, "")
        return True
    return False


def _with_user(port: int) -> None:
    login = ("--access", _ROOT[0], "--secret", _ROOT[1], "--endpoint-url", f"http://{HOST}:{port}")
    access, secret = KEYS.values()
    command("versitygw", "admin", *login, "create-user", "--access", access, "--secret", secret, "--role", "user")
    request(port, BUCKET, method="PUT")
    request(port, BUCKET, method="PUT", given=_RIGHTS, query="?policy=")
