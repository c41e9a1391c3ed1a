"""Resources that refer to each other, across namespaces, in whichever order they come and go."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.operator import ObjectRef, Reconciler, ref_of
from tests.operator.world import World, database, resource, service

CONNECTION: dict[str, Any] = {
    "connections": [{"kind": "SQL", "name": "db", "namespace": "data", "env": {"DB_HOST": "host"}}]
}


def shop() -> list[Manifest]:
    """Return a gateway, an application with a route in it, and a service with a database in another namespace."""
    gateway = resource(
        "Gateway", "gateway", {"imageBuild": "hanzo", "image": "ghcr.io/hanzoai/gateway:v1.4.0"}, namespace="edge"
    )
    spec: dict[str, Any] = {
        "image": "ghcr.io/shop/notes:v1",
        "storage": {"size": "1Gi"},
        "gateway": {"route": "/v1/notes", "gatewayName": "gateway", "gatewayNamespace": "edge"},
    }
    data = database(networkPolicy={"allowIntraNamespace": False})
    data["metadata"]["namespace"] = "data"
    return [gateway, resource("Base", "notes", spec), data, service(**CONNECTION), service("apart")]


def state(world: World) -> dict[str, Any]:
    """Return the children of all resources, without what the cluster adds."""
    return {
        f"{each['kind']} {each['metadata']['namespace']}/{each['metadata']['name']}": each.get("spec", each.get("data"))
        for each in world.cluster.objects.values()
        if each["apiVersion"] != "hanzo.ai/v1"
    }


def test_the_order_in_which_they_come_does_not_matter() -> None:
    found = []
    for order in itertools.islice(itertools.permutations(shop()), 0, 120, 40):
        world = World()
        for each in order:
            world.settle(world.put(each))
        assert {world.status(ref_of(each))["phase"] for each in order} == {"Ready"}, [ref_of(each) for each in order]
        found.append(state(world))
    assert all(each == found[0] for each in found)
    config = "".join(found[0]["ConfigMap edge/gateway-config"].values())
    assert "/v1/notes" in config
    peers = found[0]["NetworkPolicy data/db"]["ingress"][0]["from"]
    assert any(each["podSelector"]["matchLabels"]["app.kubernetes.io/name"] == "api" for each in peers)


def test_a_change_reaches_those_that_it_links_to_and_nobody_else() -> None:
    world = World()
    gateway, notes, data, api, apart = shop()
    refs = [world.put(each) for each in (gateway, notes, data, api, apart)]
    world.settle(*refs)
    world.put(service("apart", image="ghcr.io/shop/api:v2"))
    assert world.reconcile(refs[4]).affected == ()
    notes["spec"]["gateway"]["route"] = "/v2/notes"
    world.put(notes)
    assert world.reconcile(refs[1]).affected == (refs[0],)
    gone = world.read(refs[3])
    world.cluster.remove(refs[3])
    assert world.reconciler.delete(gone).affected == (refs[2],)


def test_what_it_connects_to_may_come_later_and_go_before() -> None:
    world = World()
    orders = service("orders", image="ghcr.io/shop/orders:v1")
    needs = {"kind": "Service", "name": "orders", "env": {"ORDERS_URL": "url"}}
    ref = world.put(service(connections=[needs]))
    world.settle(ref)
    said = world.condition(ref, "Compiled")
    assert said["reason"] == "ReferenceNotFound"
    message = "spec.connections[0].name: Service shop/orders is not there; create it, and this goes on by itself"
    assert said["message"] == message
    assert (world.status(ref)["phase"], world.children(ref)) == ("Pending", [])
    there = world.put(orders)
    outcome = world.settle(there)
    assert ref in outcome  # the other has made it go on
    assert world.status(ref)["phase"] == "Ready"
    gone, before = world.read(there), world.children(ref)
    world.cluster.remove(there)
    world.settle(*world.reconciler.delete(gone).affected)
    assert world.condition(ref, "Compiled")["reason"] == "ReferenceNotFound"
    assert (world.status(ref)["phase"], world.children(ref)) == ("Degraded", before)


def test_a_missing_gateway_is_said_and_all_else_goes_on() -> None:
    world = World()
    gateway, notes, *_ = shop()
    ref = world.put(notes)
    world.settle(ref)
    said = world.condition(ref, "LinksResolved")
    assert (said["status"], said["reason"]) == ("False", "GatewayNotFound")
    assert "Gateway edge/gateway is not there; create it" in said["message"]
    assert "StatefulSet/notes" in world.children(ref)
    assert world.status(ref)["phase"] == "Degraded"
    world.settle(world.put(gateway))
    assert world.status(ref)["phase"] == "Ready"


def test_two_resources_with_children_of_one_name_do_not_fight() -> None:
    world = World()
    first = world.put(service())
    world.settle(first)
    second = world.put(resource("IAM", "api", {"image": "ghcr.io/shop/iam:v1"}))
    world.settle(first, second)
    said = world.condition(second, "Applied")
    assert said["reason"] == "NameTaken"
    assert said["message"] == (
        "Deployment shop/api is derived from Service.hanzo.ai shop/api already; rename one of the two resources"
    )
    assert world.status(second)["phase"] == "Failed"
    assert world.status(first)["phase"] == "Ready"
    gone = world.read(first)
    world.cluster.remove(first)
    outcome = world.reconciler.delete(gone)
    assert outcome.affected == (second,)
    assert "is gone" in world.reconcile(second).retry
    world.cluster.settle()
    world.settle(second)
    assert world.status(second)["phase"] == "Ready"


def test_an_operator_that_starts_knows_all_before_it_writes() -> None:
    world = World()
    everybody = shop()
    refs = [world.put(each) for each in everybody]
    world.settle(*refs)
    writes = world.cluster.writes
    world.reconciler = Reconciler(world.cluster)
    world.reconciler.learn(map(world.read, refs))
    for ref in refs:
        assert world.reconcile(ref).affected == ()
    assert world.cluster.writes == writes


@pytest.mark.parametrize(
    ("metadata", "who"),
    [
        ({}, "was made by somebody else"),
        ({"annotations": {"meta.helm.sh/release-name": "web"}}, "is kept by the Helm release web"),
    ],
)
def test_an_object_of_somebody_else_is_never_taken_over_in_silence(metadata: dict[str, Any], who: str) -> None:
    world = World()
    theirs = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "shop", **metadata},
        "spec": {"ports": [{"name": "old", "port": 81, "protocol": "TCP"}]},
    }
    world.cluster.create(theirs)
    ref = world.put(service())
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "ForeignObject"
    assert f"Service shop/api is there already and {who}; remove it, rename the resource" in said["message"]
    assert world.children(ref) == []
    world.put(service(annotations={"hanzo.ai/take-over": "true"}))
    world.settle(ref)
    assert world.children(ref) == ["Deployment/api", "Service/api"]


def test_what_a_controller_has_is_not_taken_over_even_when_asked() -> None:
    world = World()
    owner = {"apiVersion": "apps/v1", "kind": "Rollout", "name": "web", "uid": "other", "controller": True}
    theirs = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "shop", "ownerReferences": [owner]},
        "spec": {},
    }
    world.cluster.create(theirs)
    ref = world.put(service(annotations={"hanzo.ai/take-over": "true"}))
    world.reconcile(ref)
    said = world.condition(ref, "Applied")
    assert said["message"].endswith("is controlled by Rollout web; remove it, or rename the resource")


def test_what_was_committed_before_is_taken_over_without_a_question() -> None:
    from hanzo_constructs.compiler import compile_resource
    from hanzo_constructs.spec.kinds import parse

    world = World()
    for manifest in compile_resource(parse(service()), world.reconciler._set.platform).manifests:
        world.cluster.apply(manifest, manager="kubectl")
    before = {ref: each["metadata"]["generation"] for ref, each in world.cluster.objects.items()}
    ref = world.put(service())
    world.settle(ref)
    assert world.status(ref)["phase"] == "Ready"
    assert {key: world.cluster.objects[key]["metadata"]["generation"] for key in before} == before


def test_what_may_not_be_done_is_said_with_what_asks_for_it() -> None:
    world = World()
    ports = [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}]
    ref = world.put(service(ports=ports, serviceMonitor={}))
    world.cluster.denied.add(("apply", "ServiceMonitor"))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "NotPermitted"
    assert "grant the operator get, create, patch and delete on it, or remove spec.serviceMonitor" in said["message"]
    assert world.children(ref) == ["Deployment/api", "Service/api"]
    assert world.status(ref)["phase"] == "Degraded"
    world.cluster.denied.clear()
    world.settle(ref)
    assert world.status(ref)["phase"] == "Ready"


def test_a_kind_that_the_cluster_does_not_know_is_said_with_what_asks_for_it() -> None:
    world = World(absent=("ServiceMonitor",))
    ref = world.put(service(serviceMonitor={}))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "KindNotFound"
    assert "install its definition, or remove spec.serviceMonitor" in said["message"]
    assert world.children(ref) == ["Deployment/api", "Service/api"]


def test_a_namespace_that_goes_is_said() -> None:
    world = World()
    ref = world.put(service())
    world.cluster.terminating.add("shop")
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "NamespaceTerminating"
    assert "the namespace shop is being deleted" in said["message"]
    assert ObjectRef("apps/v1", "Deployment", "shop", "api").identity not in world.cluster.objects


def test_what_the_server_refuses_is_said() -> None:
    world = World()
    ref = world.put(service())
    world.settle(ref)
    deployment = ObjectRef("apps/v1", "Deployment", "shop", "api")
    world.put(service(adopt={"selector": {"app": "other"}}))
    world.settle(ref)
    said = world.condition(ref, "Applied")
    assert said["reason"] == "SelectorChanged"
    assert "say in spec.adopt what it has" in said["message"]
    assert world.read(deployment)["spec"]["selector"]["matchLabels"] != {"app": "other"}
