"""What goes when a resource goes and what stays, and canaries from the first request to the last: through the process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import Platform
from tests.cluster.client import Client
from tests.cluster.conftest import FOREIGN
from tests.cluster.kinds import define
from tests.cluster.operator_process import eventually, install, is_applied, operating, service, status
from tests.cluster.server import ControlPlane, missing_program, running

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

PLATFORM = Platform.model_validate({"gateway": {"name": "edge", "namespace": "gateways"}})
DIGEST = "sha256:" + "1" * 64


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with the kinds installed, and controllers that act."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("lifecycle"), controllers=True) as server:
        define(server.client, FOREIGN)
        install(server.client)
        yield server


def child(kind: str, name: str, version: str = "v1") -> Any:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": "default"}}


def stored(client: Client, *children: Any) -> list[str]:
    """Return which of *children* are there, and not about to go."""
    found = [client.get(each) for each in children]
    return [
        f"{each.body['kind']}/{each.body['metadata']['name']}"
        for each in found
        if each.status == 200 and "deletionTimestamp" not in each.body["metadata"]
    ]


def database(retention: str) -> Any:
    storage = {"size": "1Gi", "retentionPolicy": retention}
    name = f"db-{retention.lower()}"
    return {**child("SQL", name, "hanzo.ai/v1"), "spec": {"storage": storage, "credentialsSecret": "credentials"}}


@pytest.mark.parametrize("propagation", ["Background", "Foreground"])
def test_children_go_and_claims_that_are_kept_stay(cluster: ControlPlane, tmp_path: Path, propagation: str) -> None:
    client = cluster.client
    disks = [
        {"name": "kept", "size": "1Gi", "mountPath": "/a"},
        {"name": "gone", "size": "1Gi", "mountPath": "/b", "retentionPolicy": "Delete"},
    ]
    api = service("disks", 1, persistence=disks, strategy="Recreate", fsGroup=1000, pdb={"maxUnavailable": 1})
    resources = [api, database("Retain"), database("Delete")]
    deployment, kept, gone = child("Deployment", "disks", "apps/v1"), *(child("PersistentVolumeClaim", f"disks-{each}") for each in ("kept", "gone"))  # fmt: skip
    sets = [child("StatefulSet", f"db-{each}", "apps/v1") for each in ("retain", "delete")]
    claims = [child("PersistentVolumeClaim", f"data-db-{each}-0") for each in ("retain", "delete")]
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone"):
        for each in resources:
            assert not client.apply(each).message
        for each in resources:
            eventually(lambda each=each: is_applied(client, each))  # type: ignore[misc]
        assert not client.patch(api, {"metadata": {"finalizers": ["example.com/audit"]}}).message
        eventually(lambda: len(stored(client, *claims, kept, gone)) == 4)
        for each in resources:
            client.delete(each, propagation=propagation)
        eventually(lambda: status(client, api).get("phase") == "Deleting")
        if propagation == "Background":  # what the finalizer stands for is done first
            assert stored(client, deployment, kept, gone) == ["Deployment/disks", *stored(client, kept, gone)]
        client.patch(api, {"metadata": {"finalizers": [each for each in client.get(api).body["metadata"]["finalizers"] if each != "example.com/audit"]}})  # fmt: skip
        eventually(lambda: stored(client, *resources, deployment, gone, *sets, claims[1]) == [])
        eventually(lambda: all(client.get(each).status == 404 for each in resources))
        assert stored(client, kept, claims[0]) == [
            "PersistentVolumeClaim/disks-kept",
            "PersistentVolumeClaim/data-db-retain-0",
        ]
        again = service("disks", 1, persistence=disks[:1], strategy="Recreate", fsGroup=1000)
        assert not client.apply(again).message  # one of that name takes over what was kept
        eventually(lambda: is_applied(client, again))
        client.delete(again)
        eventually(lambda: stored(client, deployment) == [])
    for each in (kept, claims[0], gone, claims[1]):
        client.delete(each)
        client.patch(each, {"metadata": {"finalizers": None}})


def model(name: str, variant: str, **spec: Any) -> Any:
    """Return an InferenceService as it is stored."""
    whole = {
        "variant": variant,
        "modelRef": f"hf://acme/{variant}",
        "replicas": 4,
        "resources": {"cpu": "8", "memory": "64Gi", "gpuMemory": "80Gi"},
        "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
        **spec,
    }
    return {**child("InferenceService", name, "hanzo.ai/v1"), "spec": whole}


def lattice(name: str, tag: str, **deploy: Any) -> Any:
    """Return a LatticeService as it is stored."""
    return {
        **child("LatticeService", name, "lattice.dev/v1alpha1"),
        "spec": {"replicas": 3, "workload": {"containers": {"main": container(tag)}, **served()}, **deploy},
    }


def container(tag: str) -> Any:
    amounts = {"cpu": "250m", "memory": "256Mi"}
    image = {"repository": "ghcr.io/acme/web", "tag": tag, "digest": DIGEST}
    return {"image": image, "resources": {"requests": amounts, "limits": amounts}}


def served() -> Any:
    return {"service": {"ports": {"http": {"port": 80, "targetPort": 8080}}}}


def canary(tag: str, weight: int) -> Any:
    image = {"repository": "ghcr.io/acme/web", "tag": tag, "digest": DIGEST}
    return {"deploy": {"strategy": "canary", "canary": {"weight": weight, "containers": {"main": {"image": image}}}}}


def weights(client: Client, name: str) -> list[int]:
    """Return how requests are shared, by the route of that name."""
    route = client.get(child("HTTPRoute", name, "gateway.networking.k8s.io/v1")).body
    return [each["weight"] for each in route["spec"]["rules"][0]["backendRefs"]]


def test_a_canary_of_a_model_is_promoted_without_a_restart(cluster: ControlPlane, tmp_path: Path) -> None:
    client, file = cluster.client, tmp_path / "hanzo.yaml"
    file.write_text("gateway: {name: edge, namespace: gateways}\n")
    old, new = (child("Deployment", f"chat-{each}", "apps/v1") for each in ("v1", "v2"))
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone", "--platform", str(file)):

        def become(wanted: Any) -> None:
            assert not client.apply(wanted, force=True).message
            eventually(lambda: is_applied(client, wanted, PLATFORM))

        become(model("chat", "v1"))
        before = client.get(old).body
        for weight in (0, 10, 100):
            become(model("chat", "v1", canary={"variant": "v2", "modelRef": "hf://acme/v2", "weight": weight}))
            assert weights(client, "chat") == [100 - weight, weight]
        assert client.get(old).body["metadata"]["uid"] == before["metadata"]["uid"]
        assert client.get(old).body["spec"]["template"] == before["spec"]["template"]
        tried = client.get(new).body
        become(model("chat", "v2"))
        promoted = client.get(new).body
        assert promoted["metadata"]["uid"] == tried["metadata"]["uid"]
        assert promoted["spec"]["template"] == tried["spec"]["template"]
        eventually(lambda: stored(client, old, child("Service", "chat-canary")) == [])
        assert client.get(child("HTTPRoute", "chat", "gateway.networking.k8s.io/v1")).status == 404
    client.delete(model("chat", "v2"))


def test_a_canary_of_a_lattice_service_comes_and_goes(cluster: ControlPlane, tmp_path: Path) -> None:
    client, file = cluster.client, tmp_path / "hanzo.yaml"
    file.write_text("gateway: {name: edge, namespace: gateways}\n")
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone", "--platform", str(file)):
        for step in (lattice("web", "v1"), *(lattice("web", "v1", **canary("v2", each)) for each in (0, 30, 100)), lattice("web", "v2")):  # fmt: skip
            answer = client.apply(step, force=True)
            assert not answer.message
            eventually(lambda step=step: is_applied(client, step, PLATFORM))  # type: ignore[misc]
        deployments = client.request("GET", "/apis/apps/v1/namespaces/default/deployments").body["items"]
        mine = [each for each in deployments if each["metadata"]["labels"].get("app.kubernetes.io/name") == "web"]
        eventually(lambda: len(mine) == 1)
        assert mine[0]["spec"]["template"]["spec"]["containers"][0]["image"].endswith(f":v2@{DIGEST}")
    client.delete(lattice("web", "v2"))
