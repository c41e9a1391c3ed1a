"""From the JSON Schema of a model to the structural schema of a CustomResourceDefinition, by named passes.

The API server takes a small part of JSON Schema: no references, no null, no closed objects, every list and every object
typed. Each pass mends one thing and says how; what none of them knows is an error with the path of the model, so that a
new form in a model cannot be published wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..errors import HanzoError
from .core_lists import core_list_keys
from .model_schema import CORE, LIST_KEYS, Schema

__all__ = ["PASSES", "SchemaError", "structural"]

_INT32 = 2**31 - 1
_KNOWN = frozenset(
    "additionalProperties anyOf default description enum format items maxItems maxLength maxProperties maximum minItems "
    "minLength minProperties minimum nullable oneOf pattern properties required type x-kubernetes-int-or-string "
    "x-kubernetes-list-map-keys x-kubernetes-list-type x-kubernetes-map-type x-kubernetes-preserve-unknown-fields "
    "x-kubernetes-validations".split()
)
"""Keywords that a structural schema may have when all passes are done."""
_FOR_EDITORS = frozenset(("title", "examples", "deprecated", "readOnly", "writeOnly", "discriminator", "$comment"))
"""Keywords that mean nothing to the API server, or that it refuses."""


class SchemaError(HanzoError):
    """A model has a form that no structural schema can say: a mistake in the model or in the passes."""


def structural(schema: Schema) -> Schema:
    """Return the structural schema that says what *schema* of `long_form_schema` says; raises `SchemaError`."""
    found = schema
    for each in PASSES:
        found = each(found)
    for path, part in _parts(found, ""):
        if unknown := part.keys() - _KNOWN:
            raise SchemaError(f"{path or 'the resource'}: {', '.join(sorted(unknown))} cannot be said in a CRD")
    return found


def inline_references(schema: Schema) -> Schema:
    """`$ref: X` becomes X; what stands beside the reference, such as the description of the field, wins."""
    definitions = schema.get("$defs", {})

    def inlined(part: Schema, path: str, open_types: tuple[str, ...]) -> Schema:
        if (reference := part.get("$ref")) is None:
            return _with_parts(part, lambda below, step: inlined(below, path + step, open_types))
        name = reference.rpartition("/")[2]
        if name in open_types:
            raise SchemaError(f"{path}: {name} holds itself; a structural schema cannot be recursive")
        beside = {key: value for key, value in part.items() if key != "$ref"}
        return inlined({**definitions[name], **beside}, path, (*open_types, name))

    return inlined({key: value for key, value in schema.items() if key != "$defs"}, "", ())


def drop_core_descriptions(schema: Schema) -> Schema:
    """The fields of Kubernetes' own types lose their descriptions, which are four fifths of all bytes; `kubectl explain
    pod` has them."""

    def without(part: Schema, *, inside: bool) -> Schema:
        inner = inside or CORE in part
        kept = _with_parts(part, lambda below, _: without(below, inside=inner))
        return {key: value for key, value in kept.items() if not (inside and key == "description")}

    return without(schema, inside=False)


def type_constants(schema: Schema) -> Schema:
    """`const: X` becomes `enum: [X]`."""

    def mended(part: Schema) -> Schema:
        if "const" not in part:
            return part
        return {**{key: value for key, value in part.items() if key != "const"}, "enum": [part["const"]]}

    return _everywhere(schema, mended)


def open_objects(schema: Schema) -> Schema:
    """`additionalProperties: false` beside properties goes, for the server refuses both; without properties, and where
    anything may stand, unknown fields are kept instead of pruned."""

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

    return _everywhere(schema, mended)


def count_what_it_is(schema: Schema) -> Schema:
    """`minLength` of a list becomes `minItems`, of a mapping `minProperties`, and the same with `max`."""
    words = {"array": "Items", "object": "Properties"}

    def mended(part: Schema) -> Schema:
        if (word := words.get(part.get("type", ""))) is None:
            return part
        return {(f"{key[:3]}{word}" if key in ("minLength", "maxLength") else key): value for key, value in part.items()}

    return _everywhere(schema, mended)


def include_bounds(schema: Schema) -> Schema:
    """`exclusiveMaximum: n` of an integer becomes `maximum: n - 1`: to the API server it is true or false."""

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

    return _everywhere(schema, mended)


def size_integers(schema: Schema) -> Schema:
    """An integer without a format gets one: int32 where its bounds say so, else int64."""

    def mended(part: Schema) -> Schema:
        if part.get("type") != "integer" or "format" in part:
            return part
        narrow = part.get("maximum", _INT32 + 1) <= _INT32 and part.get("minimum", -_INT32 - 2) >= -_INT32 - 1
        return {**part, "format": "int32" if narrow else "int64"}

    return _everywhere(schema, mended)


def key_lists(schema: Schema) -> Schema:
    """Each list says how server-side apply merges it: by keys where its items have some, else as a whole."""

    def mended(part: Schema) -> Schema:
        if part.get("type") != "array":
            return part
        items = part["items"]
        keys = items.get(LIST_KEYS) or core_list_keys(items.get(CORE, ""))
        if not keys or "x-kubernetes-list-type" in part:
            return {"x-kubernetes-list-type": "atomic", **part}
        fields = items.get("properties", {})
        if not all(key in items.get("required", ()) or "default" in fields.get(key, {}) for key in keys):
            return {**part, "x-kubernetes-list-type": "atomic"}
        return {**part, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [*keys]}

    return _everywhere(schema, mended)


def strip_editor_keywords(schema: Schema) -> Schema:
    """What only editors read goes, and what the passes themselves have read."""
    dropped = {*_FOR_EDITORS, CORE, LIST_KEYS}

    def mended(part: Schema) -> Schema:
        return {key: value for key, value in part.items() if key not in dropped}

    return _everywhere(schema, mended)


PASSES: tuple[Callable[[Schema], Schema], ...] = (
    inline_references,
    drop_core_descriptions,
    type_constants,
    open_objects,
    count_what_it_is,
    include_bounds,
    size_integers,
    key_lists,
    strip_editor_keywords,
)
"""What is done to a schema, in order; the docstring of each says what it mends."""


def _everywhere(schema: Schema, mended: Callable[[Schema], Schema]) -> Schema:
    """Return *schema* with each of its parts *mended*, the outer before the inner."""
    return _with_parts(mended(schema), lambda part, _: _everywhere(part, mended))


def _with_parts(schema: Schema, changed: Callable[[Schema, str], Schema]) -> Schema:
    """Return *schema* with the schemas right below it *changed*, which get the step that leads to them.

    What an integer or a string may be is left alone: the API server knows that alternative by its exact form.
    """
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            found[key] = {name: changed(part, f".{name}") for name, part in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            found[key] = changed(value, "[]")
        elif key in ("anyOf", "oneOf") and "x-kubernetes-int-or-string" not in schema:
            found[key] = [changed(part, "") for part in value]
        else:
            found[key] = value
    return found


def _parts(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Yield every schema in *schema*, with the path of the field."""
    yield path, schema
    for name, part in schema.get("properties", {}).items():
        yield from _parts(part, f"{path}.{name}".lstrip("."))
    for key in ("items", "additionalProperties"):
        if isinstance(part := schema.get(key), dict):
            yield from _parts(part, f"{path}[]")
    for key in ("anyOf", "oneOf"):
        for part in schema.get(key, ()):
            yield from _parts(part, path)
