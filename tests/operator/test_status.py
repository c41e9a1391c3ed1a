"""The status of a resource, as people and programs read it."""

from __future__ import annotations

import re
from typing import Any, cast

import jsonschema_rs
import pytest

from hanzo_constructs.operator import ref_of
from hanzo_constructs.operator.conditions import CONDITIONS
from hanzo_constructs.operator.status import CATEGORIES
from hanzo_constructs.schema.model_schema import model_schema
from hanzo_constructs.schema.structural import structural
from hanzo_constructs.spec.kinds import KINDS
from tests.golden.cases import SAMPLE, VALID
from tests.operator.world import World, database, resource, service

SECRET: dict[str, Any] = {
    "kmsSecrets": [
        {
            "projectSlug": "shop",
            "envSlug": "prod",
            "secretsPath": "/",
            "credentialsRef": {"name": "kms"},
            "managedSecretName": "keys",
        }
    ]
}


def test_everything_that_a_good_resource_says() -> None:
    world = World()
    status = world.apply(database())
    times = {each.pop("lastTransitionTime")[:7] for each in status["conditions"]}
    assert times == {"2026-02"}
    assert status == {
        "phase": "Ready",
        "observedGeneration": 1,
        "epoch": "2026",
        "compiledCount": 3,
        "compiledResources": [
            child("Service", "Service", "db", "Network"),
            child("Service-headless", "Service", "db-headless", "Network"),
            child("StatefulSet", "StatefulSet", "db", "Workload"),
        ],
        "replicas": 1,
        "readyReplicas": 1,
        "selector": "app.kubernetes.io/instance=db,app.kubernetes.io/name=db",
        "endpoints": ["postgresql://db.shop.svc.cluster.local:5432"],
        "connectionString": "postgresql://db.shop.svc.cluster.local:5432",
        "conditions": [
            said("Compiled", "Compiled", "3 objects are derived, and the set fits together"),
            said("LinksResolved", "Resolved", "everything that it is linked to is there"),
            said("Applied", "Applied", "3 objects are as derived"),
            said("Available", "Available", "StatefulSet db: 1 of 1 pods ready"),
        ],
    }


SEE = "see kubectl --namespace shop describe pods --selector app.kubernetes.io/instance=api,app.kubernetes.io/name=api"
REFUSED = {"Progressing": "RolloutStuck", "ReplicaFailure": "PodsRefused"}


def child(key: str, kind: str, name: str, category: str) -> dict[str, Any]:
    version = {"StatefulSet": "apps/v1"}.get(kind, "v1")
    return {"id": key, "apiVersion": version, "kind": kind, "name": name, "category": category}


def said(condition: str, reason: str, message: str) -> dict[str, Any]:
    return {"type": condition, "status": "True", "reason": reason, "message": message, "observedGeneration": 1}


def test_the_time_of_a_condition_is_that_of_its_last_change() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    before = {each["type"]: each["lastTransitionTime"] for each in world.status(ref)["conditions"]}
    world.cluster.failing.add("api")
    world.cluster.settle()
    world.reconcile(ref)
    after = {each["type"]: each["lastTransitionTime"] for each in world.status(ref)["conditions"]}
    assert {name for name, time in after.items() if time != before[name]} == {"Available"}
    assert world.status(ref)["phase"] == "Degraded"
    assert world.condition(ref, "Available")["message"] == f"Deployment api: 0 of 1 pods ready; {SEE}"


def test_a_rollout_that_is_stuck_is_said_in_the_words_of_kubernetes() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    deployment = next(each for each in world.cluster.objects.values() if each["kind"] == "Deployment")
    progress = {"type": "Progressing", "status": "False", "message": 'ReplicaSet "api-1" has timed out progressing.'}
    world.cluster.set_status(ref_of(deployment), {**deployment["status"], "conditions": [progress]})
    world.reconcile(ref)
    said = world.condition(ref, "Available")
    assert (said["reason"], world.status(ref)["phase"]) == ("RolloutStuck", "Degraded")
    text = 'Deployment api: 1 of 1 pods ready; ReplicaSet "api-1" has timed out progressing.'
    assert said["message"] == f"{text}; {SEE}"


@pytest.mark.parametrize("kind", ["Progressing", "ReplicaFailure"])
def test_where_no_pod_runs_and_none_will_it_has_failed(kind: str) -> None:
    world = World()
    ref = world.put(service(env=[{"name": "PASSWORD", "value": "hunter2"}]))
    world.reconcile(ref)
    deployment = next(each for each in world.cluster.objects.values() if each["kind"] == "Deployment")
    said = 'admission webhook "guard" denied the request: hunter2'
    wrong = {"type": kind, "status": "True" if kind == "ReplicaFailure" else "False", "message": said}
    for observed, expected in ((0, ("PodsNotReady", "Pending")), (1, (REFUSED[kind], "Failed"))):
        world.cluster.set_status(ref_of(deployment), {"observedGeneration": observed, "conditions": [wrong]})
        world.reconcile(ref)
        assert (world.condition(ref, "Available")["reason"], world.status(ref)["phase"]) == expected
    text = 'Deployment api: 0 of 1 pods ready; the admission webhook "guard" denied it: ...'
    assert world.condition(ref, "Available")["message"].removesuffix(f"; {SEE}") == text


@pytest.mark.parametrize("works", [True, False])
def test_secrets_from_elsewhere_are_resolved_or_not(works: bool) -> None:  # noqa: FBT001 - a column
    world = World()
    ref = world.put(service(**SECRET))
    world.reconcile(ref)
    assert world.condition(ref, "SecretsResolved")["reason"] == "Waiting"
    world.cluster.failing |= set() if works else {"keys"}
    world.settle(ref)
    expected = ("Resolved", "Ready") if works else ("SyncFailed", "Degraded")
    assert (world.condition(ref, "SecretsResolved")["reason"], world.status(ref)["phase"]) == expected


def test_a_base_says_who_writes() -> None:
    world = World()
    ref = world.put(resource("Base", "notes", {"image": "ghcr.io/shop/notes:v1", "storage": {"size": "1Gi"}}))
    world.reconciler.reconcile(world.read(ref), world.now, writer="notes-1", term=4)
    assert (world.status(ref)["currentWriter"], world.status(ref)["term"]) == ("notes-1", 4)


def test_the_only_pod_of_a_base_writes_when_it_is_ready() -> None:
    world = World()
    notes = {"image": "ghcr.io/shop/notes:v1", "storage": {"size": "1Gi"}}
    ref = world.put(resource("Base", "notes", {**notes, "replicas": 1}))
    world.reconcile(ref)
    assert "currentWriter" not in world.status(ref)
    world.settle(ref)
    assert world.status(ref)["currentWriter"] == "notes-0"
    world.apply(resource("Base", "notes", notes))
    assert "currentWriter" not in world.status(ref)


def test_that_pods_are_not_ready_yet_is_no_news_and_that_they_are_no_more_is() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    assert world.cluster.events == []
    world.cluster.failing.add("api")
    world.settle(ref)
    assert [each.reason for each in world.cluster.events] == ["PodsNotReady"]


def test_a_database_that_is_no_resource_is_said_to_be_elsewhere() -> None:
    world = World()
    ref = world.put(service(connections=[{"kind": "SQL", "name": "db", "env": {"HOST": "host"}}]))
    world.settle(ref)
    said = "SQL shop/db is no resource in the cluster, and taken for something elsewhere that has the names of its kind"
    assert (world.condition(ref, "LinksResolved")["message"], world.status(ref)["phase"]) == (said, "Ready")
    world.settle(world.put(resource("SQL", "db", {"storage": {"size": "1Gi"}, "credentialsSecret": "c"})))
    assert world.condition(ref, "LinksResolved")["message"] == "everything that it is linked to is there"


def test_conditions_of_others_stay() -> None:
    world = World()
    ref = world.put(service())
    theirs = {"type": "Audited", "status": "True", "reason": "Done", "message": "", "lastTransitionTime": world.now}
    world.cluster.set_status(ref, {"conditions": [theirs]}, manager="auditor")
    world.settle(ref)
    assert theirs in world.status(ref)["conditions"]
    writes = world.cluster.writes
    world.reconcile(ref)
    assert world.cluster.writes == writes


def test_a_failed_job_is_a_failed_task() -> None:
    world = World()
    world.cluster.failing.add("migrate")
    status = world.apply(resource("Task", "migrate", {"image": "ghcr.io/shop/api:v1"}))
    assert (status["phase"], status["failed"]) == ("Failed", 1)


@pytest.mark.parametrize(
    "document",
    [
        service(),
        database(),
        service(autoscaling={"minReplicas": 5, "maxReplicas": 3}),
        resource("Base", "notes", {"image": "a:v1", "storage": {"size": "1Gi"}, "gateway": {"route": "/v1/notes"}}),
        resource("Task", "sweep", {"image": "a:v1", "schedule": "0 3 * * *"}),
        resource("Task", "migrate", {"image": "a:v1"}),
        resource(
            "InferenceService",
            "llm",
            {
                "modelRef": "hf://a/b",
                "replicas": 1,
                "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
            },
        ),
    ],
    ids=lambda document: f"{document['kind']} {document['metadata']['name']}",
)
def test_the_status_is_what_its_definition_allows(document: dict[str, Any]) -> None:
    world = World()
    schema = structural(model_schema(KINDS[document["kind"]].status_model))
    validator = jsonschema_rs.validator_for({**schema, "additionalProperties": False})
    status = world.apply(document)
    assert [str(error) for error in validator.iter_errors(status)] == []
    assert status["conditions"]


def test_every_kind_that_is_derived_has_a_category() -> None:
    outputs = "".join((case.folder / "output.yaml").read_text() for case in VALID)
    assert {*re.findall(r"^kind: (\w+)$", outputs, re.MULTILINE)} == {*CATEGORIES}


def test_every_child_is_in_the_namespace_of_its_resource() -> None:
    """Else an owner reference would not do: the owner must be in the namespace of what it owns."""
    for case in SAMPLE:
        for compilation in case.compiled:
            places = {manifest["metadata"].get("namespace") for manifest in compilation.manifests}
            assert places <= {compilation.owner.namespace}, case.name


def test_every_condition_says_what_to_do_where_it_does_not_hold() -> None:
    for name, reasons in CONDITIONS.items():
        assert reasons[0].status == "True", name
        for reason in reasons:
            assert reason.meaning
            assert (
                reason.remedy or reason.status != "False" or reason.name in {"JobRunning", "Recreating", "Running"}
            ), reason.name


class Backwards:
    """A cluster that lists what there is the other way round every other time."""

    def __init__(self, cluster: Any) -> None:
        self._cluster, self._times = cluster, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cluster, name)

    def list_owned(self, owner: Any, uid: str) -> Any:
        self._times += 1
        return [*self._cluster.list_owned(owner, uid)][:: 1 if self._times % 2 else -1]


def test_the_order_in_which_a_cluster_lists_things_says_nothing() -> None:
    world = World(client=lambda cluster: cast("Any", Backwards(cluster)))
    (secret,) = SECRET["kmsSecrets"]
    ref = world.put(service(kmsSecrets=[secret, {**secret, "managedSecretName": "more"}]))
    said = [world.reconcile(ref).status for _ in range(4)]
    assert "KMSSecret" in str(said[0])
    assert said == [said[0]] * 4
