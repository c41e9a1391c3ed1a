"""The platform app: a fleet as a company would run it, reviewed file by file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from apps.platform.main import PLATFORM, build
from hanzo_constructs import HanzoApp, ServiceConstruct, prove
from hanzo_constructs.spec.resource import EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION
from hanzo_constructs.testing import ManifestSnapshots, manifests
from scripts.generate_docs import models

pytestmark = pytest.mark.node

CHARTS = ["ai", "commerce", "edge", "identity", "operations", "web"]

# What the fleet refers to and does not declare: credentials made by hand, and what other teams own.
NEEDED = {
    "ConfigMap hanzo/llm-config",
    "ConfigMap hanzo/llm-models",
    "ConfigMap hanzo/status-checks",
    "Secret hanzo/ghcr",
    "Secret hanzo/insights-clickhouse",
    "Secret hanzo/kms-bootstrap",
    "Secret hanzo/kms-machine-identity",
    "Secret hanzo/kms-root-key",
    "Secret pci/kms-machine-identity",
    "ServiceAccount hanzo/iam",
}

# Presence of a block means on: nobody who writes a new resource needs the field.
DEPRECATED = "enabled"
# The envelope, and the settings of the platform, which are not a part of any spec.
NOT_IN_A_SPEC = {"Metadata", "Platform", "Resource", "Service"}


@pytest.fixture(scope="module")
def app() -> HanzoApp:
    app = HanzoApp(platform=PLATFORM)
    build(app)
    return app


@pytest.fixture(scope="module")
def services(app: HanzoApp) -> list[ServiceConstruct]:
    return [each for each in app.node.find_all() if isinstance(each, ServiceConstruct)]


@pytest.mark.parametrize("chart", CHARTS)
def test_output(app: HanzoApp, manifest_snapshot: ManifestSnapshots, chart: str) -> None:
    assert manifests(app.node.find_child(chart)) == manifest_snapshot


def test_every_chart_is_reviewed(app: HanzoApp) -> None:
    assert sorted(chart.node.id for chart in app.charts) == CHARTS


def test_nothing_is_doubted(app: HanzoApp) -> None:
    assert app.synth_yaml()
    assert app.warnings == ()


def test_everything_is_in_one_namespace(app: HanzoApp) -> None:
    assert {manifest["metadata"]["namespace"] for manifest in manifests(app)} == {"hanzo"}


def test_what_is_needed_from_outside_is_known(app: HanzoApp, services: list[ServiceConstruct]) -> None:
    own = [manifests(app)["ConfigMap", "gateway-routes"]]
    proof = prove([service.compilation for service in services], own)
    assert {str(external) for external in proof.external} == NEEDED


def test_every_field_of_a_spec_is_used_by_somebody(services: list[ServiceConstruct]) -> None:
    fields = {
        f"{name}.{field}"
        for name, model in models().items()
        if name not in NOT_IN_A_SPEC
        for field in model.model_fields
        if field != DEPRECATED
    }
    used = {field for service in services for field in used_fields(service.resource.spec)}
    assert fields - used == set()


def test_every_choice_that_matters_is_made_by_somebody(app: HanzoApp, services: list[ServiceConstruct]) -> None:
    specs = [service.resource.spec for service in services]
    assert len(services) >= 15
    assert {"TCP", "UDP"} <= {port.protocol for spec in specs for port in spec.ports}
    assert {"RollingUpdate", "Recreate"} == {spec.strategy for spec in specs}
    annotations = {key for service in services for key in service.resource.metadata.annotations}
    assert {EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION} <= annotations
    kinds = {child.manifest["kind"] for service in services for child in service.compilation.children}
    assert kinds < {manifest["kind"] for manifest in manifests(app)}, "and an object of the user's own"


def used_fields(value: object) -> Iterator[str]:
    """Yield every field that holds something in the model *value* and below it: `ServicePort.protocol`."""
    if isinstance(value, BaseModel):
        for field in value.model_fields_set:
            if (content := getattr(value, field)) is not None:
                yield f"{type(value).__name__}.{field}"
                yield from used_fields(content)
    elif isinstance(value, tuple):
        for item in value:
            yield from used_fields(item)
