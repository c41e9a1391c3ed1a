"""The cluster in memory: what an API server would answer. A slow test asks one."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.operator import Conflict, FieldConflict, Forbidden, Invalid, NotFound, ObjectRef, ref_of
from hanzo_constructs.testing.cluster import Cluster
from tests.operator.world import World, service

REF = ObjectRef("v1", "ConfigMap", "shop", "settings")


def config_map(**data: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings", "namespace": "shop"},
        "data": data,
    }


def owners(cluster: Cluster, ref: ObjectRef) -> dict[str, Any]:
    return {each["manager"]: each["fieldsV1"] for each in cluster.get(ref)["metadata"]["managedFields"]}


def test_fields_are_shared_fought_for_and_dropped() -> None:
    cluster = Cluster()
    cluster.apply(config_map(a="1", b="1"), manager="first")
    cluster.apply(config_map(a="1", c="1"), manager="second")
    with pytest.raises(Conflict) as refused:
        cluster.apply(config_map(a="2"), manager="second")
    assert refused.value.fields == (FieldConflict("first", ".data.a"),)
    cluster.apply(config_map(a="2"), manager="second", force=True)
    assert cluster.get(REF)["data"] == {"a": "2", "b": "1"}
    assert owners(cluster, REF) == {"first": {"f:data": {"f:b": {}}}, "second": {"f:data": {"f:a": {}}}}
    cluster.edit(REF, {"data": {"a": "3"}})
    with pytest.raises(Conflict) as refused:
        cluster.apply(config_map(a="4"), manager="second")
    assert refused.value.fields == (FieldConflict("kubectl-edit", ".data.a", "Update"),)


def test_what_nobody_is_noted_to_own_belongs_to_who_was_before() -> None:
    cluster = Cluster()
    cluster.apply({key: value for key, value in config_map().items() if key != "data"}, manager="first")
    cluster.edit(REF, {"data": {"a": "1"}})
    assert owners(cluster, REF) == {}
    cluster.apply(config_map(b="1"), manager="first")
    assert owners(cluster, REF) == {
        "before-first-apply": {"f:data": {"f:a": {}}},
        "first": {"f:data": {"f:b": {}}},
    }


def test_the_same_again_is_no_write() -> None:
    cluster = Cluster()
    before = cluster.apply(config_map(a="1"), manager="first")
    assert cluster.apply(config_map(a="1"), manager="first") == before
    assert cluster.writes == 1
    assert cluster.edit(REF, {"data": {"a": "1"}}) == before


def test_preconditions_and_unknown_fields_are_checked() -> None:
    cluster = Cluster()
    with pytest.raises(NotFound):
        cluster.get(REF)
    stored = cluster.apply(config_map(a="1"), manager="first")
    other = {**stored, "metadata": {**stored["metadata"], "uid": "another"}}
    for act in (
        lambda: cluster.apply(other, manager="first"),
        lambda: cluster.patch(REF, {"data": {}}, uid="another", manager="first"),
        lambda: cluster.delete(REF, uid="another"),
    ):
        with pytest.raises(Conflict):
            act()
    with pytest.raises(Invalid, match="unknown field"):
        cluster.apply({**config_map(a="1"), "dta": {}}, manager="first")
    cluster.terminating.add("shop")
    with pytest.raises(Forbidden) as refused:
        cluster.create({**config_map(), "metadata": {"name": "late", "namespace": "shop"}})
    assert refused.value.is_terminating


@pytest.mark.parametrize(("propagation", "left"), [("Background", False), ("Foreground", False), ("Orphan", True)])
def test_a_deletion_reaches_the_dependents_or_leaves_them(propagation: Any, left: bool) -> None:  # noqa: FBT001 - a column
    world = World()
    ref = world.put(service())
    world.settle(ref)
    child = ref_of(next(each for each in world.cluster.objects.values() if each["kind"] == "Deployment"))
    world.cluster.delete(ref, propagation=propagation)
    assert (ref.identity in world.cluster.objects) is (propagation != "Background")
    world.cluster.settle()
    assert ref.identity not in world.cluster.objects
    assert (child.identity in world.cluster.objects) is left
    if left:
        assert "ownerReferences" not in world.read(child)["metadata"]
