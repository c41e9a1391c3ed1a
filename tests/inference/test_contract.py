"""The contract of the reference for model serving, as pure functions: errors, weights, children, what a deletion removes.

The mistakes of the reference's reconciler that a compiler could repeat have a test each.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.errors import SpecError
from hanzo_constructs.spec.inference.contract import Contracted, children, deleted, replicas_of_canary, weights
from tests.inference.models import children_of, compiled, model, of_kind

CANARY = {"modelRef": "hf://acme/next", "weight": 10}
SCALED = {"minReplicas": 1, "maxReplicas": 4}


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        ({"modelRef": None}, "spec.modelRef: required"),
        ({"replicas": 0}, "spec.replicas: must be at least 1"),
        ({"minReplicas": 3, "maxReplicas": 2}, "spec: minReplicas must not exceed maxReplicas"),
        ({"canary": {"weight": 10}}, "spec.canary.modelRef: required"),
        ({"canary": {"modelRef": "x", "weight": -1}}, "spec.canary.weight: must be at least 0"),
        ({"canary": {"modelRef": "x", "weight": 101}}, "spec.canary.weight: must be at most 100"),
        ({"healthCheck": None}, "spec.healthCheck: required"),
        ({"healthCheck": {"interval": "1s", "timeout": "1s"}}, "spec.healthCheck.path: required"),
        (
            {"healthCheck": {"path": "/", "interval": "0s", "timeout": "1s"}},
            "spec.healthCheck.interval: must be longer",
        ),
        ({"healthCheck": {"path": "/", "interval": "1s", "timeout": "0s"}}, "spec.healthCheck.timeout: must be longer"),
    ],
)
def test_a_spec_that_the_reference_refuses_is_refused(spec: dict[str, Any], place: str) -> None:
    with pytest.raises(SpecError) as caught:
        model(**spec)
    assert [place in str(each) for each in caught.value.findings] == [True]


@pytest.mark.parametrize("weight", [0, 1, 50, 99, 100])
def test_all_weights_are_real_states(weight: int) -> None:
    assert weights(model(canary={**CANARY, "weight": weight}).spec) == {"primary": 100 - weight, "canary": weight}


@given(st.none() | st.integers(0, 100))
def test_weights_are_always_100_together(weight: int | None) -> None:
    spec = model(canary=None if weight is None else {**CANARY, "weight": weight}).spec
    assert sum(weights(spec).values()) == 100


SPECS: list[dict[str, Any]] = [
    {},
    {"replicas": 3},
    {"canary": CANARY},
    SCALED,
    {**SCALED, "canary": CANARY},
    {"variant": "v1", "canary": {**CANARY, "variant": "v2"}},
    {"minReplicas": 0, "maxReplicas": 0},
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_the_children_are_those_of_the_contract_and_no_others(spec: dict[str, Any]) -> None:
    assert {Contracted(*each) for each in children_of(**spec)} == {*children("llama", model(**spec).spec)}


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_a_deletion_removes_everything(spec: dict[str, Any]) -> None:
    assert {*deleted("llama", model(**spec).spec, None)} == {Contracted(*each) for each in children_of(**spec)}


@pytest.mark.parametrize("before", SPECS, ids=str)
@pytest.mark.parametrize("after", SPECS, ids=str)
def test_a_change_removes_what_is_no_longer_wanted(before: dict[str, Any], after: dict[str, Any]) -> None:
    gone = children_of(**before).keys() - children_of(**after).keys()
    assert {*deleted("llama", model(**before).spec, model(**after).spec)} == {Contracted(*each) for each in gone}


def test_a_change_of_the_health_check_changes_the_pods() -> None:
    slower = {"path": "/health", "interval": "20s", "timeout": "5s"}
    before, after = of_kind("Deployment"), of_kind("Deployment", healthCheck=slower)
    assert before["spec"]["template"] != after["spec"]["template"]


@pytest.mark.parametrize("spec", [SCALED, {"autoscaling": {"external": True}}], ids=["ours", "somebody's"])
def test_nobody_writes_over_the_count_of_an_autoscaler(spec: dict[str, Any]) -> None:
    assert "replicas" not in of_kind("Deployment", **spec)["spec"]


def test_the_autoscaler_goes_with_its_bounds() -> None:
    kinds = {each.kind for each in deleted("llama", model(**SCALED).spec, model().spec)}
    assert kinds == {"HorizontalPodAutoscaler"}


@given(st.integers(1, 40), st.integers(0, 100))
def test_a_canary_holds_no_more_gpus_than_its_share(replicas: int, weight: int) -> None:
    spec = model(replicas=replicas, canary={**CANARY, "weight": weight}).spec
    assert max(1, replicas * weight / 100) <= replicas_of_canary(spec) < replicas * weight / 100 + 1 + (weight == 0)


def test_what_is_derived_does_not_depend_on_what_is_there() -> None:
    assert compiled(canary=CANARY).manifests == compiled(canary=CANARY).manifests
