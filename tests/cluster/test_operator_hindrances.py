"""What hinders one resource on a real API server, as its status says it; and that the others are not kept waiting."""

from __future__ import annotations

import json
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.cluster.client import Client
from tests.cluster.kinds import define
from tests.cluster.operator_process import answers, eventually, install, is_applied, operating, service, status
from tests.cluster.server import ControlPlane, missing_program, running

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

VALUE = "hunter2-of-prod"
MANY = 500


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with the kinds installed, and controllers that act."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("hindrances"), controllers=True) as server:
        define(server.client, {"monitoring.coreos.com/v1": "ServiceMonitor"})
        install(server.client)
        yield server


def condition(client: Client, resource: Any, name: str) -> Any:
    found = [each for each in status(client, resource).get("conditions", ()) if each["type"] == name]
    return found[0] if found else {"reason": "", "message": ""}


def secretive(name: str, **spec: Any) -> Any:
    return service(name, 1, env=[{"name": "PASSWORD", "value": VALUE}], **spec)


class Denying(BaseHTTPRequestHandler):
    """A webhook that denies everything, and quotes what it was asked about."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["request"]
        env = asked["object"]["spec"]["template"]["spec"]["containers"][0]["env"]
        said = {"message": f"[no-passwords] {env[0]['name']} is written as {env[0]['value']}"}
        answer = {"response": {"uid": asked["uid"], "allowed": False, "status": said}}
        body = json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", **answer}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the standard library calls it
        """Say nothing."""


@contextmanager
def webhook(cluster: ControlPlane, name: str, url: str) -> Iterator[None]:
    """Have the API server ask at *url* about every Deployment of the resource *name*."""
    folder = cluster.kubeconfig.parent
    rule = {
        "apiGroups": ["apps"],
        "apiVersions": ["v1"],
        "operations": ["CREATE", "UPDATE"],
        "resources": ["deployments"],
    }
    hook = {
        "name": f"{name}.example.com",
        "clientConfig": {"url": url, "caBundle": b64encode((folder / "apiserver.crt").read_bytes()).decode()},
        "rules": [rule],
        "objectSelector": {"matchLabels": {"app.kubernetes.io/name": name}},
        "failurePolicy": "Fail",
        "sideEffects": "None",
        "admissionReviewVersions": ["v1"],
        "timeoutSeconds": 1,
    }
    version, kind = "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"
    manifest = {"apiVersion": version, "kind": kind, "metadata": {"name": name}, "webhooks": [hook]}
    assert not cluster.client.apply(manifest).message
    probe = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "probe", "namespace": "default"}}
    probe["metadata"] |= {"labels": {"app.kubernetes.io/name": name}}  # type: ignore[operator]
    container = {"name": "a", "image": "a", "env": [{"name": "A", "value": "a"}]}
    pod = {"metadata": {"labels": {"app": "probe"}}, "spec": {"containers": [container]}}
    probe["spec"] = {"selector": {"matchLabels": {"app": "probe"}}, "template": pod}
    eventually(lambda: "webhook" in cluster.client.apply(probe, dry_run=True).message)
    try:
        yield
    finally:
        cluster.client.delete(manifest)


@contextmanager
def denying(cluster: ControlPlane) -> Iterator[str]:
    """Run the webhook that denies, with the certificate of the API server, and yield its URL."""
    folder = cluster.kubeconfig.parent
    server = ThreadingHTTPServer(("127.0.0.1", 0), Denying)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "apiserver.crt", folder / "apiserver.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_admission_refuses_is_said_without_values_and_goes_on(cluster: ControlPlane, tmp_path: Path) -> None:
    client, log = cluster.client, tmp_path / "log"
    denied, silent, counted, crowded = (secretive(each) for each in ("denied", "silent", "counted", "crowded"))
    quota = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "few", "namespace": "few"}}
    client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "few"}})
    assert not client.apply({**quota, "spec": {"hard": {"count/services": "0"}}}).message
    pods = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "pods", "namespace": "full"}}
    client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "full"}})
    assert not client.apply({**pods, "spec": {"hard": {"pods": "0"}}}).message
    eventually(
        lambda: "hard" in client.get(quota).body.get("status", {}) and "hard" in client.get(pods).body.get("status", {})
    )
    counted["metadata"]["namespace"], crowded["metadata"]["namespace"] = "few", "full"
    with denying(cluster) as url, operating(cluster.kubeconfig, log, "--standalone"):
        with webhook(cluster, "denied", url), webhook(cluster, "silent", "https://127.0.0.1:1/"):
            for each in (denied, silent, counted, crowded):
                assert not client.apply(each).message
            for each in (denied, silent, counted):
                eventually(lambda each=each: condition(client, each, "Applied")["reason"] == "Rejected")  # type: ignore[misc]
            eventually(lambda: condition(client, crowded, "Available")["reason"] == "PodsRefused")
            assert condition(client, denied, "Applied")["message"].endswith(
                'the admission webhook "denied.example.com" denied it: [no-passwords] PASSWORD is written as ...'
            )
            assert 'webhook "silent.example.com" does not answer' in condition(client, silent, "Applied")["message"]
            assert "exceeded quota: few" in condition(client, counted, "Applied")["message"]
            assert "exceeded quota: pods" in condition(client, crowded, "Available")["message"]
            assert {status(client, each)["phase"] for each in (denied, silent, crowded)} == {"Failed"}
        client.delete(quota)
        for each in (denied, silent, counted):
            eventually(lambda each=each: is_applied(client, each))  # type: ignore[misc]
    events = json.dumps(client.request("GET", "/apis/events.k8s.io/v1/events").body["items"])
    assert "denied.example.com" in events
    assert "hunter2" not in json.dumps([status(client, each) for each in (denied, silent, counted, crowded)])
    assert "hunter2" not in log.read_text() + events


def test_one_that_fails_for_ever_keeps_nobody_waiting(cluster: ControlPlane, tmp_path: Path) -> None:
    """It is tried again ever later: while it was tried a few times, all the others have been done."""
    client = cluster.client
    fleet = [service(f"many-{number}", 1) for number in range(MANY)]
    failing = service("failing", 1)
    with webhook(cluster, "failing", "https://127.0.0.1:1/"), operating(cluster.kubeconfig, tmp_path / "log", "--standalone") as operator:  # fmt: skip
        eventually(lambda: answers(operator))
        assert not client.apply(failing).message
        eventually(lambda: condition(client, failing, "Applied")["reason"] == "Rejected")
        for each in fleet:
            assert not client.apply(each).message
        retries = 'hanzo_operator_reconciles_total{kind="Service",result="retry"}'
        before = operator.measured(retries)
        eventually(lambda: operator.measured("hanzo_operator_writes_total") >= 2 * MANY)
        assert operator.measured(retries) - before < MANY / 10
    for each in (*fleet, failing):
        client.delete(each)
