"""How long a pod may take until it is available: sidecars start in turn, containers side by side."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.availability import seconds_to_available

SLOW = {"startupProbe": {"periodSeconds": 10, "failureThreshold": 30}}
READY = {"readinessProbe": {"periodSeconds": 5, "failureThreshold": 2}}
ALIVE = {"livenessProbe": {"initialDelaySeconds": 60, "periodSeconds": 10, "failureThreshold": 3}}
MAIN: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("inits", "containers", "seconds"),
    [
        ([], [MAIN], 0),
        ([], [READY, SLOW], 300),
        ([], [{**SLOW, **READY}], 310),
        # what starts next waits for the startup probe of a sidecar, and for nothing else
        ([SLOW], [{**SLOW, **READY}], 610),
        ([SLOW, SLOW], [MAIN], 600),
        ([READY], [READY], 10),
        ([ALIVE], [MAIN], 90),
        ([ALIVE], [SLOW], 300),
        ([{**SLOW, **READY}], [MAIN], 310),
    ],
)
def test_probes_add_up_in_the_order_of_the_start(
    inits: list[dict[str, Any]], containers: list[dict[str, Any]], seconds: int
) -> None:
    pod = {"initContainers": inits, "containers": containers}
    assert seconds_to_available(pod, 0) == seconds
    assert seconds_to_available(pod, 10) == seconds + 10
