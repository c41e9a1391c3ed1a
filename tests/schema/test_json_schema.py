"""What editors are told agrees with what is compiled, judged by another validator of JSON Schema."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from hanzo_constructs.kube.published import BY_NAME, FIELDS_BY_NAME, PRESENCE, SHORT_FORM
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.json_schema import kind_schema, kinds_schema, settings_schema
from hanzo_constructs.schema.model_schema import CORE, LIST_KEYS
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.spec.kinds import KINDS
from tests.golden.cases import VALID

_META = jsonschema_rs.meta


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(kinds_schema([*KINDS.values()], Platform()))


def _service(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "api"},
        "spec": {"image": "ghcr.io/acme/api:v1", **spec},
    }


def _messages(document: dict[str, Any]) -> list[str]:
    return [error.message for error in _validator().iter_errors(document)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_with_no_keyword_of_our_own(kind: str) -> None:
    schema = kind_schema(KINDS[kind], Platform())
    assert _META.is_valid(schema)
    own = {CORE, LIST_KEYS, BY_NAME, FIELDS_BY_NAME, PRESENCE, SHORT_FORM}
    for definition in (schema, *schema["$defs"].values()):
        assert not [path for path, part in parts_of(definition, "") if own & part.keys()]


def test_whatever_compiles_is_taken() -> None:
    refused = [
        (case.name, message)
        for case in VALID
        if case.platform.api_group == "hanzo.ai"
        for document in case.documents
        if document["kind"] in KINDS
        for message in _messages(document)
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"replcas": 2}, "Additional properties are not allowed ('replcas' was unexpected)"),
        ({"replicas": "2"}, '"2" is not of type "integer"'),
        ({"ingress": {"hosts": ["a.example.com"], "tsl": True}}, "('tsl' was unexpected)"),
        ({"env": {"A": 1}}, "is not valid under any of the schemas"),
        ({"ports": {"http": 70000}}, "is not valid under any of the schemas"),
        ({"image": {"repository": "a", "tag": "no tag"}}, "is not valid under any of the schemas"),
        ({"sidecars": [{"name": "a", "image": "b:1", "env": {"A": {"valeu": "b"}}}]}, "is not valid under any"),
        ({"strategy": "Rolling"}, '"Rolling" is not one of "RollingUpdate" or "Recreate"'),
        ({"resources": {"limits": {"cpu": "1 core"}}}, '"1 core" is not valid under any'),
    ],
)
def test_a_mistake_is_seen(spec: dict[str, Any], message: str) -> None:
    (found,) = _messages(_service(**spec))
    assert message in found


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"image": {"repository": "ghcr.io/acme/api", "tag": "v1"}},
        {"env": {"A": "b", "C": {"secretKeyRef": {"name": "s", "key": "k"}}, "D": {"value": "e"}}},
        {"env": [{"name": "A", "value": "b"}]},
        {"ports": {"http": 8080, "grpc": {"containerPort": 9090, "protocol": "TCP"}}},
        {"sidecars": [{"name": "a", "image": "b:1", "env": {"A": "b"}, "ports": {"http": {"containerPort": 1}}}]},
        {"resources": {"limits": {"cpu": 1, "memory": "1Gi"}}},
    ],
)
def test_every_form_that_may_be_written_is_taken(spec: dict[str, Any]) -> None:
    assert _messages(_service(**spec)) == []


def test_a_kind_that_there_is_not_and_another_group_are_seen() -> None:
    assert '"Serivce" is not one of' in _messages({**_service(), "kind": "Serivce"})[0]
    assert _messages({**_service(), "apiVersion": "apps/v1"}) == ['"hanzo.ai/v1" was expected']


def test_settings_are_checked_too() -> None:
    validator = jsonschema_rs.validator_for(settings_schema())
    assert _META.is_valid(settings_schema())
    (settings,) = load_all(b'epoch: "2025"\nnamespace: shop\noverlay: [Deployment.spec]\nkubernetes: "1.30"\n')
    assert validator.is_valid(settings.data)
    assert not validator.is_valid({"namspace": "shop"})


def test_a_facade_says_what_it_is() -> None:
    assert kind_schema(KINDS["SQL"], Platform())["description"] == "A PostgreSQL database."
