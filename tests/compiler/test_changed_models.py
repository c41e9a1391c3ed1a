"""What somebody does to a model after it was compiled changes neither what is written nor what is said of it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from hanzo_constructs import HanzoApp, HanzoChart
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.constructs.kinds.facades import construct_of
from hanzo_constructs.constructs.kinds.resource import ResourceConstruct
from hanzo_constructs.explain import reasons
from hanzo_constructs.kube.copying import own_copy
from hanzo_constructs.kube.fields import wire_name
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.network_policy import NetworkPolicy
from hanzo_constructs.spec.resource import Resource
from tests.properties.resources import SHAPES
from tests.properties.rich import NEWEST, rich

CONSTRUCTS = {kind: construct_of(kind) for kind in KINDS}


def resource(kind: str) -> Resource:
    document = rich(kind)
    document["spec"] |= {"labels": {"tier": "front"}, "annotations": {"note": "old"}}
    return parse_as(KINDS[kind].model, document)


def spoil(value: Any) -> int:
    """Change every dict in *value*, as far as it goes; return how many there were."""
    if isinstance(value, BaseModel):
        return sum(map(spoil, vars(value).values()))
    if isinstance(value, dict):
        found = 1 + sum(map(spoil, value.values()))
        value.clear()
        value["spoilt"] = "spoilt"
        return found
    return sum(map(spoil, value)) if isinstance(value, tuple) else 0


def told(compilation: Compilation) -> list[Any]:
    """Return what is written of *compilation*, and what its reasons are computed from."""
    return [compilation.manifests, compilation.resource_manifest, compilation.resource, compilation.links]


@pytest.mark.parametrize("kind", KINDS)
def test_a_compilation_does_not_follow_its_resource(kind: str) -> None:
    original = resource(kind)
    expected = told(compile_resource(resource(kind), NEWEST))
    compilation = compile_resource(original, NEWEST)
    assert spoil(original) > 3
    assert told(compilation) == expected


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SHAPES)
def test_reasons_do_not_follow_the_resource(kind: str) -> None:
    original = resource(kind)
    expected = reasons(compile_resource(resource(kind), NEWEST))
    compilation = compile_resource(original, NEWEST)
    assert spoil(original) > 3
    assert reasons(compilation) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", ["a model", "models in a mapping", "a resource"])
def test_a_construct_does_not_follow_its_spec(kind: str, given: str) -> None:
    def construct(spec: Any) -> ResourceConstruct[Any]:
        chart = HanzoChart(HanzoApp(platform=NEWEST), "shop")
        if given == "a resource":
            return CONSTRUCTS[kind].from_resource(chart, "api", spec)
        return CONSTRUCTS[kind](chart, "api", spec, namespace="hanzo", labels={"hanzo.ai/org": "hanzo"})

    def parts(whole: Resource) -> Any:
        if given == "a resource":
            return whole
        fields = {wire_name(name): getattr(whole.spec, name) for name in whole.spec.model_fields_set}
        return whole.spec if given == "a model" else fields

    expected = construct(parts(resource(kind)))
    original = resource(kind)
    made = construct(parts(original))
    assert spoil(original) > 3
    assert made.manifests == expected.manifests
    assert told(made.compilation) == told(expected.compilation)
    assert made.resource == expected.resource


def test_a_datastore_that_lets_another_in_does_not_follow_its_spec() -> None:
    chart = HanzoChart(HanzoApp(platform=NEWEST), "shop", namespace="hanzo")
    labels = {"tier": "front"}
    policy = NetworkPolicy(
        allow_intra_namespace=False,
        allow_from=({"podSelector": {"matchLabels": labels}},),  # type: ignore[arg-type]
    )
    spec = resource("Datastore").spec.model_copy(update={"network_policy": policy})
    original = resource("Datastore").model_copy(update={"spec": spec})
    store = CONSTRUCTS["Datastore"](chart, "store", original.spec)
    before = store.manifests
    spoil(original)
    url: str = store.connection_url  # type: ignore[attr-defined]
    CONSTRUCTS["Service"](chart, "api", {"image": "ghcr.io/hanzoai/api:v1", "env": {"URL": url}})
    changed = [new for old, new in zip(before, store.manifests, strict=True) if old != new]
    assert [manifest["kind"] for manifest in changed] == ["NetworkPolicy"]
    assert "spoilt" not in str(changed)


def test_a_platform_holds_nothing_that_can_change() -> None:
    platform = Platform(feature_gates=["EnvFiles"])  # type: ignore[arg-type]
    assert own_copy(platform) is platform
    assert spoil(platform) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_equal_and_says_the_same_of_what_was_written(kind: str) -> None:
    original = resource(kind)
    copy = own_copy(original)
    assert copy == original
    assert written_fields(copy) == written_fields(original)


def written_fields(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_fields_set, {name: written_fields(item) for name, item in vars(value).items()}
    return [written_fields(item) for item in value] if isinstance(value, tuple) else None
