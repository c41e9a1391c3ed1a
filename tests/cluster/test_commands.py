"""The commands that `hzc show` and `hzc takeover` print do what they promise, run as they are printed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from hanzo_constructs import Compilation, Platform, compile_resource, parse
from hanzo_constructs.compiler.manual_steps import manual_steps
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, until
from tests.cluster.sets import make_namespaces

pytestmark = [
    pytest.mark.slow,
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("kubectl"), reason="no kubectl on PATH"),
]

Manifest = dict[str, Any]
Shell = Callable[..., str]

_PROXY = {
    "name": "proxy",
    "image": "ghcr.io/hanzoai/agent:v1",
    "resources": {"requests": {"cpu": "10m"}},
}
_AUTOSCALED: dict[str, Any] = {"autoscaling": {"minReplicas": 3, "maxReplicas": 9}}


def shell_of(server: ControlPlane, folder: Path) -> Shell:
    """Return what runs a line as a user of *server* does, in *folder*, and gives what it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {"KUBECONFIG": str(server.kubeconfig), "PATH": path, "HOME": str(folder)}

    def run(line: str, given: str = "") -> str:
        command = ["/bin/bash", "-o", "pipefail", "-c", line]
        done = subprocess.run(
            command, check=False, cwd=folder, env=environment, input=given, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


def children(namespace: str, epoch: Literal["2025", "2026"] = "2026", **spec: Any) -> list[Manifest]:
    return compile_resource(service(namespace, **spec), Platform(epoch=epoch)).manifests


def service(namespace: str, **spec: Any) -> Any:
    spec = {
        "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"},
        "resources": {"requests": {"cpu": "100m"}},
        **spec,
    }
    metadata = {"name": "api", "namespace": namespace}
    return parse({"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec})


def listed(manifests: list[Manifest]) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": manifests})


def pods_of(client: Client, namespace: str) -> set[str]:
    """Return the names of the pods that nobody has asked to stop."""
    pods = client.request("GET", f"/api/v1/namespaces/{namespace}/pods").body["items"]
    return {pod["metadata"]["name"] for pod in pods if "deletionTimestamp" not in pod["metadata"]}


@pytest.mark.parametrize("apply", ["kubectl apply --server-side", "kubectl apply"])
@pytest.mark.parametrize("by_hand_first", [True, False])
def test_an_autoscaler_takes_over(
    controllers: ControlPlane, tmp_path: Path, apply: str, *, by_hand_first: bool
) -> None:
    client, run = controllers.client, shell_of(controllers, tmp_path)
    namespace = f"scaled-{len(apply)}-{by_hand_first}".lower()
    make_namespaces(client, children(namespace))
    run(f"{apply} -f -", listed(children(namespace, replicas=5)))
    until(lambda: len(pods_of(client, namespace)) == 5)
    started = pods_of(client, namespace)
    by_server, by_client = manual_steps(compile_resource(service(namespace, **_AUTOSCALED), Platform()))
    if by_hand_first:
        for command in (by_server if "--server-side" in apply else by_client).commands:
            run(command)
    workload, scaler = children(namespace, **_AUTOSCALED)
    run(f"{apply} -f -", listed([workload, scaler]))
    until(lambda: is_settled(client, workload, scaler))
    kept = started & pods_of(client, namespace)
    assert len(kept) == (5 if by_hand_first else 1)
    # from now on the autoscaler has the last word
    scaler["spec"].update(minReplicas=4, maxReplicas=4)
    run(f"{apply} -f -", listed([workload, scaler]))
    until(lambda: len(pods_of(client, namespace)) == 4)
    # until it is gone
    assert not client.delete(scaler).message
    force = " --force-conflicts" if "--server-side" in apply else ""
    run(f"{apply}{force} -f -", listed(children(namespace, replicas=6)))
    until(lambda: len(pods_of(client, namespace)) == 6)


@pytest.mark.parametrize("apply", ["kubectl apply --server-side", "kubectl apply"])
def test_another_image_of_a_job(controllers: ControlPlane, tmp_path: Path, apply: str) -> None:
    client, run = controllers.client, shell_of(controllers, tmp_path)
    namespace = f"jobs-{len(apply)}"

    def compiled(tag: str, **spec: Any) -> Compilation:
        spec = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": tag}, **spec}
        metadata = {"name": "migrate", "namespace": namespace}
        return compile_resource(
            parse({"apiVersion": "hanzo.ai/v1", "kind": "Task", "metadata": metadata, "spec": spec})
        )

    make_namespaces(client, compiled("v1").manifests)
    (old,), (again,), (new,) = (
        compiled("v1", parallelism=2, completions=4).manifests,
        compiled("v1", parallelism=1, completions=4, backoffLimit=1, ttlSecondsAfterFinished=60).manifests,
        compiled("v2").manifests,
    )
    run(f"{apply} -f -", listed([old]))
    run(f"{apply} -f -", listed([again]))  # what is not about its pods may change
    until(lambda: len(pods_of(client, namespace)) == 1)
    with pytest.raises(AssertionError, match="field is immutable"):
        run(f"{apply} -f -", listed([new]))
    ((command,),) = [each.commands for each in manual_steps(compiled("v2"))]
    run(command)
    run(f"{apply} -f -", listed([new]))
    run(command)
    run(command)  # where it is not there any more, there is nothing to do


@pytest.mark.parametrize("epoch", ["2025", "2026"])
def test_the_objects_of_an_operator_are_taken_over(
    controllers: ControlPlane, tmp_path: Path, epoch: Literal["2025", "2026"]
) -> None:
    client, run = controllers.client, shell_of(controllers, tmp_path)
    namespace = f"taken-over-{epoch}"
    made = children(namespace, epoch="2025", env=[{"name": "OLD", "value": "1"}], sidecars=[_PROXY], **_AUTOSCALED)
    make_namespaces(client, made)
    resource = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api", "namespace": namespace}}
    owner = {**resource, "name": "api", "uid": client.create(resource).body["metadata"]["uid"], "controller": True}
    del owner["metadata"]
    left = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "left", "namespace": namespace}}
    for each in (*made, left):
        each["metadata"]["ownerReferences"] = [owner]
        if each["kind"] == "Deployment":
            each["spec"]["replicas"] = 5
        assert not client.create(each, manager="operator").message
    until(lambda: len(pods_of(client, namespace)) == 5)
    wanted = children(namespace, epoch=epoch, pdb={}, sidecars=[_PROXY], **_AUTOSCALED)  # the budget is new
    (tmp_path / "out.json").write_text(listed(wanted))
    run(
        "kubectl get --filename out.json --ignore-not-found --output json --show-managed-fields | hzc takeover - > takeover.sh"
    )
    run("sh -e takeover.sh")
    run("kubectl apply --server-side --filename out.json")
    workload, scaler = children(namespace, epoch=epoch, sidecars=[_PROXY], **_AUTOSCALED)
    until(lambda: is_settled(client, workload, scaler))
    stored = client.get(workload).body["spec"]
    pod = stored["template"]["spec"]
    container = pod["containers"][0]
    # a sidecar moves from one list to the other, and is in one of them
    assert [each["name"] for each in pod["containers"]] == ["api", "proxy"][: 2 if epoch == "2025" else 1]
    assert [each["name"] for each in pod.get("initContainers", ())] == ([] if epoch == "2025" else ["proxy"])
    assert stored["replicas"] == 5
    assert "env" not in container
    assert list(container["lifecycle"]["preStop"]) == ["exec" if epoch == "2025" else "sleep"]
    # the collector of garbage takes what its resource still owns
    assert not client.delete(resource).message
    until(lambda: client.get(left).status == 404)
    assert [client.get(each).status for each in made] == [200, 200]


def is_settled(client: Client, workload: Manifest, scaler: Manifest) -> bool:
    """Tell whether the controllers have done everything that follows from what was applied."""
    stored, scaling = client.get(workload).body, client.get(scaler).body
    count, status = stored["spec"]["replicas"], stored.get("status", {})
    return (
        bool(scaling.get("status", {}).get("conditions"))
        and status.get("observedGeneration") == stored["metadata"]["generation"]
        # no pod ever starts here, so that a new template stops at the first new pod
        and status.get("replicas") in {count, count + 1}
        and count >= scaler["spec"]["minReplicas"]
    )
