"""The table of feature gates fits the models, and says what Kubernetes' release notes say."""

from __future__ import annotations

import shutil

import pytest

from hanzo_constructs.kube import core
from hanzo_constructs.kube.core.gates import GATED, ON_SINCE
from hanzo_constructs.kube.core.since import NEWEST, OLDEST, SINCE


def test_every_gated_field_is_a_field_of_a_core_type() -> None:
    for name, fields in GATED.items():
        model = getattr(core, name)
        assert set(fields) <= {field.alias or python for python, field in model.model_fields.items()}


def test_every_gate_has_a_field_and_is_off_somewhere() -> None:
    assert {gate for fields in GATED.values() for gate in fields.values()} == set(ON_SINCE)
    assert all(OLDEST < since <= NEWEST + 1 for since in ON_SINCE.values())


def test_no_gate_is_on_before_its_field_exists() -> None:
    for name, fields in GATED.items():
        for field, gate in fields.items():
            assert ON_SINCE[gate] >= SINCE.get(name, {}).get(field, OLDEST)


@pytest.mark.parametrize(
    ("name", "field", "minor"),
    [
        ("Container", "restartPolicy", 29),  # SidecarContainers: beta, on by default
        ("LifecycleHandler", "sleep", 30),  # PodLifecycleSleepAction: beta, on by default
        ("Lifecycle", "stopSignal", NEWEST + 1),  # ContainerStopSignals: alpha
        ("TopologySpreadConstraint", "matchLabelKeys", 27),  # beta, on by default
        ("Volume", "image", 35),  # ImageVolume: beta in 1.33 and off, on in 1.35
        ("VolumeProjection", "clusterTrustBundle", 37),  # beta in 1.33 and off, stable in 1.37
    ],
)
def test_what_kubernetes_release_notes_say(name: str, field: str, minor: int) -> None:
    assert ON_SINCE[GATED[name][field]] == minor


@pytest.mark.slow  # downloads nothing where Go's module cache holds the thirteen releases, 1 GB otherwise
@pytest.mark.skipif(shutil.which("go") is None, reason="Go brings Kubernetes' own source")
def test_what_is_committed_is_what_the_source_of_kubernetes_says() -> None:
    from scripts.generate_core import FOLDER
    from scripts.generate_feature_gates import source

    assert source() == (FOLDER / "gates.py").read_text(encoding="utf-8")
