"""A rollout on a cluster without a GPU to spare ends, and never takes more than one of several pods away.

The model follows the controllers of Deployments: RollingUpdate starts pods up to replicas + maxSurge, and stops old ones down to
replicas - maxUnavailable that are ready; Recreate stops all first. A pod runs where a GPU is free, and is ready some time later.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.models import compiled, of_kind


def rolled(spec: dict[str, Any], gpus: int) -> tuple[bool, int]:
    """Return whether the rollout of a Deployment with *spec* ends on *gpus*, and the fewest pods that served meanwhile."""
    replicas, strategy = spec["replicas"], spec["strategy"]
    bounds = strategy.get("rollingUpdate", {"maxSurge": 0, "maxUnavailable": replicas})
    old, ready, starting, fewest = replicas, 0, 0, replicas
    for _ in range(4 * replicas + 4):
        if strategy["type"] == "Recreate":
            old = 0
        else:
            old -= min(max(old + ready - (replicas - bounds["maxUnavailable"]), 0), old)
        fewest = min(fewest, old + ready)
        wanted = min(replicas, replicas + bounds["maxSurge"] - old) - ready - starting
        starting += max(min(wanted, gpus - old - ready - starting), 0)
        ready, starting = ready + starting, 0
        if ready == replicas and not old:
            return True, fewest
    return False, fewest


@given(st.integers(1, 20))
def test_it_ends_without_a_gpu_to_spare_and_keeps_all_but_one(replicas: int) -> None:
    ended, fewest = rolled(of_kind("Deployment", replicas=replicas)["spec"], replicas)
    assert ended
    assert fewest == replicas - 1


@pytest.mark.parametrize(("gpus", "ends"), [(2, False), (3, True)])
def test_a_surge_needs_a_gpu(gpus: int, *, ends: bool) -> None:
    ended, fewest = rolled(of_kind("Deployment", replicas=2, rollout={"maxSurge": 1})["spec"], gpus)
    assert (ended, fewest) == (ends, 2)


def test_all_of_several_pods_go_at_once_only_where_the_user_says_so() -> None:
    assert rolled(of_kind("Deployment", replicas=3, strategy="Recreate")["spec"], 3) == (True, 0)


def test_without_gpus_capacity_never_falls() -> None:
    assert of_kind("Deployment", gpu=0)["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}


@pytest.mark.parametrize(("engine", "reference"), [("vllm", "$(HOME)/llama"), ("custom", "s3://models/$(HOME)")])
def test_the_kubelet_replaces_nothing_in_references_to_models(engine: str, reference: str) -> None:
    image = {"image": "ghcr.io/acme/engine:v1.0.0"} if engine == "custom" else {}
    pod = of_kind("Deployment", engine=engine, modelRef=reference, **image)["spec"]["template"]["spec"]
    words = [word for each in (*pod.get("initContainers", ()), *pod["containers"]) for word in each.get("args", ())]
    words += [each["value"] for each in pod["containers"][0].get("env", ())]
    assert [word for word in words if "$(HOME)" in word]
    assert all("$$(HOME)" in word for word in words if "$(HOME)" in word)


def test_a_budget_counts_the_pods_of_both_models() -> None:
    canary = {"modelRef": "b", "weight": 10}
    (alone,) = compiled(replicas=1, pdb={"minAvailable": 1}).warnings
    assert "never lets one of 1 pods go" in alone.message
    assert not compiled(replicas=1, pdb={"minAvailable": 1}, canary=canary).warnings


def test_a_budget_that_lets_a_drain_take_every_pod_but_the_canary_is_doubted() -> None:
    canary = {"modelRef": "b", "weight": 10}
    for budget in ({"minAvailable": 1}, {"maxUnavailable": "50%"}):
        assert not compiled(replicas=2, pdb=budget).warnings
        (doubt,) = compiled(replicas=2, pdb=budget, canary=canary).warnings
        assert "a drain may take all 2 of the model that serves" in doubt.message
    for budget in ({}, {"maxUnavailable": 1}, {"minAvailable": 2}):
        assert not compiled(replicas=2, pdb=budget, canary=canary).warnings
