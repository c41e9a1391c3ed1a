"""What pods ask for is what the scheduler counts, of the fewest pods and of the most."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hanzo_constructs.report.requests import Asked, asked_by, pod_requests

Object = dict[str, Any]


def container(cpu: str, memory: str = "0", **more: Any) -> Object:
    return {"name": "main", "resources": {"requests": {"cpu": cpu, "memory": memory}}, **more}


def workload(kind: str, pod: Object, **spec: Any) -> Object:
    return {"kind": kind, "metadata": {"name": "web"}, "spec": {"template": {"spec": pod}, **spec}}


@pytest.mark.parametrize(
    ("pod", "cpu"),
    [
        ({"containers": [container("250m"), container("1")]}, "1250m"),
        ({"containers": [container("1")], "initContainers": [container("3")]}, "3"),
        ({"containers": [container("1")], "initContainers": [container("500m"), container("700m")]}, "1"),
        # a sidecar runs beside the containers, and beside the init containers that come after it
        ({"containers": [container("1")], "initContainers": [container("200m", restartPolicy="Always")]}, "1200m"),
        (
            {
                "containers": [container("1")],
                "initContainers": [container("200m", restartPolicy="Always"), container("2")],
            },
            "2200m",
        ),
        (
            {
                "containers": [container("1")],
                "initContainers": [container("2"), container("200m", restartPolicy="Always")],
            },
            "2",
        ),
        # a limit is a request where none is written, and what the pod as a whole asks for counts instead
        ({"containers": [{"name": "main", "resources": {"limits": {"cpu": "2"}}}]}, "2"),
        ({"containers": [container("1")], "resources": {"requests": {"cpu": "4"}}}, "4"),
    ],
)
def test_a_pod(pod: Object, cpu: str) -> None:
    number = Fraction(cpu.removesuffix("m")) / (1000 if cpu.endswith("m") else 1)
    assert pod_requests(pod)["cpu"] == number


def test_a_pod_that_asks_for_nothing() -> None:
    assert pod_requests({"containers": [{"name": "main"}]}) == {}


POD = {"containers": [container("250m", "1Gi")]}


@pytest.mark.parametrize(
    ("scaler", "pods"),
    [
        ([], (3, 3)),
        ([("HorizontalPodAutoscaler", {"maxReplicas": 6})], (1, 6)),
        ([("HorizontalPodAutoscaler", {"minReplicas": 2, "maxReplicas": 6})], (2, 6)),
        ([("ScaledObject", {})], (0, 100)),
        ([("ScaledObject", {"minReplicaCount": 1, "maxReplicaCount": 9})], (1, 9)),
    ],
)
def test_how_many_pods(scaler: list[tuple[str, Object]], pods: tuple[int, int]) -> None:
    target = {"scaleTargetRef": {"kind": "Deployment", "name": "web"}}
    scalers = [{"kind": kind, "metadata": {"name": "web"}, "spec": {**target, **spec}} for kind, spec in scaler]
    asked = asked_by([workload("Deployment", POD, replicas=3), *scalers])
    assert (asked.least, asked.most) == pods
    assert asked.cpu == (250 * pods[0], 250 * pods[1])
    assert asked.memory == (pods[0] << 30, pods[1] << 30)


def test_a_scaler_of_another_changes_nothing() -> None:
    spec = {"scaleTargetRef": {"kind": "Deployment", "name": "api"}, "maxReplicas": 9}
    scaler = {"kind": "HorizontalPodAutoscaler", "metadata": {"name": "api"}, "spec": spec}
    assert asked_by([workload("Deployment", POD), scaler])[:2] == (1, 1)


def test_disks_and_devices() -> None:
    claim = {"metadata": {"name": "data"}, "spec": {"resources": {"requests": {"storage": "10Gi"}}}}
    pod = {"containers": [{"name": "main", "resources": {"limits": {"nvidia.com/gpu": "2"}}}]}
    store = workload("StatefulSet", pod, replicas=3, volumeClaimTemplates=[claim])
    asked = asked_by([store, {"kind": "PersistentVolumeClaim", **claim}])
    assert asked.disk == (40 << 30, 40 << 30)
    assert asked.devices == (("nvidia.com/gpu", 6, 6),)


def test_jobs_are_not_counted() -> None:
    assert asked_by([workload("Job", POD)]) == Asked(0, 0, (0, 0), (0, 0), (0, 0), ())
