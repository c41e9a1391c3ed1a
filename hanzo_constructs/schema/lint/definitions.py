"""Checks of whole definitions: their parts, their names, and their rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..crd import LARGEST
from ..model_schema import Schema
from ..parts import parts_of

__all__ = ["DEFINITION_CHECKS", "DefinitionCheck"]

Definition = Mapping[str, Any]
_OF_KUBERNETES = frozenset(
    [
        *("cm", "cj", "cr", "crb", "cs", "csr", "crd", "crds", "deploy", "ds", "ep", "ev", "hpa", "ing", "limits"),
        *("netpol", "no", "ns", "pc", "pdb", "po", "psp", "pv", "pvc", "quota", "rc", "rs", "sa", "sc", "sts", "svc"),
    ]
)
"""Short names that kubectl gives to Kubernetes' own kinds."""
_CONDITION = {"lastTransitionTime", "message", "reason", "status", "type"}
_MACRO = re.compile(r"self((?:\.\w+)+)\.(?:all|exists|exists_one|filter|map)\(")
_CALLED = re.compile(r"\b([a-zA-Z_]\w*)\(")
_KNOWN = frozenset(
    [
        *("all", "contains", "duration", "endsWith", "exists", "exists_one", "filter", "has", "int", "isSorted", "map"),
        *("matches", "size", "startsWith", "string", "type"),
    ]
)
"""Functions of rules that every supported API server has, from Kubernetes 1.25 on."""
_COUNTED = re.compile(r"has\(self\.(\w+)\) \? 1 : 0\)|^has\(self\.(\w+)\) != has\(self\.(\w+)\)$")


class DefinitionCheck(NamedTuple):
    """Something that each definition must be."""

    id: str
    what: str
    """What it asks for."""
    problems: Callable[[Definition], Iterator[tuple[str, str]]]
    """Yields a place, such as status.conditions, and what is wrong there."""


def _schemas(definition: Definition) -> Iterator[tuple[Mapping[str, Any], Schema]]:
    """Yield each version, and what it says of resources."""
    for version in definition["spec"]["versions"]:
        yield version, version["schema"]["openAPIV3Schema"]


def _statuses(definition: Definition) -> Iterator[Schema]:
    for _, schema in _schemas(definition):
        if (status := schema["properties"].get("status")) is not None:
            yield status


def _shape(definition: Definition) -> Iterator[tuple[str, str]]:
    for version, schema in _schemas(definition):
        if "spec" not in schema["properties"] or "spec" not in schema.get("required", ()):
            yield "spec", "is not required"
        if "status" in schema.get("required", ()):
            yield "status", "is required, and nobody writes it into a file"
        if "status" in schema["properties"] and "status" not in version.get("subresources", {}):
            yield "status", "is no subresource, so that a change of the spec may change it"


def _optional_status(definition: Definition) -> Iterator[tuple[str, str]]:
    for status in _statuses(definition):
        yield from ((f"status.{name}", "is required") for name in status.get("required", ()))


def _conditions(definition: Definition) -> Iterator[tuple[str, str]]:
    for status in _statuses(definition):
        conditions = status["properties"].get("conditions", {})
        items = conditions.get("items", {})
        if conditions.get("x-kubernetes-list-map-keys") != ["type"] or {*items.get("required", ())} != _CONDITION:
            yield "status.conditions", "is no list of conditions as Kubernetes has them, by type"


def _conditions_first(definition: Definition) -> Iterator[tuple[str, str]]:
    for status in _statuses(definition):
        if next(iter(status["properties"])) != "conditions":
            yield "status.conditions", "is not the first field of the status"


def _phase(definition: Definition) -> Iterator[tuple[str, str]]:
    for status in _statuses(definition):
        if "phase" in status["properties"]:
            yield "status.phase", "says in one word what conditions say"


def _generation(definition: Definition) -> Iterator[tuple[str, str]]:
    for status in _statuses(definition):
        if status["properties"].get("observedGeneration", {}).get("format") != "int64":
            yield "status.observedGeneration", "is no integer of 64 bits"


def _required_fields(definition: Definition) -> Iterator[tuple[str, str]]:
    for _, schema in _schemas(definition):
        for path, part in parts_of(schema, ""):
            for name in part.get("required", ()) if "properties" in part else ():
                if name not in part["properties"]:
                    yield f"{path}.{name}".lstrip("."), "is required, and there is no such field"


def _alternatives(definition: Definition) -> Iterator[tuple[str, str]]:
    for path, part, rule in _rules(definition):
        members = {name for found in _COUNTED.findall(rule["rule"]) for name in found if name}
        for name in sorted(members):
            if name in part.get("required", ()) or "default" in part.get("properties", {}).get(name, {}):
                yield f"{path}.{name}".lstrip("."), "is one of several, and always there"


def _rules(definition: Definition) -> Iterator[tuple[str, Schema, Mapping[str, str]]]:
    """Yield each rule, and the place and the schema that it belongs to."""
    for _, schema in _schemas(definition):
        for path, part in parts_of(schema, ""):
            for rule in part.get("x-kubernetes-validations", ()):
                yield path, part, rule


def _bounded_rules(definition: Definition) -> Iterator[tuple[str, str]]:
    for path, part, rule in _rules(definition):
        message, text = rule.get("message", ""), rule["rule"]
        if not message or "\n" in message:
            yield path, f"has a rule without a message of one line: {text}"
        if unknown := {*_CALLED.findall(re.sub(r"'[^']*'", "''", text))} - _KNOWN:
            yield path, f"has a rule with {', '.join(sorted(unknown))}, which old API servers do not know: {message}"
        for steps in _MACRO.findall(text):
            read = _found(part, steps.strip(".").split("."))
            if read is not None and not read.keys() & {"maxItems", "maxProperties"}:
                yield f"{path}{steps}".lstrip("."), f"has no end, and a rule goes through it: {message}"


def _found(part: Schema, steps: list[str]) -> Schema | None:
    for step in steps:
        part = part.get("properties", {}).get(step, {})
    return part if part.get("type") in {"array", "object"} else None


def _columns(definition: Definition) -> Iterator[tuple[str, str]]:
    for version, schema in _schemas(definition):
        fields = {f".{path}" for path, _ in parts_of(schema, "")} | {".metadata.creationTimestamp"}
        columns = version.get("additionalPrinterColumns", ())
        for column in columns:
            if column["jsonPath"] not in fields:
                yield column["jsonPath"].lstrip("."), f"is no field, and the column {column['name']} shows it"
        if columns and columns[-1]["name"] != "Age":
            yield "metadata.creationTimestamp", "is not the last column, Age"


def _short_names(definition: Definition) -> Iterator[tuple[str, str]]:
    for name in definition["spec"]["names"].get("shortNames", ()):
        if name in _OF_KUBERNETES:
            yield "", f"has the short name {name}, which is that of a kind of Kubernetes"


def _shown(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from _columns(definition)
    yield from _short_names(definition)


def _size(definition: Definition) -> Iterator[tuple[str, str]]:
    if (size := len(json.dumps(definition, separators=(",", ":")))) > LARGEST:
        yield "", f"has {size} bytes, and client-side apply takes {LARGEST}"


DEFINITION_CHECKS: tuple[DefinitionCheck, ...] = (
    DefinitionCheck("L02", "there is a spec that is required and a status that is a subresource", _shape),
    DefinitionCheck("L03", "every field of the status is optional", _optional_status),
    DefinitionCheck("L04", "conditions are those of Kubernetes, by type", _conditions),
    DefinitionCheck("L05", "conditions are the first field of the status", _conditions_first),
    DefinitionCheck("L06", "the status has no phase", _phase),
    DefinitionCheck("L07", "the status says which generation it is about", _generation),
    DefinitionCheck("L18", "what is required is a field; all others are optional", _required_fields),
    DefinitionCheck(
        "L28", "fields of which one is wanted are optional, without defaults, and have a rule", _alternatives
    ),
    DefinitionCheck("L29", "rules have a message, known functions, and an end", _bounded_rules),
    DefinitionCheck("L31", "columns show fields, the age last; short names are no others'", _shown),
    DefinitionCheck("L32", "client-side apply can hold the definition", _size),
)
