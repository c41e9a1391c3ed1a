"""A resource that Python code makes has the kind of its class, and the group and version of the platform."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec import facades
from hanzo_constructs.spec.datastore import Datastore
from hanzo_constructs.spec.facades import IAM
from hanzo_constructs.spec.kinds import KINDS, Kind
from hanzo_constructs.spec.resource import Resource
from hanzo_constructs.spec.service import Service

METADATA: Any = {"name": "api", "namespace": "shop"}
SPEC: Any = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}


def refusal(model: type[Resource], platform: Platform | None = None, **given: Any) -> str:
    with pytest.raises(SpecError) as refused:
        compile_resource(model(metadata=METADATA, **given), platform)
    return str(refused.value)


@pytest.mark.parametrize("kind", [*sorted(KINDS.keys() - {"Service"}), "Nonsense", ""])
def test_a_service_is_of_no_other_kind(kind: str) -> None:
    assert "kind: must be Service, got" in refusal(Service, kind=kind, spec=SPEC)


@pytest.mark.parametrize("kind", [*sorted(KINDS.keys() - {"Datastore"}), "Nonsense"])
def test_a_datastore_is_of_no_other_kind(kind: str) -> None:
    spec: Any = {"type": "nats", "storage": {"size": "1Gi"}}
    assert "kind: must be Datastore, got" in refusal(Datastore, kind=kind, spec=spec)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_model_has_the_kind_of_its_row_and_refuses_another(kind: Kind) -> None:
    assert kind.model.model_fields["kind"].default == kind.name
    with pytest.raises(SpecError, match=f"kind: must be .*{kind.name}, got"):
        kind.model(kind="Nonsense", metadata=METADATA, spec=SPEC)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.of], ids=lambda kind: kind.name)
def test_a_facade_is_its_kind_in_everything_else(kind: Kind) -> None:
    behind = KINDS[kind.of]
    assert issubclass(kind.model, behind.model)
    assert kind.model is getattr(facades, kind.name)
    assert kind.model.model_fields["spec"].annotation is behind.model.model_fields["spec"].annotation
    assert pickle.loads(pickle.dumps(kind.model)) is kind.model  # noqa: S301 - what was pickled here


def test_names_of_kinds_are_given_once() -> None:
    names = [name for kind in KINDS.values() for name in {kind.name.lower(), kind.plural, *kind.short_names}]
    assert len({*names}) == len(names)


def test_no_other_name_is_a_facade() -> None:
    for name in ("Service", "Nonsense"):
        with pytest.raises(AttributeError, match=name):
            getattr(facades, name + "s")


def test_a_class_of_ones_own_is_of_the_kind_of_its_base() -> None:
    class Api(Service):
        """A service with a method more."""

    assert compile_resource(Api(metadata=METADATA, spec=SPEC)).children


@pytest.mark.parametrize(
    ("api_version", "message"),
    [
        ("wrong", 'must be hanzo.ai/v1, got "wrong"'),
        ("v1", "must be hanzo.ai/v1, got v1"),
        ("hanzo.ai/v1alpha1", "migrate"),
        ("example.com/v1", "set apiGroup in the platform settings"),
    ],
)
@pytest.mark.parametrize("model", [Service, IAM])
def test_an_api_version_is_that_of_the_platform(model: type[Service], api_version: str, message: str) -> None:
    assert message in refusal(model, api_version=api_version, spec=SPEC)


def test_a_group_of_ones_own() -> None:
    platform = Platform(api_group="example.com")
    given: Any
    for given in ({}, {"api_version": "example.com/v1"}):
        compiled = compile_resource(Service(metadata=METADATA, spec=SPEC, **given), platform)
        assert compiled.resource_manifest["apiVersion"] == "example.com/v1"
    assert "must be example.com/v1" in refusal(Service, platform, api_version="hanzo.ai/v1", spec=SPEC)
