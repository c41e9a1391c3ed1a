"""Every type that pods are made of has a model, every property a field of the same name, type and description."""

from __future__ import annotations

import inspect
import json
import warnings
from typing import Any

import pytest
from pydantic import TypeAdapter

from hanzo_constructs.kube import core
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.model import Model, field_docs

pytest.importorskip("kubernetes_validate", reason="the schemas come with kubernetes-validate")

from tests.kube.core.schemas import needed

DEFINITIONS = sorted(needed(37).items())


def model_of(name: str) -> type[Part]:
    model: type[Part] = getattr(core, name)
    assert issubclass(model, Part)
    return model


def test_there_is_a_model_for_every_definition_and_for_nothing_else() -> None:
    models = {name for name in core.__all__ if inspect.isclass(getattr(core, name))}
    assert models == {name for name, _ in DEFINITIONS}
    assert len(models) > 100


@pytest.mark.parametrize(("name", "definition"), DEFINITIONS, ids=[name for name, _ in DEFINITIONS])
def test_every_property_is_a_field_of_the_same_type(name: str, definition: dict[str, Any]) -> None:
    model = model_of(name)
    published = model.model_json_schema(by_alias=True)
    if "$ref" in published:
        published = published["$defs"][name]
    properties = published.get("properties", {})
    assert {key: shape(schema) for key, schema in properties.items()} == {
        key: kubernetes_shape(schema) for key, schema in definition.get("properties", {}).items()
    }
    assert set(published.get("required", [])) == set(definition.get("required", []))
    assert published["additionalProperties"] is False


def kubernetes_shape(schema: dict[str, Any]) -> Any:
    """Return the type a Kubernetes *schema* asks for, null and what is said about it left out."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition(".")[2]
        # Both are published alike: an integer or a string.
        plain = {
            "IntOrString": "int-or-string",
            "Quantity": "int-or-string",
            "Time": "string",
            "FieldsV1": ["object", "any"],
        }
        return plain.get(name, name)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    (kind,) = [kind for kind in kinds if kind != "null"]
    if kind == "array":
        return ["array", kubernetes_shape(schema["items"])]
    if kind == "object":
        return ["object", kubernetes_shape(schema["additionalProperties"])]
    return f"{kind}:{schema['format']}" if "format" in schema else kind


def shape(schema: dict[str, Any]) -> Any:
    """Return the same for a *schema* that pydantic made."""
    match schema:
        case {"x-kubernetes-int-or-string": True}:
            return "int-or-string"
        case {"anyOf": members}:
            (member,) = [member for member in members if member.get("type") != "null"]
            return shape(member)
        case {"$ref": reference}:
            return reference.rpartition("/")[2]
        case {"type": "array"}:
            return ["array", shape(schema["items"])]
        case {"type": "object", "additionalProperties": below}:
            return ["object", "any" if below is True else shape(below)]
    return f"{schema['type']}:{schema['format']}" if schema["type"] == "integer" else schema["type"]


@pytest.mark.parametrize(("name", "definition"), DEFINITIONS, ids=[name for name, _ in DEFINITIONS])
def test_every_description_is_kubernetes_own(name: str, definition: dict[str, Any]) -> None:
    model = model_of(name)
    assert lines(model.__doc__) == lines(definition["description"])
    docs = field_docs(model)
    assert {field.alias: lines(docs.get(key)) for key, field in model.model_fields.items()} == {
        key: lines(schema["description"]) for key, schema in definition.get("properties", {}).items()
    }


def lines(text: str | None) -> list[str]:
    assert text
    return [line.rstrip() for line in inspect.cleandoc(text).split("\n")]


def test_bounds_and_closed_sets_are_published() -> None:
    port = core.ContainerPort.model_json_schema()["properties"]
    assert port["containerPort"] == {
        "format": "int32", "maximum": 65535, "minimum": 1, "title": "Containerport", "type": "integer",
    }  # fmt: skip
    assert {"enum": ["SCTP", "TCP", "UDP"], "type": "string"} in port["protocol"]["anyOf"]
    probe = core.Probe.model_json_schema()["properties"]["periodSeconds"]
    assert {"format": "int32", "minimum": 0, "type": "integer"} in probe["anyOf"]


def test_nothing_of_the_configuration_leaks_into_the_schema() -> None:
    """Only an amount has a form of its own: Kubernetes publishes none, and the models check it."""
    published = core.Container.model_json_schema()
    amounts = published["$defs"]["ResourceRequirements"]["properties"].pop("limits")
    assert '"pattern"' in json.dumps(amounts)
    del published["$defs"]["ResourceRequirements"]["properties"]["requests"]
    del published["$defs"]["ResourceFieldSelector"]["properties"]["divisor"]
    assert "Length" not in json.dumps(published)
    assert '"pattern"' not in json.dumps(published)


def test_field_names_shadow_nothing() -> None:
    inherited = set(dir(Model))
    assert not {(name, field) for name, _ in DEFINITIONS for field in model_of(name).model_fields if field in inherited}


def test_the_models_build_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, _ in DEFINITIONS:
            TypeAdapter(model_of(name)).rebuild(force=True)
