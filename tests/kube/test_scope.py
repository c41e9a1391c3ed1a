"""Kinds that stand in no namespace."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.kinds import KINDS, KubernetesKind
from hanzo_constructs.kube.schemas import kind_type
from hanzo_constructs.kube.scope import _CLUSTER_SCOPED, is_namespaced

OF_OTHERS = (
    "gateway.networking.k8s.io/",
    "cert-manager.io/",
    "external-secrets.io/",
    "keda.sh/",
    "kyverno.io/",
    "cilium.io/",
)


@pytest.mark.parametrize("row", KINDS.values(), ids=lambda row: row.name)
def test_the_table_of_kinds_agrees(row: KubernetesKind) -> None:
    assert is_namespaced(row.api_version, row.name) is row.namespaced


@pytest.mark.parametrize("named", sorted(_CLUSTER_SCOPED))
def test_every_one_of_kubernetes_is_there(named: str) -> None:
    group, _, kind = named.rpartition("/")
    if named.startswith(OF_OTHERS) or kind == "Node":
        return
    assert any(
        kind_type(f"{group}/{version}".removeprefix("/"), kind) for version in ("v1", "v1beta1", "v1beta2", "v1beta3")
    )
