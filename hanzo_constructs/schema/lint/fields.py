"""Checks of fields: names, types, bounds and texts, as the API conventions of Kubernetes ask for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..model_schema import Schema
from .subject import FieldSubject

__all__ = ["FIELD_CHECKS", "FieldCheck"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*")
_KEPT = re.compile(r"build|equals|hashCode|get[A-Z].*")
"""Names that jsii keeps for itself in some language, so that `cdk8s import` fails for the whole definition."""
_UNITS = {"Seconds": "Seconds", "Bytes": "Bytes", "Percentage": "Percent", "Milliseconds": "Millis", "Days": "Days"}
_VALUE = re.compile(r"[A-Z][A-Za-z0-9]*")
_FORMATS = frozenset(
    ("byte", "cidr", "date", "date-time", "duration", "email", "hostname", "int32", "int64", "ipv4", "ipv6", "mac", "uri", "uuid")
)  # fmt: skip
"""Formats that every supported API server checks, of those that a model may have a use for."""
_NOT_RE2 = re.compile(r"\(\?[=!<]|\\[1-9Z]")
_ENDS = re.compile(r"\^.*\$", re.DOTALL)


class FieldCheck(NamedTuple):
    """Something that each field must be."""

    id: str
    what: str
    """What it asks for."""
    problems: Callable[[FieldSubject], Iterator[str]]


def _scalars(schema: Schema) -> Iterator[Schema]:
    """Yield *schema*, what a list of it or a mapping to it holds, and so on; not what is in objects."""
    yield schema
    for key in ("items", "additionalProperties"):
        if isinstance(below := schema.get(key), dict):
            yield from _scalars(below)


def _names(field: FieldSubject) -> Iterator[str]:
    if not _NAME.fullmatch(field.name):
        yield "is not written like thisName"
    if _KEPT.fullmatch(field.name):
        yield "is a name that cdk8s import cannot take"


def _lists(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        if part.get("type") == "array" and part.get("x-kubernetes-list-type") not in {"atomic", "set", "map"}:
            yield "does not say how server-side apply merges it"


def _list_keys(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        items = part.get("items", {})
        for key in part.get("x-kubernetes-list-map-keys", ()):
            own = items.get("properties", {}).get(key, {})
            if key not in items.get("required", ()) and "default" not in own:
                yield f"has the key {key}, which may be left out"
            if own.get("type") not in {"string", "integer", "boolean"}:
                yield f"has the key {key}, which is no scalar"


def _sets(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        if part.get("x-kubernetes-list-type") == "set" and part["items"].get("type") in {"object", "array"}:
            yield "is a set of what is not told apart at a glance"


def _items(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        items = part.get("items", {})
        if "properties" in items and not items.get("required"):
            yield "has items of which no field is required"


def _floats(field: FieldSubject) -> Iterator[str]:
    if any(part.get("type") == "number" for part in _scalars(field.schema)):
        yield "is a number with a fraction, which two programs may round differently"


def _integers(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        if part.get("type") == "integer" and part.get("format") not in {"int32", "int64"}:
            yield "is an integer without int32 or int64"


def _booleans(field: FieldSubject) -> Iterator[str]:
    if any(part.get("type") == "boolean" for part in _scalars(field.schema)):
        yield "is true or false, and there may be a third way one day"


def _maps(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        below = part.get("additionalProperties")
        if isinstance(below, dict) and below.get("type") != "string":
            yield "is a mapping to what is no string; write a list of named objects"


def _durations(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        if part.get("format") == "duration":
            yield "has the format duration, of which every reader has another idea; write a pattern"


def _defaults(field: FieldSubject) -> Iterator[str]:
    if field.required and "default" in field.schema:
        yield "is required and has a default"


def _bounds(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        if part.get("x-kubernetes-int-or-string") or "enum" in part or part.get("format") == "date-time":
            continue
        for kind, word in (("string", "maxLength"), ("array", "maxItems")):
            if part.get("type") == kind and word not in part:
                yield f"has no {word}"
        if isinstance(part.get("additionalProperties"), dict) and "maxProperties" not in part:
            yield "has no maxProperties"


def _least(field: FieldSubject) -> Iterator[str]:
    text = field.schema.get("type") == "string" and not field.schema.keys() & {"minLength", "pattern", "enum", "format"}
    if text and field.required:
        yield "is required, and may be empty"


def _nullable(field: FieldSubject) -> Iterator[str]:
    if any("nullable" in part for part in _scalars(field.schema)):
        yield "may be null, which says no more than leaving it out"


def _references(field: FieldSubject) -> Iterator[str]:
    if re.search(r"References?$", field.name):
        yield f"is called {field.name}, and others end in Ref or Refs"


def _times(field: FieldSubject) -> Iterator[str]:
    if re.search(r"time_?stamp", field.name, re.IGNORECASE):
        yield "is a Timestamp, and others end in Time"
    if field.schema.get("format") == "date-time" and not field.name.endswith("Time"):
        yield "is a point in time, and does not end in Time"


def _descriptions(field: FieldSubject) -> Iterator[str]:
    if not field.schema.get("description", "").rstrip().endswith((".", ":", ")")):
        yield "is not described by a sentence"


def _values(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        wrong = [str(value) for value in part.get("enum", ()) if isinstance(value, str) and not _VALUE.fullmatch(value)]
        if wrong:
            yield f"has values that are not written LikeThis: {', '.join(wrong[:3])}"


def _unit_names(field: FieldSubject) -> Iterator[str]:
    if field.schema.get("type") == "integer":
        first = field.schema.get("description", "").split(" ")[0]
        if (unit := _UNITS.get(first)) and unit not in field.name:
            yield f"counts {first.lower()}, and {unit} is not in its name"


def _targets(field: FieldSubject) -> Iterator[str]:
    further = field.schema.get("properties", {}).keys() - {"name", "namespace"}
    if field.name.endswith("Ref") and further:
        yield f"refers by {', '.join(sorted(further))}, not by name and namespace alone"


def _patterns(field: FieldSubject) -> Iterator[str]:
    for part in _scalars(field.schema):
        alternatives = [part, *part.get("anyOf", ())]
        for pattern in [each["pattern"] for each in alternatives if "pattern" in each]:
            if not _ENDS.fullmatch(pattern):
                yield f"has a pattern that matches parts of a text: {pattern}"
            if _NOT_RE2.search(pattern):
                yield f"has a pattern that RE2 does not know: {pattern}"
        if (form := part.get("format")) and form not in _FORMATS:
            yield f"has the format {form}, which an API server ignores"


FIELD_CHECKS: tuple[FieldCheck, ...] = (
    FieldCheck("L01", "names are written like thisName, and none is one that importers keep", _names),
    FieldCheck("L08", "lists say how server-side apply merges them", _lists),
    FieldCheck("L09", "keys of lists are scalars that are always there", _list_keys),
    FieldCheck("L10", "sets hold scalars", _sets),
    FieldCheck("L11", "items of lists have a field that is required", _items),
    FieldCheck("L12", "no number has a fraction", _floats),
    FieldCheck("L13", "integers have 32 or 64 bits", _integers),
    FieldCheck("L14", "what may get a third value is no boolean", _booleans),
    FieldCheck("L15", "mappings lead to strings", _maps),
    FieldCheck("L16", "durations are texts of one form", _durations),
    FieldCheck("L17", "what has a default is not required", _defaults),
    FieldCheck("L19", "texts, lists and mappings have a largest size", _bounds),
    FieldCheck("L20", "a text that is required says whether it may be empty", _least),
    FieldCheck("L21", "nothing is null", _nullable),
    FieldCheck("L22", "references end in Ref", _references),
    FieldCheck("L23", "points in time end in Time", _times),
    FieldCheck("L24", "every field is described by a sentence", _descriptions),
    FieldCheck("L25", "values are written LikeThis", _values),
    FieldCheck("L26", "names have the unit of what they count", _unit_names),
    FieldCheck("L27", "references name an object, and nothing else", _targets),
    FieldCheck("L30", "patterns are RE2 and match whole texts; formats are known", _patterns),
)
