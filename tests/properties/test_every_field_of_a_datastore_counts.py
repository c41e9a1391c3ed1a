"""No field of a Datastore is accepted and ignored: each one, changed, changes the children or is refused."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.spec.datastore import DatastoreSpec
from tests.properties import test_every_field_counts as fields
from tests.properties.mutations import holds_models, places

PLACES = [place._replace(path=("spec", *place.path), steps=(None, *place.steps)) for place in places(DatastoreSpec)]
OTHER_NAME = (("spec", "type"), '"clickhouse"', '"datastore"')
"""The one value with a second name."""


def rich() -> dict[str, Any]:
    """Return a fresh resource in which everything is active, named by the words that `mutations` knows."""
    resources = {"requests": {"cpu": "10m", "memory": "16Mi"}}
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Datastore",
        "metadata": {"name": "db", "namespace": "hanzo", "labels": {"hanzo.ai/org": "hanzo"}},
        "spec": {
            "type": "clickhouse",
            "image": {"repository": "ghcr.io/hanzoai/datastore", "tag": "v1.0.0"},
            "replicas": 2,
            "storage": {"size": "1Gi"},
            "ports": [{"name": "metrics", "containerPort": 9090}],
            "credentialsSecret": "credentials",
            "backup": {
                "schedule": "0 3 * * *",
                "s3Endpoint": "https://alpha.example/api",
                "s3Bucket": "dumps",
                "s3CredentialsSecret": "alpha",
            },
            "pdb": {"maxUnavailable": 1},
            "networkPolicy": {"allowFrom": [{"podSelector": {}}]},
            "serviceMonitor": {"metricsPort": "http"},
            "volumes": [{"name": "alpha", "emptyDir": {}}, {"name": "beta", "emptyDir": {}}],
            "volumeMounts": [{"name": "alpha", "mountPath": "/mnt/alpha"}, {"name": "beta", "mountPath": "/mnt/beta"}],
            "sidecars": [{"name": "sidecar", "image": "ghcr.io/hanzoai/agent:v1.0.0", "resources": resources}],
        },
    }


@pytest.mark.parametrize("name", [field.alias for field in DatastoreSpec.model_fields.values()])
def test_each_field_changes_the_children_or_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "rich", rich)
    mine = [place for place in PLACES if place.path[1] == name]
    assert mine
    found = fields.ignored([place for place in mine if not holds_models(place.field)], fields.children_of)
    assert [each for each in found if each != OTHER_NAME] == []
