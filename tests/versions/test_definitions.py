"""What is published of the kinds of v1alpha1."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.versions import OLD_KINDS
from tests.schema.oracle import refusals, with_defaults

_LONGEST_WARNING = 256
_OLD: dict[str, dict[str, Any]] = {
    "HanzoService": {
        "image": {"repository": "ghcr.io/acme/api"},
        "ports": [{"name": "http", "containerPort": 80}],
        "autoscaling": {"targetCPUUtilization": 5},
        "ingress": {"zeroTrustPolicy": {"enabled": True}},
    },
    "HanzoDatastore": {"type": "datastore", "storage": {"size": "1Gi"}, "serviceMonitor": {"enabled": True}},
    "HanzoGateway": {
        "routes": [{"prefix": "/", "backend": "a", "rateLimit": {"name": "a", "maxRate": 1, "every": "1s"}}],
        "authPolicies": [{"name": "a", "type": "apikey"}, {"name": "b", "type": "jwt", "jwksURL": "https://a"}],
    },
    "BaseApp": {"image": {"repository": "a"}, "replicas": 2, "storage": {"size": "1Gi"}},
}


@pytest.mark.parametrize("kind", [row.kind for row in OLD_KINDS.values()], ids=lambda kind: kind.name)
def test_a_definition_is_deprecated_and_has_no_names_of_others(kind: Kind) -> None:
    spec = custom_resource_definition(kind, Platform())["spec"]
    (version,) = spec["versions"]
    assert (version["name"], version["served"], version["storage"], version["deprecated"]) == (
        "v1alpha1",
        True,
        True,
        True,
    )
    assert version["deprecationWarning"] == kind.deprecation
    assert kind.deprecation.isascii()
    assert 0 < len(kind.deprecation) <= _LONGEST_WARNING
    assert "hzc migrate" in kind.deprecation
    assert spec["names"]["shortNames"] == []
    assert spec["names"]["plural"] not in {each.plural for each in KINDS.values()}


@pytest.mark.parametrize("kind", OLD_KINDS)
def test_a_definition_takes_what_was_written(kind: str) -> None:
    (version,) = custom_resource_definition(OLD_KINDS[kind].kind, Platform())["spec"]["versions"]
    schema = version["schema"]["openAPIV3Schema"]
    whole = {"apiVersion": "hanzo.ai/v1alpha1", "kind": kind, "metadata": {"name": "a"}, "spec": _OLD[kind]}
    stored = with_defaults(schema, whole)
    assert [*refusals(schema, stored)] == []
    wrong = {**whole, "spec": {**_OLD[kind], "replicas": "3", "hostApi": 1}}
    assert {refusal.path[-1] for refusal in refusals(schema, wrong)} >= {"replicas"}


def test_no_kind_of_v1_is_deprecated() -> None:
    for kind in KINDS.values():
        (version,) = custom_resource_definition(kind, Platform())["spec"]["versions"]
        assert "deprecated" not in version
