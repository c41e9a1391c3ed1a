"""Real servers with what is derived for them: command, arguments, variables, user, claim, ports and readiness."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanzo_constructs.spec.engines.engine import CLIENTS
from tests.compiler.bucket import Bucket, store
from tests.compiler.servers import free_port
from tests.compiler.test_backup_for_real import Job, saved
from tests.engines.pod import CAPABLE, Pod, compiled, network

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SECRET = 'it\'s "quoted", $HOME'  # noqa: S105 - of servers that live as long as a test
POSTGRES = """\
mkdir -p "$PGDATA"
chown -R 999 "$PGDATA"
chmod 1777 /var/run/postgresql 2> /dev/null || install -d -m 1777 /var/run/postgresql
run() {
  exec setpriv --reuid=999 --regid=999 --clear-groups "$@"
}
if ! test -s "$PGDATA/PG_VERSION"; then
  test -n "${POSTGRES_PASSWORD:-}" || { echo "superuser password is not specified"; exit 1; }
  install -m 0600 -o 999 /dev/null /tmp/password
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  (run initdb -D "$PGDATA" -U postgres -A scram-sha-256 --pwfile /tmp/password --no-sync)
fi
cd "$PGDATA"
run postgres -D "$PGDATA" "$@"
"""
"""What the entry point of the official image does, in few words."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory for a pod, in a network of its own."""
    if not CAPABLE:
        pytest.skip("root makes namespaces")  # nobody else may mount what the pod has, as the kubelet does
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, network():
        Path(name).chmod(0o755)
        yield Path(name)


def need(*programs: str, path: str = os.environ["PATH"]) -> str:
    """Return *path*; skip the test where a program is not there: no set-up brings servers, CONTRIBUTING says which does."""
    if missing := [name for name in programs if not shutil.which(name, path=path)]:
        pytest.skip(f"not installed: {', '.join(missing)}")  # `make engines` brings most of them
    return path


def postgresql(version: int, epoch: int, place: Path, **spec: object) -> Pod:
    """Return a pod of PostgreSQL: the version of the machine, or one in `.build/engines`."""
    own = (ROOT / f".build/engines/postgresql-{version}/bin").resolve()
    path = need("postgres", "initdb", "pg_isready", "psql", path=f"{own}:{os.environ['PATH']}")
    server = shutil.which("postgres", path=path)
    told = subprocess.run([str(server), "--version"], capture_output=True, text=True, check=True).stdout
    if f" {version}." not in told:
        pytest.skip(f"not installed: PostgreSQL {version}")  # a machine has one version, `make engines` others
    data = "/var/lib/postgresql/data" if version < 18 else f"/var/lib/postgresql/{version}/docker"
    pod = compiled("postgresql", f"postgres:{version}", epoch, **spec)
    return Pod(pod, POSTGRES, place, {"POSTGRES_PASSWORD": SECRET}, {"PGDATA": data}, path=path)


def psql(pod: Pod, statement: str, password: str = SECRET) -> str:
    words = ("psql", "-h", "127.0.0.1", "-U", "postgres", "-d", "postgres", "-Atqw", "-v", "ON_ERROR_STOP=1")
    done = pod.run(*words, given=statement, PGPASSWORD=password)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("version", "epoch"), [(15, 2025), (15, 2026), (16, 2025), (16, 2026), (18, 2026)])
def test_postgresql_keeps_its_data_on_the_claim_alone(version: int, epoch: int, place: Path) -> None:
    pod = postgresql(version, epoch, place)
    with pod.running():
        pod.wait()
        if epoch == 2025:
            time.sleep(2)  # a port that is open says little
        psql(pod, "CREATE TABLE orders AS SELECT 'größe' AS what")
        with pytest.raises(AssertionError, match="password authentication failed"):
            psql(pod, "SELECT 1", password="wrong-password")  # noqa: S106
    assert list((place / "root").iterdir()) == []
    with pod.running():
        pod.wait()
        if epoch == 2025:
            time.sleep(2)
        assert psql(pod, "SELECT what FROM orders") == "größe\n"
    shutil.rmtree(place / "claim")
    with pod.running():
        pod.wait()
        if epoch == 2025:
            time.sleep(2)
        with pytest.raises(AssertionError, match='relation "orders" does not exist'):
            psql(pod, "SELECT what FROM orders")


@pytest.mark.parametrize("version", [15, 16, 18])
def test_postgresql_is_not_ready_before_it_listens_and_while_it_recovers(version: int, place: Path) -> None:
    pod = postgresql(version, 2026, place)
    with pod.running():
        assert not pod.probe()
        pod.wait()
        data = pod.environment["PGDATA"]
    (place / "claim" / Path(data).relative_to(pod.claim) / "recovery.signal").touch()
    with pod.running("-c", "restore_command=sleep 300"):
        until = time.monotonic() + 20
        while pod.run("pg_isready", "-h", "127.0.0.1").returncode != 1:  # it answers, and lets nobody in
            assert time.monotonic() < until, pod.log
            time.sleep(0.2)
        assert not pod.probe()


def test_postgresql_without_a_password_does_not_start(place: Path) -> None:
    pod = postgresql(15, 2026, place)
    pod.secret = {"POSTGRES_PASSWORD": ""}
    with pod.running(), pytest.raises(AssertionError, match="superuser password is not specified"):
        pod.wait()


def test_postgresql_listens_on_the_port_that_was_asked_for(place: Path) -> None:
    pod = postgresql(15, 2026, place, ports=[{"name": "postgresql", "containerPort": 6543}])
    with pod.running():
        pod.wait()
        assert pod.run("pg_isready", "-h", "127.0.0.1", "-p", "6543").returncode == 0
        assert pod.run("pg_isready", "-h", "127.0.0.1", "-p", "5432").returncode == 2


def valkey(place: Path, epoch: int = 2026, *more: str) -> Pod:
    need("valkey-server", "valkey-cli")
    args = ["--requirepass", "$(VALKEY_PASSWORD)", *more]
    pod = compiled("valkey", "valkey/valkey:8.0", epoch, args=args)
    start = 'chown -R 999 .\nexec setpriv --reuid=999 --regid=1000 --init-groups valkey-server "$@"'
    return Pod(pod, start, place, {"VALKEY_PASSWORD": "secret"}, working_directory="/data")


@pytest.mark.parametrize("epoch", [2025, 2026])
def test_valkey_keeps_its_data_on_the_claim_alone(epoch: int, place: Path) -> None:
    pod = valkey(place, epoch, "--appendonly", "yes")
    asked = ("valkey-cli", "--no-auth-warning", "-a", "secret")
    with pod.running():
        pod.wait()
        assert pod.run(*asked, "set", "colour", "größe").stdout == "OK\n"
        assert "NOAUTH" in pod.run("valkey-cli", "get", "colour").stdout
    with pod.running():
        pod.wait()
        time.sleep(1 if epoch == 2025 else 0)
        assert pod.run(*asked, "--raw", "get", "colour").stdout == "größe\n"
    shutil.rmtree(place / "claim")
    with pod.running():
        pod.wait()
        time.sleep(1 if epoch == 2025 else 0)
        assert pod.run(*asked, "exists", "colour").stdout == "0\n"


def test_valkey_is_not_ready_before_it_listens_while_it_loads_and_with_another_password(place: Path) -> None:
    pod = valkey(place, 2026, "--appendonly", "yes")
    fill = "for n = 1, 20000 do redis.call('set', n, n) end"
    with pod.running():
        pod.wait()
        assert not pod.probe(VALKEY_PASSWORD="wrong-password")  # noqa: S106
        assert pod.run("valkey-cli", "-a", "secret", "eval", fill, "0").returncode == 0
        assert pod.run("valkey-cli", "-a", "secret", "bgrewriteaof").returncode == 0
        time.sleep(2)
    with pod.running("--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024"):
        until = time.monotonic() + 10
        while "LOADING" not in pod.run("valkey-cli", "-a", "secret", "ping").stdout:
            assert time.monotonic() < until, pod.log
        assert not pod.probe()
        pod.wait(90)


def nats(place: Path, epoch: int = 2026) -> Pod:
    need("nats-server", "nats", "curl")
    pod = compiled(
        "nats",
        "nats:2.14",
        epoch,
        **(
            {"insecure": True}
            if epoch == 2026
            else {"args": ["--jetstream", "--store_dir", "/data/nats", "--http_port", "8222"]}
        ),
    )
    return Pod(pod, 'exec nats-server "$@"', place, {})


@pytest.mark.parametrize("epoch", [2025, 2026])
def test_nats_keeps_its_streams_on_the_claim_alone(epoch: int, place: Path) -> None:
    pod = nats(place, epoch)
    with pod.running():
        pod.wait()
        assert pod.run("nats", "stream", "add", "orders", "--subjects=orders.>", "--defaults").returncode == 0
        assert pod.run("nats", "pub", "orders.new", "größe", "--jetstream").returncode == 0
    with pod.running():
        pod.wait()
        assert "größe" in pod.run("nats", "stream", "get", "orders", "1").stdout
    shutil.rmtree(place / "claim")
    with pod.running():
        pod.wait()
        assert "orders" not in pod.run("nats", "stream", "ls", "--names").stdout


def ferretdb(place: Path) -> Pod:
    need("ferretdb-2", "curl")
    place.mkdir()
    pod = compiled("docdb", "ghcr.io/ferretdb/ferretdb:2.7.0", 2026)
    image = {"FERRETDB_DEBUG_ADDR": ":8088", "FERRETDB_STATE_DIR": "/state", "FERRETDB_LISTEN_ADDR": ":27017"}
    secret = {"FERRETDB_POSTGRESQL_URL": "postgres://postgres:secret@127.0.0.1:5432/postgres"}
    start = 'exec setpriv --reuid=1000 --regid=1000 --init-groups ferretdb-2 --telemetry=disable "$@"'
    return Pod(pod, start, place, secret, image)


def test_ferretdb_listens_and_is_not_ready_without_a_postgresql_that_has_its_extension(place: Path) -> None:
    (place / "sql").mkdir()
    sql = postgresql(15, 2026, place / "sql")
    sql.secret = {"POSTGRES_PASSWORD": "secret"}
    pod = ferretdb(place / "docdb")
    with pod.running(), socket.socket() as client:
        until = time.monotonic() + 20
        while client.connect_ex(("127.0.0.1", 27017)):
            assert time.monotonic() < until, pod.log
            time.sleep(0.2)
        assert not pod.probe()
        assert "connection refused" in pod.log
        with sql.running():
            sql.wait()
            time.sleep(2)
            assert not pod.probe()
            assert "SQLSTATE 3F000" in pod.log  # there is no schema of that name


def job_of(pod: Pod, engine: str, port: int, store: int) -> Job:
    client = next((each for each in CLIENTS if shutil.which(each)), "")
    need(client or "rclone")
    return Job(engine, pod.place, port, store, client, secret=pod.secret, user={}, claim=pod.place / "claim")


@pytest.fixture
def bucket(place: Path) -> Iterator[Bucket]:
    need("versitygw", "curl")
    with store(place / "store", free_port()) as served:
        yield served


def test_postgresql_is_saved_and_comes_back_on_a_new_disk(place: Path, bucket: Bucket) -> None:
    need("pg_dumpall")
    pod = postgresql(15, 2026, place)
    job = job_of(pod, "postgresql", 5432, bucket.port)
    with pod.running():
        pod.wait()
        psql(pod, "CREATE TABLE orders AS SELECT 'größe' AS what")
        stamp = saved(job.save())
    shutil.rmtree(place / "claim")
    with pod.running():
        pod.wait()
        restored = job.restore(stamp)
        assert restored.returncode == 0, restored.stderr
        assert psql(pod, "SELECT what FROM orders") == "größe\n"


@pytest.mark.parametrize("appendonly", ["no", "yes"])
def test_valkey_is_saved_and_comes_back_when_it_starts(appendonly: str, place: Path, bucket: Bucket) -> None:
    pod = valkey(place, 2026, "--appendonly", appendonly)
    job = job_of(pod, "valkey", 6379, bucket.port)
    asked = ("valkey-cli", "--no-auth-warning", "-a", "secret", "--raw")
    with pod.running():
        pod.wait()
        pod.run(*asked, "set", "colour", "größe")
        stamp = saved(job.save())
        pod.run(*asked, "set", "colour", "another")
    restored = job.restore(stamp)
    assert restored.returncode == 0, restored.stderr
    with pod.running():
        pod.wait()
        assert pod.run(*asked, "get", "colour").stdout == "größe\n"
        pod.run(*asked, "set", "colour", "newer")
    with pod.running():
        pod.wait()
        assert pod.run(*asked, "get", "colour").stdout == "newer\n"


def test_nats_is_saved_and_comes_back_on_a_new_disk(place: Path, bucket: Bucket) -> None:
    pod = nats(place)
    job = job_of(pod, "nats", 4222, bucket.port)
    with pod.running():
        pod.wait()
        assert pod.run("nats", "stream", "add", "orders", "--subjects=orders.>", "--defaults").returncode == 0
        assert pod.run("nats", "pub", "orders.new", "größe", "--jetstream").returncode == 0
        stamp = saved(job.save())
    shutil.rmtree(place / "claim")
    with pod.running():
        pod.wait()
        restored = job.restore(stamp)
        assert restored.returncode == 0, restored.stderr
        assert "größe" in pod.run("nats", "stream", "get", "orders", "1").stdout
