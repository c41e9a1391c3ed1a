"""A canary of a Lattice workload: it comes and goes without touching what runs beside it, and is reached by its share alone."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.platform import EPOCHS, GatewayParent, Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

OLD, NEW = (f"ghcr.io/acme/web:{tag}@sha256:{digit * 64}" for tag, digit in (("v1", "0"), ("v2", "1")))
AMOUNTS = {part: {"cpu": "100m", "memory": "128Mi"} for part in ("requests", "limits")}
HOSTS = {"ingress": {"hosts": ["web.example.com"], "exposure": "gateway"}}
BLOCKS: dict[str, dict[str, Any]] = {
    "hosts": HOSTS,
    "autoscaling": {"autoscaling": {"max": 40}},
    "config": {"configs": [{"name": "extra", "files": {"a": "b"}, "mountPath": "/extra"}]},
    "account": {"serviceAccountName": "web-account"},
    "adopted": {"adopt": {"name": "old-web", "names": {"Service": "old-service"}}},
}
PARTS: dict[str, dict[str, Any]] = {
    "metrics": {"service": {"ports": {"http": {"port": 80, "targetPort": 8080}, "metrics": {"port": 9090}}}},
    "gpu": {"resources": {"gpu": {"type": "gpu", "params": {"count": 1}}}},
    "secret": {"resources": {"db": {"type": "secret", "params": {"provider": "vault", "keys": ["password"]}}}},
}
Children = dict[tuple[str, str], Manifest]


def canary(weight: int, replicas: int | None = None, container: str = "main") -> dict[str, Any]:
    own = {"weight": weight, "containers": {container: {"image": NEW}}, **({"replicas": replicas} if replicas else {})}
    return {"deploy": {"strategy": "canary", "canary": own}}


def compiled(
    image: str = OLD, *, proxy: str = OLD, epoch: str = "2026", parts: tuple[str, ...] = (), **spec: Any
) -> Compilation:
    platform = Platform(namespace="shop", epoch=epoch, gateway=GatewayParent(name="edge"))
    workload: dict[str, Any] = {"containers": {"main": {"image": image, "resources": AMOUNTS}}}
    workload["containers"]["proxy"] = {"image": proxy, "resources": AMOUNTS}
    for part in parts:
        for field, value in copy.deepcopy(PARTS[part]).items():
            workload[field] = {**workload.get(field, {}), **value}
    if "secret" in parts:
        workload["containers"]["main"]["variables"] = {"DSN": "app:${secret.db.password}@db"}
    document = {
        "apiVersion": "lattice.dev/v1alpha1",
        "kind": "LatticeService",
        "metadata": {"name": "web"},
        "spec": {"replicas": 4, "workload": workload, **spec},
    }
    compilation = compile_resource(parse(document, platform), platform)
    assert [str(each) for each in prove([compilation]).findings if each.severity == "error"] == []
    return compilation


def by_name(compilation: Compilation) -> Children:
    return {(each["kind"], each["metadata"]["name"]): each for each in compilation.manifests}


def selects(selector: dict[str, str], deployment: Manifest) -> bool:
    labels: dict[str, str] = deployment["spec"]["template"]["metadata"]["labels"]
    return selector.items() <= labels.items()


@st.composite
def rest(draw: st.DrawFn) -> dict[str, Any]:
    """Return what a workload has beside its canary, as arguments of `compiled`."""
    blocks = draw(st.sets(st.sampled_from(sorted(BLOCKS))))
    spec: dict[str, Any] = {"replicas": draw(st.integers(1, 30)), "epoch": draw(st.sampled_from([*EPOCHS]))}
    spec["parts"] = tuple(sorted(draw(st.sets(st.sampled_from(sorted(PARTS))))))
    for block in sorted(blocks):
        spec |= copy.deepcopy(BLOCKS[block])
    return spec


SIDES = st.sampled_from(["main", "proxy"])


@given(rest(), st.integers(0, 100), st.none() | st.integers(1, 9), SIDES)
def test_removing_the_canary_removes_its_children_and_changes_no_other(
    shared: dict[str, Any], weight: int, replicas: int | None, container: str
) -> None:
    before = compiled(**shared, **canary(weight, replicas, container))
    with_it, without = by_name(before), by_name(compiled(**shared))
    asked = {("HTTPRoute", "web")} if "ingress" not in shared else set()
    own = {
        (child.manifest["kind"], child.manifest["metadata"]["name"])
        for child in before.children
        if child.requested_by == "spec.deploy.canary"
    }
    assert with_it.keys() - without.keys() == own
    assert own - asked == {key for key in with_it if key[1] == "web-canary"}
    assert {("Deployment", "web-canary"), ("Service", "web-canary")} | asked <= own
    assert without.keys() <= with_it.keys()
    changed = [key for key in without if with_it[key] != without[key]]
    # who may connect to the pods is one policy for both; hosts lead to one Service, or to both
    assert {kind for kind, _ in changed} <= {"HTTPRoute", "NetworkPolicy"}


@given(rest(), st.integers(0, 100), SIDES)
def test_the_canary_is_what_promoting_makes_of_the_rest(shared: dict[str, Any], weight: int, container: str) -> None:
    """What was tried is what comes: the pods of the canary and those that are promoted differ in what tells them apart."""
    shared["replicas"] = max(shared["replicas"], 2)
    tried = by_name(compiled(**shared, **canary(weight, 2, container)))["Deployment", "web-canary"]
    name = "old-web" if "adopt" in shared else "web"
    image, proxy = (NEW, OLD) if container == "main" else (OLD, NEW)
    promoted = by_name(compiled(image, proxy=proxy, **shared))["Deployment", name]

    def pod(deployment: Manifest) -> Any:
        template = copy.deepcopy(deployment["spec"]["template"])
        del template["metadata"]["labels"]["hanzo.ai/variant"]
        for constraint in template["spec"].get("topologySpreadConstraints", ()):
            del constraint["labelSelector"]
        return template

    assert pod(tried) == pod(promoted)


@given(rest(), st.integers(0, 100))
def test_no_step_of_the_weight_restarts_a_pod_or_changes_the_old_side(shared: dict[str, Any], weight: int) -> None:
    steps = [by_name(compiled(**shared, **canary(each))) for each in (0, weight, 100)]
    for one, other in pairwise(steps):
        key = "Deployment", "web-canary"
        assert {each for each in one.keys() & other.keys() if one[each] != other[each]} <= {("HTTPRoute", "web"), key}
        without_count = [{**each[key]["spec"], "replicas": 0} for each in (one, other)]
        assert without_count[0] == without_count[1]


@pytest.mark.parametrize("weight", [0, 1, 50, 100])
@pytest.mark.parametrize("hosts", [{}, HOSTS], ids=["by-service", "by-hosts"])
def test_requests_are_shared_between_the_pods_of_each_side(weight: int, hosts: dict[str, Any]) -> None:
    children = by_name(compiled(parts=("metrics",), **hosts, **canary(weight)))
    (rule,) = children["HTTPRoute", "web"]["spec"]["rules"]
    assert rule["backendRefs"] == [
        {"name": "web", "port": 80, "weight": 100 - weight},
        {"name": "web-canary", "port": 80, "weight": weight},
    ]
    host = hosts["ingress"]["hosts"][0] if hosts else "web.shop.svc.cluster.local"
    assert children["HTTPRoute", "web"]["spec"]["hostnames"] == [host]
    for side, other in (("web", "web-canary"), ("web-canary", "web")):
        for selector in (
            children["Service", side]["spec"]["selector"],
            children["PodDisruptionBudget", side]["spec"]["selector"]["matchLabels"],
            children["Deployment", side]["spec"]["selector"]["matchLabels"],
        ):
            assert selects(selector, children["Deployment", side])
            assert not selects(selector, children["Deployment", other])
    policy = children["NetworkPolicy", "web"]["spec"]["podSelector"]["matchLabels"]
    assert all(selects(policy, children["Deployment", side]) for side in ("web", "web-canary"))


@pytest.mark.parametrize(
    ("weight", "written", "expected"), [(0, None, 1), (10, None, 1), (30, None, 2), (100, None, 4), (100, 1, 1)]
)
def test_the_canary_has_its_share_of_the_pods(weight: int, written: int | None, expected: int) -> None:
    children = by_name(compiled(**canary(weight, written)))
    assert children["Deployment", "web-canary"]["spec"]["replicas"] == expected
    assert children["Deployment", "web"]["spec"]["replicas"] == 4
    assert ("PodDisruptionBudget", "web-canary") in children
    old = by_name(compiled(epoch="2025", **canary(weight, written)))
    assert (("PodDisruptionBudget", "web-canary") in old) == (expected > 1)


def test_the_gateway_is_let_in_to_the_pods() -> None:
    (rule,) = by_name(compiled(**canary(5)))["NetworkPolicy", "web"]["spec"]["ingress"]
    assert rule["from"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}]
    assert "ingress" not in by_name(compiled())["NetworkPolicy", "web"]["spec"]


def test_an_autoscaler_counts_the_pods_of_the_old_side_alone() -> None:
    children = by_name(compiled(autoscaling={"max": 9}, **canary(50)))
    assert children["HorizontalPodAutoscaler", "web"]["spec"]["scaleTargetRef"]["name"] == "web"
    assert "replicas" not in children["Deployment", "web"]["spec"]
    assert children["Deployment", "web-canary"]["spec"]["replicas"] == 2
