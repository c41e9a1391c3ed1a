"""What a reconcile writes, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.operator import ObjectRef, Reconciler, ref_of
from tests.operator.world import World, database, resource, service, versions

DEPLOYMENT = ObjectRef("apps/v1", "Deployment", "shop", "api")


def test_a_resource_gets_its_children_and_is_ready_when_their_pods_are() -> None:
    world = World()
    ref = world.put(service())
    outcome = world.reconcile(ref)
    assert [each.kind for each in outcome.applied] == ["Service", "Deployment"]
    assert world.status(ref)["phase"] == "Pending"
    world.cluster.settle()
    world.reconcile(ref)
    assert world.status(ref)["phase"] == "Ready"
    assert world.children(ref) == ["Deployment/api", "Service/api"]


def test_what_is_unchanged_costs_one_list_and_writes_nothing() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    before, told = versions(world, ref), world.read(ref)
    world.cluster.requests.clear()
    writes = world.cluster.writes
    outcome = world.reconcile(ref)
    assert (outcome.applied, outcome.deleted) == ((), ())
    assert world.cluster.requests == ["list Service shop/api"]
    assert (world.cluster.writes, versions(world, ref), world.read(ref)) == (writes, before, told)
    world.reconciler = Reconciler(world.cluster)  # one that remembers nothing
    world.reconcile(ref)
    assert (world.cluster.writes, versions(world, ref)) == (writes, before)


def test_what_is_unchanged_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    monkeypatch.setattr(world.reconciler._set, "compile", None)
    world.reconcile(ref)
    world.put(service(labels={"team": "shop"}))
    with pytest.raises(TypeError):
        world.reconcile(ref)


def test_a_removed_block_takes_its_child_along_and_nothing_else() -> None:
    world = World()
    scaled: dict[str, Any] = {"autoscaling": {"maxReplicas": 3}, "resources": {"requests": {"cpu": "1"}}}
    ref = world.put(service(pdb={}, **scaled))
    world.settle(ref)
    before = versions(world, ref)
    world.put(service(**scaled))
    outcome = world.reconcile(ref)
    assert [str(each) for each in outcome.deleted] == ["PodDisruptionBudget shop/api"]
    assert {**before, **versions(world, ref)} == before


def test_a_resource_that_does_not_compile_changes_nothing() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    before = versions(world, ref)
    world.put(service(autoscaling={"minReplicas": 5, "maxReplicas": 3}))
    world.settle(ref)
    assert versions(world, ref) == before
    assert world.condition(ref, "Compiled")["reason"] == "InvalidSpec"
    assert "spec.autoscaling: minReplicas must not exceed maxReplicas" in world.condition(ref, "Compiled")["message"]
    assert world.status(ref)["phase"] == "Degraded"  # the pods of before run on
    assert world.condition(ref, "Available")["status"] == "True"


def test_a_field_changed_by_hand_is_put_back_and_told() -> None:
    world = World()
    ref = world.put(service(replicas=2))
    world.settle(ref)
    world.cluster.edit(DEPLOYMENT, {"spec": {"replicas": 7}})
    world.reconcile(ref)
    assert world.read(DEPLOYMENT)["spec"]["replicas"] == 2
    drift = [each.message for each in world.cluster.events if each.reason == "DriftReverted"]
    assert drift == ["Deployment shop/api was changed by hand and is put back: spec.replicas (by kubectl-edit)"]


@pytest.mark.parametrize("patch", [{"spec": {"minReadySeconds": None}}, {"metadata": {"labels": None}}])
def test_a_field_removed_by_hand_is_put_back(patch: dict[str, Any]) -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    good = world.read(DEPLOYMENT)
    world.cluster.edit(DEPLOYMENT, patch)
    world.cluster.edit(
        DEPLOYMENT, {"metadata": {"labels": {"operator.hanzo.ai/owner": world.read(ref)["metadata"]["uid"]}}}
    )
    world.reconcile(ref)
    now = world.read(DEPLOYMENT)
    assert now["spec"] == good["spec"]
    assert now["metadata"]["labels"] == good["metadata"]["labels"]


def test_fields_of_others_stay() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    sidecar = {"name": "proxy", "image": "proxy:1"}
    live = world.read(DEPLOYMENT)
    live["spec"]["template"]["spec"]["containers"].append(sidecar)
    live["metadata"]["annotations"]["cert-manager.io/told"] = "yes"
    world.cluster.replace(live, manager="injector")
    world.put(service(image="ghcr.io/shop/api:v2"))
    world.settle(ref)
    now = world.read(DEPLOYMENT)
    assert sidecar in now["spec"]["template"]["spec"]["containers"]
    assert now["spec"]["template"]["spec"]["containers"][0]["image"] == "ghcr.io/shop/api:v2"
    assert now["metadata"]["annotations"]["cert-manager.io/told"] == "yes"


def test_a_conflict_is_told_and_forced_only_where_the_resource_asks() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    live = world.read(DEPLOYMENT)
    live["spec"]["minReadySeconds"] = 99
    world.cluster.replace(live, manager="other-controller")
    world.put(service(image="ghcr.io/shop/api:v2"))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "FieldConflict"
    assert "Deployment shop/api: spec.minReadySeconds is owned by other-controller" in said["message"]
    assert "hanzo.ai/force-conflicts: other-controller" in said["message"]
    assert world.read(DEPLOYMENT)["spec"]["minReadySeconds"] == 99
    world.put(service(image="ghcr.io/shop/api:v2", annotations={"hanzo.ai/force-conflicts": "other-controller"}))
    assert world.settle(ref)[ref].status is not None
    assert world.read(DEPLOYMENT)["spec"]["minReadySeconds"] == 10
    assert world.condition(ref, "Applied")["status"] == "True"


def test_a_count_is_handed_over_to_an_autoscaler_and_taken_back() -> None:
    world = World()
    scaled: dict[str, Any] = {"autoscaling": {"maxReplicas": 9}, "resources": {"requests": {"cpu": "1"}}}
    ref = world.put(service(replicas=4))
    world.settle(ref)
    world.put(service(**scaled))
    world.settle(ref)
    assert world.read(DEPLOYMENT)["spec"]["replicas"] == 4
    world.cluster.edit(DEPLOYMENT, {"spec": {"replicas": 6}}, manager="kube-controller-manager")
    world.settle(ref)
    assert world.read(DEPLOYMENT)["spec"]["replicas"] == 6
    world.put(service(replicas=2))
    world.settle(ref)
    assert world.read(DEPLOYMENT)["spec"]["replicas"] == 2


def test_a_resource_that_is_made_again_takes_over_what_was_its_own() -> None:
    world = World()
    spec: dict[str, Any] = {
        "persistence": [{"name": "files", "size": "1Gi", "mountPath": "/files"}],
        "strategy": "Recreate",
    }
    ref = world.put(service(**spec))
    world.settle(ref)
    claim = ObjectRef("v1", "PersistentVolumeClaim", "shop", "api-files")
    uid = world.read(claim)["metadata"]["uid"]
    gone = world.read(ref)
    world.cluster.remove(ref)
    world.reconciler.delete(gone)
    world.cluster.settle()
    assert [each["kind"] for each in world.cluster.objects.values()] == ["PersistentVolumeClaim"]
    world.apply(service(**spec))
    assert world.read(claim)["metadata"]["uid"] == uid
    assert world.status(ref)["phase"] == "Ready"


def test_a_claim_that_is_declared_no_more_stays_where_it_is_retained() -> None:
    world = World()
    for policy, left in (("Retain", True), ("Delete", False)):
        name = f"files-{policy.lower()}"
        claim = {"name": "data", "size": "1Gi", "mountPath": "/files", "retentionPolicy": policy}
        ref = world.put(service(name, persistence=[claim], strategy="Recreate"))
        world.settle(ref)
        world.put(service(name))
        world.settle(ref)
        assert (f"PersistentVolumeClaim/{name}-data" in world.children(ref)) is left, policy


def test_a_resource_that_is_being_deleted_is_left_alone() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    world.cluster.edit(ref, {"metadata": {"finalizers": ["example.com/wait"]}})
    world.cluster.remove(ref)
    world.cluster.remove(DEPLOYMENT)
    outcome = world.reconcile(ref)
    assert outcome.applied == ()
    assert world.status(ref)["phase"] == "Deleting"
    assert world.children(ref) == ["Service/api"]


def test_what_ran_before_is_adopted_where_the_resource_says_so() -> None:
    by_hand = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "legacy", "namespace": "shop"},
        "spec": {
            "selector": {"matchLabels": {"app": "legacy"}},
            "template": {
                "metadata": {"labels": {"app": "legacy"}},
                "spec": {"containers": [{"name": "main", "image": "ghcr.io/shop/api:v1"}]},
            },
        },
    }
    world = World()
    world.cluster.create(by_hand)
    uid = world.read(ref_of(by_hand))["metadata"]["uid"]
    adopt = {"selector": {"app": "legacy"}, "name": "legacy", "container": "main"}
    ref = world.put(service(adopt=adopt))
    world.settle(ref)
    assert world.condition(ref, "Applied")["status"] == "True"
    assert world.read(ref_of(by_hand))["metadata"]["uid"] == uid
    assert world.children(ref) == ["Deployment/legacy", "Service/api"]


def test_a_job_runs_once_for_each_change() -> None:
    world = World()
    job = ObjectRef("batch/v1", "Job", "shop", "migrate")
    task = resource("Task", "migrate", {"image": "ghcr.io/shop/api:v1", "command": ["migrate"]})
    ref = world.put(task)
    world.settle(ref)
    assert world.condition(ref, "Available")["reason"] == "Completed"
    uid = world.read(job)["metadata"]["uid"]
    world.cluster.remove(job)  # as the cluster does after ttlSecondsAfterFinished
    world.settle(ref)
    assert job.identity not in world.cluster.objects
    assert world.condition(ref, "Available")["reason"] == "Completed"
    world.put({**task, "spec": {**task["spec"], "image": "ghcr.io/shop/api:v2"}})
    world.settle(ref)
    assert world.read(job)["metadata"]["uid"] != uid
    assert world.condition(ref, "Available")["reason"] == "Completed"


def test_the_claims_of_a_database_grow_and_its_pods_stay() -> None:
    world = World()
    world.cluster.create(storage_class(expands=True))
    ref = world.put(database())
    world.settle(ref)
    stateful_set, claim = (
        ObjectRef("apps/v1", "StatefulSet", "shop", "db"),
        ObjectRef("v1", "PersistentVolumeClaim", "shop", "data-db-0"),
    )
    before = world.read(stateful_set)["metadata"]["uid"], world.read(claim)["metadata"]["uid"]
    world.put(database(size="20Gi"))
    world.settle(ref)
    assert world.read(claim)["spec"]["resources"]["requests"]["storage"] == "20Gi"
    assert world.read(claim)["metadata"]["uid"] == before[1]
    assert world.read(stateful_set)["metadata"]["uid"] != before[0]
    assert "delete StatefulSet shop/db" in world.cluster.requests
    assert world.status(ref)["phase"] == "Ready"


def storage_class(*, expands: bool) -> dict[str, Any]:
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": "fast"},
        "provisioner": "disks.example.com",
        "allowVolumeExpansion": expands,
    }


@pytest.mark.parametrize(
    ("size", "expands", "reason", "remedy"),
    [("5Gi", True, "ClaimCannotShrink", "write 10Gi"), ("20Gi", False, "ClaimCannotGrow", "set allowVolumeExpansion")],
)
def test_a_claim_that_cannot_become_what_it_should_stops_everything(
    size: str,
    expands: bool,  # noqa: FBT001 - a column of the table
    reason: str,
    remedy: str,
) -> None:
    world = World()
    world.cluster.create(storage_class(expands=expands))
    ref = world.put(database())
    world.settle(ref)
    before = versions(world, ref)
    world.put(database(size=size, partOf="shop"))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == reason
    assert remedy in said["message"]
    assert versions(world, ref) == before


def test_nothing_is_deleted_where_something_could_not_be_applied() -> None:
    world = World()
    ref = world.put(service(pdb={}))
    world.settle(ref)
    world.cluster.denied.add(("apply", "Deployment"))
    world.put(service(image="ghcr.io/shop/api:v2"))
    world.reconcile(ref)
    assert "PodDisruptionBudget/api" in world.children(ref)
    assert world.status(ref)["observedGeneration"] == 2
    world.cluster.denied.clear()
    world.reconcile(ref)
    assert "PodDisruptionBudget/api" not in world.children(ref)


def test_what_bears_the_label_alone_is_not_deleted() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    labels = {"operator.hanzo.ai/owner": world.read(ref)["metadata"]["uid"]}
    copied = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "copy", "namespace": "shop", "labels": labels},
    }
    world.cluster.create(copied)
    world.settle(ref)
    assert ref_of(copied).identity in world.cluster.objects


def test_a_job_at_work_is_left_to_end() -> None:
    world = World()
    job = ObjectRef("batch/v1", "Job", "shop", "migrate")
    task = resource("Task", "migrate", {"image": "ghcr.io/shop/api:v1"})
    ref = world.put(task)
    world.reconcile(ref)
    uid = world.read(job)["metadata"]["uid"]
    world.put({**task, "spec": {"image": "ghcr.io/shop/api:v2"}})
    world.reconcile(ref)
    assert world.read(job)["metadata"]["uid"] == uid
    assert world.condition(ref, "Applied")["reason"] == "JobRunning"
    world.settle(ref)
    assert world.read(job)["metadata"]["uid"] != uid
