"""The words that a field of Kubernetes takes are those that a server publishes."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.schemas.values import VALUES
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

UNPUBLISHED = {
    ("apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy", "whenDeleted"),
    ("apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy", "whenScaled"),
    ("autoscaling.v2.HPAScalingPolicy", "type"),
    ("autoscaling.v2.HPAScalingRules", "selectPolicy"),
    ("autoscaling.v2.MetricSpec", "type"),
    ("autoscaling.v2.MetricTarget", "type"),
    ("batch.v1.PodFailurePolicyOnPodConditionsPattern", "status"),
    ("core.v1.ContainerResizePolicy", "restartPolicy"),
    ("core.v1.ServiceSpec", "trafficDistribution"),
    ("meta.v1.LabelSelectorRequirement", "operator"),
    ("rbac.v1.RoleRef", "kind"),
    ("rbac.v1.Subject", "kind"),
}
"""Fields whose words are known to the validation of a server alone."""


def test_the_words_of_a_field_are_those_that_the_server_publishes(client: Client) -> None:
    published: dict[tuple[str, str], tuple[str, ...]] = {}
    groups = client.request("GET", "/openapi/v3").body["paths"]
    for path in [each for each in groups if each.endswith(("/v1", "/v2"))]:
        schemas = client.request("GET", groups[path]["serverRelativeURL"]).body["components"].get("schemas", {})
        published |= {key: words for name, schema in schemas.items() for key, words in _words(name, schema)}
    assert {key: published.get(key) for key in VALUES} == {
        key: None if key in UNPUBLISHED else words for key, words in VALUES.items()
    }


def _words(name: str, schema: dict[str, Any]) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Return the words of the fields of the type *name*, without the empty one."""
    type_name = name.removeprefix("io.k8s.api.").removeprefix("io.k8s.apimachinery.pkg.apis.")
    fields = schema.get("properties", {}).items()
    found = [(field, one.get("enum") or one.get("items", {}).get("enum")) for field, one in fields]
    return [((type_name, field), tuple(sorted(filter(None, words)))) for field, words in found if words]
