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
STORE = """\
#!/bin/sh
test "$1" != --version || exit 0
printf '%s\\n' "${0##*/} $*" >> "$CALLS"
env > "$CALLS.environment"
case "${0##*/}" in
aws) shift 2 ;; # --endpoint-url
esac
case "${0##*/} $*" in
*"alias set"*)
  cat >> "$CALLS.stdin"
  test "$FAKE_STORE" != no-alias
  ;;
"mc --quiet cp "*) file="$3" ;;
"rclone copyto "*) file="$2" ;;
"aws s3 cp "*) file="$4" ;;
*" mirror "* | "rclone copy "*)
  test "$FAKE_STORE" != no-list || echo "mc: <ERROR> Unable to list comparison retrying.. Access Denied." >&2
  test "$FAKE_DUMP" != fails && test "$FAKE_DUMP" != partial && test "$FAKE_STORE" != no-upload
  ;;
*" ls --recursive "*"/metadata/" | *" lsf --recursive --files-only "*"/metadata/" | *"/metadata/ --max-items"*)
  test "$FAKE_DUMP" != empty || case "$*" in *s3api*) echo None ;; *\\ ls\\ *) echo "[2026] 23B default.sql" ;; esac
  test "$FAKE_DUMP" = empty || echo "[2026] 9KiB shop/orders.sql"
  ;;
*" ls --recursive "* | *" lsf --recursive "*) test "$FAKE_DUMP" = empty || echo "[2026] 9KiB invoices/1.pdf" ;;
"mc --quiet ls "*) printf '[2026] 0B %s/\\n' invoices photos ;;
"rclone lsf "*) printf '%s/\\n' invoices photos ;;
*list-objects-v2*) printf 'shop/db/%s\\n' old.gz older/photos/1 older/photos/2 ;;
*" rm "* | "rclone delete "*) test "$FAKE_STORE" != no-removal ;;
esac
status=$?
test -z "${file:-}" || {
  test "$FAKE_STORE" != no-upload || exit 4
  cp "$file" "$UPLOADED"
}
exit $status
"""
REMOVAL = {
    "mc": ["mc --quiet rm --recursive --force --older-than 7d TARGET/dumps/shop/db/"],
    "rclone": ["rclone delete --use-server-modtime --min-age 7d TARGET:dumps/shop/db/"],
    "aws": [
        "aws --endpoint-url https://s3.example s3 rm --only-show-errors s3://dumps/shop/db/old.gz",
        "aws --endpoint-url https://s3.example s3 rm --only-show-errors --recursive s3://dumps/shop/db/older/",
    ],
}
"""How each client removes what is old."""
TOOLS = [(engine, client) for engine in ENGINES.values() for client in engine.clients]


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
    def removes(self) -> list[str]:
        return [call for call in self.calls if " rm " in call or " delete " in call]


@pytest.fixture(params=TOOLS, ids=[f"{engine.name}-{client}" for engine, client in TOOLS])
def pair(request: pytest.FixtureRequest) -> tuple[Engine, str]:
    """An engine, and a client of S3 that can save it."""
    found: tuple[Engine, str] = request.param
    return found


@pytest.fixture
def engine(pair: tuple[Engine, str]) -> Engine:
    return pair[0]


@pytest.fixture
def client(pair: tuple[Engine, str]) -> str:
    return pair[1]


def run(
    engine: Engine,
    tmp_path: Path,
    *,
    shell: str = "/bin/sh",
    dump: str = "",
    stores: tuple[str, ...] = ("mc",),
    store: str = "",
    without: str = "",
) -> Run:
    clients = tmp_path / "clients"
    clients.mkdir()
    system = ["basename", "cat", "cp", "date", "gzip", "env", "ls", "mkdir", "rm", "sed", "sh", "tar"]
    for name in system:
        (clients / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    for name, text in (dict.fromkeys(set(engine.tools) - set(system), CLIENT) | dict.fromkeys(stores, STORE)).items():
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
        "FAKE_STORE": store,
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
def test_a_dump_arrives_and_then_old_ones_are_removed(engine: Engine, client: str, shell: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, shell=shell, stores=(client,))
    assert (done.status, done.output[:22]) == (0, "backup: saved shop/db/")
    assert done.removes == REMOVAL[client]
    assert done.calls[-1] == REMOVAL[client][-1]
    assert not done.work.exists()
    if engine.name == "minio":
        assert done.uploaded.read_text() == "invoices\nphotos\n"
        copied = [call for call in done.calls if "mirror SOURCE/" in call or "copy SOURCE:" in call]
        assert [call.split("/")[-2] for call in copied] == ["invoices", "photos"]
    elif "put" in engine.dump:
        saved = gzip.decompress(done.uploaded.read_bytes())
        assert saved == b"all\n" if engine.name != "nats" else b"streams/stream" in saved


def test_no_secret_is_an_argument_of_a_program(engine: Engine, client: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, stores=(client,))
    assert not [call for call in done.calls for secret in SECRETS if secret in call]
    told = done.given if client == "mc" else (tmp_path / "calls.environment").read_text()
    variables = {"mc": "{}", "rclone": "RCLONE_CONFIG_TARGET_SECRET_ACCESS_KEY={}", "aws": "AWS_SECRET_ACCESS_KEY={}"}
    assert variables[client].format(SECRETS[1]) + "\n" in told


@pytest.mark.parametrize("dump", ["fails", "partial"])
def test_a_dump_that_fails_is_a_backup_that_fails(engine: Engine, client: str, dump: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, dump=dump, stores=(client,))
    assert done.status != 0
    assert not done.uploaded.exists()
    assert not done.removes


def test_an_empty_dump_is_a_backup_that_fails(engine: Engine, client: str, tmp_path: Path) -> None:
    done = run(engine, tmp_path, dump="empty", stores=(client,))
    assert done.status == 1
    assert ("backup: the dump is empty" in done.output) or ("backup: there is nothing to save" in done.output)
    assert not done.uploaded.exists()
    assert not done.removes


@pytest.mark.parametrize("store", ["no-alias", "no-upload", "no-removal"])
def test_a_bucket_that_refuses_is_a_backup_that_fails(engine: Engine, client: str, store: str, tmp_path: Path) -> None:
    if store == "no-alias" and client != "mc":
        store = "no-upload"  # the others connect when they are called
    if store == "no-upload" and engine.name == "clickhouse":
        store, dump = "", "fails"  # the server uploads, and says so to the client
    else:
        dump = ""
    done = run(engine, tmp_path, store=store, dump=dump, stores=(client,))
    assert done.status != 0
    assert "saved" not in done.output
    assert bool(done.removes) is (store == "no-removal")


def test_a_bucket_that_cannot_be_listed_is_a_backup_that_fails(tmp_path: Path) -> None:
    done = run(ENGINES["minio"], tmp_path, store="no-list")
    assert done.status == 1
    assert done.output.endswith("Access Denied.\nbackup: SOURCE/invoices/ could not be copied\n")
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


@pytest.mark.parametrize("name", sorted({*ENGINES} - {"minio"}))
def test_an_image_without_a_tool_says_which(name: str, tmp_path: Path) -> None:
    tool = ENGINES[name].tools[0]
    done = run(ENGINES[name], tmp_path, without=tool)
    assert (done.status, done.calls) == (1, [])
    assert done.output == f"backup: the image has no {tool}; set backupImage in the platform settings\n"


@pytest.mark.parametrize("name", ENGINES)
def test_an_image_without_a_client_of_s3_says_which(name: str, tmp_path: Path) -> None:
    done = run(ENGINES[name], tmp_path, stores=("aws",) if name == "minio" else ())
    words = "mc or rclone" if name == "minio" else "mc, rclone or aws"
    assert (done.status, done.calls) == (1, [])
    assert done.output == f"backup: the image has no {words}; set backupImage in the platform settings\n"


def test_the_first_client_is_taken_and_midnight_commander_is_none(tmp_path: Path) -> None:
    postgresql = ENGINES["postgresql"]
    (tmp_path / "all").mkdir()
    done = run(postgresql, tmp_path / "all", stores=("aws", "rclone", "mc"))
    assert done.removes == REMOVAL["mc"]
    (tmp_path / "others").mkdir()
    commander = tmp_path / "mc"
    commander.write_text("#!/bin/sh\necho GNU Midnight Commander 4.8.29\n")
    commander.chmod(0o755)
    script = backup_script(postgresql).replace("$(mc --version", f"$({commander} --version")
    chosen = script.partition("need pg_dumpall\n")[2].partition("export AWS")[0]
    chosen = chosen.partition("for CLIENT")[2]
    told = f'fail() {{ echo "$1"; }}\nfor CLIENT{chosen}echo "$CLIENT"'
    clients = str(tmp_path / "all" / "clients")
    printed = subprocess.run(["/bin/sh", "-c", told], env={"PATH": clients}, capture_output=True, text=True, check=True)
    assert printed.stdout == "rclone\n"


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


@pytest.mark.parametrize("name", ENGINES)
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), "--shell=sh", "--severity=style", "-"],
        input=backup_script(ENGINES[name]),
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
