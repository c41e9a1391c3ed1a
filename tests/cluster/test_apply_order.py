"""Applied in the order of the table of kinds, nothing is refused for want of what comes later."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.kinds import apply_rank
from tests.cluster.client import Client
from tests.cluster.kinds import definition
from tests.cluster.server import until

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

NAMESPACE = "ordered"
HIGH = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000}


def own(kind: str, api_version: str = "v1", **body: Any) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "own", "namespace": NAMESPACE}, **body}


def test_what_is_refused_before_what_it_needs_is_taken_in_apply_order(client: Client) -> None:
    pod = {"containers": [{"name": "main", "image": "registry.k8s.io/pause:3.9"}], "priorityClassName": "high"}
    objects = [
        own("Widget", "example.com/v1"),
        own("Pod", spec={**pod, "serviceAccountName": "own"}),
        own("ConfigMap"),
        own("ServiceAccount"),
        HIGH,
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
        definition("example.com/v1", "Widget"),
    ]
    for each in objects[:4]:
        assert client.create(each).status in {403, 404}, each["kind"]
    for each in sorted(objects, key=lambda each: apply_rank(str(each["kind"]))):
        if each["kind"] == "Widget":  # a definition takes a moment, for which kubectl tries again
            until(lambda: not client.create(each, dry_run=True).message)  # noqa: B023 - called at once
        assert not client.create(each).message, each["kind"]
