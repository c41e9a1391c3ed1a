"""What is said of a field of a kind, laid out as `kubectl explain` lays it out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import cache

from ..errors import Finding, SpecError
from ..kube.fields import listed, suggestion
from ..platform import Platform
from ..spec.kind import Kind
from .model_schema import Schema, model_schema
from .structural import PASSES, drop_core_descriptions

__all__ = ["SETTINGS", "described_schema", "fields_below", "text_of", "text_of_setting"]

SETTINGS = "platform"
"""What the platform settings are called where a kind may stand."""

_WIDTH = 76
_SHOWN_VALUES = 4


@cache
def described_schema(kind: Kind) -> Schema:
    """Return the schema of resources of *kind* with the description of every field, those of Kubernetes' own types too."""
    found = _described(model_schema(kind.model))
    status = _described(model_schema(kind.status_model))
    summary = kind.summary or found["description"]
    return {
        **found,
        "description": summary,
        "properties": {**found["properties"], "status": status},
        "required": ["spec"],
    }


def _described(schema: Schema) -> Schema:
    for each in PASSES:
        if each is not drop_core_descriptions:
            schema = each(schema)
    return schema


def text_of(kind: Kind, path: Sequence[str], platform: Platform, *, recursive: bool = False) -> str:
    """Return what is said of the field of *kind* at *path*; raises `SpecError` where there is none.

    *recursive* lists the names of all fields below it, without descriptions.
    """
    group, _, version = kind.api_version(platform).partition("/")
    lines = [f"GROUP:      {group}", f"KIND:       {kind.name}", f"VERSION:    {version}", ""]
    return _text(lines, described_schema(kind), kind.name.lower(), path, recursive=recursive)


def text_of_setting(path: Sequence[str], *, recursive: bool = False) -> str:
    """Return the same of the platform setting at *path*, or of all of them."""
    return _text(["SETTINGS:   hanzo.yaml", ""], _settings(), SETTINGS, path, recursive=recursive)


def _text(lines: list[str], schema: Schema, root: str, path: Sequence[str], *, recursive: bool) -> str:
    """Return *lines* and what is said of the field of *schema* at *path*; messages call *schema* the *root*."""
    for depth, name in enumerate(path):
        schema = _field(schema, name, ".".join((root, *path[: depth + 1])))
    if path:
        values = ["    " + (str(value) or '""') for value in schema.get("enum", ())]
        lines += [f"FIELD: {path[-1]} <{_type(schema)}>", *(["ENUM:", *values] if values else [""]), ""]
    lines += ["DESCRIPTION:", *_wrapped(_description(schema) or "<empty>"), "    "]
    if _fields(schema):
        lines += ["FIELDS:", *_listing(schema, recursive=recursive)]
    return "\n".join([*lines, "", ""])


@cache
def _settings() -> Schema:
    """Return the schema of platform settings with the description of every one."""
    return _described(model_schema(Platform))


def fields_below(kind: Kind | None, path: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the fields right below *path* of *kind*; none where there is no such field.

    None stands for the platform settings.
    """
    schema = described_schema(kind) if kind else _settings()
    for name in path:
        if name not in (fields := _fields(schema)):
            return ()
        schema = fields[name]
    return tuple(sorted(_fields(schema)))


def _field(schema: Schema, name: str, path: str) -> Schema:
    fields = _fields(schema)
    if name in fields:
        return fields[name]
    near = suggestion(name, fields)
    hint = (
        f"did you mean {near}?" if near else "it has no fields" if not fields else f"known are {listed(sorted(fields))}"
    )
    raise SpecError([Finding(f"there is no such field, {hint}", path)])


def _inner(schema: Schema) -> Schema:
    """Return what a list or a mapping by any keys holds, however deep; *schema* itself where it is neither."""
    for key in ("items", "additionalProperties"):
        if isinstance(below := schema.get(key), dict):
            return _inner(below)
    return schema


def _fields(schema: Schema) -> dict[str, Schema]:
    fields: dict[str, Schema] = _inner(schema).get("properties", {})
    return fields


def _type(schema: Schema) -> str:
    match schema:
        case {"x-kubernetes-int-or-string": True}:
            return "Quantity" if "pattern" in schema else "IntOrString"
        case {"items": dict(items)}:
            return f"[]{_type(items)}"
        case {"additionalProperties": dict(values)}:
            return f"map[string]{_type(values)}"
    kind: str = schema.get("type", "Object")
    return "Object" if kind == "object" else kind


def _description(schema: Schema) -> str:
    """Return what is said of the field, and below it what is said of what it holds."""
    below = [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    return "\n".join(filter(None, [schema.get("description", ""), *map(_description, below)]))


def _listing(schema: Schema, *, recursive: bool, level: int = 1) -> Iterator[str]:
    """Yield a line for each field below *schema* by name, and in between what is said of it or what stands below it."""
    indent = "  " * level
    required = _inner(schema).get("required", ())
    for name, field in sorted(_fields(schema).items()):
        yield f"{indent}{name}\t<{_type(field)}>{' -required-' if name in required else ''}"
        if values := [str(value) or '""' for value in field.get("enum", ())]:
            listed = ", ".join(values[:_SHOWN_VALUES])
            yield f"{indent}enum: {listed}{', ....' if len(values) > _SHOWN_VALUES else ''}"
        if recursive:
            yield from _listing(field, recursive=True, level=level + 1)
        else:
            yield from _wrapped(field.get("description") or "<no description>")
            yield ""


def _wrapped(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for part in textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]:
            yield f"    {part}"
