"""How claims are enlarged: commands for what is there, and none for what has no claims."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from hanzo_constructs.compiler.resizing import resizing


def commands(kind: str, spec: dict[str, Any], **metadata: Any) -> list[list[str]]:
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": "db", **metadata}, "spec": spec}
    manifests = compile_resource(parse(document), Platform()).manifests
    return [shlex.split(command) for manifest in manifests for command in resizing(manifest)]


def test_each_claim_is_enlarged_and_the_set_made_anew_without_its_pods() -> None:
    enlarge, remove = commands("KV", {"replicas": 2, "storage": {"size": "20Gi"}}, namespace="shop")
    assert enlarge[:-1] == ["kubectl", "--namespace", "shop", "patch", "pvc", "data-db-0", "data-db-1", "--patch"]
    assert json.loads(enlarge[-1]) == {"spec": {"resources": {"requests": {"storage": "20Gi"}}}}
    assert remove == ["kubectl", "--namespace", "shop", "delete", "statefulset", "db", "--cascade=orphan"]


def test_claims_that_would_go_with_the_set_are_kept_first() -> None:
    _, keep, remove = commands("SQL", {"storage": {"size": "1Gi", "retentionPolicy": "Delete"}})
    assert keep[:-1] == ["kubectl", "patch", "statefulset", "db", "--patch"]
    retention = {"whenDeleted": "Retain", "whenScaled": "Retain"}
    assert json.loads(keep[-1]) == {"spec": {"persistentVolumeClaimRetentionPolicy": retention}}
    assert remove == ["kubectl", "delete", "statefulset", "db", "--cascade=orphan"]


def test_a_set_scaled_down_to_nothing_has_left_a_claim() -> None:
    assert "data-db-0" in commands("KV", {"replicas": 0, "storage": {"size": "1Gi"}})[0]


@pytest.mark.parametrize("kind", ["Service", "Gateway"])
def test_what_has_no_claims_needs_nothing(kind: str) -> None:
    spec: dict[str, Any] = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}
    assert not commands(kind, spec)
