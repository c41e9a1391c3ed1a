"""`hzc operator run` as a process: it is killed, its server goes away, another one takes over, and nothing is lost."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.operator.ownership import OWNER_LABEL
from hanzo_constructs.spec.kinds import parse
from tests.cluster.client import Client
from tests.cluster.kinds import define
from tests.cluster.operator_process import (
    PLATFORM,
    Operator,
    answers,
    eventually,
    install,
    is_applied,
    operating,
    service,
    status,
)
from tests.cluster.server import ControlPlane, missing_program, running
from tests.docs.pages import pages

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

SERVICES = 20
CHANGES = 200


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with the kinds installed, and controllers that act."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("operator"), controllers=True) as server:
        define(server.client, {"monitoring.coreos.com/v1": "ServiceMonitor"})
        install(server.client)
        yield server


def owned(client: Client, manifest: Any) -> list[str]:
    """Return kind and name of every object that carries the label of the resource."""
    uid = client.get(manifest).body["metadata"]["uid"]
    found = []
    for place in ("/api/v1/services", "/apis/apps/v1/deployments", "/apis/policy/v1/poddisruptionbudgets"):
        listed = client.request("GET", f"{place}?labelSelector={OWNER_LABEL}={uid}").body["items"]
        found += [f"{place.rpartition('/')[2]}/{each['metadata']['name']}" for each in listed]
    return sorted(found)


def test_killed_at_any_point_while_everything_changes(cluster: ControlPlane, tmp_path: Path) -> None:
    chance, client = random.Random(7), cluster.client  # noqa: S311 - the same in every run
    wanted = {f"api-{number}": service(f"api-{number}", 1) for number in range(SERVICES)}
    for each in wanted.values():
        assert not client.apply(each).message
    log = tmp_path / "log"
    operator = Operator(cluster.kubeconfig, log, "--standalone")
    try:
        for change in range(CHANGES):
            name = chance.choice([*wanted])
            budget: dict[str, Any] = {"pdb": {"maxUnavailable": 1}} if chance.random() < 0.5 else {}
            wanted[name] = service(name, chance.randint(1, 4), **budget)
            assert not client.apply(wanted[name], force=True).message
            if change % 25 == 12:
                operator.process.send_signal(signal.SIGKILL)
                operator.kill()
                operator = Operator(cluster.kubeconfig, log, "--standalone")
            if change == CHANGES // 2:
                cluster.restart()
            time.sleep(chance.random() * 0.1)
        for each in wanted.values():
            eventually(lambda each=each: is_applied(client, each))  # type: ignore[misc]
        for name, each in wanted.items():
            budgets = [f"poddisruptionbudgets/{name}"] if "pdb" in each["spec"] else []
            assert owned(client, each) == sorted([f"deployments/{name}", *budgets, f"services/{name}"])
    finally:
        operator.kill()
        for each in wanted.values():
            client.delete(each)
    assert "Traceback" not in log.read_text()


def test_a_deprecated_field_gets_a_warning_and_is_taken(cluster: ControlPlane) -> None:
    old, new = service("old", 1, pdb={"enabled": True}), service("new", 1, pdb={})
    advice = "spec.pdb.enabled is deprecated: a block that is written is on; leave it, or the block, out"

    def warned(manifest: Any) -> list[str]:
        answer = cluster.client.apply(manifest, dry_run=True)
        assert not answer.message
        return [each for each in answer.warnings if advice in each]

    eventually(lambda: bool(warned(old)))  # a policy holds a moment after it is stored
    assert warned(new) == []


def test_what_is_deleted_takes_its_children_along(cluster: ControlPlane, tmp_path: Path) -> None:
    client, api = cluster.client, service("gone", 1)
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone"):
        assert not client.apply(api).message
        eventually(lambda: is_applied(client, api))
        client.delete(api, propagation="Foreground")
        deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": api["metadata"]}
        eventually(lambda: client.get(deployment).status == 404 and client.get(api).status == 404)


def test_from_manifests_to_the_operator_and_back_no_pod_is_replaced(cluster: ControlPlane, tmp_path: Path) -> None:
    """As docs/how-to/run-the-operator.md does it."""
    client, api = cluster.client, service("moved", 2, pdb={"maxUnavailable": 1})
    manifests = [child.manifest for child in compile_resource(parse(api, PLATFORM), PLATFORM).children]
    for each in manifests:
        assert not client.apply(each, manager="kubectl").message
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": api["metadata"]}
    before = client.get(deployment).body
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone"):
        assert not client.apply(api).message
        eventually(lambda: is_applied(client, api))
        taken = client.get(deployment).body
        assert [each["name"] for each in taken["metadata"]["ownerReferences"]] == ["moved"]
        client.delete(api, propagation="Orphan")
        eventually(lambda: client.get(api).status == 404)
    for each in manifests:
        assert not client.apply(each, manager="kubectl").message
    after = client.get(deployment).body
    assert "ownerReferences" not in after["metadata"]
    for found in (taken, after):
        assert found["metadata"]["uid"] == before["metadata"]["uid"]
        assert found["spec"] == before["spec"]
    for each in manifests:
        client.delete(each)


def test_what_people_see_is_what_the_page_shows(cluster: ControlPlane, tmp_path: Path) -> None:
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("there is no kubectl on PATH")  # no set-up brings one: it is what people see the status with
    client = cluster.client
    client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}})
    page = next(each for each in pages() if each.path.name == "run-the-operator.md")
    (text,) = [each.text for each in page.blocks if each.file_name == "orders.yaml"]
    orders = load_all(text)[0].data
    front = {**orders, "metadata": {"name": "front", "namespace": "shop"}}
    front["spec"] = {**front["spec"], "image": {"repository": "ghcr.io/acme/front", "tag": "v1"}}
    pod = {"metadata": {"labels": {"app": "front"}}, "spec": {"containers": [{"name": "front", "image": "a"}]}}
    spec = {"selector": {"matchLabels": {"app": "front"}}, "template": pod}
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": front["metadata"], "spec": spec}
    stored = [deployment, orders, front]
    assert [client.apply(each).message for each in stored] == [""] * 3
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone"):
        eventually(lambda: is_applied(client, orders))
        eventually(lambda: become_ready(client, "shop"))
        eventually(lambda: status(client, orders).get("phase") == "Ready")
        eventually(lambda: status(client, front).get("phase") == "Failed")
        for block in page.blocks:
            command, _, shown = block.text.partition("\n")
            if command.startswith("$ kubectl "):
                ran = subprocess.run(
                    [kubectl, *command.split()[2:]],
                    env={**os.environ, "KUBECONFIG": str(cluster.kubeconfig)},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                told = {_without_age(line) for line in ran.stdout.splitlines()}
                assert not [line for line in shown.splitlines() if line != "..." and _without_age(line) not in told]
    for each in stored:
        client.delete(each)


def become_ready(client: Client, namespace: str) -> bool:
    """Say of the pods that they run, as a node would; tell whether there are any."""
    listed = client.request("GET", f"/api/v1/namespaces/{namespace}/pods").body["items"]
    long_ago = "2026-01-01T00:00:00Z"
    ready = {"type": "Ready", "status": "True", "lastTransitionTime": long_ago}
    for each in listed:
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": each["metadata"]}
        client.patch(pod, {"status": {"phase": "Running", "conditions": [ready]}}, part="/status")
    return bool(listed)


def _without_age(line: str) -> str:
    """Return the words of *line*, without how long ago that was."""
    return " ".join(word for word in line.split() if not re.fullmatch(r"\d+m?\d*s|<unknown>", word))


def test_drift_is_put_back_and_what_is_unchanged_is_left_alone(cluster: ControlPlane, tmp_path: Path) -> None:
    client, api = cluster.client, service("drift", 2)
    with operating(cluster.kubeconfig, tmp_path / "log", "--standalone") as operator:
        assert not client.apply(api).message
        eventually(lambda: is_applied(client, api))
        deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": api["metadata"]}
        client.patch(deployment, {"spec": {"revisionHistoryLimit": 9}}, manager="kubectl-edit")
        eventually(lambda: client.get(deployment).body["spec"]["revisionHistoryLimit"] == 3)
        client.delete(deployment)
        eventually(lambda: is_applied(client, api))
        time.sleep(2)
        before = operator.measured("hanzo_operator_writes_total")
        time.sleep(5)
        assert operator.measured("hanzo_operator_writes_total") == before
    client.delete(api)


def test_one_works_and_the_other_takes_over(cluster: ControlPlane, tmp_path: Path) -> None:
    client, api = cluster.client, service("shared", 1)
    with operating(cluster.kubeconfig, tmp_path / "first", "--priority", "9") as first:
        eventually(lambda: answers(first) and first.measured("hanzo_operator_active") == 1)
        with operating(cluster.kubeconfig, tmp_path / "second", "--priority", "5") as second:
            eventually(lambda: answers(second))
            assert not client.apply(api).message
            eventually(lambda: is_applied(client, api))
            assert second.measured("hanzo_operator_writes_total") == 0
            first.process.send_signal(signal.SIGTERM)
            assert first.process.wait(30) == 0
            changed = service("shared", 3)
            assert not client.apply(changed, force=True).message
            eventually(lambda: is_applied(client, changed))
            assert second.measured("hanzo_operator_writes_total") > 0
    client.delete(api)
