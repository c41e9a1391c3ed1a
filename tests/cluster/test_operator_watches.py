"""A watch that goes on from a version which the store has forgotten: nothing is lost, and what has gone meanwhile is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from threading import Event, Lock
from typing import Any

import pytest
from kubernetes.client import Configuration

from hanzo_constructs.controller.api_server import ApiServer
from hanzo_constructs.controller.controller import Controller
from hanzo_constructs.operator import ClusterError
from tests.cluster.client import Client
from tests.cluster.conftest import FOREIGN
from tests.cluster.kinds import define
from tests.cluster.operator_process import PLATFORM, eventually, install, is_applied, service
from tests.cluster.recording import configuration_of
from tests.cluster.server import ControlPlane, missing_program, running

pytestmark = [pytest.mark.slow, pytest.mark.cluster]


@pytest.fixture(params=["", "--watch-cache=false"], ids=["cache", "store"])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane whose API server answers watches from its cache, or from the store alone."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    folder = tmp_path_factory.mktemp("watches")
    with running(folder, controllers=True, options=list(filter(None, [request.param]))) as server:
        define(server.client, FOREIGN)
        install(server.client)
        yield server


class Interrupted(ApiServer):
    """An API server whose watches end every second, and begin again only while the way is open."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        self.way = Event()
        self.way.set()
        self.expired = 0
        self.begun = 0
        self.waiting = 0
        self._lock = Lock()

    def lines(self, path: str, query: Mapping[str, str]) -> Iterator[bytes]:
        with self._lock:
            self.waiting += 1
            self.begun += 1
        self.way.wait()
        with self._lock:
            self.waiting -= 1
        try:
            for line in super().lines(path, {**query, "timeoutSeconds": "1"}):
                event: Any = json.loads(line) if line else {}
                self.expired += event.get("type") == "ERROR" and event["object"].get("code") == 410
                yield line
        except ClusterError as error:
            self.expired += "too old resource version" in str(error)
            raise


def shut(server: Interrupted) -> None:
    """Hold every watch that ends from now on, and wait until all have ended."""
    server.way.clear()
    begun = server.begun
    eventually(lambda: server.begun > begun)
    known = -1
    while known != server.waiting:
        known = server.waiting
        Event().wait(5)


def selected(client: Client, name: str) -> list[str]:
    """Return which pods the policy of *name* lets in, by their name."""
    metadata = {"name": name, "namespace": "default"}
    policy = client.get({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata})
    peers = [peer for rule in policy.body.get("spec", {}).get("ingress", ()) for peer in rule.get("from", ())]
    labels = [each.get("podSelector", {}).get("matchLabels", {}) for each in peers]
    return sorted(each["app.kubernetes.io/name"] for each in labels if "app.kubernetes.io/name" in each)


def test_an_expired_watch_loses_nothing(cluster: ControlPlane) -> None:
    client = cluster.client
    closed = {"networkPolicy": {"allowIntraNamespace": False}}
    connects = {"connections": [{"kind": "Service", "name": "store", "env": {"STORE": "${host}:${port}"}}]}
    store, kept, gone = service("store", 1, **closed), service("kept", 1, **connects), service("gone", 1, **connects)
    server = Interrupted(configuration_of(cluster.kubeconfig))
    controller = Controller(server, PLATFORM)
    controller.start()
    try:
        for each in (store, kept, gone):
            assert not client.apply(each).message
        eventually(lambda: selected(client, "store") == ["gone", "kept"])
        shut(server)
        client.delete(gone)
        changed, new = service("kept", 3, **connects), service("new", 1, **connects)
        for each in (changed, new):
            assert not client.apply(each, force=True).message
        deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": store["metadata"]}
        client.delete(deployment)  # by hand
        eventually(lambda: client.get(deployment).status == 404)
        assert selected(client, "store") == ["gone", "kept"]
        cluster.compact()
        cluster.restart()  # what it had in its cache is older than what it has then
        server.way.set()
        eventually(lambda: server.expired > 0)
        eventually(lambda: selected(client, "store") == ["kept", "new"])
        eventually(lambda: is_applied(client, new))
        eventually(lambda: client.get(deployment).status == 200)
        replicas = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": changed["metadata"]}
        eventually(lambda: client.get(replicas).body["spec"]["replicas"] == 3)
    finally:
        server.way.set()
        controller.stop()
