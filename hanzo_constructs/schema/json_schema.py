"""JSON Schemas for editors: all that a person may write, short forms too, with every description, and nothing unknown."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.published import BY_NAME, EITHER, FIELDS_BY_NAME, PRESENCE, SHORT_FORM, UNIQUE, ByName
from ..platform import Platform
from ..spec.kind import Kind
from .model_schema import CORE, LIST_KEYS, RULES, Schema, model_schema, schema_of_models
from .parts import everywhere
from .structural import count_what_it_is

__all__ = ["kind_schema", "kinds_schema", "settings_schema"]

_OWN = (CORE, LIST_KEYS, EITHER, RULES, UNIQUE, PRESENCE, SHORT_FORM, BY_NAME, FIELDS_BY_NAME)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def kind_schema(kind: Kind, platform: Platform) -> Schema:
    """Return the schema of resources of *kind*, as files hold them, on *platform*."""
    found = _for_editors(model_schema(kind.model))
    return {"$schema": _DIALECT, "title": kind.name, **_envelope(kind, found, platform), "$defs": found["$defs"]}


def kinds_schema(kinds: Sequence[Kind], platform: Platform) -> Schema:
    """Return one schema for resources of all *kinds*; which of them holds is said by the kind of the resource."""
    references, shared = schema_of_models([kind.model for kind in kinds])
    definitions = _for_editors(shared)["$defs"]
    names = [reference["$ref"].rpartition("/")[2] for reference in references]
    for kind, name in zip(kinds, names, strict=True):
        definitions[name] = _envelope(kind, definitions[name], platform)
    return {
        "$schema": _DIALECT,
        "title": "Resource",
        "type": "object",
        "required": ["apiVersion", "kind"],
        "properties": {"kind": {"enum": [kind.name for kind in kinds]}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]}, "then": reference}
            for kind, reference in zip(kinds, references, strict=True)
        ],
        "$defs": definitions,
    }


def _envelope(kind: Kind, schema: Schema, platform: Platform) -> Schema:
    """Return *schema* of the resources of *kind*, without types, with what their apiVersion and kind must be."""
    constants = {"apiVersion": kind.api_version(platform), "kind": kind.name}
    properties = {
        name: {"description": part["description"], "const": constants[name]} if name in constants else part
        for name, part in schema["properties"].items()
    }
    return {
        **{key: value for key, value in schema.items() if key != "$defs"},
        "description": kind.summary or schema["description"],
        "properties": properties,
        "required": [*constants, *schema["required"]],
    }


def settings_schema() -> Schema:
    """Return the schema of platform settings, as `hanzo.yaml` holds them."""
    return {"$schema": _DIALECT, "title": "Platform settings", **_for_editors(model_schema(Platform))}


def _for_editors(schema: Schema) -> Schema:
    """Return *schema* of `model_schema` with the short forms in it, and without keywords of our own."""
    definitions = schema.get("$defs", {})

    def published(part: Schema) -> Schema:
        own = {key: value for key, value in part.items() if key not in _OWN}
        if EITHER in part:
            own["anyOf"] = part[EITHER]
        if UNIQUE in part:
            own["uniqueItems"] = True
        if SHORT_FORM in part:
            return _either(own, part[SHORT_FORM])
        if BY_NAME in part:
            return _either(own, _mapping(own, ByName(**part[BY_NAME]), definitions))
        if FIELDS_BY_NAME in part:
            return {**own, "items": _with_mappings(_item(own, definitions), part[FIELDS_BY_NAME])}
        return own

    return everywhere(count_what_it_is(schema), published)


def _either(long: Schema, short: Schema) -> Schema:
    """Return what takes *long* and *short* forms, with the description above both."""
    beside: Schema = {key: long[key] for key in ("description", "default") if key in long}
    return {**beside, "anyOf": [{key: value for key, value in long.items() if key not in beside}, short]}


def _item(listed: Schema, definitions: dict[str, Schema]) -> Schema:
    """Return what an item of the list *listed* may be."""
    return definitions[listed["items"]["$ref"].rpartition("/")[2]]


def _mapping(listed: Schema, short: ByName, definitions: dict[str, Schema]) -> Schema:
    """Return the mapping by name that may be written in place of the list *listed*."""
    item = _item(listed, definitions)
    rest = {name: part for name, part in item["properties"].items() if name != "name"}
    values: list[Schema] = [short.value]
    if short.field:
        values.append({key: value for key, value in rest[short.field].items() if key != "description"})
    required = [name for name in item.get("required", ()) if name != "name"]
    whole = {"type": "object", "properties": rest, "additionalProperties": False}
    values.append({**whole, "required": required} if required else whole)
    return {"type": "object", "additionalProperties": {"anyOf": values}}


def _with_mappings(item: Schema, fields: dict[str, Schema]) -> Schema:
    """Return *item* whose *fields* may be mappings by name."""
    own = {name: {**item["properties"][name], BY_NAME: short} for name, short in fields.items()}
    return {**item, "properties": {**item["properties"], **own}}
