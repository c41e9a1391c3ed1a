"""The table of Kubernetes' kinds, held against the schemas of Kubernetes, and its order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from hanzo_constructs.kube.kinds import KINDS, WORKLOADS, KubernetesKind, apply_rank, known_kind
from tests.kubernetes_schemas import SUPPORTED, field_at, knows

FOREIGN = ("gateway.networking.k8s.io", "keda.sh")
BUILT_IN = [
    row
    for row in KINDS.values()
    if ("." not in row.group or row.group.endswith(".k8s.io")) and row.group not in FOREIGN
]


def manifest(row: KubernetesKind) -> dict[str, Any]:
    return {"apiVersion": row.api_version, "kind": row.name, "metadata": {"name": "api"}}


@pytest.mark.parametrize("version", ["1.25", *SUPPORTED])
def test_every_supported_kubernetes_has_the_kind_in_this_version(version: str) -> None:
    known = {row.name for row in BUILT_IN if knows(manifest(row), version)}
    assert known == {row.name for row in BUILT_IN if row.since <= int(version.partition(".")[2])}


@pytest.mark.parametrize("row", BUILT_IN, ids=lambda row: row.name)
def test_every_field_that_the_table_names_is_one_of_the_kind(row: KubernetesKind) -> None:
    places = [each.place for each in row.references]
    places += [f"spec.{field}" for field in row.immutable]
    places += [".".join(map(str, row.template))] if row.template else []
    named = [f"{each.place}.{each.name}" for each in row.references if each.name]
    for place in [*places, *named]:
        known = [version for version in SUPPORTED if knows(manifest(row), version)]
        assert any(field_at(manifest(row), place, version) for version in known), place
    for place, key in row.merge_keys.items():
        schema = field_at(manifest(row), place, SUPPORTED[-1])
        assert schema is not None
        assert schema["x-kubernetes-patch-merge-key"] == key
        assert len(schema["x-kubernetes-list-map-keys"]) > 1


def test_what_others_need_comes_first() -> None:
    order = [
        "Namespace",
        "CustomResourceDefinition",
        "PriorityClass",
        "ServiceAccount",
        "Secret",
        "KMSSecret",
        "ConfigMap",
        "PersistentVolumeClaim",
        "NetworkPolicy",
        "Service",
        "Deployment",
    ]
    order += ["HorizontalPodAutoscaler", "PodDisruptionBudget", "Ingress", "ServiceMonitor"]
    assert all(apply_rank(first) < apply_rank(second) for first, second in itertools.pairwise(order))


def test_what_an_object_refers_to_comes_before_it() -> None:
    for row in KINDS.values():
        for each in row.references:
            assert not each.kind or apply_rank(each.kind) < apply_rank(row.name)


def test_kinds_nobody_knows_come_last_and_together() -> None:
    assert apply_rank("Pineapple") == apply_rank("Mango") > apply_rank("PodMonitor")


def test_a_kind_of_another_group_is_somebody_elses() -> None:
    assert known_kind("apps/v1beta2", "Deployment") == "Deployment"
    assert known_kind("serving.knative.dev/v1", "Service") == "Service.serving.knative.dev"
    assert "Service" not in WORKLOADS
