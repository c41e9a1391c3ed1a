"""A Kubernetes control plane for tests: etcd, kube-apiserver and kube-controller-manager, on this machine alone."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.cluster.client import Client

__all__ = ["ControlPlane", "missing_program", "program", "running", "until"]

_BUILT = Path(__file__).parents[2] / ".build" / "control-plane"
_PATIENCE = 90.0
"""Seconds that a busy machine may take to start a server."""


@dataclass(frozen=True)
class ControlPlane:
    """A server that runs."""

    client: Client
    kubeconfig: Path
    minor: int
    """The version: 36 is Kubernetes 1.36."""
    restart: Callable[[], None]
    """End the API server at once, and start it again with the data that it had stored."""
    compact: Callable[[], None]
    """Have the store forget how objects were before now."""


def program(name: str) -> str | None:
    """Find the program *name*: in KUBEBUILDER_ASSETS, on PATH, or where `make control-plane` leaves it."""
    folders = [os.environ.get("KUBEBUILDER_ASSETS", ""), os.environ.get("PATH", ""), str(_BUILT)]
    if name == "kube-controller-manager":
        # one of another version may be newer than the server, which it must not be
        folders = [str(Path(program("kube-apiserver") or _BUILT).parent)]
    return shutil.which(name, path=os.pathsep.join(filter(None, folders)))


def missing_program(*names: str) -> str | None:
    """Say which of *names* cannot be found, and where they were looked for; None if all can."""
    for name in names:
        if not program(name):
            return (
                f"no {name} in KUBEBUILDER_ASSETS, on PATH or in .build/control-plane (`make control-plane` builds it)"
            )
    return None


@contextmanager
def running(
    folder: Path, *, controllers: bool = False, gates: Sequence[str] = (), options: Sequence[str] = ()
) -> Iterator[ControlPlane]:
    """Run a control plane that keeps its data in *folder*; with *controllers*, what it stores is acted upon.

    The server and its controllers have the feature *gates* on, beside those that are by default; the server gets further
    *options*.
    """
    etcd, peer, port, manager = _free_ports(4)
    token = secrets.token_urlsafe()
    (folder / "tokens.csv").write_text(f'{token},admin,admin,"system:masters"\n')
    key = folder / "service-accounts.key"
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)  # noqa: S607
    with ExitStack() as stack:
        stack.enter_context(_process(folder, "etcd", *_etcd_flags(folder, etcd, peer)))
        flags = [*_server_flags(folder, etcd, port, controllers=controllers), *_gate_flags(gates), *options]
        servers: list[subprocess.Popen[bytes]] = []

        def start() -> None:
            for each in servers:
                each.kill()
                each.wait()
            servers.append(stack.enter_context(_process(folder, "kube-apiserver", *flags)))
            until(lambda: _is_ready(folder, port, token), servers[-1])

        start()
        client = Client(port, token, folder / "apiserver.crt")
        stack.callback(client.close)
        kubeconfig = _kubeconfig(folder, port, token)
        if controllers:
            stack.enter_context(
                _process(
                    folder,
                    "kube-controller-manager",
                    *_manager_flags(kubeconfig, key, manager),
                    *_gate_flags(gates),
                )
            )
        minor = client.request("GET", "/version").body["minor"]
        yield ControlPlane(client, kubeconfig, int(minor.rstrip("+")), start, lambda: _compact(etcd))


def until(
    holds: Callable[[], bool], process: subprocess.Popen[bytes] | None = None, *, patience: float = _PATIENCE
) -> None:
    """Wait until something *holds*, for *patience* seconds and as long as *process* runs."""
    end = time.monotonic() + patience
    while not holds():
        assert process is None or process.poll() is None, f"ended with status {process.poll()}: {process.args!r}"
        assert time.monotonic() < end, f"not within {patience} s"
        time.sleep(0.05)


@contextmanager
def _process(folder: Path, name: str, *flags: str) -> Iterator[subprocess.Popen[bytes]]:
    path = program(name)
    assert path
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([path, *flags], stdout=log, stderr=log, cwd=folder)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _compact(port: int) -> None:
    """Ask etcd for its revision, and to forget what was before."""

    def ask(path: str, body: object) -> Any:
        request = Request(f"http://127.0.0.1:{port}/v3/{path}", json.dumps(body).encode())
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - likewise
            return json.load(answer)

    revision = ask("maintenance/status", {})["header"]["revision"]
    ask("kv/compaction", {"revision": revision, "physical": True})


def _etcd_flags(folder: Path, port: int, peer: int) -> list[str]:
    client, peers = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peer}"
    return [
        f"--data-dir={folder / 'etcd'}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peers}",
        f"--initial-advertise-peer-urls={peers}",
        f"--initial-cluster=default={peers}",
        "--unsafe-no-fsync",
    ]


def _server_flags(folder: Path, etcd: int, port: int, *, controllers: bool) -> list[str]:
    key = folder / "service-accounts.key"
    return [
        f"--etcd-servers=http://127.0.0.1:{etcd}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        f"--secure-port={port}",
        f"--cert-dir={folder}",
        f"--token-auth-file={folder / 'tokens.csv'}",
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={key}",
        f"--service-account-signing-key-file={key}",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--endpoint-reconciler-type=none",
        "--allow-privileged=true",
        # without controllers nobody makes the accounts that this asks for
        *([] if controllers else ["--disable-admission-plugins=ServiceAccount"]),
    ]


def _gate_flags(gates: Sequence[str]) -> list[str]:
    return [f"--feature-gates={','.join(f'{gate}=true' for gate in gates)}"] if gates else []


def _manager_flags(kubeconfig: Path, key: Path, port: int) -> list[str]:
    return [
        f"--kubeconfig={kubeconfig}",
        f"--authentication-kubeconfig={kubeconfig}",
        f"--authorization-kubeconfig={kubeconfig}",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        f"--cert-dir={kubeconfig.parent / 'manager'}",
        f"--service-account-private-key-file={key}",
        "--leader-elect=false",
        "--horizontal-pod-autoscaler-sync-period=1s",
    ]


def _is_ready(folder: Path, port: int, token: str) -> bool:
    if not (certificate := folder / "apiserver.crt").exists():
        return False
    client = Client(port, token, certificate)
    try:
        return client.request("GET", "/readyz").status == 200
    except (OSError, ValueError):  # not there yet; the certificate is not yet whole
        return False
    finally:
        client.close()


def _kubeconfig(folder: Path, port: int, token: str) -> Path:
    server = {"server": f"https://127.0.0.1:{port}", "certificate-authority": str(folder / "apiserver.crt")}
    file = folder / "kubeconfig.json"
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "test",
        "clusters": [{"name": "test", "cluster": server}],
        "users": [{"name": "test", "user": {"token": token}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
    }
    file.write_text(json.dumps(config))
    return file
