"""Going through a schema: the schemas in a schema, and a copy of one with all of them changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .model_schema import Schema

__all__ = ["everywhere", "parts_of", "with_parts"]


def everywhere(schema: Schema, mended: Callable[[Schema], Schema]) -> Schema:
    """Return *schema* with each of its parts *mended*, the outer before the inner."""
    return with_parts(mended(schema), lambda part, _: everywhere(part, mended))


def with_parts(schema: Schema, changed: Callable[[Schema, str], Schema]) -> Schema:
    """Return *schema* with the schemas right below it *changed*, which get the step that leads to them.

    What an integer or a string may be is left alone: the API server knows that alternative by its exact form.
    """
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            found[key] = {name: changed(part, f".{name}") for name, part in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            found[key] = changed(value, "[]")
        elif key in ("anyOf", "oneOf") and "x-kubernetes-int-or-string" not in schema:
            found[key] = [changed(part, "") for part in value]
        else:
            found[key] = value
    return found


def parts_of(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Yield every schema in *schema*, with the path of the field; not the two that an integer or a string may be."""
    yield path, schema
    for name, part in schema.get("properties", {}).items():
        yield from parts_of(part, f"{path}.{name}".lstrip("."))
    for key in ("items", "additionalProperties"):
        if isinstance(part := schema.get(key), dict):
            yield from parts_of(part, f"{path}[]")
    for key in ("anyOf", "oneOf") if "x-kubernetes-int-or-string" not in schema else ():
        for part in schema.get(key, ()):
            yield from parts_of(part, path)
