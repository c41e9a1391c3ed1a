"""A new model takes over: no step loads a model anew that is loaded, and hosts and names stay."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler.manual_steps import manual_steps
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.spec.inference.contract import deleted
from tests.inference.models import children_of, compiled, model

OLD, NEW = "hf://acme/llama", "s3://models/next"
SHARED: dict[str, Any] = {
    "replicas": 4,
    "gpu": 2,
    "resources": {"cpu": 8, "memory": "64Gi", "gpuMemory": "80Gi"},
    "cache": {"size": "100Gi", "storageClassName": "nfs"},
    "networkPolicy": {},
    "pdb": {},
    "serviceMonitor": {},
}
HOSTS = {"ingress": {"hosts": ["llama.example.com"], "exposure": "gateway"}}


def rolled_out(weight: int) -> dict[str, Any]:
    return {
        "variant": "v1",
        "modelRef": OLD,
        "canary": {"variant": "v2", "modelRef": NEW, "weight": weight},
        **SHARED,
        **HOSTS,
    }


STEPS: list[dict[str, Any]] = [
    {"variant": "v1", "modelRef": OLD, **SHARED, **HOSTS},
    *(rolled_out(weight) for weight in (0, 10, 50, 100)),
    {"variant": "v2", "modelRef": NEW, **SHARED, **HOSTS},
]


def pods(children: dict[tuple[str, str], Manifest]) -> dict[str, str]:
    """Return what each Deployment runs, and by what it selects, as text."""
    return {
        name: json.dumps([child["spec"]["template"], child["spec"]["selector"]])
        for (kind, name), child in children.items()
        if kind == "Deployment"
    }


def test_no_step_restarts_a_pod() -> None:
    for before, after in pairwise([children_of(**step) for step in STEPS]):
        ran, runs = pods(before), pods(after)
        kept = ran.keys() & runs.keys()
        assert kept
        assert [ran[name] for name in kept] == [runs[name] for name in kept]


def test_the_promoted_model_keeps_its_deployment_to_the_byte() -> None:
    before, after = children_of(**STEPS[-2]), children_of(**STEPS[-1])
    promoted = "Deployment", "llama-v2"
    assert json.dumps(before[promoted]) == json.dumps(after[promoted])
    assert ("Deployment", "llama-v1") not in after


def test_the_route_keeps_its_name_and_hosts_and_the_service_its_selector() -> None:
    for before, after in pairwise([children_of(**step) for step in STEPS]):
        for kind, name in (("HTTPRoute", "llama"), ("Service", "llama-svc")):
            one, other = before[kind, name], after[kind, name]
            assert one["metadata"] == other["metadata"]
            field = "hostnames" if kind == "HTTPRoute" else "selector"
            assert one["spec"][field] == other["spec"][field]


@pytest.mark.parametrize("weight", [0, 10, 50, 100])
def test_there_are_always_two_backends_that_share_100(weight: int) -> None:
    (rule,) = children_of(**rolled_out(weight))["HTTPRoute", "llama"]["spec"]["rules"]
    assert [(each["name"], each["weight"]) for each in rule["backendRefs"]] == [
        ("llama-primary", 100 - weight),
        ("llama-canary", weight),
    ]


@pytest.mark.parametrize("weight", [0, 10, 50, 100])
def test_each_backend_leads_to_the_pods_of_its_own_model(weight: int) -> None:
    children = children_of(**rolled_out(weight))
    for side, variant in (("primary", "v1"), ("canary", "v2")):
        selector = children["Service", f"llama-{side}"]["spec"]["selector"]
        labels = {
            name: children["Deployment", f"llama-{name}"]["spec"]["template"]["metadata"]["labels"]
            for name in ("v1", "v2")
        }
        assert [name for name, own in labels.items() if selector.items() <= own.items()] == [variant]


def test_without_variants_promoting_changes_the_first_deployment() -> None:
    before = children_of(modelRef=OLD, canary={"modelRef": NEW, "weight": 100})
    after = children_of(modelRef=NEW)
    assert pods(before)["llama-primary"] != pods(after)["llama-primary"]


def test_whoever_begins_without_variants_moves_to_them_without_a_restart() -> None:
    unnamed = children_of(modelRef=OLD)
    named = children_of(modelRef=OLD, variant="primary", canary={"variant": "v2", "modelRef": NEW, "weight": 0})
    assert pods(unnamed)["llama-primary"] == pods(named)["llama-primary"]


BLOCKS: dict[str, Any] = {
    "pdb": {},
    "serviceMonitor": {},
    "cache": {"size": "1Gi", "storageClassName": "nfs"},
    "replicas": 3,
    "gpu": 0,
    "env": {"A": "b"},
    "ingress": HOSTS["ingress"],
}


@given(
    st.sets(st.sampled_from(sorted(BLOCKS))),
    st.integers(0, 100),
    st.sampled_from(["hf://acme/next", "s3://models/next", "pvc://models", "oci://acme/next:v1", "next"]),
    st.booleans(),
)
def test_removing_the_canary_removes_its_children_and_changes_no_other(
    blocks: set[str],
    weight: int,
    reference: str,
    named: bool,  # noqa: FBT001 - drawn
) -> None:
    shared = {name: BLOCKS[name] for name in blocks} | ({"variant": "v1"} if named else {})
    canary = {"modelRef": reference, "weight": weight, **({"variant": "v2"} if named else {})}
    before, after = children_of(**shared, canary=canary), children_of(**shared)
    own = {
        ("Deployment", "llama-v2" if named else "llama-canary"),
        ("Service", "llama-primary"),
        ("Service", "llama-canary"),
    }
    own |= set() if "ingress" in blocks else {("HTTPRoute", "llama")}
    assert before.keys() - after.keys() == own
    assert after.keys() <= before.keys()
    assert [key for key in after if before[key] != after[key] and key[0] != "HTTPRoute"] == []
    gone = deleted("llama", model(**shared, canary=canary).spec, model(**shared).spec)
    assert {*map(tuple, gone)} == own | {("HTTPRoute", "llama")}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"variant": "v1", "canary": {"variant": "v2", "modelRef": NEW, "weight": 50}}, 1),
        ({"canary": {"modelRef": NEW, "weight": 50}}, 0),
        ({"variant": "v1"}, 0),
    ],
)
def test_the_count_of_a_canary_is_handed_over_before_an_autoscaler_has_it(spec: dict[str, Any], expected: int) -> None:
    """Whoever applies a Deployment without the count that it had takes it to one pod."""
    steps = list(manual_steps(compiled(minReplicas=2, maxReplicas=8, **spec)))
    told = [command for each in steps if "promote" in each.before for command in each.commands]
    assert [("deployment llama-v2" in each and ".spec.replicas" in each) for each in told] == [True] * expected
    assert not [each for each in manual_steps(compiled(replicas=2, **spec)) if "promote" in each.before]
