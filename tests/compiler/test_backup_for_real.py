"""Backups of real servers into a real bucket, and the way back that the documentation describes.

The container of the compiled job is run as it is: command, arguments and variables, without rights and as a user whom no
file names. Its directory and the address of its server are those of this machine.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import compile_resource, load_platform, parse
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.engines.engine import CLIENTS
from tests.compiler.bucket import BUCKET, KEYS, MISSING, Bucket, store
from tests.compiler.servers import HOST, OPEN, PASSWORD, SERVERS, Broken, Server, command, free_port, running
from tests.docs.pages import ROOT, Page

pytestmark = pytest.mark.slow

FILES = {block.file_name: block.text for block in Page(ROOT / "docs/how-to/back-up-and-restore.md").blocks}
NOBODY = {"user": 54321, "group": 54321, "extra_groups": []} if os.geteuid() == 0 else {}
OLD = "shop/cache/2026-01-01T00-00-00Z.gz"
NEIGHBOUR = "shop/cache-2/2026-01-01T00-00-00Z.gz"
CASES = ("down", "silent", "dies", "wrong password", "no bucket", "store down", "store dies", "wrong keys")
WAIT = {("valkey", "silent"), ("minio", "silent")}
"""Clients that wait for a server that says nothing: the deadline of the job ends them."""
CLICKHOUSE = """\
#!{python}
import os, sys
from chdb.session import Session
print(Session(os.environ["DATA"]).query(sys.stdin.read(), "TSV"))
"""
SYSTEM = ("sh", "cat", "chmod", "cp", "date", "gunzip", "gzip", "ls", "mkdir", "mv", "rm", "sed", "tar", "env")
"""What any image has, however small."""
LIMIT = 100
"""Seconds after which a job is taken to hang."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that every user of this machine may enter and write to."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def bucket(place: Path) -> Iterator[Bucket]:
    if MISSING:  # the test is a slow one, and no set-up brings servers: CONTRIBUTING says which programs it wants
        pytest.skip(f"not installed: {MISSING}")  # a server that `make engines` brings
    with store(place / "store", free_port()) as served:
        yield served


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    """A client of S3, the only one that a job finds."""
    name = str(request.param)
    if not shutil.which(name):  # as for the bucket
        pytest.skip(f"not installed: {name}")  # a client that `make engines` brings
    return name


def needed(server: Server) -> Server:
    """Return *server*; skip the test where its programs are not on PATH."""
    if server.missing:  # as for the bucket
        pytest.skip(f"not installed: {server.missing}")
    return server


def can_save(engine: str, client: str) -> None:
    """Skip the test where no job takes *client* for *engine*."""
    if client not in ENGINES[engine].clients:  # that a job refuses it is tested with the other scripts
        pytest.skip(f"{client} does not save {engine}")  # the script refuses it, which has a test of its own


@dataclass(frozen=True)
class Job:
    """A Datastore with a backup, as files in a directory, and what its pods see."""

    engine: str
    place: Path
    port: int
    store: int
    client: str
    bucket: str = BUCKET
    secret: Mapping[str, str] | None = None
    """What the credentials secret holds, if it is not that of the server."""
    keys: Mapping[str, str] = field(default_factory=lambda: KEYS)
    replaced: Mapping[str, str] = field(default_factory=dict)
    """Variables that are of this machine, beside its address."""
    user: Mapping[str, Any] = field(default_factory=lambda: NOBODY)
    claim: Path | None = None
    """Where the disk of the server is, if it is not that of the job."""

    @property
    def directory(self) -> Path:
        return self.place / "backup"

    def write(self) -> None:
        settings = {
            "backupImage": "ghcr.io/hanzoai/backup:v1.2.0",
            "backupS3Endpoint": f"http://{HOST}:{self.store}",
            "backupS3Bucket": self.bucket,
            "backupS3CredentialsSecret": "backup-s3",
        }
        resource = {
            "apiVersion": "hanzo.ai/v1",
            "kind": "Datastore",
            "metadata": {"name": "cache", "namespace": "shop"},
            "spec": {
                "type": self.engine,
                "storage": {"size": "1Gi"},
                "credentialsSecret": "credentials",
                # the default image is a proxy, which is saved where its data are
                **({"image": {"repository": "mongo", "tag": "8.0"}} if self.engine == "docdb" else {}),
                "ports": [{"name": ENGINES[self.engine].dump_port, "containerPort": self.port}],
                "backup": {"schedule": "30 2 * * *", "retentionDays": 7},
            },
        }
        (self.place / "hanzo.yaml").write_text(json.dumps(settings))
        (self.place / "cache.yaml").write_text(json.dumps(resource))
        for name, text in FILES.items():
            if name == "restore.py" or name.endswith(".sh"):
                (self.place / name).write_text(text)

    def save(self) -> subprocess.CompletedProcess[str]:
        """Run the container of the CronJob."""
        self.write()
        (document,) = load_all((self.place / "cache.yaml").read_bytes())
        platform = load_platform(self.place / "hanzo.yaml")
        children = compile_resource(parse(document.data, platform), platform).children
        (manifest,) = [child.manifest for child in children if child.id == "CronJob"]
        return self.run(manifest["spec"]["jobTemplate"])

    def restore(self, stamp: str) -> subprocess.CompletedProcess[str]:
        """Run the container of the Job that the program of the documentation prints."""
        self.write()
        words = [sys.executable, "restore.py", "cache.yaml", f"{self.engine}.sh", stamp]
        environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        printed = subprocess.run(words, cwd=self.place, env=environment, check=True, capture_output=True).stdout
        (job,) = load_all(printed)
        return self.run(job.data)

    def programs(self) -> str:
        """Return a directory with the programs of an image: one client of S3, and those of the engine."""
        directory = self.place / "programs"
        directory.mkdir(exist_ok=True)
        engine = ("clickhouse-client", "pg_dumpall", "psql", "valkey-cli", "mongodump", "mongorestore", "nats")
        for name in (*SYSTEM, self.client, *engine):
            path = shutil.which(name, path=self.replaced.get("PATH"))
            if path and not (directory / name).exists():
                (directory / name).symlink_to(path)
        return str(directory)

    def run(self, job: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        (container,) = job["spec"]["template"]["spec"]["containers"]
        secrets = {
            "credentials": SERVERS[self.engine].secret if self.secret is None else self.secret,
            "backup-s3": self.keys,
        }
        environment = {"PATH": self.programs(), "HOME": "/"}
        for source in container.get("envFrom", ()):
            environment |= secrets[source["secretRef"]["name"]]
        for variable in container["env"]:
            wanted = variable.get("valueFrom", {}).get("secretKeyRef")
            environment[variable["name"]] = secrets[wanted["name"]][wanted["key"]] if wanted else variable["value"]
        self.directory.mkdir(exist_ok=True)
        self.directory.chmod(0o777)
        environment |= {
            "BACKUP_DIRECTORY": str(self.directory),
            "BACKUP_HOST": HOST,
            **{k: v for k, v in self.replaced.items() if k != "PATH"},
        }
        # the claim of the server, which the job of Valkey mounts
        script = container["args"][0].replace(" /data/", f" {self.claim or self.directory}/")
        return subprocess.run(
            [*container["command"], script],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
            **self.user,
        )


def saved(done: subprocess.CompletedProcess[str]) -> str:
    """Return the stamp of the backup that was *done*."""
    assert done.returncode == 0, (done.stdout, done.stderr)
    prefix, _, stamp = done.stdout.splitlines()[-1].rpartition("/")
    assert prefix == "backup: saved shop/cache"
    return stamp


@pytest.mark.parametrize(
    "server", [*SERVERS.values(), *OPEN.values()], ids=[*SERVERS, *(f"{name}-open" for name in OPEN)]
)
def test_what_was_saved_is_restored_into_an_empty_server(
    server: Server, client: str, place: Path, bucket: Bucket
) -> None:
    needed(server)
    can_save(server.engine, client)
    port = free_port()
    job = Job(server.engine, place, port, bucket.port, client, secret=server.secret)
    bucket.put_long_ago(OLD)
    bucket.put_long_ago(NEIGHBOUR)
    with running(server, place / "first", port):
        server.fill(port)
        filled = server.read(port)
        first = saved(job.save())
    kept = bucket.keys - {NEIGHBOUR}
    assert kept != bucket.keys
    assert kept
    assert {key[: len(f"shop/cache/{first}")] for key in kept} == {f"shop/cache/{first}"}
    if server.engine == "valkey":
        assert job.restore(first).returncode == 0
        with running(server, job.directory, port):
            assert server.read(port) == filled
        return
    with running(server, place / "second", port):
        assert server.read(port) is None
        restored = job.restore(first)
        assert (restored.returncode, server.read(port)) == (0, filled), restored.stderr


def test_a_postgresql_keeps_its_own_password_and_takes_the_database_it_has(
    client: str, place: Path, bucket: Bucket
) -> None:
    server, port = needed(SERVERS["postgresql"]), free_port()
    with running(server, place / "first", port):
        server.fill(port)
        filled = server.read(port)
        stamp = saved(Job("postgresql", place, port, bucket.port, client).save())
    login = ("psql", "-h", HOST, "-p", str(port), "-U", "postgres")
    with running(server, place / "second", port):
        command(*login, "-c", "CREATE DATABASE orders", env={"PGPASSWORD": PASSWORD})
        command(*login, "-c", "ALTER ROLE postgres PASSWORD 'another'", env={"PGPASSWORD": PASSWORD})
        secret = {"POSTGRES_PASSWORD": "another", "POSTGRES_DB": "orders"}
        job = Job("postgresql", place, port, bucket.port, client, secret=secret)
        restored = job.restore(stamp)
        assert restored.returncode == 0, restored.stderr
        again = job.restore(stamp)
        assert (again.returncode, 'role "shop" already exists' in again.stderr) == (3, True)
        back = PASSWORD.replace("'", "''")
        command(*login, "-c", f"ALTER ROLE postgres PASSWORD '{back}'", env={"PGPASSWORD": "another"})
        assert server.read(port) == filled


def test_clickhouse_writes_to_the_bucket_and_reads_from_it(client: str, place: Path, bucket: Bucket) -> None:
    """The engine itself, in a program that stands in for the client: it has no server, and no network to it."""
    if importlib.util.find_spec("chdb") is None:  # half a gigabyte, for one slow test
        pytest.skip("not installed: chdb")
    program = place / "clickhouse-client"
    program.write_text(CLICKHOUSE.format(python=sys.executable))
    program.chmod(0o755)

    def job(data: str, keys: Mapping[str, str] = KEYS) -> Job:
        path = {
            "PATH": f"{place}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DATA": str(place / data),
        }
        return Job("clickhouse", place, 9000, bucket.port, client, replaced=path, keys=keys, secret={}, user={})

    def ask(data: str, query: str) -> str:
        environment = {**os.environ, **job(data).replaced}
        done = subprocess.run([program], input=query, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    bucket.put_long_ago(OLD)
    empty = job("first").save()
    assert (empty.returncode, empty.stderr) == (1, "backup: the dump is empty\n")
    assert job("first", {**KEYS, "AWS_SECRET_ACCESS_KEY": "wrong-secret"}).save().returncode != 0
    assert OLD in bucket.keys
    ask("first", "CREATE DATABASE shop")
    ask("first", "CREATE TABLE shop.orders (id Int32, what String) ENGINE = MergeTree ORDER BY id")
    ask("first", "INSERT INTO shop.orders SELECT number, repeat('größe', 9) FROM numbers(10000)")
    stamp = saved(job("first").save())
    assert OLD not in bucket.keys
    restored = job("second").restore(stamp)
    assert restored.returncode == 0, restored.stderr
    query = "SELECT count(), sum(id), any(what) FROM shop.orders"
    assert ask("second", query) == ask("first", query)
    assert job("second").restore("2026-01-01T00-00-00Z").returncode != 0


@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name in SERVERS for case in CASES if (name, case) not in WAIT]
)
def test_what_fails_says_so_and_removes_nothing(name: str, case: str, client: str, place: Path, bucket: Bucket) -> None:
    server, port = needed(SERVERS[name]), free_port()
    can_save(name, client)
    job = Job(name, place, port, bucket.port, client)
    bucket.put_long_ago(OLD)
    with ExitStack() as stack:
        if case != "down":
            stack.enter_context(running(server, place / "data", port))
            server.fill(port)
        match case:
            case "silent":
                patience = {**server.secret, "PGCONNECT_TIMEOUT": "5"}
                job = replace(job, port=stack.enter_context(Broken(port)).port, secret=patience)
            case "dies":
                job = replace(job, port=stack.enter_context(Broken(port, limit=100_000, cuts=True)).port)
            case "wrong password":
                wrong = {key: "wrong-password" if "PASSWORD" in key else value for key, value in server.secret.items()}
                job = replace(job, secret=wrong)
            case "no bucket":
                job = replace(job, bucket="another")
            case "store down":
                job = replace(job, store=free_port())
            case "store dies":
                job = replace(job, store=stack.enter_context(Broken(bucket.port, limit=1500, cuts=True)).port)
            case "wrong keys":
                job = replace(job, keys={**KEYS, "AWS_SECRET_ACCESS_KEY": "wrong-secret"})
        done = job.save()
    assert done.returncode != 0
    assert done.stderr
    assert "backup: saved" not in done.stdout
    assert OLD in bucket.keys
