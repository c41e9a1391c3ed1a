"""The backup script of every engine: it fails where a step of it fails, and passes shellcheck.

The clients are fakes on PATH that write down how they were called, and do what a test asks of them.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from hanzo_constructs.compiler.backup import backup_script
from hanzo_constructs.spec.backup import BACKUP_VARIABLES
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.engines.engine import Engine

SHELLS = [shell for shell in ("/bin/sh", "/bin/dash", "/bin/bash") if Path(shell).exists()]
SECRETS = ("upload-key", "upload-secret'\"$", "engine-secret'\"$")
"""Contents that a shell, a YAML file or an SQL text could stumble over."""

# A client finds the file or directory it is told to write to in its arguments, whatever the option is called.
CLIENT = """\
#!/bin/sh
printf '%s\\n' "$(basename "$0") $*" >> "$CALLS"
case "${0##*/}" in
clickhouse-client) cat >> "$CALLS.stdin" ;;
esac
for argument in "$@"; do
  case "$argument" in
  */login) ;;
  --*="$BACKUP_DIRECTORY"/* | "$BACKUP_DIRECTORY"/*) out="${argument#--*=}" ;;
  esac
done
case "$FAKE_DUMP" in
fails) exit 3 ;;
partial)
  test -z "${out:-}" || echo half > "$out"
  exit 3
  ;;
empty) test -z "${out:-}" || if [ "${0##*/}" = nats ]; then mkdir "$out"; else : > "$out"; fi ;;
*) test -z "${out:-}" || if [ "${0##*/}" = nats ]; then mkdir "$out" && echo all > "$out/stream"; else echo all > "$out"; fi ;;
esac
"""
MC = """\
#!/bin/sh
printf '%s\\n' "mc $*" >> "$CALLS"
shift # --quiet
case "$1" in
alias)
  cat >> "$CALLS.stdin"
  test "$FAKE_MC" != no-alias
  ;;
cp)
  test "$FAKE_MC" != no-upload || exit 4
  cp "$2" "$UPLOADED"
  ;;
mirror)
  test "$FAKE_MC" != no-list || echo "mc: <ERROR> Unable to list comparison retrying.. Access Denied." >&2
  test "$FAKE_DUMP" != fails && test "$FAKE_DUMP" != partial && test "$FAKE_MC" != no-upload
  ;;
ls)
  case "$FAKE_DUMP" in
  empty) case "$*" in *source) ;; *) echo "[2026] 23B default.sql" ;; esac ;;
  *)
    case "$*" in
    "ls source") echo "[2026] 0B invoices/"; echo "[2026] 0B photos/" ;;
    *) echo "[2026] 23B default.sql"; echo "[2026] 9KiB shop/orders.sql" ;;
    esac
    ;;
  esac
  ;;
rm) test "$FAKE_MC" != no-removal ;;
esac
"""


@dataclass(frozen=True)
class Run:
    """What was left of running a script."""

    status: int
    output: str
    calls: list[str]
    given: str
    """What clients were given on their standard input."""
    uploaded: Path
    work: Path

    @property
    def removes(self) -> bool:
        return any(call.startswith("mc --quiet rm") for call in self.calls)


@pytest.fixture(params=list(ENGINES.values()), ids=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def run(
    engine: Engine, tmp_path: Path, *, shell: str = "/bin/sh", dump: str = "", mc: str = "", without: str = ""
) -> Run:
    clients = tmp_path / "clients"
    clients.mkdir()
    system = ["basename", "cat", "cp", "date", "gzip", "ls", "mkdir", "rm", "sed", "sh", "tar"]
    for name in system:
        (clients / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    for name, text in {**dict.fromkeys(set(engine.tools) - set(system), CLIENT), "mc": MC}.items():
        (clients / name).write_text(text)
        (clients / name).chmod(0o755)
    if without:
        (clients / without).unlink()
    directory = tmp_path / "backup"
    (directory / "work").mkdir(parents=True)
    (directory / "work" / "dump").write_text("of a pod that was killed")
    (directory / "work" / "dump.gz").write_text("likewise")
    values = (str(directory), "db.shop.svc", "4000", "https://s3.example", "dumps", "shop/db", "7", *SECRETS[:2])
    environment = {
        "PATH": str(clients),
        "CALLS": str(tmp_path / "calls"),
        "UPLOADED": str(tmp_path / "uploaded"),
        "FAKE_DUMP": dump,
        "FAKE_MC": mc,
        **dict(zip(BACKUP_VARIABLES, values, strict=True)),
        "MONGO_INITDB_ROOT_USERNAME": "root",
        **dict.fromkeys(("MONGO_INITDB_ROOT_PASSWORD", "POSTGRES_PASSWORD", "MINIO_ROOT_PASSWORD"), SECRETS[2]),
        **dict.fromkeys(("CLICKHOUSE_PASSWORD", "VALKEY_PASSWORD", "NATS_PASSWORD"), SECRETS[2]),
        "MINIO_ROOT_USER": "root",
    }
    done = subprocess.run(
        [shell, "-c", backup_script(engine)], env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    calls, given = tmp_path / "calls", tmp_path / "calls.stdin"
    return Run(
        done.returncode,
        done.stdout + done.stderr,
        calls.read_text().splitlines() if calls.exists() else [],
        given.read_text() if given.exists() else "",
        tmp_path / "uploaded",
        directory / "work",
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_a_dump_arrives_and_then_old_ones_are_removed(engine: Engine, shell: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, shell=shell)
    assert (done.status, done.output[:22]) == (0, "backup: saved shop/db/")
    assert done.calls[-1] == "mc --quiet rm --recursive --force --older-than 7d target/dumps/shop/db/"
    assert sum(call.startswith("mc --quiet rm") for call in done.calls) == 1
    assert not done.work.exists()
    if engine.name == "minio":
        assert done.uploaded.read_text() == "invoices\nphotos\n"
        assert sum(call.startswith("mc --quiet mirror source/") for call in done.calls) == 2
    elif "mc --quiet cp" in engine.dump:
        saved = gzip.decompress(done.uploaded.read_bytes())
        assert saved == b"all\n" if engine.name != "nats" else b"streams/stream" in saved


def test_no_secret_is_an_argument_of_a_program(engine: Engine, tmp_path: Path) -> None:
    done = run(engine, tmp_path)
    assert not [call for call in done.calls for secret in SECRETS if secret in call]
    assert done.given.startswith("upload-key\nupload-secret'\"$\n")


@pytest.mark.parametrize("dump", ["fails", "partial"])
def test_a_dump_that_fails_is_a_backup_that_fails(engine: Engine, dump: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, dump=dump)
    assert done.status != 0
    assert not done.uploaded.exists()
    assert not done.removes


def test_an_empty_dump_is_a_backup_that_fails(engine: Engine, tmp_path: Path) -> None:
    done = run(engine, tmp_path, dump="empty")
    assert done.status == 1
    assert ("backup: the dump is empty" in done.output) or ("backup: there is nothing to save" in done.output)
    assert not done.uploaded.exists()
    assert not done.removes


@pytest.mark.parametrize("mc", ["no-alias", "no-upload", "no-removal"])
def test_a_bucket_that_refuses_is_a_backup_that_fails(engine: Engine, mc: str, tmp_path: Path) -> None:
    if mc == "no-upload" and engine.name == "clickhouse":
        mc, dump = "", "fails"  # the server uploads, and says so to the client
    else:
        dump = ""
    done = run(engine, tmp_path, mc=mc, dump=dump)
    assert done.status != 0
    assert "saved" not in done.output
    assert done.removes is (mc == "no-removal")


def test_a_bucket_that_cannot_be_listed_is_a_backup_that_fails(tmp_path: Path) -> None:
    done = run(ENGINES["minio"], tmp_path, mc="no-list")
    assert done.status == 1
    assert done.output.endswith("Access Denied.\nbackup: the bucket invoices could not be copied\n")
    assert not done.removes


def test_a_quote_in_the_keys_of_the_bucket_does_not_end_a_text(tmp_path: Path) -> None:
    given = run(ENGINES["clickhouse"], tmp_path).given
    assert "/dumps/shop/db/20" in given
    assert "', 'upload-key', 'upload-secret\\'\"$')\n" in given


@pytest.mark.parametrize("password", ["", "it's"])
def test_valkey_is_given_a_password_if_there_is_one(password: str) -> None:
    script = backup_script(ENGINES["valkey"]).partition("password=")
    told = script[1] + script[2].partition("valkey-cli")[0] + 'echo "${REDISCLI_AUTH-none}"'
    for variable in ("VALKEY_PASSWORD", "REDISCLI_AUTH"):
        done = subprocess.run(["/bin/sh", "-eu", "-c", told], env={variable: password}, capture_output=True, check=True)
        assert done.stdout.decode() == (password or "none") + "\n"


def test_an_image_without_a_tool_says_which(engine: Engine, tmp_path: Path) -> None:
    tool = (*engine.tools, "mc")[0]
    done = run(engine, tmp_path, without=tool)
    assert (done.status, done.calls) == (1, [])
    assert done.output == f"backup: the image has no {tool}; set backupImage in the platform settings\n"


@pytest.mark.parametrize("name", BACKUP_VARIABLES)
def test_a_variable_that_is_not_set_fails(name: str) -> None:
    script = backup_script(ENGINES["postgresql"]).partition("need() {")[0]
    used = "\n".join(f'test -n "${variable}"' for variable in BACKUP_VARIABLES)
    environment = {variable: "set" for variable in BACKUP_VARIABLES if variable != name}
    done = subprocess.run(
        ["/bin/sh", "-c", script + used], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert name in done.stderr


def test_shellcheck_has_nothing_to_say(engine: Engine) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), "--shell=sh", "--severity=style", "-"],
        input=backup_script(engine),
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
