"""A Base application in the construct tree; its routes are tested with the Gateway."""

from __future__ import annotations

import pytest
from cdk8s import ApiObject

from hanzo_constructs import BaseConstruct, BaseDict, HanzoApp, HanzoChart, Platform, SpecError
from hanzo_constructs.spec.dicts import KmsSecretRefDict

pytestmark = pytest.mark.node

SMALL: BaseDict = {"image": "ghcr.io/hanzoai/notes:v1.0.0", "storage": {"size": "10Gi"}}


def test_the_children_are_attributes() -> None:
    chart = HanzoChart(HanzoApp(platform=Platform()), "shop", namespace="shop")
    secret: KmsSecretRefDict = {
        "projectSlug": "shop",
        "envSlug": "prod",
        "credentialsRef": {"name": "kms"},
        "managedSecretName": "notes-secrets",
    }
    spec: BaseDict = {
        **SMALL,
        "schema": "CREATE TABLE notes (id TEXT);",
        "gateway": {"route": "/v1/notes"},
        "networkPolicy": {},
        "serviceMonitor": {},
        "kmsSecrets": [secret],
    }
    notes = BaseConstruct(chart, "notes", spec)
    attributes = (
        notes.kms_secrets["notes-secrets"],
        notes.schema,
        notes.gateway_route,
        notes.network_policy,
        notes.service,
        notes.headless_service,
        notes.stateful_set,
        notes.disruption_budget,
        notes.service_monitor,
    )
    assert list(attributes) == list(notes.children.values())
    assert ApiObject.of(notes) is notes.stateful_set
    assert notes.manifests == notes.compilation.manifests
    assert notes.endpoints.ports == {"http": "http://notes.shop.svc.cluster.local:8090"}
    small = BaseConstruct(chart, "small", SMALL)
    assert {small.schema, small.gateway_route, small.network_policy, small.service_monitor} == {None}


def test_a_namespace_is_needed() -> None:
    chart = HanzoChart(HanzoApp(platform=Platform()), "shop")
    with pytest.raises(SpecError, match=r"^shop/notes \(tests/.*\): Base notes: metadata\.namespace: required"):
        BaseConstruct(chart, "notes", {**SMALL, "gateway": {"route": "/v1/notes"}})
    assert not chart.manifests
