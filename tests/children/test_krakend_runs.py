"""The real KrakenD starts with what is derived for it, is ready when it has read its routes, and never before."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.spec.kinds import parse
from tests.krakend import files_of

KRAKEND = next(filter(None, map(shutil.which, ("krakend", "krakend-ce"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(KRAKEND is None, reason="krakend is not installed"),
]
PATIENCE = 30
"""Seconds that a program may take to start."""


class Backend(BaseHTTPRequestHandler):
    """Answers with the path that it was asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the standard library calls it
        """Say nothing."""


@pytest.fixture
def backend() -> Iterator[str]:
    """Yield the address of a server that answers every GET."""
    server = HTTPServer(("127.0.0.1", 0), Backend)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def gateway(backend: str, **spec: Any) -> Compilation:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Gateway",
        "metadata": {"name": "gateway", "namespace": "edge"},
        "spec": {
            "routes": [{"prefix": "/v1/chat", "backend": backend, "methods": ["GET", "POST"]}],
            "serviceMonitor": {},
            **spec,
        },
    }
    return compile_resource(parse(document))


def container_of(compilation: Compilation) -> dict[str, Any]:
    (workload,) = [each for each in compilation.manifests if each["kind"] == "Deployment"]
    (container,) = workload["spec"]["template"]["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def status(port: int, path: str) -> int | None:
    """Return the status that a GET is answered with, None where nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def text(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return str(answer.read().decode())


class Running:
    """KrakenD with the files, arguments and variables of a gateway, on ports of its own."""

    def __init__(self, process: subprocess.Popen[bytes], ports: dict[int, int], container: dict[str, Any]) -> None:
        self.process, self.http, self.metrics = process, ports[8080], ports[9091]
        self.ready_path = container["readinessProbe"]["httpGet"]["path"]

    def is_ready(self) -> bool:
        return status(self.http, self.ready_path) == 200

    def wait(self) -> bool:
        """Wait until the gateway is ready, and tell whether it ever is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if self.is_ready():
                return True
            time.sleep(0.1)
        return False


@contextmanager
def running(compilation: Compilation, folder: Path, changes: dict[str, str] | None = None) -> Iterator[Running]:
    """Run the gateway of *compilation*, each text of *changes* in its files replaced by another."""
    container = container_of(compilation)
    ports: dict[int, int] = dict(zip((8080, 9091), free_ports(2), strict=True))
    (files,) = files_of(compilation.manifests)
    moved = {f"{before}{port}": f"{before}{own}" for port, own in ports.items() for before in (":", ": ")}
    replaced = {**moved, **(changes or {})}
    for name, content in files.texts.items():
        for old, new in replaced.items():
            content = content.replace(old, new)  # noqa: PLW2901 - one after the other
        (folder / name).write_text(content, "utf-8")
    variables = {each["name"]: each["value"].replace("/etc/krakend", str(folder)) for each in container["env"]}
    variables = {"USAGE_DISABLE": "1", "TMPDIR": str(folder), "PATH": os.environ["PATH"], **variables}
    args = [each.replace("/etc/krakend", str(folder)) for each in container["args"]]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(KRAKEND), *args], env=variables, stdout=log, stderr=log, cwd=folder)
    try:
        yield Running(process, ports, container)
    finally:
        process.terminate()
        process.wait()


def test_it_is_ready_routes_and_is_scraped(backend: str, tmp_path: Path) -> None:
    with running(gateway(backend), tmp_path) as krakend:
        assert krakend.ready_path == "/__health"
        assert krakend.wait(), (tmp_path / "log").read_text()
        assert text(krakend.http, "/v1/chat/completions?a=b") == "/v1/chat/completions?a=b"
        assert status(krakend.http, "/elsewhere") == 404
        found = text(krakend.metrics, "/metrics")
        counted = [line for line in found.splitlines() if line.startswith("http_server_duration_count")]
        assert any('http_route="/v1/chat/:p3"' in line and 'status_code="200"' in line for line in counted)


@pytest.mark.parametrize("spoilt", ["version", "endpoint", "template"])
def test_with_a_configuration_that_is_wrong_it_is_never_ready(backend: str, tmp_path: Path, spoilt: str) -> None:
    changes = {
        "version": {'"version": 3': '"version": 1'},
        "endpoint": {'"/v1/chat"': '"/__health"'},
        "template": {".service.config": ".service.config.absent.part"},
    }[spoilt]
    with running(gateway(backend), tmp_path, changes) as krakend:
        assert not krakend.wait()
        assert krakend.process.poll() not in {None, 0}


def test_the_route_that_tells_readiness_leads_to_the_health_of_the_gateway(backend: str, tmp_path: Path) -> None:
    """The platform's build answers /healthz in place of /__health; KrakenD does so where it is told."""
    image = {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.14.10"}
    router = {'"extra_config": {': '"extra_config": {"router": {"health_path": "/healthz"},'}
    with running(gateway(backend, imageBuild="hanzo", image=image), tmp_path, router) as krakend:
        assert krakend.ready_path == "/__ready"
        assert krakend.wait(), (tmp_path / "log").read_text()
        # what it does not know, here of who may pass, it passes over
        assert text(krakend.http, "/v1/chat") == "/v1/chat"
        assert "krakend_" in text(krakend.metrics, "/metrics")


def test_what_answers_its_health_and_has_no_configuration_is_not_ready(backend: str) -> None:
    """As the relay that the platform's image may hold: it answers /healthz and /readyz, and nothing else."""

    class Relay(Backend):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in {"/healthz", "/readyz"} else 404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Relay)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    image = {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.14.10"}
    for compilation in (gateway(backend), gateway(backend, imageBuild="hanzo", image=image)):
        path = container_of(compilation)["readinessProbe"]["httpGet"]["path"]
        assert status(server.server_port, path) == 404
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_backend_with_a_part_that_it_does_not_know_is_asked_all_the_same(backend: str, tmp_path: Path) -> None:
    tracked = {"service_dns": "a", "port": 1, "leader_poll_interval": "1s", "read_your_writes_ttl": "5s"}
    base = {'"below":"2+6"': f'"base":{json.dumps(tracked)},"below":"2+6"'}
    with running(gateway(backend), tmp_path, base) as krakend:
        assert krakend.wait(), (tmp_path / "log").read_text()
        assert text(krakend.http, "/v1/chat") == "/v1/chat"
