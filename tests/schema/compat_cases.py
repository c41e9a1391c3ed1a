"""Prepared changes of a definition, and what is to be said of each; where it breaks, an object that shows it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from hanzo_constructs.schema.compat import Severity

__all__ = ["CASES", "Case", "definition"]

_OLD: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 10, "pattern": "^[a-z]+$"},
        "free": {"type": "string"},
        "word": {"type": "string", "enum": ["a", "b"]},
        "size": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9, "default": 2},
        "wide": {"type": "integer", "format": "int64"},
        "plain": {"type": "integer", "format": "int32"},
        "amount": {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
        "maybe": {"type": "string", "nullable": True},
        "list": {
            "type": "array",
            "maxItems": 3,
            "items": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        },
        "named": {
            "type": "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["name"],
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "zone": {"type": "string", "default": "z"}},
                "required": ["name"],
            },
        },
        "labels": {"type": "object", "maxProperties": 2, "additionalProperties": {"type": "string"}},
        "open": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "closed": {"type": "object", "properties": {"a": {"type": "string"}}},
        "needed": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        "ruled": {
            "type": "object",
            "properties": {"least": {"type": "integer"}, "most": {"type": "integer"}},
            "x-kubernetes-validations": [{"rule": "self.least <= self.most", "message": "least must not exceed most"}],
        },
    },
}


def definition(spec: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a definition with a schema of the *spec*; *changes* are other fields of its spec."""
    schema = {"type": "object", "properties": {"spec": deepcopy(_OLD if spec is None else spec)}}
    version = {
        "name": "v1",
        "served": True,
        "storage": True,
        "schema": {"openAPIV3Schema": schema},
        "subresources": {"status": {}},
        "additionalPrinterColumns": [{"name": "Word", "type": "string", "jsonPath": ".spec.word"}],
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "things.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {
                "kind": "Thing",
                "listKind": "ThingList",
                "plural": "things",
                "singular": "thing",
                "shortNames": ["th"],
                "categories": ["all"],
            },
            "versions": [version],
            **changes,
        },
    }


@dataclass(frozen=True)
class Case:
    """A change of a field of the spec, and what is said of it."""

    name: str
    place: str
    """The field: `spec.size`."""
    patch: dict[str, Any]
    """What its schema becomes: keys that are laid over it; None removes one."""
    severity: Severity
    check: str
    at: str = ""
    """Where it is said, if not at the field."""
    ratchets: bool = False
    shows: dict[str, Any] = field(default_factory=dict)
    """A spec that the old schema takes and keeps, and the new one refuses or does not keep."""

    @property
    def new(self) -> dict[str, Any]:
        """The new schema of the spec."""
        spec = deepcopy(_OLD)
        part = spec
        for step in self.place.split(".")[1:]:
            part = part["items"] if step == "[]" else part["properties"][step]
        for key, value in self.patch.items():
            if value is None:
                part.pop(key, None)
            else:
                part[key] = deepcopy(value)
        return spec


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in _OLD["properties"].items() if key != name}


_NAME = {"type": "string"}

CASES = [
    Case("a field goes", "spec", {"properties": _without("free")}, "breaking", "removed", "spec.free", shows={"free": "x"}),
    Case("a field comes", "spec", {"properties": {**_OLD["properties"], "more": _NAME}}, "safe", "added", "spec.more"),
    Case("a field below goes", "spec.closed", {"properties": {}, "x-kubernetes-preserve-unknown-fields": True}, "risky", "removed", "spec.closed.a"),
    Case("a field is needed", "spec", {"required": ["free"]}, "breaking", "required", "spec.free", shows={"word": "a"}),
    Case("a field below is needed", "spec.closed", {"required": ["a"]}, "breaking", "required", "spec.closed.a", shows={"closed": {}}),
    Case("a field is needed no more", "spec.needed", {"required": None}, "risky", "required", "spec.needed.a"),
    Case("another type", "spec.free", {"type": "integer"}, "breaking", "type", shows={"free": "x"}),
    Case("a list of one", "spec.free", {"type": "array", "items": _NAME}, "breaking", "type", shows={"free": "x"}),
    Case("an integer or a string", "spec.free", {"type": None, "x-kubernetes-int-or-string": True}, "risky", "type"),
    Case("a string alone", "spec.amount", {"type": "string", "x-kubernetes-int-or-string": None, "anyOf": None}, "breaking", "type", shows={"amount": 1}),
    Case("a mapping of objects", "spec.labels", {"additionalProperties": {"type": "integer"}}, "breaking", "type", "spec.labels[]", shows={"labels": {"a": "b"}}),
    Case("fields in place of any keys", "spec.labels", {"additionalProperties": None, "maxProperties": None, "properties": {"b": _NAME}}, "breaking", "type", shows={"labels": {"a": "b"}}),
    Case("values", "spec.free", {"enum": ["a"]}, "breaking", "enum", ratchets=True, shows={"free": "x"}),
    Case("a value goes", "spec.word", {"enum": ["a"]}, "breaking", "enum", ratchets=True, shows={"word": "b"}),
    Case("a value comes", "spec.word", {"enum": ["a", "b", "c"]}, "risky", "enum"),
    Case("any value", "spec.word", {"enum": None}, "safe", "enum"),
    Case("maximum lowered", "spec.size", {"maximum": 8}, "breaking", "maximum", ratchets=True, shows={"size": 9}),
    Case("maximum raised", "spec.size", {"maximum": 10}, "safe", "maximum"),
    Case("maximum gone", "spec.size", {"maximum": None}, "safe", "maximum"),
    Case("a maximum", "spec.wide", {"maximum": 5}, "breaking", "maximum", ratchets=True, shows={"wide": 6}),
    Case("minimum raised", "spec.size", {"minimum": 2}, "breaking", "minimum", ratchets=True, shows={"size": 1}),
    Case("minimum lowered", "spec.size", {"minimum": 0}, "safe", "minimum"),
    Case("a minimum", "spec.wide", {"minimum": 5}, "breaking", "minimum", ratchets=True, shows={"wide": 1}),
    Case("maxLength lowered", "spec.text", {"maxLength": 3}, "breaking", "maxLength", ratchets=True, shows={"text": "abcd"}),
    Case("maxLength raised", "spec.text", {"maxLength": 30}, "safe", "maxLength"),
    Case("a maxLength", "spec.free", {"maxLength": 3}, "breaking", "maxLength", ratchets=True, shows={"free": "abcd"}),
    Case("minLength raised", "spec.text", {"minLength": 3}, "breaking", "minLength", ratchets=True, shows={"text": "ab"}),
    Case("minLength lowered", "spec.text", {"minLength": 0}, "safe", "minLength"),
    Case("maxItems lowered", "spec.list", {"maxItems": 1}, "breaking", "maxItems", ratchets=True, shows={"list": [{"name": "a"}, {"name": "b"}]}),
    Case("maxItems gone", "spec.list", {"maxItems": None}, "safe", "maxItems"),
    Case("a minItems", "spec.list", {"minItems": 1}, "breaking", "minItems", ratchets=True, shows={"list": []}),
    Case("maxProperties lowered", "spec.labels", {"maxProperties": 1}, "breaking", "maxProperties", ratchets=True, shows={"labels": {"a": "b", "c": "d"}}),
    Case("a minProperties", "spec.labels", {"minProperties": 1}, "breaking", "minProperties", ratchets=True, shows={"labels": {}}),
    Case("a pattern", "spec.free", {"pattern": "^a$"}, "breaking", "pattern", ratchets=True, shows={"free": "x"}),
    Case("another pattern", "spec.text", {"pattern": "^[a-y]+$"}, "breaking", "pattern", ratchets=True, shows={"text": "z"}),
    Case("a pattern goes", "spec.text", {"pattern": None}, "safe", "pattern"),
    Case("a format", "spec.free", {"format": "date-time"}, "breaking", "format", ratchets=True, shows={"free": "x"}),
    Case("a narrower integer", "spec.wide", {"format": "int32"}, "breaking", "format", ratchets=True, shows={"wide": 2**40}),
    Case("a wider integer", "spec.plain", {"format": "int64"}, "risky", "format"),
    Case("null too", "spec.free", {"nullable": True}, "risky", "nullable"),
    Case("null no more", "spec.maybe", {"nullable": None}, "breaking", "nullable", shows={"maybe": None}),
    Case("a default", "spec.free", {"default": "x"}, "risky", "default"),
    Case("another default", "spec.size", {"default": 3}, "breaking", "default", shows={"word": "a"}),
    Case("no default", "spec.size", {"default": None}, "breaking", "default", shows={"word": "a"}),
    Case("another default of an item", "spec.named.[].zone", {"default": "y"}, "breaking", "default", "spec.named[].zone", shows={"named": [{"name": "a"}]}),
    Case("another description", "spec.free", {"description": "other"}, "safe", "description"),
    Case("a list by name", "spec.list", {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}, "breaking", "list-type", shows={"list": [{"name": "a"}, {"name": "a"}]}),
    Case("a list as a whole", "spec.named", {"x-kubernetes-list-type": "atomic", "x-kubernetes-list-map-keys": None}, "risky", "list-type"),
    Case("a list by two names", "spec.named", {"x-kubernetes-list-map-keys": ["name", "zone"]}, "breaking", "list-map-keys"),
    Case("an object as a whole", "spec.closed", {"x-kubernetes-map-type": "atomic"}, "risky", "map-type"),
    Case("unknown fields no more", "spec.open", {"x-kubernetes-preserve-unknown-fields": None}, "breaking", "preserve-unknown-fields", shows={"open": {"a": 1}}),
    Case("unknown fields too", "spec.closed", {"x-kubernetes-preserve-unknown-fields": True}, "safe", "preserve-unknown-fields"),
    Case("a rule", "spec.closed", {"x-kubernetes-validations": [{"rule": "has(self.a)", "message": "a"}]}, "breaking", "rule", ratchets=True, shows={"closed": {}}),
    Case("a rule goes", "spec.ruled", {"x-kubernetes-validations": None}, "safe", "rule"),
    Case("a rule says something else", "spec.ruled", {"x-kubernetes-validations": [{"rule": "self.least <= self.most", "message": "no"}]}, "safe", "rule"),
    Case("a stricter rule", "spec.ruled", {"x-kubernetes-validations": [{"rule": "self.least < self.most", "message": "no"}]}, "breaking", "rule", ratchets=True, shows={"ruled": {"least": 1, "most": 1}}),
]  # fmt: skip
"""Changes of fields."""
