"""Every kind has a construct, and a facade's is that of the kind it compiles as."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import ApiObject

import hanzo_constructs
from hanzo_constructs import (
    DatastoreConstruct,
    DatastoreDict,
    HanzoApp,
    HanzoChart,
    Platform,
    ProofError,
    SpecError,
    SQLConstruct,
)
from hanzo_constructs.constructs.kinds.attributes import OptionalObject, RequiredObject
from hanzo_constructs.spec.kinds import KINDS

pytestmark = pytest.mark.node

IMAGE = {"image": "ghcr.io/hanzoai/x:v1.0.0"}
STORAGE: DatastoreDict = {"storage": {"size": "1Gi"}}
SMALL: dict[str, Any] = {
    "Service": {**IMAGE, "ports": {"http": 8080}},
    "Datastore": STORAGE,
    "Base": {**IMAGE, **STORAGE},
    "Gateway": {"routes": [{"prefix": "/v1/x", "backend": "x:80"}]},
    "Stateful": {**IMAGE, "storage": {"size": "1Gi", "mountPath": "/data"}},
    "Task": IMAGE,
    "InferenceService": {
        "modelRef": "hf://acme/llama",
        "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
    },
    "LatticeService": {
        "replicas": 1,
        "workload": {
            "containers": {
                "main": {
                    "image": f"ghcr.io/hanzoai/x@sha256:{'0a' * 32}",
                    "resources": {part: {"cpu": "100m", "memory": "128Mi"} for part in ("requests", "limits")},
                }
            }
        },
    },
}
"""The least that a kind needs, by what it compiles as."""


def declared(scope: HanzoChart, kind: str) -> Any:
    spec = SMALL[KINDS[kind].compiled_as] | ({"type": "valkey"} if kind == "Datastore" else {})
    return getattr(hanzo_constructs, f"{kind}Construct")(scope, kind.lower(), spec)


@pytest.fixture
def app() -> HanzoApp:
    return HanzoApp(platform=Platform(namespace="shop"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_construct(app: HanzoApp, kind: str) -> None:
    chart = HanzoChart(app, "shop")
    construct = declared(chart, kind)
    assert type(construct.resource) is KINDS[kind].model
    assert issubclass(type(construct), getattr(hanzo_constructs, f"{KINDS[kind].compiled_as}Construct"))
    waiting = construct.manifests
    assert ApiObject.of(construct) is construct.children[construct.main_child]
    assert construct.manifests == waiting == construct.compilation.manifests


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_its_spec_are_offered_and_taken(app: HanzoApp, kind: str) -> None:
    model, spec = getattr(hanzo_constructs, kind), getattr(hanzo_constructs, f"{KINDS[kind].compiled_as}Spec")
    assert (model, spec) == (KINDS[kind].model, KINDS[kind].model.model_fields["spec"].annotation)
    from_mapping = declared(HanzoChart(app, "mapping"), kind)
    given = SMALL[KINDS[kind].compiled_as] | ({"type": "valkey"} if kind == "Datastore" else {})
    construct = type(from_mapping)
    assert construct(HanzoChart(app, "spec"), kind.lower(), spec(**given)).manifests == from_mapping.manifests
    resource = model(metadata={"name": kind.lower()}, spec=given)
    chart = HanzoChart(HanzoApp(platform=Platform(namespace="shop")), "resource")
    assert construct.from_resource(chart, "x", resource).manifests == from_mapping.manifests


@pytest.mark.parametrize("kind", KINDS)
def test_every_attribute_is_a_child_of_the_kind(app: HanzoApp, kind: str) -> None:
    construct = declared(HanzoChart(app, "shop"), kind)
    named = {
        name: attribute.id
        for base in reversed(type(construct).__mro__)
        for name, attribute in vars(base).items()
        if isinstance(attribute, RequiredObject | OptionalObject)
    }
    assert set(construct.children) <= set(named.values())
    for name, id_ in named.items():
        value = getattr(construct, name)
        assert value is construct.children.get(id_) or not value


def test_the_proof_runs_over_all_kinds(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    constructs = [declared(chart, kind) for kind in KINDS]
    assert len(app.manifests) == sum(len(construct.compilation.children) for construct in constructs)
    DatastoreConstruct(HanzoChart(app, "other"), "db", {"type": "valkey", **STORAGE, "serviceAliases": ["gateway"]})
    with pytest.raises(ProofError, match="gateway"):
        _ = app.manifests


def test_another_engine_than_the_facades_is_refused(app: HanzoApp) -> None:
    with pytest.raises(SpecError, match=r"^shop/db \(tests/.*\): SQL db: spec\.type: must be postgresql"):
        SQLConstruct(HanzoChart(app, "shop"), "db", {**STORAGE, "type": "valkey"})
