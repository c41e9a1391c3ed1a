"""Beside a wrong field, the rules that do not ask for it are still heard, and the others say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.errors import SpecError
from hanzo_constructs.spec.kinds import parse


def findings(spec: dict[str, Any], **metadata: Any) -> list[str]:
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api", **metadata}, "spec": spec}
    with pytest.raises(SpecError) as caught:
        parse(document)
    return [f"{finding.path}: {finding.message}" for finding in caught.value.findings]


IMAGE = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
MOUNTS = [{"name": "data", "mountPath": "/data"}]
NO_VOLUME = 'spec.volumeMounts[0].name: "data" is not a volume, declared are none'


def test_beside_an_unknown_field() -> None:
    assert findings({"image": IMAGE, "replica": 1, "volumeMounts": MOUNTS}) == [
        "spec.replica: unknown field, did you mean replicas?",
        NO_VOLUME,
    ]


def test_beside_a_required_field_that_is_missing() -> None:
    assert findings({"volumeMounts": MOUNTS}) == ["spec.image: required", NO_VOLUME]


def test_beside_a_broken_part() -> None:
    image = {"repository": "ghcr.io/hanzoai/api:v1", "tags": "v1"}
    assert findings({"image": image, "volumeMounts": MOUNTS}) == [
        "spec.image.tags: unknown field, did you mean tag?",
        'spec.image.repository: must not contain the tag or digest, got "ghcr.io/hanzoai/api:v1"; use tag and digest',
        NO_VOLUME,
    ]


def test_between_the_parts_of_the_resource() -> None:
    sidecars = [{"name": "api", "image": "a:v1"}]
    assert findings({"image": IMAGE, "replicas": "x", "sidecars": sidecars}) == [
        "spec.replicas: expected an integer, got a string",
        'spec.sidecars[0].name: "api" is the main container\'s name',
    ]
    assert findings({"image": IMAGE, "sidecars": sidecars}, labels={"a": "b c"}) == [
        "metadata.labels.a: must be letters, digits, '-', '_' and '.', with a letter or digit at both ends, got \"b c\"",
        'spec.sidecars[0].name: "api" is the main container\'s name',
    ]


def test_a_rule_that_asks_for_a_wrong_field_says_nothing() -> None:
    spec = {"image": IMAGE, "ports": [{"name": "http", "containerPort": 0}], "livenessProbe": {"port": "web"}}
    assert findings(spec) == ["spec.ports[0].containerPort: must be at least 1, got 0"]
    assert findings({"image": IMAGE, "volumes": "none", "volumeMounts": MOUNTS}) == [
        "spec.volumes: expected a list, got a string"
    ]


def test_nothing_is_said_twice() -> None:
    spec = {"image": IMAGE, "pdb": {"minAvailable": 1, "maxUnavailable": 1}, "volumeMounts": MOUNTS}
    assert findings(spec) == ["spec.pdb: must have minAvailable or maxUnavailable, got both", NO_VOLUME]
    assert findings({"image": IMAGE, "volumeMounts": MOUNTS}, annotations={"hanzo.ai/epoch": "1"}) == [
        'metadata.annotations["hanzo.ai/epoch"]: must be one of 2025, 2026, got "1"',
        NO_VOLUME,
    ]


@pytest.mark.parametrize("spec", ["text", ["list"], None, 7])
def test_what_is_no_mapping_has_no_rules(spec: Any) -> None:
    assert len(findings(spec)) == 1
