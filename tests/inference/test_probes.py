"""A model of the kubelet: no engine that loads is killed before its budget, and none that never serves lives for ever.

The kubelet asks at once when a container runs, then once in each period; a failure counts when the answer is late
(`pkg/kubelet/prober/worker.go`). Liveness waits until startup has succeeded.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.inference.models import of_kind

_SOON = 10_000_000


def killed_at(container: dict[str, Any], serves_from: float, dies_at: float = float("inf")) -> float | None:
    """Return the second at which *container* is killed, which answers from one second to another; None: never."""
    startup, liveness = container["startupProbe"], container["livenessProbe"]

    def run(probe: dict[str, Any], start: float, *, until_success: bool) -> tuple[float, bool]:
        failures, now = 0, start
        while now < start + _SOON:
            if serves_from <= now < dies_at:
                failures = 0
                if until_success:
                    return now, True
                if dies_at == float("inf"):
                    return now, True
            else:
                failures += 1
                if failures == probe.get("failureThreshold", 3):
                    return now, False
            now += probe["periodSeconds"]
        return now, True

    at, started = run(startup, 0, until_success=True)
    if not started:
        return at
    at, alive = run(liveness, at, until_success=False)
    return None if alive else at


def container(**spec: Any) -> dict[str, Any]:
    found: dict[str, Any] = of_kind("Deployment", **spec)["spec"]["template"]["spec"]["containers"][0]
    return found


@given(st.integers(1, 3600), st.integers(1, 60), st.integers(1, 30), st.floats(0, 2))
@example(1, 1, 1, 1.0)
@example(600, 10, 5, 1.0)
def test_nobody_is_killed_before_the_budget_and_everybody_after_it(
    budget: int, interval: int, timeout: int, share: float
) -> None:
    health = {"path": "/health", "interval": f"{interval}s", "timeout": f"{timeout}s"}
    found = container(startupBudget=f"{budget}s", healthCheck=health)
    loads = budget * share
    killed = killed_at(found, loads)
    liveness = found["livenessProbe"]
    after = found["startupProbe"]["periodSeconds"] + liveness["periodSeconds"] * liveness["failureThreshold"]
    if loads <= budget:
        assert killed is None
    elif loads > budget + after:
        assert killed is not None
    if killed is not None:
        assert budget <= killed <= budget + after
    never = killed_at(found, float("inf"))
    assert never is not None
    assert budget <= never <= budget + after


@given(st.integers(1, 60), st.integers(0, 3600))
def test_an_engine_that_hangs_is_restarted_after_it_has_lost_its_traffic(interval: int, dies: int) -> None:
    found = container(healthCheck={"path": "/health", "interval": f"{interval}s", "timeout": "1s"})
    liveness, readiness = found["livenessProbe"], found["readinessProbe"]
    killed = killed_at(found, 0, dies)
    assert killed is not None
    out_of_traffic = readiness["periodSeconds"] * readiness["failureThreshold"]
    assert out_of_traffic < liveness["periodSeconds"] * liveness["failureThreshold"]
    assert killed - dies >= out_of_traffic or dies == 0


@pytest.mark.parametrize(
    ("interval", "timeout", "expected"), [("500ms", "1ms", (1, 1)), ("1m30s", "1500ms", (90, 2)), ("2s", "2s", (2, 2))]
)
def test_durations_are_whole_seconds_rounded_up(interval: str, timeout: str, expected: tuple[int, int]) -> None:
    found = container(healthCheck={"path": "/live", "interval": interval, "timeout": timeout})
    for name in ("livenessProbe", "readinessProbe"):
        assert (found[name]["periodSeconds"], found[name]["timeoutSeconds"]) == expected


@given(st.integers(1, 7200), st.sampled_from(["hf://a/b", "s3://models/b"]))
def test_a_rollout_is_not_called_failed_before_the_budget(budget: int, reference: str) -> None:
    spec = of_kind("Deployment", startupBudget=f"{budget}s", modelRef=reference)["spec"]
    assert spec.get("progressDeadlineSeconds", 600) > budget * (2 if reference.startswith("s3") else 1)


def test_a_pod_has_time_for_a_generation_and_the_engine_is_told() -> None:
    pod = of_kind("Deployment")["spec"]["template"]["spec"]
    (main,) = pod["containers"]
    drain = int(main["args"][main["args"].index("--shutdown-timeout") + 1])
    waits = main["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert waits + drain < pod["terminationGracePeriodSeconds"] == 120


@pytest.mark.parametrize(
    "spec",
    [
        {"engineArgs": ["--api-key", "x"]},
        {"engineArgs": ["--api-key=x"]},
        {"env": [{"name": "VLLM_API_KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "vllm"}}}]},
    ],
)
def test_readiness_asks_what_needs_no_key(spec: dict[str, Any]) -> None:
    """With a key vLLM answers 401 to whatever asks for a path below /v1 without one."""
    assert container(**spec)["readinessProbe"]["httpGet"]["path"] == "/health"
    assert container()["readinessProbe"]["httpGet"]["path"] == "/v1/models"
