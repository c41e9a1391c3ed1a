"""The platform app: a fleet as a company would run it, reviewed file by file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from apps.platform.main import PLATFORM, build
from hanzo_constructs import GatewayConstruct, HanzoApp, ResourceConstruct, S3Construct, ServiceConstruct, prove
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.resource import EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION
from hanzo_constructs.spec.service import StatelessSpec
from hanzo_constructs.spec.workload import WorkloadSpec
from hanzo_constructs.testing import manifests
from scripts.generate_docs import models
from tests.krakend import configurations

pytestmark = pytest.mark.node

CHARTS = ["ai", "applications", "chain", "checkout", "commerce", "data", "edge", "identity", "operations", "web"]

DIST = Path(__file__).parents[2] / "apps/platform/dist"

# What the fleet refers to and does not declare: credentials made by hand, and what other teams own.
NEEDED = {
    "ConfigMap hanzo/contacts-schema-v3",
    "ConfigMap hanzo/llm-config",
    "ConfigMap hanzo/llm-models",
    "ConfigMap hanzo/nats-limits",
    "Gateway.gateway.networking.k8s.io traefik/models",
    "PersistentVolumeClaim hanzo/search-dumps",
    "PriorityClass batch",
    "PriorityClass business-critical",
    "Secret hanzo/ghcr",
    "Secret hanzo/hanzo-network-tls",
    "Secret hanzo/hub-token",
    "Secret hanzo/kms-bootstrap",
    "Secret hanzo/kms-machine-identity",
    "Secret hanzo/kms-root-key",
    "Secret hanzo/models-s3",
    "Secret pci/kms-machine-identity",
    "ServiceAccount hanzo/contacts",
    "ServiceAccount hanzo/gateway",
    "ServiceAccount hanzo/iam",
    "ServiceAccount hanzo/s3",
    "ServiceAccount hanzo/usage",
}

# Presence of a block means on: nobody who writes a new resource needs the field.
DEPRECATED = "enabled"
# The envelope, and the settings of the platform, which are not a part of any spec.
NOT_IN_A_SPEC = {
    "ContainersSpec",
    "Metadata",
    "Platform",
    "Resource",
    "Rollout",
    "ServedSpec",
    "ServingSpec",
    "StatelessSpec",
    "SurroundedSpec",
    "WorkloadSpec",
} | {kind.model.__name__ for kind in KINDS.values()}
SHARED = StatelessSpec.model_fields.keys() - WorkloadSpec.model_fields.keys()
"""Fields that a Gateway and a Stateful have from the model of a Service, too."""
OF_WORKLOADS = WorkloadSpec.model_fields.keys() | {"persistence", "service", "services"}
"""Fields that every kind has from the model of every workload, and what goes with them."""


@pytest.fixture(scope="module")
def app() -> HanzoApp:
    app = HanzoApp(platform=PLATFORM, outdir=DIST)
    build(app)
    return app


@pytest.fixture(scope="module")
def constructs(app: HanzoApp) -> list[ResourceConstruct[Any]]:
    return [each for each in app.node.find_all() if isinstance(each, ResourceConstruct)]


@pytest.fixture(scope="module")
def written(app: HanzoApp) -> dict[tuple[str, str], dict[str, Any]]:
    """Return every object by kind and name."""
    return {(each["kind"], each["metadata"]["name"]): each for each in app.manifests}


def test_output_is_what_was_reviewed(app: HanzoApp, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        app.synth()
    found = app.check()
    assert found.is_same, f"{found}; see what `make check` says, and run `make synth`"
    assert sorted(path.name for path in DIST.glob("*.yaml")) == [f"{chart}.k8s.yaml" for chart in CHARTS]


def test_nothing_is_doubted(app: HanzoApp) -> None:
    assert app.synth_yaml()
    assert app.warnings == ()


def test_everything_is_in_one_namespace(app: HanzoApp) -> None:
    assert {manifest["metadata"]["namespace"] for manifest in manifests(app)} == {"hanzo"}


def test_what_is_needed_from_outside_is_known(app: HanzoApp, constructs: list[ResourceConstruct[Any]]) -> None:
    own = [manifests(app)["ConfigMap", "status-checks"]]
    proof = prove([construct.compilation for construct in constructs], own)
    assert proof.findings == ()
    assert {str(external) for external in proof.external} == NEEDED


def test_every_kind_is_declared(constructs: list[ResourceConstruct[Any]]) -> None:
    assert {construct.resource.kind for construct in constructs} == set(KINDS)


def test_every_field_of_a_kind_is_used_by_somebody(constructs: list[ResourceConstruct[Any]]) -> None:
    fields = {
        f"{name}.{field}"
        for name, model in models().items()
        if name not in NOT_IN_A_SPEC and name.endswith("Spec")  # what is in their blocks, golden cases show
        for field in model.model_fields
        if field != DEPRECATED
        and not (name in ("GatewaySpec", "StatefulSpec", "InferenceServiceSpec") and field in SHARED)
    }
    used = {field for construct in constructs for field in used_fields(construct.resource.spec)}
    # what every kind has from one place is used by one of them
    of_all = {field for name, field in (each.split(".") for each in used) if name.endswith("Spec")} & OF_WORKLOADS
    fields -= {f"{name}.{field}" for name in models() if name.endswith("Spec") for field in of_all}
    assert sorted(fields - used) == []


def test_every_choice_that_matters_is_made_by_somebody(
    constructs: list[ResourceConstruct[Any]], written: dict[tuple[str, str], dict[str, Any]]
) -> None:
    specs = [construct.resource.spec for construct in constructs if isinstance(construct, ServiceConstruct)]
    assert len(specs) >= 15
    assert {"TCP", "UDP"} <= {port.protocol for spec in specs for port in spec.ports}
    assert {"RollingUpdate", "Recreate"} == {spec.strategy for spec in specs}
    annotations = {key for construct in constructs for key in construct.resource.metadata.annotations}
    assert {EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION} <= annotations
    children = [child.manifest for construct in constructs for child in construct.compilation.children]
    compiled = {(child["kind"], child["metadata"]["name"]) for child in children}
    assert written.keys() - compiled == {("ConfigMap", "status-checks")}, "and an object of the user's own"
    assert compiled < written.keys()


def test_the_gateway_routes_to_services_and_applications(
    constructs: list[ResourceConstruct[Any]], written: dict[tuple[str, str], dict[str, Any]]
) -> None:
    (front,) = [each for each in constructs if isinstance(each, GatewayConstruct) and each.resource.name == "gateway"]
    (configuration,) = configurations([written["ConfigMap", front.config_map.name]]).values()
    endpoints = configuration["endpoints"]
    routed = {endpoint["endpoint"] for endpoint in endpoints if endpoint["endpoint"][-1] not in "/}"}
    assert routed == {
        "/__ready",
        "/v1/billing",
        "/v1/chat/completions",
        "/v1/contacts",
        "/v1/models",
        "/v1/notes",
        "/v1/search",
    }


@pytest.mark.parametrize(
    ("datastore", "clients"),
    [
        ("sql", {"billing", "commerce", "iam", "indexer", "llm", "orders"}),
        ("kv", {"commerce", "explorer", "iam", "llm"}),
        ("docdb", {"chat"}),
        ("analytics", {"insights", "insights-migrate-v1-43-0"}),
        ("nats", {"agents", "contacts", "invoices", "notes", "webhooks"}),
    ],
)
def test_a_datastore_lets_in_who_uses_a_reference_to_it(
    written: dict[tuple[str, str], dict[str, Any]], datastore: str, clients: set[str]
) -> None:
    peers = [
        peer["podSelector"]["matchLabels"]
        for rule in written["NetworkPolicy", datastore]["spec"]["ingress"]
        for peer in rule["from"]
        if "podSelector" in peer and "hanzo.ai/backup-of" not in peer["podSelector"].get("matchLabels", {})
    ]
    assert {labels["app.kubernetes.io/name"] for labels in peers if "app.kubernetes.io/name" in labels} == clients


def test_backups_go_to_the_object_store_and_its_own_elsewhere(
    constructs: list[ResourceConstruct[Any]],
    written: dict[tuple[str, str], dict[str, Any]],
) -> None:
    targets = {}
    for (kind, name), manifest in written.items():
        if kind == "CronJob" and name.endswith("-backup"):
            (container,) = manifest["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
            env = {variable["name"]: variable.get("value") for variable in container["env"]}
            targets[name] = env["BACKUP_S3_ENDPOINT"], env["BACKUP_S3_BUCKET"]
    store = PLATFORM.backup_s3_endpoint, "backups"
    assert targets == {
        "analytics-backup": store,
        "docdb-backup": store,
        "s3-backup": ("https://ams3.digitaloceanspaces.com", "hanzo-offsite"),
        "sql-backup": store,
    }
    (objects,) = [construct for construct in constructs if isinstance(construct, S3Construct)]
    assert PLATFORM.backup_s3_endpoint == objects.connection_url


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
