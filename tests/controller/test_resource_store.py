"""The store of resources: what is new, has changed, or is gone."""

from __future__ import annotations

from hanzo_constructs.controller.resource_store import ResourceStore
from hanzo_constructs.operator import ObjectRef, ref_of
from tests.controller.objects import resource


def test_changes_are_told_once() -> None:
    told: list[ObjectRef] = []
    store = ResourceStore(told.append)
    store.put(resource("api", replicas=1))
    store.put(resource("api", replicas=1))
    assert told == [ref_of(resource("api"))]
    store.put(resource("api", replicas=2))
    assert len(told) == 2
    assert store.get(ref_of(resource("api"))) == resource("api", replicas=2)
    assert [*store.all()] == [resource("api", replicas=2)]
    assert len(store) == 1


def test_what_is_gone_is_told_and_handed_over_once() -> None:
    told: list[ObjectRef] = []
    store = ResourceStore(told.append)
    ref = ref_of(resource("api"))
    store.put(resource("api", replicas=1))
    store.remove(resource("api", replicas=3))
    store.remove(resource("api"))
    assert told == [ref, ref]
    assert (store.get(ref), store.take_gone(ref), store.take_gone(ref)) == (None, resource("api", replicas=1), None)
    assert store.refs_named("shop", "api") == []


def test_another_one_of_the_same_name() -> None:
    store = ResourceStore(lambda _: None)
    store.put(resource("api", "u1"))
    store.put(resource("api", "u2"))
    ref = ref_of(resource("api"))
    assert store.take_gone(ref) == resource("api", "u1")
    assert store.get(ref) == resource("api", "u2")


def test_a_list_is_all_that_there_is_of_a_kind_in_a_namespace() -> None:
    store = ResourceStore(lambda _: None)
    for each in (resource("a"), resource("b"), resource("c", namespace="lab")):
        store.put(each)
    store.replace("hanzo.ai", "Service", [resource("b")], "shop")
    assert [ref.name for ref in store.refs()] == ["b", "c"]
    store.replace("hanzo.ai", "Datastore", [])
    assert len(store) == 2
    assert store.refs_named("lab", "c") == [ref_of(resource("c", namespace="lab"))]
