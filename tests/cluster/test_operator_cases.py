"""Every golden case through the operator, on a real API server and with the operator's own role: applied, and left alone."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs import Platform
from hanzo_constructs.controller.manifests import operator_manifests
from hanzo_constructs.controller.permissions import rules
from hanzo_constructs.kube.kinds import KINDS as KUBERNETES_KINDS
from hanzo_constructs.operator import ObjectRef, Reconciler, ref_of
from hanzo_constructs.operator.ownership import OWNER_LABEL, RESOURCE_ANNOTATION
from hanzo_constructs.operator.status import CATEGORIES
from hanzo_constructs.spec.kinds import KINDS
from tests.cluster.client import Client
from tests.cluster.operated import manifest_of, said
from tests.cluster.recording import RecordingServer, configuration_of, token_of
from tests.cluster.server import ControlPlane
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

NOW = "2026-11-28T12:00:00Z"
LATER = "2026-11-28T12:05:00Z"
BEYOND = {
    "inference_service/autoscaling-to-zero": "HPAScaleToZero is off here",
    "service/service-open-and-shut": "its node ports need a server with another range",
}
OURS = [
    case
    for case in VALID
    if case.platform.api_group == "hanzo.ai" and case.platform.output == "children" and case.name not in BEYOND
]


@pytest.fixture(scope="module")
def server(control_plane: ControlPlane) -> RecordingServer:
    """The server as the operator may use it: by the role that `hzc operator manifests` prints."""
    client = control_plane.client
    for each in operator_manifests(Platform(), "hanzo-system", "ghcr.io/acme/operator:v1"):
        if each["kind"] in {"Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"}:
            assert not client.apply(each, force=True).message
    token = token_of(client, "hanzo-system", "hanzo-operator")
    return RecordingServer(configuration_of(control_plane.kubeconfig, token))


def live(client: Client, manifest: Any) -> Any:
    answer = client.get(manifest)
    assert not answer.message
    return answer.body


def declared(client: Client, case: Case) -> list[Any]:
    """Store the resources of *case*, and their namespaces."""
    found = []
    for compilation in case.compiled:
        manifest = compilation.resource_manifest
        metadata = manifest["metadata"]
        manifest = {**manifest, "metadata": {**metadata, "namespace": metadata.get("namespace", "default")}}
        place = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": manifest["metadata"]["namespace"]}}
        client.apply(place)
        answer = client.apply(manifest)
        assert not answer.message, answer.message
        found.append(answer.body)
    return found


def versions(client: Client, children: list[ObjectRef]) -> list[str]:
    """Return in which version each of *children* is stored."""
    return [live(client, manifest_of(ref))["metadata"]["resourceVersion"] for ref in children]


def removed(client: Client, resources: list[Any], children: list[ObjectRef]) -> None:
    """Remove all that a case has brought; nothing does it by itself here."""
    for ref in children:
        manifest = manifest_of(ref)
        client.delete(manifest)
        if ref.kind == "PersistentVolumeClaim":
            client.patch(manifest, {"metadata": {"finalizers": None}})
    for each in resources:
        client.delete(each)


@pytest.mark.parametrize("case", OURS, ids=lambda case: case.name)
def test_a_case_is_applied_once_and_left_alone_then(case: Case, server: RecordingServer, client: Client) -> None:
    reconciler = Reconciler(server, case.platform)
    resources = declared(client, case)
    children: list[ObjectRef] = []
    try:
        reconciler.learn(resources)
        for each in resources:
            outcome = reconciler.reconcile(each, NOW)
            assert outcome.status is not None, outcome.retry
            children += outcome.applied
            assert not said(outcome.status)
        before = versions(client, children)
        server.writes.clear()
        again = [live(client, each) for each in resources]
        for each in again:
            outcome = reconciler.reconcile(each, LATER)
            assert (outcome.applied, outcome.deleted, outcome.retry) == ((), (), "")
        assert server.writes == []
        forgetful = Reconciler(server, case.platform)
        forgetful.learn(again)
        for each in again:
            forgetful.reconcile(each, LATER)
        assert versions(client, children) == before
    finally:
        removed(client, resources, children)


def test_whatever_an_older_operator_has_left_is_pruned(server: RecordingServer, client: Client) -> None:
    """An object of every kind that proves to be a child of the resource, and is declared no more."""
    service = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "pruned", "namespace": "default"},
        "spec": {"image": {"repository": "ghcr.io/acme/api", "tag": "v1"}},
    }
    assert not client.apply(service).message
    owner = live(client, service)
    templates = {
        ref_of(child.manifest).identity[:2]: child.manifest
        for case in OURS
        for compilation in case.compiled
        for child in compilation.children
    }
    left = []
    for name in CATEGORIES:
        kind = KUBERNETES_KINDS[name]
        metadata = {
            "name": "left",
            "namespace": "default",
            "labels": {OWNER_LABEL: owner["metadata"]["uid"]},
            "annotations": {RESOURCE_ANNOTATION: "Service.hanzo.ai default/pruned"},
        }
        left.append({**templates[kind.group, name], "metadata": metadata})
        assert not client.apply(left[-1]).message
    reconciler = Reconciler(server)
    outcome = reconciler.reconcile(owner, NOW)
    assert {each.kind for each in outcome.deleted} == {*CATEGORIES}
    assert not said(outcome.status)
    client.patch(left[[*CATEGORIES].index("PersistentVolumeClaim")], {"metadata": {"finalizers": None}})
    removed(client, [service], [*outcome.applied])


def test_the_role_is_exactly_what_was_used(server: RecordingServer) -> None:
    """The tests above have made every request that the operator makes of children and resources."""
    granted = {
        (group, resource, verb)
        for rule in rules(Platform())
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
        if verb != "watch"
        and not resource.endswith("/finalizers")
        and group not in {"kopf.dev", "events.k8s.io", "storage.k8s.io"}
    }
    groups = {kind.api_version(Platform()).rpartition("/")[0] for kind in KINDS.values()}
    listed_by_watches = {each for each in granted if each[0] in groups and each[2] == "list"}
    assert granted - server.used - listed_by_watches == set()
