"""Generate hanzo_constructs/kube/schemas/types.json from the Kubernetes schemas that kubernetes-validate carries.

Run it from the repository root: `python -m scripts.generate_schemas`. The same schemas give the same file; a test
compares what is committed with a fresh generation. `hanzo_constructs/kube/schemas/types.py`
says what the letters mean.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from scripts.generate_core import NEWEST, OLDEST, definitions, references

FILE = Path("hanzo_constructs/kube/schemas/types.json")

SCALARS = {"IntOrString": "p", "Quantity": "q", "Time": "s", "MicroTime": "s"}
"""Definitions that are no objects, and the letters that stand for them."""
FREE = ("JSON", "FieldsV1", "RawExtension")
"""Beginnings of the names of definitions that stand for anything: the schemas in a CustomResourceDefinition among them."""
LETTERS = {"string": "s", "integer": "i", "number": "n", "boolean": "b", "object": "*"}
"""Types of JSON, and the letters that stand for them; an object without fields of its own holds anything."""
NOT_KEPT = ("List", "Options", "Review")
"""Ends of the names of kinds that nobody keeps in a file."""
ASKED = {"Binding", "ComponentStatus", "Event", "Eviction", "Node", "Scale", "Status", "TokenRequest", "WatchEvent"}
"""Kinds that are asked for, or that the cluster writes."""


def short(full: str) -> str:
    """Return the *full* name of a definition without what all of them have in front."""
    return full.removeprefix("io.k8s.").removeprefix("api.").removeprefix("apimachinery.pkg.apis.")


def kinds(minor: int) -> Iterator[tuple[str, str]]:
    """Yield apiVersion and kind, `apps/v1/Deployment`, and the full name of what Kubernetes 1.*minor* has."""
    for full, schema in definitions(minor).items():
        for each in schema.get("x-kubernetes-group-version-kind", ()):
            is_kept = each["kind"] not in ASKED and not each["kind"].endswith(NOT_KEPT)
            if is_kept and "alpha" not in each["version"] and "metadata" in schema.get("properties", {}):
                yield "/".join(filter(None, (each["group"], each["version"], each["kind"]))), full


def letters(schema: dict[str, Any]) -> str:
    """Return what stands for a field of *schema*."""
    if reference := schema.get("$ref"):
        full = reference.rpartition("/")[2]
        name = full.rpartition(".")[2]
        if name.startswith(FREE):
            return "*"
        return SCALARS.get(name) or f"#{short(full)}"
    types = schema.get("type", "object")
    (kind,) = [each for each in (types if isinstance(types, list) else [types]) if each != "null"]
    if kind == "array":
        return listed(schema)
    if kind == "object" and "additionalProperties" in schema:
        return "{" + letters(schema["additionalProperties"])
    if schema.get("format") == "int64":
        return "l"
    return LETTERS[kind]


def listed(schema: dict[str, Any]) -> str:
    """Return what stands for a list: its items, and behind a bar by which of their fields they are merged."""
    keys = schema.get("x-kubernetes-list-map-keys") or schema.get("x-kubernetes-patch-merge-key") or []
    by = ",".join([keys] if isinstance(keys, str) else keys)
    is_set = schema.get("x-kubernetes-patch-strategy") == "merge" and not by
    return f"[{letters(schema['items'])}" + (f"|{by}" if by else "|" if is_set else "")


def reachable(minor: int) -> dict[str, dict[str, Any]]:
    """Return the definitions that the kinds of Kubernetes 1.*minor* are made of, by full name; those of status left out."""
    known = definitions(minor)
    found: dict[str, dict[str, Any]] = {}
    todo = [full for _, full in kinds(minor)]
    while todo:
        name = (full := todo.pop()).rpartition(".")[2]
        if full in found or name in SCALARS or name.startswith(FREE):
            continue
        found[full] = known[full]
        properties = {name: each for name, each in known[full].get("properties", {}).items() if name != "status"}
        todo += references(properties)
    return found


def types() -> dict[str, Any]:
    """Return the whole file: the kinds, and the fields of every type in the newest version that has it."""
    versions: dict[str, str] = {}
    fields: dict[str, dict[str, str]] = {}
    required: dict[str, list[str]] = {}
    for minor in range(OLDEST, NEWEST + 1):
        versions |= {name: short(full) for name, full in kinds(minor)}
        for full, schema in reachable(minor).items():
            known = fields.setdefault(short(full), {})
            is_new = not known
            for name, each in schema.get("properties", {}).items():
                since = known.get(name, f"@{minor}").rpartition("@")[2] if not is_new else ""
                kind = "*" if name == "status" and "metadata" in schema["properties"] else letters(each)
                known[name] = f"{kind}@{since}" if since.isdecimal() else kind
            required[short(full)] = [name for name in schema.get("required", ()) if name in schema["properties"]]
    return {
        "about": f"Generated by scripts/generate_schemas.py from kubernetes-validate {metadata.version('kubernetes-validate')}"
        " (Kubernetes, Apache License 2.0); do not edit.",
        "kinds": dict(sorted(versions.items())),
        "fields": {name: dict(sorted(each.items())) for name, each in sorted(fields.items())},
        "required": {name: each for name, each in sorted(required.items()) if each},
    }


def text() -> str:
    """Return the content of the file: a line for each kind and each type, so that differences can be read."""
    parts = []
    for part, value in types().items():
        if isinstance(value, str):
            parts.append(f"{json.dumps(part)}: {json.dumps(value)}")
            continue
        lines = ",\n".join(
            f"{json.dumps(key)}:{json.dumps(each, separators=(',', ':'))}" for key, each in value.items()
        )
        parts.append(f"{json.dumps(part)}: {{\n{lines}\n}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
