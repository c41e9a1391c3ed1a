"""A choice of objects as one object: the structural pass for fields that take one of several models."""

from __future__ import annotations

from collections.abc import Sequence

from .model_schema import Schema
from .parts import everywhere
from .schema_error import SchemaError

__all__ = ["unite_variants"]


def unite_variants(schema: Schema) -> Schema:
    """Write a choice of objects, which a field of theirs tells apart, as one object with the fields of all of them.

    Which of the fields belong together is said beside it, by conditions without types, as the API server wants it.
    """

    def mended(part: Schema) -> Schema:
        variants = part.get("oneOf", ())
        if not variants or not all(each.get("type") == "object" and "properties" in each for each in variants):
            return part
        told_by = _told_by(variants)
        rest = {key: value for key, value in part.items() if key != "oneOf"}
        fields = [*dict.fromkeys(name for each in variants for name in each["properties"])]
        united = {
            name: _united([each["properties"][name] for each in variants if name in each["properties"]])
            for name in fields
        }
        conditions = [_condition(each, told_by, fields) for each in variants]
        return {"type": "object", **rest, "required": [told_by], "properties": united, "oneOf": conditions}

    return everywhere(schema, mended)


def _told_by(variants: Sequence[Schema]) -> str:
    """Return the field of which each of *variants* has another value."""
    for name, field in variants[0]["properties"].items():
        values = [each["properties"].get(name, {}).get("enum") for each in variants]
        if len(field.get("enum", ())) == 1 and len({str(value) for value in values}) == len(variants):
            return str(name)
    raise SchemaError("objects of which no field tells them apart cannot be said in a CRD")


def _united(forms: Sequence[Schema]) -> Schema:
    """Return what says that a field has one of *forms*: objects, or one form but for its words."""
    if all("properties" in form for form in forms):
        properties = {name: field for form in forms for name, field in form["properties"].items()}
        return {"type": "object", "properties": properties}
    if len({form.get("type") for form in forms}) > 1:
        raise SchemaError("fields of one name and several types cannot be said in a CRD")
    common = {key: value for key, value in forms[0].items() if all(form.get(key) == value for form in forms)}
    allowed = dict.fromkeys(value for form in forms for value in form.get("enum", ()))
    words = " | ".join(dict.fromkeys(form["description"] for form in forms if "description" in form))
    return {
        **common,
        **({"enum": [*allowed]} if allowed else {}),
        **({"description": words} if words else {}),
    }


def _condition(variant: Schema, told_by: str, fields: Sequence[str]) -> Schema:
    """Return what is asked of the fields of an object that is *variant*: those of others are not there."""
    own = variant["properties"]
    below = {
        name: {"required": form["required"]}
        for name, form in own.items()
        if "properties" in form and "required" in form
    }
    narrow = {name: {"enum": form["enum"]} for name, form in own.items() if "enum" in form}
    absent = [{"required": [name]} for name in fields if name not in own]
    return {
        "properties": {**narrow, **below},
        "required": variant.get("required", [told_by]),
        **({"not": {"anyOf": absent}} if absent else {}),
    }
