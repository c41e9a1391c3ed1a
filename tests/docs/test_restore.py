"""The scripts that restore a backup: each finds what the backup of its engine uploaded, and fails where a step fails.

The clients are fakes on PATH that write down how they were called.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from hanzo_constructs.compiler.backup import backup_script
from hanzo_constructs.spec.backup import BACKUP_VARIABLES
from hanzo_constructs.spec.engines import ENGINES
from tests.docs.pages import ROOT, Page

PAGE = Page(ROOT / "docs/how-to/back-up-and-restore.md")
FILES = {block.file_name: block.text for block in PAGE.blocks if block.file_name}
CLIENTS = {
    "clickhouse": "clickhouse-client",
    "postgresql": "psql",
    "docdb": "mongorestore",
    "minio": "mc",
    "nats": "nats",
    "valkey": "gunzip",
}
"""The program of each that a restore cannot do without."""
MARK = "# what stands above is there for a restore too\n"
SYSTEM = ("basename", "cat", "chmod", "date", "cp", "gunzip", "gzip", "mkdir", "rm", "sed", "sh", "tar")
CLIENT = """\
#!/bin/sh
name=$(basename "$0")
printf '%s\\n' "$name $*" >> "$CALLS"
case "$name $2 $3" in
clickhouse-client*) cat >> "$CALLS" ;;
"mc alias set") cat > /dev/null ;;
"mc cp "*.buckets) echo photos > "$4" ;;
"mc cp "*) cp "$SAVED" "$4" ;;
"mc mirror "*) test "$FAILS" != "mc list" || echo "Unable to list comparison" >&2 ;;
esac
test "$name $2" != "$FAILS" && test "$name" != "$FAILS"
"""
EXPECTED = {
    "clickhouse": "RESTORE ALL FROM\nS3('https://s3.example/dumps/shop/db/S', 'key', 'secret')",
    "postgresql": "psql --host db --port 1 --no-password --dbname postgres --set ON_ERROR_STOP=1 --file {work}/restored",
    "docdb": "mongorestore --host db --port 1 --archive={work}/dump --drop --nsExclude=admin.system.* --username root "
    "--authenticationDatabase admin --config {work}/login",
    "minio": "mc --quiet mirror TARGET/dumps/shop/db/S/photos/ SOURCE/photos/",
    "nats": "nats --server nats://db:1 account restore {work}/streams",
    "valkey": "mc --quiet cp TARGET/dumps/shop/db/S.gz {work}/dump.gz",
}


def script_of(engine: str) -> str:
    """Return what `restore.py` makes the job run."""
    return backup_script(ENGINES[engine]).partition(MARK)[0] + FILES[f"{engine}.sh"]


def run(engine: str, tmp_path: Path, *, fails: str = "") -> tuple[int, str]:
    """Run the script of *engine*, while the client *fails*; return its status and the calls of clients."""
    clients = tmp_path / "clients"
    clients.mkdir()
    for name in SYSTEM:
        (clients / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    for name in {"mc", CLIENTS[engine], *ENGINES[engine].tools} - {"gunzip", "tar"}:
        (clients / name).write_text(CLIENT)
        (clients / name).chmod(0o755)
    (tmp_path / "streams").mkdir()
    with tarfile.open(tmp_path / "dump.gz", "w:gz") as saved:
        saved.add(tmp_path / "streams", "streams")
    contents = (tmp_path, "db", "1", "https://s3.example", "dumps", "shop/db", "30", "key", "secret")
    environment = {name: str(content) for name, content in zip(BACKUP_VARIABLES, contents, strict=True)} | {
        "PATH": str(clients),
        "CALLS": str(tmp_path / "calls"),
        "SAVED": str(tmp_path / "dump.gz"),
        "FAILS": fails,
        "STAMP": "S",
        "MINIO_ROOT_USER": "root",
        "MINIO_ROOT_PASSWORD": "secret",
        "MONGO_INITDB_ROOT_USERNAME": "root",
        "MONGO_INITDB_ROOT_PASSWORD": "it's",
    }
    (tmp_path / "data/appendonlydir").mkdir(parents=True)
    (tmp_path / "data/appendonlydir/appendonly.aof.9.incr.aof").write_text("newer")
    script = script_of(engine).replace(" /data/", f" {tmp_path}/data/")
    done = subprocess.run(["/bin/sh", "-c", script], env=environment, check=False, capture_output=True)
    return done.returncode, (tmp_path / "calls").read_text()


def test_every_engine_has_a_way_back() -> None:
    assert set(CLIENTS) == set(ENGINES)
    assert f'MARK = "{MARK[:-1]}\\n"' in FILES["restore.py"]
    assert all(MARK in backup_script(engine) for engine in ENGINES.values())


@pytest.mark.parametrize("engine", CLIENTS)
def test_the_client_is_given_what_was_saved(engine: str, tmp_path: Path) -> None:
    status, calls = run(engine, tmp_path)
    assert status == 0
    assert EXPECTED[engine].format(work=tmp_path / "work") in calls


def test_the_password_of_docdb_is_quoted_and_no_argument(tmp_path: Path) -> None:
    _, calls = run("docdb", tmp_path)
    assert (tmp_path / "work/login").read_text() == "password: 'it''s'\n"
    assert "it's" not in calls


def test_valkey_finds_its_dump_when_it_starts_and_no_other(tmp_path: Path) -> None:
    assert run("valkey", tmp_path)[0] == 0
    data = tmp_path / "data"
    assert (data / "dump.rdb").stat().st_mode & 0o777 == 0o664
    assert {each.name for each in (data / "appendonlydir").iterdir()} == {
        "appendonly.aof.1.base.rdb",
        "appendonly.aof.manifest",
    }
    assert (data / "appendonlydir/appendonly.aof.1.base.rdb").read_bytes() == (data / "dump.rdb").read_bytes() != b""


@pytest.mark.parametrize("engine", sorted({*CLIENTS} - {"valkey"}))
def test_a_client_that_fails_fails_the_job(engine: str, tmp_path: Path) -> None:
    status, _ = run(engine, tmp_path, fails=CLIENTS[engine])
    assert status != 0


def test_a_bucket_that_cannot_be_listed_fails_the_job(tmp_path: Path) -> None:
    status, _ = run("minio", tmp_path, fails="mc list")
    assert status != 0


@pytest.mark.parametrize("engine", ["postgresql", "docdb", "nats", "minio", "valkey"])
def test_a_dump_that_is_not_there_fails_the_job(engine: str, tmp_path: Path) -> None:
    status, calls = run(engine, tmp_path, fails="mc cp")
    assert status != 0
    assert f"{CLIENTS[engine]} " not in calls if engine != "minio" else "mirror" not in calls


def test_shellcheck_finds_nothing() -> None:
    for script in map(script_of, CLIENTS):
        done = subprocess.run(
            [
                Path(sys.executable).with_name("shellcheck"),
                "--shell=sh",
                "--exclude=SC2154",
                "-",
            ],  # the job sets variables
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.stdout
