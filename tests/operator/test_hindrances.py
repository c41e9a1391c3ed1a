"""What hinders the operator, of which no watch tells that it is gone: a permission, an object of somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.operator import ObjectRef, Propagation, Reconciler, error_of, ref_of
from hanzo_constructs.testing.cluster import Cluster
from tests.operator.test_applying import storage_class
from tests.operator.world import World, database, service


def test_claims_grow_where_storage_classes_may_not_be_read() -> None:
    world = World()
    world.cluster.create(storage_class(expands=True))
    ref = world.put(database())
    world.settle(ref)
    world.cluster.denied.add(("get", "StorageClass"))
    world.put(database(size="20Gi"))
    world.settle(ref)
    claim = world.cluster.get(ObjectRef("v1", "PersistentVolumeClaim", "shop", "data-db-0"))
    assert claim["spec"]["resources"]["requests"]["storage"] == "20Gi"
    assert world.status(ref)["phase"] == "Ready"


@pytest.mark.parametrize(
    ("verb", "kind", "changed"),
    [
        ("get", "PersistentVolumeClaim", database(size="20Gi")),
        ("patch", "PersistentVolumeClaim", database(size="20Gi")),
        ("delete", "StatefulSet", database(size="20Gi")),
        ("apply", "StatefulSet", database(partOf="shop")),
        ("apply", "Deployment", service(autoscaling={"maxReplicas": 3}, resources={"requests": {"cpu": "1"}})),
        ("delete", "PodDisruptionBudget", service()),
    ],
    ids=lambda each: each if isinstance(each, str) else each["kind"],
)
def test_each_verb_that_is_missing_is_said_and_tried_again(verb: str, kind: str, changed: dict[str, Any]) -> None:
    world = World()
    world.cluster.create(storage_class(expands=True))
    ref = world.put(database() if changed["kind"] == "SQL" else service(replicas=2, pdb={}))
    world.settle(ref)
    world.cluster.denied.add((verb, kind))
    world.put(changed)
    last = world.settle(ref)[ref]
    said = world.condition(ref, "Applied")
    assert (said["reason"], said["status"]) == ("NotPermitted", "False")
    assert last.retry == f"NotPermitted: {said['message']}"  # nobody tells when the permission is there
    writes = world.cluster.writes
    world.reconcile(ref)
    assert world.cluster.writes == writes
    world.cluster.denied.clear()
    assert world.settle(ref)[ref].retry == ""
    assert world.status(ref)["phase"] == "Ready"


def test_an_object_of_somebody_else_is_looked_at_again_until_it_is_gone() -> None:
    world = World()
    foreign = world.cluster.create(
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "api", "namespace": "shop"}, "spec": {}}
    )
    ref = world.put(service())
    assert world.settle(ref)[ref].retry.startswith("ForeignObject: Service shop/api is there already")
    world.cluster.remove(ref_of(foreign))
    assert world.settle(ref)[ref].retry == ""
    assert world.status(ref)["phase"] == "Ready"


class Guarded(Cluster):
    """A cluster with a webhook that lets no Deployment be written, and no budget be deleted."""

    is_open = False

    def apply(self, manifest: Any, *, manager: str, force: bool = False) -> Any:
        if manifest["kind"] == "Deployment" and not self.is_open:
            text = "env PASSWORD=hunter2 of api"
            raise error_of(403, {"message": f'admission webhook "guard.example.com" denied the request: {text}'})
        return super().apply(manifest, manager=manager, force=force)

    def delete(self, ref: ObjectRef, *, uid: str = "", propagation: Propagation = "Background") -> None:
        if ref.kind == "PodDisruptionBudget" and not self.is_open:
            raise error_of(403, {"message": 'admission webhook "guard.example.com" denied the request: hunter2'})
        super().delete(ref, uid=uid, propagation=propagation)


def test_what_a_webhook_refuses_is_said_without_values_and_tried_again() -> None:
    world = World()
    cluster = Guarded()
    world.cluster = cluster
    world.reconciler = Reconciler(cluster)
    ref = world.put(service(pdb={}, env=[{"name": "PASSWORD", "value": "hunter2"}]))
    last = world.settle(ref)[ref]
    said = world.condition(ref, "Applied")
    assert (said["reason"], world.status(ref)["phase"]) == ("Rejected", "Failed")
    assert said["message"] == (
        'Deployment shop/api: the API server refuses it: the admission webhook "guard.example.com" denied it:'
        " env PASSWORD=... of api"
    )
    assert last.retry == f"Rejected: {said['message']}"
    cluster.is_open = True
    world.settle(ref)
    assert world.status(ref)["phase"] == "Ready"
    cluster.is_open = False
    world.put(service(env=[{"name": "PASSWORD", "value": "hunter2"}], replicas=1))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "Rejected"
    assert "hunter2" not in said["message"]
