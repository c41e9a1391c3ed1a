"""The strict Kubernetes schemas of every supported version, to hold manifests against.

The files come from kubernetes-validate; jsonschema-rs compiles them once in a process and reports every error.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import jsonschema_rs

__all__ = ["SUPPORTED", "field_at", "fields_of", "knows", "schema_errors"]

SUPPORTED = ("1.27", "1.30", "1.34", "1.37")
"""Versions that golden outputs are held against: the oldest, the platform's default, and two newer ones."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_errors(manifest: dict[str, Any], version: str) -> list[str]:
    """Return what the API server of *version* refuses in *manifest*: `spec.replicas: "two" is not of type ...`.

    Unknown fields are refused. Kinds that Kubernetes itself does not have (ServiceMonitor, KMSSecret, ExternalSecret,
    HTTPRoute, our own) and kinds that *version* does not have yet give no errors: ask `knows` where it matters.
    """
    validator = _validator(manifest["apiVersion"], manifest["kind"], version)
    if validator is None:
        return []
    return [f"{_place(error.instance_path)}: {error.message}" for error in validator.iter_errors(manifest)]


def knows(manifest: dict[str, Any], version: str) -> bool:
    """Tell whether Kubernetes *version* itself has the kind of *manifest*."""
    return _validator(manifest["apiVersion"], manifest["kind"], version) is not None


def fields_of(kind: str, version: str) -> set[str]:
    """Return the names of the fields of the core type *kind* in Kubernetes *version*."""
    (definition,) = [each for name, each in _definitions(version).items() if name.endswith(f"core.v1.{kind}")]
    return {*definition["properties"]}


def field_at(manifest: dict[str, Any], place: str, version: str) -> dict[str, Any] | None:
    """Return the schema of the field at *place* (`spec.ports[].port`) of the kind of *manifest*; None: there is none."""
    definitions = _definitions(version)
    schema: dict[str, Any] | None = definitions[_names(version)[manifest["apiVersion"], manifest["kind"]]]
    for step in place.split("."):
        schema = _resolved(schema, definitions).get("properties", {}).get(step.removesuffix("[]"))
        if schema is not None and step.endswith("[]"):
            schema = _resolved(schema, definitions)["items"]
    return schema


def _resolved(schema: dict[str, Any] | None, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return *schema*, or what it stands for; null, which the strict schemas allow everywhere, does not count."""
    if schema is None:
        return {}
    for each in schema.get("oneOf", schema.get("anyOf", ())):
        if each.get("type") != "null":
            return _resolved(each, definitions)
    reference = schema.get("$ref")
    return _resolved(definitions[reference.removeprefix("#/$defs/")], definitions) if reference else schema


def _place(path: list[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the object"


@cache
def _folder(version: str) -> Traversable:
    return files("kubernetes_validate").joinpath("kubernetes-json-schema", f"v{version}.0-local-strict")


@cache
def _definitions(version: str) -> dict[str, Any]:
    text = _folder(version).joinpath("_definitions.json").read_text(encoding="utf-8")
    # References within one document need no registry.
    definitions: dict[str, Any] = json.loads(
        text.replace("/api/_definitions.json#/$defs/", "#/$defs/"), object_hook=_bounded
    )["$defs"]
    return definitions


def _bounded(schema: dict[str, Any]) -> dict[str, Any]:
    """Bound the integers of a width, which JSON Schema takes for a remark, and the API server does not."""
    bits = {"int32": 31, "int64": 63}.get(str(schema.get("format")))
    return schema if bits is None else {"minimum": -(2**bits), "maximum": 2**bits - 1, **schema}


@cache
def _names(version: str) -> dict[tuple[str, str], str]:
    """Return the definition of each (apiVersion, kind)."""
    names = {}
    for name, definition in _definitions(version).items():
        for identity in definition.get("x-kubernetes-group-version-kind", ()):
            group = f"{identity['group']}/" if identity["group"] else ""
            names[f"{group}{identity['version']}", identity["kind"]] = name
    return names


@cache
def _validator(api_version: str, kind: str, version: str) -> jsonschema_rs.Draft202012Validator | None:
    name = _names(version).get((api_version, kind))
    if name is None:
        return None
    definitions = _definitions(version)
    needed, pending = {}, [name]
    while pending:
        current = pending.pop()
        if current not in needed:
            needed[current] = definitions[current]
            pending += _references(definitions[current])
    return jsonschema_rs.Draft202012Validator(
        {"$schema": _DRAFT, "$ref": f"#/$defs/{name}", "$defs": needed}, validate_formats=True
    )


def _references(schema: object) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["$ref"].removeprefix("#/$defs/")] if isinstance(schema.get("$ref"), str) else []
        return own + [name for value in schema.values() for name in _references(value)]
    return [name for value in schema for name in _references(value)] if isinstance(schema, list) else []
