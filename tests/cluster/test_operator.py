"""The operator against a real API server: what it applies, leaves alone, takes back, enlarges and deletes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from hanzo_constructs.kube.kinds import KINDS as KUBERNETES_KINDS
from hanzo_constructs.operator import (
    Conflict,
    Event,
    Invalid,
    ObjectRef,
    Propagation,
    Reconciler,
    error_of,
    ref_of,
)
from hanzo_constructs.operator.ownership import OWNER_LABEL
from hanzo_constructs.operator.status import CATEGORIES
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kinds import KINDS
from tests.cluster.client import Client, path_of
from tests.cluster.server import until
from tests.golden.cases import SAMPLE, Case
from tests.operator.world import database, service

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Manifest = dict[str, Any]
NOW = "2026-01-01T00:00:00Z"
NAMESPACE = "default"


class ServerClient:
    """A `KubeClient` of a real API server, for tests."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.writes: list[str] = []
        self.events: list[Event] = []

    def _asked(self, method: str, path: str, body: Any = None, content: str = "application/json") -> Manifest:
        answer = self._client.request(method, path, body, content)
        if answer.status >= 400:
            raise error_of(answer.status, answer.body)
        body = answer.body
        assert isinstance(body, dict)
        return body

    def get(self, ref: ObjectRef) -> Manifest:
        return self._asked("GET", path_of(_named(ref)))

    def list_owned(self, owner: ObjectRef, uid: str) -> list[Manifest]:
        found: list[Manifest] = []
        query = urlencode({"labelSelector": f"{OWNER_LABEL}={uid}"})
        for kind in CATEGORIES:
            version = KUBERNETES_KINDS[kind].api_version
            path = path_of(_named(ObjectRef(version, kind, owner.namespace, "x"))).rpartition("/")[0]
            answer = self._client.request("GET", f"{path}?{query}")
            items = answer.body.get("items", ()) if answer.status < 400 else ()
            found += ({"apiVersion": version, "kind": kind, **each} for each in items)
        return found

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        query = urlencode({"fieldManager": manager, "force": json.dumps(force), "fieldValidation": "Strict"})
        self.writes.append(f"apply {ref_of(manifest)}")
        return self._asked("PATCH", f"{path_of(manifest)}?{query}", manifest, "application/apply-patch+yaml")

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        self.writes.append(f"patch {ref}")
        body = {**patch, "metadata": {**patch.get("metadata", {}), "uid": uid}}
        path = f"{path_of(_named(ref))}?{urlencode({'fieldManager': manager})}"
        return self._asked("PATCH", path, body, "application/merge-patch+json")

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        self.writes.append(f"delete {ref}")
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": propagation}
        self._asked("DELETE", path_of(_named(ref)), {**options, "preconditions": {"uid": uid}})

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        self.writes.append(f"status {ref}")
        query = urlencode({"fieldManager": manager, "force": "true", "fieldValidation": "Strict"})
        metadata = {"name": ref.name, "namespace": ref.namespace, "uid": uid}
        body = {"apiVersion": ref.api_version, "kind": ref.kind, "metadata": metadata, "status": status}
        self._asked("PATCH", f"{path_of(_named(ref))}/status?{query}", body, "application/apply-patch+yaml")

    def emit_event(self, event: Event) -> None:
        self.events.append(event)


def _named(ref: ObjectRef) -> Manifest:
    metadata = {"name": ref.name, **({"namespace": ref.namespace} if ref.namespace else {})}
    return {"apiVersion": ref.api_version, "kind": ref.kind, "metadata": metadata}


class Place:
    """The resources on the server, and their operator."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.server = ServerClient(client)
        self.reconciler = Reconciler(self.server)
        for name in ("Service", "SQL"):
            definition = custom_resource_definition(KINDS[name], Platform())
            assert client.create(definition).status in {201, 409}
            probe = {"apiVersion": "hanzo.ai/v1", "kind": name, "metadata": {"name": "probe", "namespace": NAMESPACE}}
            until(lambda probe=probe: client.get(probe).body.get("details", {}).get("name") == "probe")  # type: ignore[misc]

    def put(self, manifest: Manifest) -> ObjectRef:
        manifest = {**manifest, "metadata": {**manifest["metadata"], "namespace": NAMESPACE}}
        answer = self.client.apply(manifest, manager="kubectl", force=True)
        assert not answer.message, answer.message
        return ref_of(manifest)

    def reconcile(self, ref: ObjectRef) -> dict[str, str]:
        """Reconcile, and return the reason of each condition that is not true."""
        outcome = self.reconciler.reconcile(self.server.get(ref), NOW)
        stored = self.server.get(ref)["status"]
        hindered = {
            f"{each['reason']}: {each['message']}" for each in stored["conditions"] if each["type"] == "Applied"
        }
        assert outcome.retry in {"", *hindered}, outcome.retry
        return {each["type"]: each["reason"] for each in stored["conditions"] if each["status"] != "True"}

    def live(self, kind: str, name: str) -> Manifest:
        return self.server.get(ObjectRef(KUBERNETES_KINDS[kind].api_version, kind, NAMESPACE, name))

    def change(self, live: Manifest, patch: Manifest, manager: str, part: str = "") -> None:
        answer = self.client.patch(live, patch, manager=manager, part=part)
        assert not answer.message, answer.message


@pytest.fixture
def place(client: Client) -> Place:
    return Place(client)


def image(tag: str = "v1") -> Manifest:
    """Return an image as definitions store it."""
    return {"repository": "ghcr.io/shop/api", "tag": tag}


SCALED: Manifest = {"autoscaling": {"maxReplicas": 9}, "resources": {"requests": {"cpu": "1000m"}}}
REST: Manifest = {"pdb": {}, "networkPolicy": {}, "ingress": {"hosts": ["api.example.com"]}, "serviceMonitor": {}}
WAITING = {"Available": "PodsNotReady"}


def test_a_service_from_beginning_to_end(place: Place) -> None:
    ref = place.put(service("whole", image=image(), replicas=4, **REST))
    assert place.reconcile(ref) == WAITING
    place.server.writes.clear()
    assert place.reconcile(ref) == WAITING
    place.reconciler = Reconciler(place.server)
    assert place.reconcile(ref) == WAITING
    assert place.server.writes == []

    deployment = place.live("Deployment", "whole")
    place.change(deployment, {"spec": {"replicas": 7, "minReadySeconds": None}}, "kubectl-edit")
    place.reconcile(ref)
    now = place.live("Deployment", "whole")["spec"]
    assert (now["replicas"], now["minReadySeconds"]) == (4, 10)
    assert [each.reason for each in place.server.events][-1] == "DriftReverted"

    place.put(service("whole", image=image(), **REST, **SCALED))
    place.reconcile(ref)
    assert place.live("Deployment", "whole")["spec"]["replicas"] == 4
    place.change(deployment, {"spec": {"replicas": 6}}, "kube-controller-manager", "/scale")
    assert place.reconcile(ref) == WAITING
    assert place.live("Deployment", "whole")["spec"]["replicas"] == 6
    place.put(service("whole", replicas=2, image=image("v2")))
    assert place.reconcile(ref) == WAITING
    assert place.live("Deployment", "whole")["spec"]["replicas"] == 2
    left = {each["kind"] for each in place.server.list_owned(ref, place.server.get(ref)["metadata"]["uid"])}
    assert left == {"Deployment", "Service"}


def test_a_field_of_another_controller_is_left_to_it_until_the_resource_says_otherwise(place: Place) -> None:
    ref = place.put(service("shared", image=image()))
    place.reconcile(ref)
    place.change(place.live("Deployment", "shared"), {"spec": {"minReadySeconds": 99}}, "other-controller")
    place.put(service("shared", image=image("v2")))
    assert place.reconcile(ref)["Applied"] == "FieldConflict"
    place.put(service("shared", image=image("v2"), annotations={"hanzo.ai/force-conflicts": "other-controller"}))
    assert place.reconcile(ref) == WAITING
    assert place.live("Deployment", "shared")["spec"]["minReadySeconds"] == 10


def test_an_object_of_somebody_else_is_left_alone(place: Place) -> None:
    theirs = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "foreign", "namespace": NAMESPACE},
        "spec": {"ports": [{"name": "old", "port": 81, "protocol": "TCP"}]},
    }
    assert place.client.create(theirs).status == 201
    ref = place.put(service("foreign", image=image()))
    assert place.reconcile(ref)["Applied"] == "ForeignObject"
    assert place.live("Service", "foreign")["spec"]["ports"][0]["name"] == "old"


def test_the_claims_of_a_database_grow_and_its_stateful_set_is_made_again(place: Place) -> None:
    disks = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}}
    assert place.client.create({**disks, "provisioner": "x", "allowVolumeExpansion": True}).status in {201, 409}
    ref = place.put(database("grown"))
    place.reconcile(ref)
    before = place.live("StatefulSet", "grown")
    template = before["spec"]["volumeClaimTemplates"][0]
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data-grown-0", "namespace": NAMESPACE},
        "spec": {key: value for key, value in template["spec"].items() if key != "volumeMode"},
    }
    assert place.client.create(claim).status == 201
    place.put(database("grown", size="20Gi"))
    assert place.reconcile(ref)["Applied"] == "Rejected"  # nothing is bound to the claim yet
    place.change(claim, {"status": {"phase": "Bound", "capacity": {"storage": "10Gi"}}}, "binder", "/status")
    assert place.reconciler.reconcile(place.server.get(ref), NOW).retry == "StatefulSet default/grown is not gone yet"
    assert place.server.get(ref)["status"]["conditions"][2]["reason"] == "Recreating"
    place.change(before, {"metadata": {"finalizers": None}}, "garbage-collector")
    assert place.reconcile(ref) == WAITING
    assert place.live("PersistentVolumeClaim", "data-grown-0")["spec"]["resources"]["requests"]["storage"] == "20Gi"
    after = place.live("StatefulSet", "grown")
    assert after["metadata"]["uid"] != before["metadata"]["uid"]
    assert after["spec"]["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"] == "20Gi"
    place.server.writes.clear()
    place.reconcile(ref)
    place.put(database("grown", size="5Gi"))
    assert place.reconcile(ref)["Applied"] == "ClaimCannotShrink"
    assert [each for each in place.server.writes if not each.startswith("status")] == []


def test_every_request_is_about_the_object_that_was_seen(place: Place) -> None:
    ref = place.put(service("seen", image=image()))
    place.reconcile(ref)
    deployment = place.live("Deployment", "seen")
    other = ref_of(deployment)
    wrong = {**deployment, "metadata": {"name": "seen", "namespace": NAMESPACE, "uid": "another"}}
    for act in (
        lambda: place.server.apply(wrong, manager="test"),
        lambda: place.server.patch(other, {"spec": {"paused": True}}, uid="another", manager="test"),
        lambda: place.server.delete(other, uid="another"),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.fields == ()
    with pytest.raises(Invalid):
        place.server.apply(
            {**wrong, "spec": {"nonsense": 1}, "metadata": {"name": "seen", "namespace": NAMESPACE}}, manager="test"
        )


def test_what_golden_cases_become_is_as_it_was_applied(client: Client) -> None:
    """Their resources are in memory, their children on the server: nothing of it is written twice."""
    for number, case in enumerate(SAMPLE):
        _apply_twice(client, case, f"golden-{number}")


def _apply_twice(client: Client, case: Case, namespace: str) -> None:
    server = ServerClient(client)
    server.patch_status = lambda *_, **__: None  # type: ignore[method-assign]
    platform = case.platform
    resources = []
    for index, document in enumerate(case.documents):
        metadata = {**document["metadata"], "uid": f"{namespace}-{index}", "generation": 1}
        metadata.setdefault("namespace", platform.namespace or namespace)
        resources.append({**document, "metadata": metadata})
    for each in {each["metadata"]["namespace"] for each in resources} - {"default"}:
        client.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": each}})
    first = Reconciler(server, platform)
    first.learn(resources)
    applied = [first.reconcile(each, NOW) for each in resources]
    for outcome in applied:
        assert not outcome.retry, (case.name, outcome.retry)
    server.writes.clear()
    second = Reconciler(server, platform)
    second.learn(resources)
    for each in resources:
        second.reconcile(each, NOW)
    for outcome in applied:  # so that cases of one name do not meet
        for ref in reversed(outcome.applied):
            if ref.kind == "PersistentVolumeClaim":  # nobody here takes away what protects it
                client.patch(_named(ref), {"metadata": {"finalizers": None}})
            client.delete(_named(ref))
    problems = [
        each["message"]
        for outcome in applied
        for each in (outcome.status or {})["conditions"]
        if each["type"] == "Applied" and each["status"] == "False"
    ]
    assert not problems, (case.name, problems)
    assert server.writes == [], case.name
