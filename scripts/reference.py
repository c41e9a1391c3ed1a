"""The reference of the kinds, `docs/reference/`: every type with its fields, as pages that nobody writes by hand.

The layout is that of elastic/crd-ref-docs: what a type is, where it appears, the rules between its fields, and a table of its
fields with type, default and validation. Types of one kind stand on the page of the kind, types that several kinds have
on `types.md`. Each type that an example can be found for has one, which `tests/docs/test_reference.py` compiles.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from hanzo_constructs.kube.published import BY_NAME, EITHER, SHORT_FORM, UNIQUE
from hanzo_constructs.kube.yaml import dump
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.model_schema import CORE, RULES, Schema, model_schema
from hanzo_constructs.schema.structural import count_what_it_is
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.spec.kinds import KINDS
from scripts.reference_examples import SETTINGS, examples_of

__all__ = ["FOLDER", "OWN_KINDS", "page_of", "reference_pages", "table", "types_of"]

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
_SHARED = "types"
_BOUNDS = {
    "minimum": "Minimum",
    "maximum": "Maximum",
    "minLength": "MinLength",
    "maxLength": "MaxLength",
    "minItems": "MinItems",
    "maxItems": "MaxItems",
    "minProperties": "MinProperties",
    "maxProperties": "MaxProperties",
}
OWN_KINDS = [kind for kind in KINDS.values() if not kind.of]
"""The kinds that are no facades."""


class _Type(NamedTuple):
    """A type of ours."""

    name: str
    schema: Schema
    users: dict[str, None]
    """The types whose fields have it."""
    pages: dict[str, None]
    """The pages of the kinds that have it."""


def page_of(kind: Kind) -> str:
    """Return the name of the page of *kind*, without its ending."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", kind.name).lower()


def reference_pages() -> dict[Path, str]:
    """Return the text of every page, by its path."""
    pages = {FOLDER / f"{page_of(kind)}.md": _page(kind) for kind in OWN_KINDS}
    return {**pages, FOLDER / f"{_SHARED}.md": _shared_page()}


@cache
def types_of() -> dict[str, _Type]:
    """Return every type of ours that a resource or its status may have, by name, with its kinds and users."""
    found: dict[str, _Type] = {}
    for kind in OWN_KINDS:
        for model in (kind.model, kind.status_model):
            schema = count_what_it_is(model_schema(model))
            definitions = {model.__name__: schema, **schema.get("$defs", {})}
            for key, definition in definitions.items():
                if CORE not in definition and "properties" in definition:
                    name = _short(key)
                    known = found.setdefault(name, _Type(name, definition, {}, {}))
                    if known.schema["properties"].keys() != definition["properties"].keys():
                        raise ValueError(f"{name} is the name of two types")
                    known.pages[page_of(kind)] = None
    for each in found.values():
        for part in each.schema["properties"].values():
            for name in _named_in(part):
                if name in found:
                    found[name].users[each.name] = None
    return found


def _short(key: str) -> str:
    """Return the name of the type that stands at *key* of the definitions: pydantic writes the module in front of twins."""
    return key.rpartition("__")[2]


def _named_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield _short(part["$ref"].rpartition("/")[2])
        for key, value in part.items():
            if key != RULES:
                yield from _named_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from _named_in(value)


def _home(each: _Type) -> str:
    return next(iter(each.pages)) if len(each.pages) == 1 else _SHARED


def _page(kind: Kind) -> str:
    group = kind.api_version(Platform())
    facades = [each for each in KINDS.values() if each.of == kind.name]
    also = f" {', '.join(f'`{each.name}`' for each in facades)} have the same fields." if facades else ""
    guide = f"[The guide](../kinds/{page_of(kind)}.md) says how they are used."
    head = f"# {kind.name} reference\n\nFields of the kind {kind.name}, `{group}`.{also} {guide}\n"
    own = [each for each in types_of().values() if _home(each) == page_of(kind)]
    return _generated(head, page_of(kind), own, kind)


def _shared_page() -> str:
    head = "# Types that several kinds have\n\nThey are parts of the kinds: "
    head += ", ".join(f"[{kind.name}]({page_of(kind)}.md)" for kind in OWN_KINDS) + ".\n"
    return _generated(head, _SHARED, [each for each in types_of().values() if _home(each) == _SHARED], None)


def _generated(head: str, page: str, own: list[_Type], kind: Kind | None) -> str:
    note = "<!-- Generated by scripts/generate_docs.py; do not edit. -->\n"
    settings = ", ".join(f"`{name}`" for name in SETTINGS)
    about = (
        "Types of Kubernetes are described in its API reference. Examples are parts of a resource; each "
        f"compiles over what its kind needs at the least, on a platform with the settings {settings}.\n"
    )
    return "\n".join([head, note, about, *(_section(each, page, kind) for each in own)])


def _section(each: _Type, page: str, kind: Kind | None) -> str:
    parts = [f"### {each.name}\n", f"{_text(each.schema['description'])}\n"]
    link = partial(_link, page=page)
    if users := [link(name) for name in each.users]:
        parts.append(f"_Appears in:_ {', '.join(users)}\n")
    if rules := [rule["message"] for rule in each.schema.get(RULES, ())]:
        parts.append("_Validation:_\n\n" + "".join(f"- {_text(rule)}\n" for rule in rules))
    is_resource = kind and each.name == kind.model.__name__
    constants = {"apiVersion": kind.api_version(Platform()), "kind": kind.name} if kind and is_resource else {}
    parts.append(table(each.schema, link, constants))
    if example := examples_of(OWN_KINDS).get(each.name):
        parts.append(f"<!-- example: {example.kind} -->\n```yaml\n{dump(example.document)}```\n")
    return "\n".join(parts)


def table(schema: Schema, link: Callable[[str], str], constants: Mapping[str, str] | None = None) -> str:
    """Return the table of the fields of a type; *constants* are the values of fields that have just one.

    *link* returns the name of another type, as a link to what is said of it.
    """
    required = schema.get("required", ())
    rows = ["| Field | Description | Default | Validation |\n", "| --- | --- | --- | --- |\n"]
    for name, part in schema["properties"].items():
        if constants and name in constants:
            cells = (f"`{name}` _string_", f"`{constants[name]}`", "", "")
        else:
            validation = [*(["Required: {}"] if name in required else []), *_validation(part)]
            field = f"`{name}` _{_type(part, link)}_"
            cells = (field, _text(part.get("description", "")), _default(part), " <br /> ".join(validation))
        rows.append(f"| {' | '.join(cells)} |\n")
    return "".join(rows)


def _text(text: str) -> str:
    """Return *text* for a cell: on one line, with nothing but code in it that Markdown would take for more."""
    parts = re.sub(r"\s+", " ", text).replace("|", "\\|").split("`")
    return "`".join(part if number % 2 else part.replace("<", "&lt;") for number, part in enumerate(parts))


def _code(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def _default(part: Schema) -> str:
    return _code(part["default"]) if part.get("default") not in (None, [], {}, "") else ""


def _validation(part: Schema) -> Iterator[str]:
    for key, word in _BOUNDS.items():
        if key in part:
            yield f"{word}: {part[key]}"
    if "pattern" in part:
        yield f"Pattern: {_code(part['pattern'])}"
    if "enum" in part:
        yield f"Enum: [{' '.join(map(str, part['enum']))}]"
    if UNIQUE in part:
        yield "UniqueItems: true"
    if SHORT_FORM in part:
        yield f"Short form: {part[SHORT_FORM].get('type', 'see the guide')}"
    if BY_NAME in part:
        yield "Short form: object by name"
    for key in ("items", "additionalProperties"):
        if isinstance(below := part.get(key), dict) and "$ref" not in below:
            yield from (f"items:{each}" for each in _validation(below))


def _type(part: Schema, link: Callable[[str], str]) -> str:  # noqa: PLR0911 - a case for each form
    match part:
        case {"$ref": reference}:
            return link(_short(reference.rpartition("/")[2]))
        case {"x-kubernetes-int-or-string": True}:
            return "integer or string"
        case {"oneOf": parts} | {"anyOf": parts}:
            return " or ".join(dict.fromkeys(_type(each, link) for each in parts))
        case {"type": "array", "items": items}:
            return f"{_type(items, link)} array"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"object (keys:string, values:{_type(values, link)})"
        case {"type": kind}:
            return str(kind)
    if EITHER in part or not part.keys() - {"description", "default"}:
        return "any"
    raise ValueError(f"nothing is known of {part}")


def _link(name: str, page: str) -> str:
    known = types_of().get(name)
    if known is None:
        return f"{name} of Kubernetes"
    home = _home(known)
    return f"[{name}]({'' if home == page else f'{home}.md'}#{name.lower()})"
