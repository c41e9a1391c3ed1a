"""A resource that Python code makes has the kind of its class, and the group and version of the platform."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.facades import IAM
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.resource import Datastore, Resource, Service

METADATA: Any = {"name": "api", "namespace": "shop"}
SPEC: Any = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}


def refusal(resource: Resource, platform: Platform | None = None) -> str:
    with pytest.raises(SpecError) as refused:
        compile_resource(resource, platform)
    return str(refused.value)


@pytest.mark.parametrize("kind", [*sorted(KINDS.keys() - {"Service"}), "Nonsense", ""])
def test_a_service_is_of_no_other_kind(kind: str) -> None:
    assert "kind: must be Service, got" in refusal(Service(kind=kind, metadata=METADATA, spec=SPEC))


@pytest.mark.parametrize("kind", [*sorted(KINDS.keys() - {"Datastore"}), "Nonsense"])
def test_a_datastore_is_of_no_other_kind(kind: str) -> None:
    spec: Any = {"type": "nats", "storage": {"size": "1Gi"}}
    assert "kind: must be Datastore, got" in refusal(Datastore(kind=kind, metadata=METADATA, spec=spec))


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
    assert message in refusal(model(api_version=api_version, metadata=METADATA, spec=SPEC))


def test_a_group_of_ones_own() -> None:
    platform = Platform(api_group="example.com")
    given: Any
    for given in ({}, {"api_version": "example.com/v1"}):
        compiled = compile_resource(Service(metadata=METADATA, spec=SPEC, **given), platform)
        assert compiled.resource_manifest["apiVersion"] == "example.com/v1"
    assert "must be example.com/v1" in refusal(
        Service(api_version="hanzo.ai/v1", metadata=METADATA, spec=SPEC), platform
    )
