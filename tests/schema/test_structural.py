"""Each form that a model may have becomes one that an API server takes; what nobody knows is an error with a path."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, Field

from hanzo_constructs.schema.model_schema import CORE, LIST_KEYS, model_schema
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.schema.schema_error import SchemaError
from hanzo_constructs.schema.structural import PASSES, inline_references, structural
from hanzo_constructs.spec.kinds import KINDS

_OBJECT = {"type": "object"}
_TEXT = {"type": "string"}
_NAMED = {"type": "object", "properties": {"name": _TEXT}, "required": ["name"]}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ({"const": "a", "type": "string"}, {"enum": ["a"], "type": "string"}),
        ({"type": "string", "title": "A", "examples": ["a"], "deprecated": True}, _TEXT),
        ({"type": "object", "properties": {"a": _TEXT}, "additionalProperties": False},
         {"type": "object", "properties": {"a": _TEXT}}),
        ({"type": "object", "additionalProperties": True},
         {"type": "object", "x-kubernetes-preserve-unknown-fields": True}),
        (_OBJECT, {"type": "object", "x-kubernetes-preserve-unknown-fields": True}),
        ({}, {"x-kubernetes-preserve-unknown-fields": True}),
        ({"type": "object", "additionalProperties": _TEXT}, {"type": "object", "additionalProperties": _TEXT}),
        ({"type": "object", "additionalProperties": _TEXT, "minLength": 1},
         {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}),
        ({"type": "array", "items": _TEXT, "minLength": 1, "maxLength": 9},
         {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 9, "x-kubernetes-list-type": "atomic"}),
        ({"type": "array", "items": {**_NAMED, LIST_KEYS: ["name"]}},
         {"type": "array", "items": _NAMED, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}),
        ({"type": "array", "items": {**_NAMED, "required": [], LIST_KEYS: ["name"]}},
         {"type": "array", "items": {**_NAMED, "required": []}, "x-kubernetes-list-type": "atomic"}),
        ({"type": "array", "items": {**_NAMED, CORE: "core.Volume"}},
         {"type": "array", "items": _NAMED, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}),
        ({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10},
         {"type": "integer", "minimum": 1, "maximum": 9, "format": "int32"}),
        ({"type": "integer"}, {"type": "integer", "format": "int64"}),
        ({"type": "integer", "maximum": 2**31}, {"type": "integer", "maximum": 2**31, "format": "int64"}),
        ({"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
         {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]}),
        ({"properties": {"a": {"$ref": "#/$defs/A", "description": "mine"}}, "type": "object",
          "$defs": {"A": {"type": "string", "description": "its"}}},
         {"properties": {"a": {"type": "string", "description": "mine"}}, "type": "object"}),
        ({"type": "object", "description": "own",
          "properties": {"a": {CORE: "m.A", "type": "object", "description": "field",
                               "properties": {"b": {"type": "string", "description": "below"}}}}},
         {"type": "object", "description": "own",
          "properties": {"a": {"type": "object", "description": "field", "properties": {"b": _TEXT}}}}),
        # a choice of objects is one with the fields of all, and says which belong together
        ({"oneOf": [
            {"type": "object", "required": ["type"], "properties": {
                "type": {"const": "a", "type": "string"}, "n": {"type": "string", "minLength": 1},
                "p": {"type": "object", "required": ["x"], "properties": {"x": _TEXT}}}},
            {"type": "object", "required": ["type", "m"], "properties": {
                "type": {"const": "b", "type": "string"}, "n": _TEXT, "m": _TEXT,
                "p": {"type": "object", "properties": {"y": _TEXT}}}},
         ]},
         {"type": "object", "required": ["type"], "properties": {
             "type": {"type": "string", "enum": ["a", "b"]}, "n": _TEXT, "m": _TEXT,
             "p": {"type": "object", "properties": {"x": _TEXT, "y": _TEXT}}},
          "oneOf": [
              {"properties": {"type": {"enum": ["a"]}, "p": {"required": ["x"]}}, "required": ["type"],
               "not": {"anyOf": [{"required": ["m"]}]}},
              {"properties": {"type": {"enum": ["b"]}}, "required": ["type", "m"]},
          ]}),
    ],
)  # fmt: skip
def test_it_becomes_what_a_server_takes(written: dict[str, Any], stored: dict[str, Any]) -> None:
    assert structural(written) == stored


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"type": "object", "properties": {"a": {"type": "array", "items": {"patternProperties": {}, "type": "object"}}}},
         r"a\[\]: patternProperties cannot be said in a CRD"),
        ({"not": {}, "type": "string"}, "the resource: not cannot be said in a CRD"),
        ({"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}},
          "$defs": {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/A"}}}}},
         r"a\.b: A holds itself; a structural schema cannot be recursive"),
        ({"oneOf": [{"type": "object", "properties": {"a": _TEXT}}, {"type": "object", "properties": {"b": _TEXT}}]},
         "objects of which no field tells them apart cannot be said in a CRD"),
        ({"oneOf": [{"type": "object", "properties": {"t": {"enum": [1], "type": "integer"}, "x": _TEXT}},
                    {"type": "object", "properties": {"t": {"enum": [2], "type": "integer"}, "x": {"type": "integer"}}}]},
         "fields of one name and several types cannot be said in a CRD"),
        ({"type": "number", "exclusiveMinimum": 0}, "bounds of number that exclude themselves cannot be said in a CRD"),
    ],
)  # fmt: skip
def test_what_no_pass_knows_is_an_error(written: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemaError, match=f"^{message}$"):
        structural(written)


def test_null_is_no_value_of_an_optional_field() -> None:
    class Inner(BaseModel):
        one: int | None = None
        many: tuple[int, ...] = ()

    class Some(BaseModel):
        one: int | None = None
        many: list[int] = Field(default_factory=list)
        none: tuple[int, ...] = ()
        kept: int = 0
        block: Inner = Inner()

    properties = model_schema(Some)["properties"]
    assert [*map(sorted, properties.values())] == [
        ["type"],
        ["items", "type"],
        ["items", "type"],
        ["default", "type"],
        ["$ref"],
    ]


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if not kind.of])
def test_every_field_of_a_kind_is_published(kind: str) -> None:
    """The passes drop no field: each place of the model, references followed, is a place of what is stored."""
    whole = PASSES[0](model_schema(KINDS[kind].model))
    stored = structural(model_schema(KINDS[kind].model))
    # the fields of a choice of models stand in each of them, and once in what is stored
    assert {path for path, _ in parts_of(stored, "")} == {path for path, _ in parts_of(whole, "")}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if not kind.of])
def test_every_field_of_our_own_is_described(kind: str) -> None:
    without = [
        path
        for path, part in _own_fields(PASSES[0](model_schema(KINDS[kind].model)), "")
        if not part.get("description")
    ]
    assert without == []


def _own_fields(schema: dict[str, Any], path: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of models that are not Kubernetes' own."""
    found: list[tuple[str, dict[str, Any]]] = []
    if CORE not in schema:
        for name, part in schema.get("properties", {}).items():
            found += [(f"{path}.{name}", part), *_own_fields(part, f"{path}.{name}")]
    for below in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(below, dict):
            found += _own_fields(below, f"{path}[]")
    return found


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if not kind.of])
def test_every_integer_has_an_end(kind: str) -> None:
    """One that no server stores, and no other reader gives back, is refused where it is written."""
    endless = [
        path
        for path, part in parts_of(inline_references(model_schema(KINDS[kind].model)), "")
        if part.get("type") == "integer" and not part.keys() & {"maximum", "exclusiveMaximum", "format"}
    ]
    assert endless == []
