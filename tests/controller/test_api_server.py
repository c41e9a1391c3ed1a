"""Requests over HTTP, against a server of the test: what is sent, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from kubernetes.client import Configuration

from hanzo_constructs.controller.api_server import ApiServer, configuration
from hanzo_constructs.operator import Conflict, Event, NoCluster, NotFound, ObjectRef, Unavailable

REF = ObjectRef("v1", "ConfigMap", "shop", "api")
RESOURCES = {
    "resources": [
        {"name": "configmaps", "kind": "ConfigMap", "namespaced": True},
        {"name": "configmaps/status", "kind": "ConfigMap", "namespaced": True},
        {"name": "nodes", "kind": "Node", "namespaced": False},
    ]
}


class Answers(ThreadingHTTPServer):
    """Answers each request with the next of what it has."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[tuple[str, str, dict[str, list[str]], str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def _answer(self) -> None:
        url = urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if url.path == "/api/v1":
            code, body = 200, cast("Any", RESOURCES)
        else:
            said = json.loads(text) if text else None
            kind = self.headers.get("Content-Type", "")
            self.server.asked.append((self.command, url.path, parse_qs(url.query), kind, said))
            code, body = self.server.answers.pop(0)
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - as the standard library looks for them

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
        """Say nothing."""


@pytest.fixture
def answers() -> Iterator[Answers]:
    with Answers() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def server(answers: Answers) -> ApiServer:
    found = Configuration(host=f"http://127.0.0.1:{answers.server_port}")
    found.retries = False
    return ApiServer(found)


def test_what_is_sent(server: ApiServer, answers: Answers) -> None:
    manifest = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "api", "namespace": "shop"}}
    answers.answers = [(200, manifest)] * 6
    assert server.get(REF) == manifest
    assert server.apply(manifest, manager="me", force=True) == manifest
    server.patch(REF, {"data": {"a": "b"}}, uid="u1", manager="me")
    server.delete(REF, uid="u1", propagation="Orphan")
    server.patch_status(REF, {"phase": "Ready"}, uid="u1", manager="me")
    server.emit_event(Event(REF, "u1", "Why", "because " + "x" * 2000))
    path = "/api/v1/namespaces/shop/configmaps/api"
    apply = "application/apply-patch+yaml"
    strict = {"fieldManager": ["me"], "fieldValidation": ["Strict"]}
    assert answers.asked[:5] == [
        ("GET", path, {}, "application/json", None),
        ("PATCH", path, {**strict, "force": ["true"]}, apply, manifest),
        ("PATCH", path, strict, "application/merge-patch+json", {"data": {"a": "b"}, "metadata": {"uid": "u1"}}),
        ("DELETE", path, {}, "application/json", {"preconditions": {"uid": "u1"}, "propagationPolicy": "Orphan"}),
        (
            "PATCH", f"{path}/status", {"fieldManager": ["me"], "force": ["true"]}, apply,
            {**manifest, "metadata": {"name": "api", "namespace": "shop", "uid": "u1"}, "status": {"phase": "Ready"}},
        ),
    ]  # fmt: skip
    method, path, _, _, event = answers.asked[5]
    assert (method, path) == ("POST", "/apis/events.k8s.io/v1/namespaces/shop/events")
    assert (event["reason"], event["regarding"]["uid"], len(event["note"])) == ("Why", "u1", 1024)


def test_what_answers_mean(server: ApiServer, answers: Answers) -> None:
    cause = {"message": 'conflict with "helm"', "field": ".data.a"}
    answers.answers = [
        (404, {"message": "not there"}),
        (409, {"message": "no", "reason": "Conflict", "details": {"causes": [cause]}}),
        (503, b"<html>"),
        (403, {"message": "no"}),
    ]
    with pytest.raises(NotFound, match="not there"):
        server.get(REF)
    with pytest.raises(Conflict) as refused:
        server.apply({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "api"}}, manager="me")
    assert refused.value.managers == ("helm",)
    with pytest.raises(Unavailable, match="<html>"):
        server.get(REF)
    server.emit_event(Event(REF, "u1", "Why", "because"))  # a failure is nothing to stop for


def test_nobody_answers() -> None:
    nobody = ApiServer(Configuration(host="http://127.0.0.1:1"))
    nobody._api.configuration.retries = False
    with pytest.raises(Unavailable, match="no answer of the API server"):
        nobody.request("GET", "/version")


def test_a_kind_that_there_is_not_is_asked_for_again(server: ApiServer) -> None:
    with pytest.raises(NotFound, match='the server has no kind "Secret" in v1'):
        server.paths.object(ObjectRef("v1", "Secret", "shop", "a"))
    assert server.paths.object(ObjectRef("v1", "Node", "", "a b")) == "/api/v1/nodes/a%20b"
    RESOURCES["resources"].append({"name": "secrets", "kind": "Secret", "namespaced": True})
    try:
        assert server.paths.collection("v1", "Secret") == "/api/v1/secrets"
    finally:
        RESOURCES["resources"].pop()


def test_lines_of_a_watch(server: ApiServer, answers: Answers) -> None:
    answers.answers = [(200, b'{"a": 1}\n{"b": 2}\n'), (410, {"message": "too old"})]
    assert [*server.lines("/api/v1/configmaps", {"watch": "true"})] == [b'{"a": 1}', b'{"b": 2}']
    with pytest.raises(Unavailable, match="too old"):
        next(iter(server.lines("/api/v1/configmaps", {})))


def test_no_cluster_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "nothing"))
    monkeypatch.setattr("kubernetes.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION", str(tmp_path / "nothing"))
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    with pytest.raises(NoCluster, match=r"no cluster to connect to: .*; set KUBECONFIG, or run it in a pod"):
        configuration()
