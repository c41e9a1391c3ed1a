"""What an API server says of an object by a structural schema: types, bounds, patterns, lists, unknown fields and CEL.

Rules are run by an engine for CEL that others wrote; the little of Kubernetes that it lacks is here. Real API servers are
asked in `tests/cluster/test_definitions.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sized
from functools import cache
from typing import Any, NamedTuple

import cel
from cel_expr_python import cel as other_cel  # type: ignore[import-untyped]

from hanzo_constructs.kube.fields import Path, field_path
from hanzo_constructs.kube.model import written
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.resource import Resource

__all__ = [
    "Refusal",
    "as_stored",
    "denied",
    "denied_elsewhere",
    "holds",
    "holds_elsewhere",
    "refusals",
    "refused_path",
    "stored_schema",
    "with_defaults",
]

Schema = dict[str, Any]
_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_COUNTED: dict[str, type[Sized]] = {"Items": list, "Properties": dict, "Length": str}


class Refusal(NamedTuple):
    """Why an object is not stored."""

    path: Path
    """The place that is named."""
    message: str

    def __str__(self) -> str:
        return f"{field_path(self.path)}: {self.message}"


@cache
def stored_schema(kind: str) -> Schema:
    """The schema of what is stored of *kind*."""
    (version,) = custom_resource_definition(KINDS[kind], Platform())["spec"]["versions"]
    return version["schema"]["openAPIV3Schema"]  # type: ignore[no-any-return]


def as_stored(resource: Resource) -> dict[str, Any]:
    """What `hzc compile --mode resources` writes of *resource*, as data."""
    return json.loads(json.dumps(written(resource)))  # type: ignore[no-any-return]


def with_defaults(schema: Schema, value: Any) -> Any:
    """Return *value* with what an API server adds before it judges: defaults, where the parent is; nulls go."""
    if isinstance(value, list) and "items" in schema:
        return [with_defaults(schema["items"], item) for item in value]
    if not isinstance(value, dict):
        return value
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
    added = {name: part["default"] for name, part in properties.items() if "default" in part}
    found: dict[str, Any] = {}
    for name, item in {**added, **value}.items():
        part = properties.get(name, rest if isinstance(rest, dict) else {})
        if item is not None or not part:
            found[name] = with_defaults(part, item)
        elif name in added:
            found[name] = added[name]
    return found


def refusals(schema: Schema, value: Any, path: Path = ()) -> Iterator[Refusal]:
    """Yield what is wrong with *value*, which stands at *path*."""
    if schema.get("x-kubernetes-int-or-string"):
        kind = "string" if isinstance(value, str) else "integer"
    else:
        kind = schema.get("type", "")
    if kind and not _TYPES[kind](value):
        yield Refusal(path, f"must be of type {kind}")
        return
    yield from _value_refusals(schema, value, path)
    if "anyOf" in schema and not schema.get("x-kubernetes-int-or-string"):
        tried = [[*_alternative_refusals(part, value, path)] for part in schema["anyOf"]]
        if all(tried):
            yield from (each for found in tried for each in found)
    match value:
        case dict():
            yield from _object_refusals(schema, value, path)
        case list() if "items" in schema:
            for index, item in enumerate(value):
                yield from refusals(schema["items"], item, (*path, index))
            yield from _list_refusals(schema, value, path)
    rules = schema.get("x-kubernetes-validations", ())
    context = _context(value) if rules else None
    for rule in rules:
        if not _is_true(rule["rule"], context):
            yield Refusal(refused_path(rule["message"], path), rule["message"])


def refused_path(message: str, path: Path) -> Path:
    """Return the place that the *message* of a rule names, which is asked of what stands at *path*."""
    field, colon, _ = message.partition(": ")
    return (*path, *field.split(".")) if colon and re.fullmatch(r"[A-Za-z0-9.]+", field) else path


def _alternative_refusals(part: Schema, value: Any, path: Path) -> Iterator[Refusal]:
    """Yield why *value* does not fit *part*, an alternative, which knows values and no types."""
    for name in part.get("required", ()):
        if name not in value:
            yield Refusal((*path, name), "required")
    for name, inner in part.get("properties", {}).items():
        if name in value:
            yield from _value_refusals(inner, value[name], (*path, name))


def _value_refusals(schema: Schema, value: Any, path: Path) -> Iterator[Refusal]:
    if "enum" in schema and value not in schema["enum"]:
        yield Refusal(path, f"must be one of {schema['enum']}")
    if schema.get("format") == "int32" and not -(2**31) <= value < 2**31:
        yield Refusal(path, "is no integer of 32 bits")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield Refusal(path, "is out of its bounds")
    if isinstance(value, str) and (pattern := schema.get("pattern")) and not _pattern(pattern).search(value):
        yield Refusal(path, f"must match {pattern}")
    for word, counted in _COUNTED.items():
        size = len(value) if isinstance(value, counted) else None
        if size is not None and not schema.get(f"min{word}", 0) <= size <= schema.get(f"max{word}", size):
            yield Refusal(path, f"has {size} of its {word}")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """As RE2 has it: `$` is the end of the text, and classes are those of ASCII."""
    return re.compile(re.sub(r"\$\Z", r"\\Z", text), re.ASCII)


def _object_refusals(schema: Schema, value: Mapping[str, Any], path: Path) -> Iterator[Refusal]:
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
    for name in schema.get("required", ()):
        if value.get(name) is None:
            yield Refusal((*path, name), "required")
    for name, item in value.items():
        if name in properties:
            yield from refusals(properties[name], item, (*path, name))
        elif isinstance(rest, dict):
            yield from refusals(rest, item, (*path, name))
        elif not schema.get("x-kubernetes-preserve-unknown-fields") and path != ("metadata",):
            yield Refusal((*path, name), "unknown field")


def _list_refusals(schema: Schema, value: list[Any], path: Path) -> Iterator[Refusal]:
    fields = schema["items"].get("properties", {})
    keys = schema.get("x-kubernetes-list-map-keys", ())
    seen: list[Any] = []
    for index, item in enumerate(value):
        if not keys and schema.get("x-kubernetes-list-type") != "set":
            return
        if keys and not isinstance(item, dict):
            continue  # its type is refused
        key = [item.get(name, fields[name].get("default")) for name in keys] if keys else item
        if key in seen:
            yield Refusal((*path, index), "comes twice")
        seen.append(key)


@cache
def _program(rule: str) -> cel.Program:
    return cel.compile(rule)


def _is_sorted(values: list[Any]) -> bool:
    return values == sorted(values)


def _context(value: Any) -> cel.Context:
    return cel.Context(variables={"self": value}, functions={"isSorted": _is_sorted})


def _is_true(rule: str, context: cel.Context | None) -> bool:
    try:
        return _program(rule).execute(context) is True
    except (KeyError, RuntimeError, TypeError, ValueError):
        return False


def holds(rule: str, value: Any) -> bool:
    """Tell whether *rule* holds for *value*; one that fails does not."""
    return _is_true(rule, _context(value))


def denied(rule: str, value: Any) -> bool:
    """Tell whether *rule* comes to false for *value*, and does not just fail."""
    try:
        return _program(rule).execute(_context(value)) is False
    except (KeyError, RuntimeError, TypeError, ValueError):
        return False


@cache
def _environment() -> other_cel.Env:
    types = other_cel.Type
    sorted_ = other_cel.Overload("is_sorted", types.BOOL, [types.List(types.DYN)], is_member=True, impl=_is_sorted)
    return other_cel.NewEnv(variables={"self": types.DYN}, functions=[other_cel.FunctionDecl("isSorted", [sorted_])])


@cache
def _other_program(rule: str) -> other_cel.Expression:
    return _environment().compile(rule)


def holds_elsewhere(rule: str, value: Any) -> bool:
    """Tell the same by another engine."""
    return _other_program(rule).eval(data={"self": value}).plain_value() is True


def denied_elsewhere(rule: str, value: Any) -> bool:
    """Tell by another engine whether *rule* comes to false for *value*."""
    return _other_program(rule).eval(data={"self": value}).plain_value() is False
