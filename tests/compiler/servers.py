"""Real servers for the tests that ask for them, on free ports of this machine: how each is started, filled and read."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

__all__ = ["HOST", "OPEN", "PASSWORD", "SERVERS", "Broken", "Server", "command", "free_port", "request", "running"]

HOST = "127.0.0.1"
PASSWORD = 'it\'s "quoted", $HOME and `id`'  # noqa: S105 - of servers that live as long as a test
"""A password that a shell, a YAML file or an SQL text would stumble over."""
_ROWS = 3000
"""Enough of everything that a connection can break in the middle."""
_NAME, _KEY = re.compile("<Bucket>.*?<Name>(.*?)</Name>"), re.compile("<Key>(.*?)</Key>")
_PEOPLE: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
"""Whom servers run as: PostgreSQL refuses to be started by root."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def command(*words: str | Path, given: str | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a program to its end, as the user of the servers, and return what it printed."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(word) for word in words],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **_PEOPLE,
    )
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


@dataclass(frozen=True)
class Server:
    """A server: the programs it takes, what its credentials secret holds, and how it is started, filled and read."""

    engine: str
    programs: tuple[str, ...]
    secret: Mapping[str, str]
    start: Callable[[Path, int], list[str | Path]]
    """Prepare the directory, and return the command that serves on the port."""
    fill: Callable[[int], None]
    read: Callable[[int], object]
    """Return everything that was filled in."""

    @property
    def missing(self) -> str:
        """The programs that are not on PATH."""
        return ", ".join(name for name in self.programs if not shutil.which(name))


@contextmanager
def running(server: Server, directory: Path, port: int) -> Iterator[None]:
    """Serve *directory*, which may hold something already, until the block ends."""
    directory.mkdir(exist_ok=True)
    directory.chmod(0o777)
    words = [str(word) for word in server.start(directory, port)]
    environment = {"PATH": os.environ["PATH"], "HOME": str(directory), **server.secret}
    with (directory.parent / f"{directory.name}.log").open("wb") as log:
        process = subprocess.Popen(
            words, cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_PEOPLE
        )
    try:
        until = time.monotonic() + 30
        while not _ready(server, port):
            assert process.poll() is None, Path(log.name).read_text()
            assert time.monotonic() < until, Path(log.name).read_text()
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(server: Server, port: int) -> bool:
    with suppress(OSError, AssertionError), socket.create_connection((HOST, port), timeout=1):
        server.read(port)
        return True
    return False


class Broken:
    """A server that lets a client connect, passes *limit* bytes of another server's answers on, and then hangs or cuts."""

    def __init__(self, port: int, *, limit: int = 0, cuts: bool = False) -> None:
        self._ends = ExitStack()
        self._listening = self._ends.enter_context(socket.create_server((HOST, 0)))
        self._target, self._left, self._cuts = port, limit, cuts
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        self._started(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        # a thread that waits in accept() is woken up by the shutdown alone
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._ends.close()

    def _started(self, target: Callable[..., None], *args: object) -> None:
        threading.Thread(target=target, args=args, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._ends.enter_context(self._listening.accept()[0])
                server = self._ends.enter_context(socket.create_connection((HOST, self._target)))
                self._started(self._pass, client, server)
                self._started(self._pass_some, server, client)

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)

    def _pass_some(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                self._left -= len(data)
                if self._left < 0:
                    break
                target.sendall(data)
            else:
                target.shutdown(socket.SHUT_WR)
            if self._left < 0 and self._cuts:
                target.shutdown(socket.SHUT_RDWR)


def _start_postgresql(directory: Path, port: int) -> list[str | Path]:
    data = directory / "pgdata"
    if not data.exists():
        password = directory / "password"
        password.write_text(PASSWORD)
        words = ("initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync")
        command(*words, "--pwfile", password)
    return ["postgres", "-D", data, "-c", f"listen_addresses={HOST}", "-c", f"port={port}", "-k", directory]


def _psql(port: int, statement: str, database: str = "postgres") -> str:
    words = ("psql", "-h", HOST, "-p", str(port), "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atq")
    return command(*words, given=statement, env={"PGPASSWORD": PASSWORD})


def _fill_postgresql(port: int) -> None:
    _psql(port, "CREATE ROLE shop LOGIN PASSWORD 'pw'; CREATE DATABASE orders OWNER shop;")
    table = "CREATE TABLE orders (id serial PRIMARY KEY, what text NOT NULL); ALTER TABLE orders OWNER TO shop;"
    rows = f"INSERT INTO orders (what) SELECT 'größe ' || repeat(n::text, 99) FROM generate_series(1, {_ROWS}) n;"  # noqa: S608
    _psql(port, table + rows, "orders")


def _read_postgresql(port: int) -> object:
    roles = _psql(port, "SELECT rolname, rolpassword FROM pg_authid WHERE rolname !~ '^(pg_|postgres$)' ORDER BY 1")
    if "shop" not in roles:
        return None
    return roles, _psql(port, "SELECT tableowner, o FROM pg_tables, orders o WHERE tablename = 'orders'", "orders")


def _valkey(port: int, password: str, *words: str) -> str:
    login = {"REDISCLI_AUTH": password} if password else {}
    return command("valkey-cli", "-h", HOST, "-p", str(port), *words, env=login)


def _start_valkey(directory: Path, port: int, password: str = PASSWORD) -> list[str | Path]:
    configuration = directory / "valkey.conf"
    quoted = password.replace('"', '\\"')
    configuration.write_text(f'bind {HOST}\nport {port}\ndir "{directory}"\nrequirepass "{quoted}"\n')
    return ["valkey-server", configuration]


def _fill_valkey(port: int, password: str = PASSWORD) -> None:
    each = "redis.call('set', 'key' .. n, string.rep('größe' .. n, 99)) redis.call('zadd', 'sorted', n, n)"
    _valkey(port, password, "eval", f"for n = 1, {_ROWS} do {each} end", "0")


def _read_valkey(port: int, password: str = PASSWORD) -> object:
    keys = "local keys = redis.call('keys', '*') table.sort(keys) local all = {}"
    each = "for i, key in ipairs(keys) do all[i] = key .. redis.call('dump', key) end"
    found = _valkey(port, password, "eval", f"{keys} {each} return {{#all, redis.sha1hex(table.concat(all))}}", "0")
    assert "NOAUTH" not in found
    return None if found.startswith("0\n") else found


def _mongo(program: str, port: int, password: str, *words: str, given: str | None = None) -> str:
    login = ("--username=root", f"--password={password}", "--authenticationDatabase=admin") if password else ()
    return command(program, "--quiet", "--host", HOST, "--port", str(port), *login, *words, given=given)


def _start_docdb(directory: Path, port: int, password: str = PASSWORD) -> list[str | Path]:
    words = ["ferretdb", "--handler=sqlite", f"--sqlite-url=file:{directory}/", f"--state-dir={directory}"]
    words += [f"--listen-addr={HOST}:{port}", "--debug-addr=-", "--telemetry=disable"]
    login = [
        "--test-enable-new-auth",
        "--setup-database=admin",
        "--setup-username=root",
        f"--setup-password={password}",
    ]
    return [*words, *(login if password else ())]


def _fill_docdb(port: int, password: str = PASSWORD) -> None:
    rows = "".join(
        f'{{"_id": {n}, "what": "{"größe" * 99}", "price": {{"$numberLong": "{n}"}}}}\n' for n in range(_ROWS)
    )
    _mongo("mongoimport", port, password, "--db=shop", "--collection=orders", given=rows)


def _read_docdb(port: int, password: str = PASSWORD) -> object:
    words = ("--db=shop", "--collection=orders", "--sort={_id: 1}", "--jsonFormat=canonical")
    return _mongo("mongoexport", port, password, *words) or None


def request(port: int, path: str, *, method: str = "GET", given: str | None = None, query: str = "") -> str:
    """Ask the object store of *port* as its owner, and return what it answers."""
    login = ("--aws-sigv4", "aws:amz:us-east-1:s3", "--user", f"root:{PASSWORD}")
    header = ("-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD")
    body = () if given is None else ("--data-binary", "@-")
    url = f"http://{HOST}:{port}/{quote(path)}{query}"
    return command("curl", "-sSf", "-X", method, *login, *header, *body, url, given=given)


def _start_minio(directory: Path, port: int) -> list[str | Path]:
    for name in ("data", "sidecar"):
        (directory / name).mkdir(exist_ok=True)
        (directory / name).chmod(0o777)
    login = ("--access", "root", "--secret", PASSWORD, "--port", f"{HOST}:{port}", "--quiet")
    return ["versitygw", *login, "posix", "--sidecar", directory / "sidecar", directory / "data"]


def _fill_minio(port: int) -> None:
    for bucket in ("photos", "invoices"):
        request(port, bucket, method="PUT")
        for number in range(3):
            text = f"{bucket} {number} größe\n" * 20_000
            request(port, f"{bucket}/of 2026/{number}.bin", method="PUT", given=text)


def _read_minio(port: int) -> object:
    buckets = _NAME.findall(request(port, ""))
    keys = [
        f"{bucket}/{key}" for bucket in buckets for key in _KEY.findall(request(port, bucket, query="?list-type=2"))
    ]
    return {key: request(port, key) for key in sorted(keys)} or None


def _start_nats(directory: Path, port: int) -> list[str | Path]:
    configuration = directory / "nats.conf"
    login = f"authorization {{ user: root, password: {json.dumps(PASSWORD)} }}"
    configuration.write_text(f'listen: "{HOST}:{port}"\njetstream {{ store_dir: "{directory}" }}\n{login}\n')
    return ["nats-server", "--config", configuration]


def _nats(port: int, *words: str, given: str | None = None) -> str:
    login = {"NATS_USER": "root", "NATS_PASSWORD": PASSWORD, "HOME": "/tmp"}  # noqa: S108 - contexts, of which there are none
    return command("nats", "--server", f"nats://{HOST}:{port}", *words, given=given, env=login)


def _fill_nats(port: int) -> None:
    _nats(port, "stream", "add", "orders", "--subjects=orders.>", "--defaults")
    _nats(port, "consumer", "add", "orders", "mailer", "--pull", "--defaults")
    _nats(port, "pub", "orders.new", "größe {{Count}} " * 20, f"--count={_ROWS}", "--quiet")
    _nats(port, "kv", "add", "settings")
    _nats(port, "kv", "put", "settings", "colour", "größe")


def _read_nats(port: int) -> object:
    streams = json.loads(_nats(port, "stream", "ls", "--names", "--all", "--json") or "null")
    if not streams:
        return None
    found = {name: json.loads(_nats(port, "stream", "info", name, "--json")) for name in streams}
    kept = {
        name: {key: each["state"][key] for key in ("messages", "bytes", "last_seq")} for name, each in found.items()
    }
    return (
        kept,
        _nats(port, "consumer", "ls", "orders", "--names"),
        _nats(port, "kv", "get", "settings", "colour", "--raw"),
    )


_STORE = Server(
    "minio",
    ("versitygw", "curl"),
    {"MINIO_ROOT_USER": "root", "MINIO_ROOT_PASSWORD": PASSWORD},
    _start_minio,
    _fill_minio,
    _read_minio,
)
_VALKEY = ("valkey-server", "valkey-cli")
_DOCDB = ("ferretdb", "mongodump", "mongorestore", "mongoimport", "mongoexport")
SERVERS: Mapping[str, Server] = {
    server.engine: server
    for server in (
        Server(
            "postgresql",
            ("initdb", "postgres", "psql", "pg_dumpall"),
            {"POSTGRES_PASSWORD": PASSWORD},
            _start_postgresql,
            _fill_postgresql,
            _read_postgresql,
        ),
        Server("valkey", _VALKEY, {"VALKEY_PASSWORD": PASSWORD}, _start_valkey, _fill_valkey, _read_valkey),
        Server(
            "docdb",
            _DOCDB,
            {"MONGO_INITDB_ROOT_USERNAME": "root", "MONGO_INITDB_ROOT_PASSWORD": PASSWORD},
            _start_docdb,
            _fill_docdb,
            _read_docdb,
        ),
        _STORE,
        Server(
            "nats",
            ("nats-server", "nats"),
            {"NATS_USER": "root", "NATS_PASSWORD": PASSWORD},
            _start_nats,
            _fill_nats,
            _read_nats,
        ),
    )
}
"""By engine; FerretDB is what DocDB is, and a gateway to files speaks S3 as MinIO does, which nobody builds any more."""
OPEN: Mapping[str, Server] = {
    "valkey": Server(
        "valkey",
        _VALKEY,
        {},
        partial(_start_valkey, password=""),
        partial(_fill_valkey, password=""),
        partial(_read_valkey, password=""),
    ),
    "docdb": Server(
        "docdb",
        _DOCDB,
        {},
        partial(_start_docdb, password=""),
        partial(_fill_docdb, password=""),
        partial(_read_docdb, password=""),
    ),
}
"""Servers that ask nobody for a password, where the script would otherwise send one."""
