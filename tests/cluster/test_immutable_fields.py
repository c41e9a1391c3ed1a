"""What the table of kinds calls immutable a server refuses to change."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.kinds import KINDS, api_version
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]


def asked(count: int) -> dict[str, Any]:
    """Return what asks for *count* devices."""
    exactly = {"deviceClassName": "gpu.example.com", "allocationMode": "ExactCount", "count": count}
    return {"devices": {"requests": [{"name": "gpu", "exactly": exactly}]}}


OTHER: dict[str, Any] = {
    "clusterIP": "None",
    "completionMode": "Indexed",
    "completions": 7,
    "podFailurePolicy": {"rules": [{"action": "Ignore", "onExitCodes": {"operator": "In", "values": [7]}}]},
    "podManagementPolicy": "Parallel",
    "selector": {"matchLabels": {"app": "other"}},
    "serviceName": "other",
    "spec": asked(2),
    "template": {"spec": {"terminationGracePeriodSeconds": 77}},
    "volumeClaimTemplates": [],
}
POD = {"containers": [{"name": "main", "image": "a:1", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}
CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
TEMPLATE = {"metadata": {"labels": {"app": "own"}}, "spec": POD}
RUNS = {"selector": {"matchLabels": {"app": "own"}}, "template": TEMPLATE}
VOLUMES = {"volumes": [{"name": "data", "emptyDir": {}}]}
SPECS: dict[str, Any] = {
    "ResourceClaimTemplate": {"spec": asked(1)},
    "Service": {"ports": [{"port": 80}]},
    "StatefulSet": {**RUNS, "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": CLAIM}]},
    "Job": {"template": {"spec": {**POD, **VOLUMES, "restartPolicy": "Never"}}},
}


@pytest.mark.parametrize(("kind", "field"), [(row.name, field) for row in KINDS.values() for field in row.immutable])
def test_a_server_refuses_another_value(client: Client, kind: str, field: str) -> None:
    stateless = {**RUNS, "template": {**TEMPLATE, "spec": {**POD, **VOLUMES}}}
    name = f"{kind.lower()}-{field.lower()}"
    metadata = {"name": name, "namespace": "default"}
    own = {"apiVersion": api_version(kind), "kind": kind, "metadata": metadata, "spec": SPECS.get(kind, stateless)}
    assert not client.create(own).message
    refused = client.patch(own, {"spec": {field: OTHER[field]}})
    assert refused.status == 422
    assert any(word in refused.message for word in ("immutable", "Forbidden", "may not change")), refused.message


def test_a_service_keeps_that_it_has_an_address_or_none(client: Client) -> None:
    def service(name: str, **spec: Any) -> dict[str, Any]:
        metadata = {"name": name, "namespace": "default"}
        return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"ports": [{"port": 80}], **spec}}

    assert not client.apply(service("addressed")).message
    refused = client.apply(service("addressed", clusterIP="None"))
    assert refused.status == 422
    assert "spec.clusterIPs[0]" in refused.message
    assert "may not change once set" in refused.message
    assert not client.apply(service("headless", clusterIP="None")).message
    assert not client.apply(service("headless")).message
    assert client.get(service("headless")).body["spec"]["clusterIP"] == "None"
    assert client.apply(service("headless", type="NodePort")).status == 422
