"""What the table of kinds calls immutable a server refuses to change."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.kinds import KINDS, api_version
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

OTHER: dict[str, Any] = {
    "clusterIP": "None",
    "completionMode": "Indexed",
    "completions": 7,
    "podFailurePolicy": {"rules": [{"action": "Ignore", "onExitCodes": {"operator": "In", "values": [7]}}]},
    "podManagementPolicy": "Parallel",
    "selector": {"matchLabels": {"app": "other"}},
    "serviceName": "other",
    "template": {"spec": {"terminationGracePeriodSeconds": 77}},
    "volumeClaimTemplates": [],
}
POD = {"containers": [{"name": "main", "image": "a:1", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}
CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
TEMPLATE = {"metadata": {"labels": {"app": "own"}}, "spec": POD}
RUNS = {"selector": {"matchLabels": {"app": "own"}}, "template": TEMPLATE}
VOLUMES = {"volumes": [{"name": "data", "emptyDir": {}}]}
SPECS: dict[str, Any] = {
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
