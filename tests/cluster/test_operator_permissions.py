"""The operator with the roles that `hzc operator manifests` prints: nothing is denied to it, and nothing is granted in vain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.controller.permissions import rules
from tests.cluster.client import Client
from tests.cluster.conftest import FOREIGN
from tests.cluster.kinds import define
from tests.cluster.operator_process import (
    PLATFORM,
    Operator,
    answers,
    as_account,
    eventually,
    install,
    is_applied,
    operating,
    service,
    status,
)
from tests.cluster.recording import token_of
from tests.cluster.server import ControlPlane, missing_program, running

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Request = tuple[str, str, str]

ACCOUNT = "system:serviceaccount:hanzo-system:hanzo-operator"
SCOPES: dict[str, tuple[str, ...]] = {"cluster": (), "namespaces": ("default", "shop")}
ELSEWHERE = ("kopf.dev", "events.k8s.io", "storage.k8s.io")
"""API groups of which nothing is a resource of ours or a child."""


@pytest.fixture(scope="module", params=SCOPES)
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane that notes every request of the operator, and asks who may have an owner wait for its children."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    folder = tmp_path_factory.mktemp("permissions")
    noted = {"level": "Metadata", "users": [ACCOUNT], "omitStages": ["RequestReceived"]}
    policy = {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [noted, {"level": "None"}]}
    (folder / "policy.json").write_text(json.dumps(policy))
    audit = [f"--audit-policy-file={folder / 'policy.json'}", f"--audit-log-path={folder / 'audit.log'}"]
    plugin = "--enable-admission-plugins=OwnerReferencesPermissionEnforcement"
    with running(folder, controllers=True, options=[*audit, plugin]) as server:
        define(server.client, FOREIGN)
        for place in SCOPES[request.param]:
            server.client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": place}})
        install(server.client, SCOPES[request.param])
        yield server


@pytest.fixture
def scope(request: pytest.FixtureRequest, cluster: ControlPlane) -> tuple[str, ...]:
    """The namespaces that the operator looks after; none: all."""
    del cluster
    return SCOPES[request.node.callspec.params["cluster"]]


def requests(cluster: ControlPlane) -> Iterator[tuple[Request, int]]:
    """Yield what the operator has asked for so far, and with which code it was answered."""
    for line in (cluster.kubeconfig.parent / "audit.log").read_text().splitlines():
        event = json.loads(line)
        if about := event.get("objectRef"):
            resource = "/".join(filter(None, (about["resource"], about.get("subresource"))))
            yield (about.get("apiGroup", ""), resource, event["verb"]), event["responseStatus"]["code"]


def granted(*, namespaced: bool) -> set[Request]:
    return {
        (group, resource, verb)
        for rule in rules(PLATFORM, namespaced=namespaced)
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def database(size: str) -> Any:
    spec = {"storage": {"size": size, "storageClassName": "fast"}, "credentialsSecret": "db-credentials"}
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "SQL",
        "metadata": {"name": "db", "namespace": "default"},
        "spec": spec,
    }


def grown(client: Client) -> None:
    """Enlarge the claim of a database, and wait until that has come to its end."""
    classes = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}}
    client.apply({**classes, "provisioner": "x", "allowVolumeExpansion": True})
    assert not client.apply(database("1Gi")).message
    eventually(lambda: is_applied(client, database("1Gi")))
    metadata = {"name": "data-db-0", "namespace": "default"}
    claim = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata}
    eventually(lambda: client.get(claim).status == 200)
    client.patch(claim, {"status": {"phase": "Bound", "capacity": {"storage": "1Gi"}}}, part="/status")
    assert not client.apply(database("2Gi"), force=True).message
    eventually(lambda: is_applied(client, database("2Gi")))
    assert client.get(claim).body["spec"]["resources"]["requests"]["storage"] == "2Gi"


def operator_options(scope: tuple[str, ...]) -> list[str]:
    return [each for place in scope for each in ("--namespace", place)]


def test_it_has_what_it_asks_for_and_asks_for_what_it_has(
    cluster: ControlPlane, scope: tuple[str, ...], tmp_path: Path
) -> None:
    client = cluster.client
    kubeconfig = as_account(cluster, token_of(client, "hanzo-system", "hanzo-operator"), tmp_path / "kubeconfig")
    whole = service("whole", 2, pdb={"maxUnavailable": 1}, ingress={"hosts": ["api.example.com"]}, networkPolicy={})
    foreign = service("foreign", 1)
    assert client.create({"apiVersion": "v1", "kind": "Service", "metadata": foreign["metadata"], "spec": {"ports": [{"port": 1}]}}).status == 201  # fmt: skip
    with operating(kubeconfig, tmp_path / "log", *operator_options(scope)) as operator:
        for each in (whole, foreign):
            assert not client.apply(each).message
        eventually(lambda: is_applied(client, whole))
        eventually(lambda: status(client, foreign).get("phase") == "Failed")
        grown(client)
        reduced = service("whole", 2)
        assert not client.apply(reduced, force=True).message
        eventually(lambda: is_applied(client, reduced))
        eventually(lambda: _used_in_vain(cluster, scope) == set())
        _deleted(client, whole)
        assert operator.process.poll() is None
    asked = [*requests(cluster)]
    denied = {each for each, code in asked if code in {401, 403}}
    assert denied - ({("storage.k8s.io", "storageclasses", "get")} if scope else set()) == set()
    assert "Traceback" not in (tmp_path / "log").read_text()


def _used_in_vain(cluster: ControlPlane, scope: tuple[str, ...]) -> set[Request]:
    """Return what was granted and not asked for: all that is watched, and what is neither a resource nor a child.

    What is done with children and resources is counted where every case is applied. A patch that creates is a patch here.
    """
    unused = granted(namespaced=bool(scope)) - {each for each, code in requests(cluster) if code < 400}
    counted = {each for each in unused if each[2] in {"list", "watch"} or each[0] in ELSEWHERE}
    return {each for each in counted if (each[0], each[2]) != ("kopf.dev", "create")}


def _deleted(client: Client, resource: Any) -> None:
    client.delete(resource, propagation="Foreground")
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": resource["metadata"]}
    eventually(lambda: client.get(resource).status == 404)
    assert client.get(deployment).status == 404  # children go first


def test_what_is_taken_away_is_missing(cluster: ControlPlane, scope: tuple[str, ...], tmp_path: Path) -> None:
    """Where an owner may wait for its children only if whoever makes them may change the owner."""
    client = cluster.client
    kubeconfig = as_account(cluster, token_of(client, "hanzo-system", "hanzo-operator"), tmp_path / "kubeconfig")
    for place in scope or ("",):
        prefix, metadata = ("", {"namespace": place}) if place else ("Cluster", {})
        named = {"name": "hanzo-operator", **metadata}
        role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": f"{prefix}Role", "metadata": named}
        rest = [each for each in rules(PLATFORM, namespaced=bool(scope)) if "/finalizers" not in each["resources"][0]]
        assert not client.patch(role, {"rules": rest}).message
    refused = service("refused", 1)
    with operating(kubeconfig, tmp_path / "log", *operator_options(scope), "--standalone"):
        assert not client.apply(refused).message
        eventually(lambda: status(client, refused).get("phase") == "Failed")
    said = next(each for each in status(client, refused)["conditions"] if each["type"] == "Applied")
    assert said["reason"] == "Rejected"
    assert "cannot set blockOwnerDeletion" in said["message"]


def test_an_operator_without_any_permission_says_so_and_goes_on(
    cluster: ControlPlane, scope: tuple[str, ...], tmp_path: Path
) -> None:
    kubeconfig = as_account(cluster, token_of(cluster.client, "hanzo-system", "nobody"), tmp_path / "kubeconfig")
    log = tmp_path / "log"
    operator = Operator(kubeconfig, log, *operator_options(scope), "--standalone")
    try:
        eventually(lambda: answers(operator) and "is forbidden" in log.read_text())
        assert operator.process.poll() is None
    finally:
        operator.kill()
