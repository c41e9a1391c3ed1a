"""A rollout of a StatefulSet that never ends by itself goes on after the command that `hzc show` prints."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from hanzo_constructs.compiler import Compilation
from hanzo_constructs.compiler.manual_steps import manual_steps
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, missing_program, running, until
from tests.cluster.sets import make_namespaces
from tests.cluster.test_commands import shell_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("kubectl"), reason="no kubectl on PATH"),
]

BROKEN, GOOD, BETTER = "broken", "v1", "v2"
REPLICAS = 3
_PATIENCE = 4.0
"""Seconds after which a rollout that has not moved has stopped; the controller needs milliseconds for a step."""


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with the gate of `maxUnavailable` on, which managed clusters may have before Kubernetes 1.37."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    gates = ("MaxUnavailableStatefulSet",)
    with running(tmp_path_factory.mktemp("gated"), controllers=True, gates=gates) as server:
        yield server


class Pods:
    """The pods of one namespace, and what a kubelet would say of them: those of the broken image are never ready."""

    def __init__(self, client: Client, namespace: str, *, together: bool = False) -> None:
        """With *together*, none is ready while any of the others is broken, like peers that need each other."""
        self.client, self.path, self.together = client, f"/api/v1/namespaces/{namespace}/pods", together

    def images(self) -> list[str]:
        """Let the kubelet look at the pods once; return the tags of their images."""
        pods = self.client.request("GET", self.path).body["items"]
        tags = [pod["spec"]["containers"][0]["image"].rpartition(":")[2] for pod in pods]
        for pod, tag in zip(pods, tags, strict=True):
            if tag != BROKEN and not (self.together and BROKEN in tags):
                self._is_ready(pod["metadata"])
        return tags

    def _is_ready(self, metadata: dict[str, Any]) -> None:
        """Say that a pod is ready, unless another one has taken its name meanwhile."""
        ready = {"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}
        change = {"metadata": {"uid": metadata["uid"]}, "status": {"phase": "Running", "conditions": [ready]}}
        path = f"{self.path}/{metadata['name']}/status"
        self.client.request("PATCH", path, change, "application/merge-patch+json")

    def become(self, *tags: str) -> None:
        """Wait until the pods have the images of these *tags*."""
        until(lambda: self.images() == [*tags])

    def stay(self, *tags: str) -> bool:
        """Tell whether the pods still have the images of these *tags* after a while."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.images() != [*tags]:
                return False
            time.sleep(0.1)
        return True


Store = Callable[[str], Compilation]


def store(namespace: str, epoch: str) -> Store:
    """Return what compiles a store with an image of that tag."""

    def with_tag(tag: str) -> Compilation:
        spec: dict[str, Any] = {
            "image": {"repository": "valkey/valkey", "tag": tag},
            "replicas": REPLICAS,
            "storage": {"size": "1Gi"},
        }
        metadata = {"name": "kv", "namespace": namespace}
        document = {"apiVersion": "hanzo.ai/v1", "kind": "KV", "metadata": metadata, "spec": spec}
        return compile_resource(parse(document), Platform(epoch=epoch))

    return with_tag


def apply(client: Client, compilation: Compilation) -> None:
    for manifest in compilation.manifests:
        assert not client.apply(manifest).message


def way_out(compilation: Compilation) -> str:
    """Return what is run for a rollout that hangs."""
    (commands,) = (step.commands for step in manual_steps(compilation) if "hangs" in step.before)
    return "\n".join(commands)


def test_in_order_a_broken_revision_blocks_its_correction(controllers: ControlPlane, tmp_path: Path) -> None:
    client, run, kv = controllers.client, shell_of(controllers, tmp_path), store("in-order", "2025")
    pods = Pods(client, "in-order")
    make_namespaces(client, kv(GOOD).manifests)
    apply(client, kv(GOOD))
    pods.become(GOOD, GOOD, GOOD)
    apply(client, kv(BROKEN))
    pods.become(GOOD, GOOD, BROKEN)
    apply(client, kv(BETTER))
    assert pods.stay(GOOD, GOOD, BROKEN)
    run(way_out(kv(BETTER)))
    pods.become(BETTER, BETTER, BETTER)
    # when all is well, it deletes nothing
    run(way_out(kv(BETTER)))
    assert pods.stay(BETTER, BETTER, BETTER)


def test_in_order_a_broken_first_revision_blocks_its_correction(controllers: ControlPlane, tmp_path: Path) -> None:
    client, run, kv = controllers.client, shell_of(controllers, tmp_path), store("first", "2025")
    pods = Pods(client, "first")
    make_namespaces(client, kv(BROKEN).manifests)
    apply(client, kv(BROKEN))
    pods.become(BROKEN)
    apply(client, kv(BETTER))
    assert pods.stay(BROKEN)
    run(way_out(kv(BETTER)))
    pods.become(BETTER, BETTER, BETTER)
    # what the command set is what applying again keeps
    apply(client, kv(GOOD))
    pods.become(GOOD, GOOD, GOOD)


def test_at_once_a_broken_revision_gives_way_to_its_correction(controllers: ControlPlane) -> None:
    client, kv = controllers.client, store("at-once", "2026")
    pods = Pods(client, "at-once")
    make_namespaces(client, kv(GOOD).manifests)
    apply(client, kv(GOOD))
    pods.become(GOOD, GOOD, GOOD)
    apply(client, kv(BROKEN))
    pods.become(GOOD, GOOD, BROKEN)
    apply(client, kv(BETTER))
    pods.become(BETTER, BETTER, BETTER)


def test_at_once_peers_of_a_broken_first_revision_wait_for_each_other(
    controllers: ControlPlane, tmp_path: Path
) -> None:
    if controllers.minor >= 37:
        # the test is about older controllers
        pytest.skip("since Kubernetes 1.37, all pods that are not ready are replaced at once")
    client, run, kv = controllers.client, shell_of(controllers, tmp_path), store("peers", "2026")
    pods = Pods(client, "peers", together=True)
    make_namespaces(client, kv(BROKEN).manifests)
    apply(client, kv(BROKEN))
    pods.become(BROKEN, BROKEN, BROKEN)
    apply(client, kv(BETTER))
    pods.become(BROKEN, BROKEN, BETTER)
    assert pods.stay(BROKEN, BROKEN, BETTER)
    run(way_out(kv(BETTER)))
    pods.become(BETTER, BETTER, BETTER)


def test_behind_the_gate_a_broken_revision_blocks_its_correction_at_once_too(
    gated: ControlPlane, tmp_path: Path
) -> None:
    if gated.minor >= 37:
        pytest.skip("since Kubernetes 1.37, a broken revision gives way")  # the test is about older controllers
    client, run, kv = gated.client, shell_of(gated, tmp_path), store("gated", "2026")
    pods = Pods(client, "gated")
    make_namespaces(client, kv(GOOD).manifests)
    apply(client, kv(GOOD))
    pods.become(GOOD, GOOD, GOOD)
    apply(client, kv(BROKEN))
    pods.become(GOOD, GOOD, BROKEN)
    apply(client, kv(BETTER))
    assert pods.stay(GOOD, GOOD, BROKEN)
    run(way_out(kv(BETTER)))
    pods.become(BETTER, BETTER, BETTER)
