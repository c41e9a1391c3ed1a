"""From the JSON Schema of a model to the structural schema of a CustomResourceDefinition, by named passes.

The API server takes a small part of JSON Schema: no references, no null, no closed objects, every list and every object
typed. Each pass mends one thing and says how; what none of them knows is an error with the path of the model, so that a
new form in a model cannot be published wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from ..kube.published import BY_NAME, EITHER, FIELDS_BY_NAME, PRESENCE, SHORT_FORM, UNIQUE
from .core_lists import core_list_keys
from .model_schema import CORE, LIST_KEYS, RULES, Schema
from .parts import everywhere, parts_of, with_parts
from .schema_error import SchemaError
from .variants import unite_variants

__all__ = [
    "PASSES",
    "count_what_it_is",
    "drop_core_descriptions",
    "include_bounds",
    "inline_references",
    "key_lists",
    "open_objects",
    "size_integers",
    "state_rules",
    "store_no_decision",
    "strip_editor_keywords",
    "structural",
    "type_constants",
]

_INT32 = 2**31 - 1
_KNOWN = frozenset(
    [
        "additionalProperties",
        "anyOf",
        "default",
        "description",
        "enum",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "nullable",
        "oneOf",
        "pattern",
        "properties",
        "required",
        "type",
        "x-kubernetes-int-or-string",
        "x-kubernetes-list-map-keys",
        "x-kubernetes-list-type",
        "x-kubernetes-map-type",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-validations",
    ]
)
"""Keywords that a structural schema may have when all passes but the last are done, which adds `not`."""
_FOR_EDITORS = frozenset(("title", "examples", "deprecated", "readOnly", "writeOnly", "discriminator", "$comment"))
"""Keywords that mean nothing to the API server, or that it refuses."""


def structural(schema: Schema) -> Schema:
    """Return the structural schema that says what *schema* of `model_schema` says; raises `SchemaError`."""
    *mending, uniting = PASSES
    found = schema
    for each in mending:
        found = each(found)
    for path, part in parts_of(found, ""):
        if unknown := part.keys() - _KNOWN:
            raise SchemaError(f"{path or 'the resource'}: {', '.join(sorted(unknown))} cannot be said in a CRD")
    return uniting(found)


def inline_references(schema: Schema) -> Schema:
    """Put X in place of `$ref: X`; what stands beside the reference, such as the description of the field, wins."""
    definitions = schema.get("$defs", {})

    def inlined(part: Schema, path: str, open_types: tuple[str, ...]) -> Schema:
        if (reference := part.get("$ref")) is None:
            return with_parts(part, lambda below, step: inlined(below, path + step, open_types))
        name = reference.rpartition("/")[2]
        if name in open_types:
            raise SchemaError(f"{path.lstrip('.')}: {name} holds itself; a structural schema cannot be recursive")
        beside = {key: value for key, value in part.items() if key != "$ref"}
        return inlined({**definitions[name], **beside}, path, (*open_types, name))

    return inlined({key: value for key, value in schema.items() if key != "$defs"}, "", ())


def drop_core_descriptions(schema: Schema) -> Schema:
    """Drop the descriptions of fields of Kubernetes' own types: four fifths of all bytes, and `kubectl explain pod` has them."""

    def without(part: Schema, *, inside: bool) -> Schema:
        inner = inside or CORE in part
        kept = with_parts(part, lambda below, _: without(below, inside=inner))
        return {key: value for key, value in kept.items() if not (inside and key == "description")}

    return without(schema, inside=False)


def type_constants(schema: Schema) -> Schema:
    """Write `const: X` as `enum: [X]`."""

    def mended(part: Schema) -> Schema:
        if "const" not in part:
            return part
        return {**{key: value for key, value in part.items() if key != "const"}, "enum": [part["const"]]}

    return everywhere(schema, mended)


def open_objects(schema: Schema) -> Schema:
    """Open objects with properties, which the server wants open, and say of those without that their fields are kept.

    `additionalProperties: false` goes, and `true`, like no type at all, becomes x-kubernetes-preserve-unknown-fields.
    """

    def mended(part: Schema) -> Schema:
        rest = {key: value for key, value in part.items() if key != "additionalProperties"}
        match part.get("additionalProperties"):
            case None:
                anything = part.get("type") == "object" and "properties" not in part
                untyped = not part.keys() & {"type", "anyOf", "oneOf", "enum"}
                return {**part, "x-kubernetes-preserve-unknown-fields": True} if anything or untyped else part
            case False if "properties" in part:
                return rest
            case True:
                return {**rest, "x-kubernetes-preserve-unknown-fields": True}
        return part

    return everywhere(schema, mended)


def count_what_it_is(schema: Schema) -> Schema:
    """Write `minLength` of a list as `minItems`, of a mapping as `minProperties`, and the same with `max`."""
    words = {"array": "Items", "object": "Properties"}

    def mended(part: Schema) -> Schema:
        if (word := words.get(part.get("type", ""))) is None:
            return part
        return {
            (f"{key[:3]}{word}" if key in ("minLength", "maxLength") else key): value for key, value in part.items()
        }

    return everywhere(schema, mended)


def include_bounds(schema: Schema) -> Schema:
    """Write `exclusiveMaximum: n` of an integer as `maximum: n - 1`: to the API server it is true or false."""

    def mended(part: Schema) -> Schema:
        if not part.keys() & {"exclusiveMinimum", "exclusiveMaximum"}:
            return part
        if part.get("type") != "integer":
            raise SchemaError(f"bounds of {part.get('type')} that exclude themselves cannot be said in a CRD")
        found = {key: value for key, value in part.items() if key not in ("exclusiveMinimum", "exclusiveMaximum")}
        if (least := part.get("exclusiveMinimum")) is not None:
            found["minimum"] = max(found.get("minimum", least + 1), least + 1)
        if (most := part.get("exclusiveMaximum")) is not None:
            found["maximum"] = min(found.get("maximum", most - 1), most - 1)
        return found

    return everywhere(schema, mended)


def size_integers(schema: Schema) -> Schema:
    """Give integers without a format one: int32 where the bounds say so, else int64."""

    def mended(part: Schema) -> Schema:
        if part.get("type") != "integer" or "format" in part:
            return part
        narrow = part.get("maximum", _INT32 + 1) <= _INT32 and part.get("minimum", -_INT32 - 2) >= -_INT32 - 1
        return {**part, "format": "int32" if narrow else "int64"}

    return everywhere(schema, mended)


def key_lists(schema: Schema) -> Schema:
    """Say of each list how server-side apply merges it: by keys where its items have some, as a set, else as a whole.

    Of two items with one key the server refuses one, and so does the model.
    """

    def mended(part: Schema) -> Schema:
        if part.get("type") != "array":
            return part
        if UNIQUE in part:
            return {**part, "x-kubernetes-list-type": "set"}
        items = part["items"]
        keys = items.get(LIST_KEYS) or core_list_keys(items.get(CORE, ""))
        if not keys or "x-kubernetes-list-type" in part:
            return {"x-kubernetes-list-type": "atomic", **part}
        fields = items.get("properties", {})
        if not all(key in items.get("required", ()) or "default" in fields.get(key, {}) for key in keys):
            return {**part, "x-kubernetes-list-type": "atomic"}
        return {**part, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [*keys]}

    return everywhere(schema, mended)


def store_no_decision(schema: Schema) -> Schema:
    """Drop defaults that mean something when they are written: the API server would write them into every object."""

    def mended(part: Schema) -> Schema:
        return {key: value for key, value in part.items() if key != "default"} if PRESENCE in part else part

    return everywhere(schema, mended)


def state_rules(schema: Schema) -> Schema:
    """Write the rules between fields as x-kubernetes-validations, and alternatives that are patterns as anyOf."""

    def mended(part: Schema) -> Schema:
        found = {**part, "x-kubernetes-validations": [*part[RULES]]} if RULES in part else part
        return {**found, "anyOf": [*part[EITHER]]} if EITHER in part else found

    return everywhere(schema, mended)


def strip_editor_keywords(schema: Schema) -> Schema:
    """Drop what only editors read, and what the passes themselves have read."""
    dropped = {*_FOR_EDITORS, CORE, EITHER, LIST_KEYS, RULES, UNIQUE, PRESENCE, SHORT_FORM, BY_NAME, FIELDS_BY_NAME}

    def mended(part: Schema) -> Schema:
        return {key: value for key, value in part.items() if key not in dropped}

    return everywhere(schema, mended)


PASSES: tuple[Callable[[Schema], Schema], ...] = (
    inline_references,
    drop_core_descriptions,
    type_constants,
    open_objects,
    count_what_it_is,
    include_bounds,
    size_integers,
    key_lists,
    store_no_decision,
    state_rules,
    strip_editor_keywords,
    unite_variants,
)
"""What is done to a schema, in order; the docstring of each says what it mends."""
