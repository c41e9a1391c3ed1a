"""Platform settings: their defaults, what they refuse, and who decides when several may."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from pydantic import ValidationError

from hanzo_constructs.errors import PlatformError
from hanzo_constructs.kube.model import field_docs, parse_as
from hanzo_constructs.platform import EPOCHS, Platform, PodSecurity, kubernetes_minor, rules_for


def test_every_setting_has_a_default() -> None:
    assert Platform().model_dump(mode="json", by_alias=True) == {
        "apiGroup": "hanzo.ai",
        "namespace": None,
        "epoch": "2026",
        "kubernetes": "1.30",
        "featureGates": [],
        "clusterDomain": "cluster.local",
        "podSecurity": None,
        "exposure": "ingress",
        "gateway": None,
        "ingressClassName": "ingress",
        "ingressClassStyle": None,
        "clusterIssuer": "letsencrypt-prod",
        "storageClassName": "do-block-storage",
        "kmsHostApi": "https://kms.hanzo.ai/api",
        "ingressNamespace": "ingress",
        "monitoringNamespace": "monitoring",
        "requireImageDigest": False,
        "readOnlyRootFilesystem": False,
        "trafficDistribution": None,
        "userNamespaces": False,
        "backupImage": None,
        "backupS3Endpoint": None,
        "backupS3Bucket": None,
        "backupS3CredentialsSecret": None,
        "managedBy": "hanzo-constructs",
        "secretStore": None,
        "cilium": False,
        "keda": None,
        "gpuAllocation": "devicePlugin",
        "overlay": "allow",
        "output": "children",
        "rules": [],
    }


def test_python_takes_both_spellings_and_a_document_one() -> None:
    assert Platform(api_group="lux.cloud") == parse_as(Platform, {"apiGroup": "lux.cloud"})
    with pytest.raises(PlatformError, match=r"^api_group: unknown field, did you mean apiGroup\?$"):
        parse_as(Platform, {"api_group": "lux.cloud"})


def test_the_epoch_may_be_a_number() -> None:
    assert parse_as(Platform, {"epoch": 2025}).epoch == "2025"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Platform().namespace = "other"


LABEL = "must be lower-case letters, digits and '-', with a letter or digit at both ends, got {}"
OBJECT = "must be lower-case letters, digits, '-' and '.', with a letter or digit at both ends, got {}"


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("apiGroup", "Hanzo.ai", OBJECT.format('"Hanzo.ai"')),
        ("namespace", "a.b", LABEL.format('"a.b"')),
        ("epoch", "2024", 'must be one of 2025, 2026, got "2024"'),
        ("epoch", 2027, 'must be one of 2025, 2026, got "2027"'),
        ("epoch", True, "must be one of 2025, 2026, got true"),
        ("kubernetes", 1.3, 'expected a string such as "1.30", got 1.3; quote it'),
        ("kubernetes", "1.24", 'must be a Kubernetes version from 1.25 to 1.37, got "1.24"'),
        ("kubernetes", "1.38", 'must be a Kubernetes version from 1.25 to 1.37, got "1.38"'),
        ("kubernetes", "v1.30", 'must be a Kubernetes version from 1.25 to 1.37, got "v1.30"'),
        ("kubernetes", "1.30.1", 'must be a Kubernetes version from 1.25 to 1.37, got "1.30.1"'),
        ("kubernetes", 1, "expected a string, got an integer; quote it"),
        ("clusterDomain", "*.local", OBJECT.format('"*.local"')),
        ("podSecurity", "privileged", 'must be one of restricted, baseline, none, got "privileged"'),
        ("ingressClassName", "Nginx", OBJECT.format('"Nginx"')),
        ("ingressClassStyle", "fields", 'must be one of annotation, field, got "fields", did you mean field?'),
        ("clusterIssuer", "", OBJECT.format('""')),
        ("kmsHostApi", "kms.hanzo.ai", "must be an http or https URL (not shown here)"),
        ("kmsHostApi", "https://", "must be an http or https URL (not shown here)"),
        ("backupS3Endpoint", "s3://bucket", "must be an http or https URL (not shown here)"),
        (
            "backupS3Endpoint",
            "https://dumps:hunter2@s3.example.com",
            "must not contain a user or password; the Secret with the credentials holds them",
        ),
        (
            "backupS3Bucket",
            "Dumps",
            (
                "must be 3 to 63 lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part,"
                ' got "Dumps"'
            ),
        ),
        ("ingressNamespace", "kube_system", LABEL.format('"kube_system"')),
        ("requireImageDigest", "yes", "expected true or false, got a string"),
        ("managedBy", "-", "must be letters, digits, '-', '_' and '.', with a letter or digit at both ends, got \"-\""),
        ("trafficDistribution", "PreferSameZone", "needs Kubernetes 1.31, but kubernetes is 1.30; leave it out"),
        ("trafficDistribution", "PreferSameNode", "needs Kubernetes 1.34, but kubernetes is 1.30; leave it out"),
        ("userNamespaces", True, "needs Kubernetes 1.33, but kubernetes is 1.30; leave it out"),
        ("output", "crd", 'must be one of children, resources, got "crd"'),
        ("storageclass", "fast", "unknown field, did you mean storageClassName?"),
    ],
)
def test_what_is_refused(setting: str, value: object, message: str) -> None:
    with pytest.raises(PlatformError) as caught:
        parse_as(Platform, {setting: value})
    assert str(caught.value) == f"{setting}: {message}"


def test_everything_wrong_is_reported_at_once() -> None:
    with pytest.raises(PlatformError) as caught:
        Platform(namespace="A", kms_host_api="x", managed_by="-", epoch="1999")
    assert [finding.path for finding in caught.value.findings] == ["namespace", "epoch", "kmsHostApi", "managedBy"]


def test_versions_are_compared_by_number() -> None:
    assert [kubernetes_minor(version) for version in ("1.25", "1.30", "1.37")] == [25, 30, 37]
    assert Platform(kubernetes="1.29").kubernetes_minor == 29


@pytest.mark.parametrize(
    ("platform", "epoch", "level", "kind", "expected"),
    [
        ({}, None, None, "stateless", ("2026", "restricted")),
        ({}, None, None, "stateful", ("2026", "baseline")),
        ({}, "2025", None, "stateless", ("2025", "none")),
        ({"epoch": "2025"}, None, None, "stateful", ("2025", "none")),
        ({"epoch": "2025"}, "2026", None, "stateless", ("2026", "restricted")),
        ({"pod_security": "none"}, None, None, "stateless", ("2026", "none")),
        ({"pod_security": "restricted"}, "2025", None, "stateful", ("2025", "restricted")),
        ({"pod_security": "none"}, None, "baseline", "stateless", ("2026", "baseline")),
        ({}, "2025", "restricted", "stateless", ("2025", "restricted")),
    ],
)
def test_the_resource_decides_before_the_platform_and_the_platform_before_the_epoch(
    platform: dict[str, Any], epoch: str | None, level: PodSecurity | None, kind: str, expected: tuple[str, str]
) -> None:
    rules = rules_for(Platform(**platform), epoch=epoch, pod_security=level, stateful=kind == "stateful")
    assert (rules.epoch.name, rules.pod_security) == expected


def test_epochs_differ_in_every_rule() -> None:
    assert list(EPOCHS) == ["2025", "2026"]
    old, new = (dataclasses.asdict(epoch) for epoch in EPOCHS.values())
    assert {rule for rule in old if old[rule] == new[rule]} == set()


def test_no_epoch_gives_a_single_pod_a_budget_that_keeps_it_on_its_node() -> None:
    assert [
        epoch.name for epoch in EPOCHS.values() if epoch.budget == "minAvailable" and epoch.lattice_budget_from < 2
    ] == []


def test_every_setting_is_documented_in_sentences() -> None:
    docs = field_docs(Platform)
    assert not [name for name in Platform.model_fields if not docs.get(name, "").endswith(".")]
