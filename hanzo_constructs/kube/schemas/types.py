"""What the generated table says of the types that objects of Kubernetes are made of; read when it is first asked.

A type is written in a few letters: `s` a string, `i` an integer of 32 bits, `l` one of 64, `n` a number, `b` true or false,
`q` a quantity, `p` an integer of 32 bits or a string, `*` anything, `o` an object of a kind that Kubernetes itself does not
have, `#core.v1.Pod` the mapping with these fields, `{s` a mapping of any keys to strings, `[s` a list of strings. Behind a bar stand the fields by which the items of a list are told apart when it is merged, and nothing
where items are added that are not there yet: `[#core.v1.Container|name`, `[s|`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..fields import suggestion

__all__ = [
    "ANYTHING",
    "FOREIGN",
    "METADATA",
    "FieldType",
    "Type",
    "absent_kind",
    "core_kinds",
    "fields_of",
    "item_keys",
    "kind_type",
    "required_fields",
]

_OLDEST = 25


class Type(NamedTuple):
    """A type."""

    form: str
    """The first of its letters."""
    inner: str = ""
    """The letters of what is in a list or a mapping, or the name of a type with fields."""
    keys: tuple[str, ...] | None = None
    """By which fields the items of a list are told apart when it is merged: none, by what they are; None: it is replaced."""

    @property
    def of_items(self) -> Type:
        """The type of what is in a list or in a mapping of any keys."""
        return _parsed(self.inner)


class FieldType(NamedTuple):
    """A field of a type."""

    type: Type
    since: int
    """The first Kubernetes 1.x that has it; 25 for what is older, and for what is as old as its type."""


ANYTHING = Type("*")
FOREIGN = Type("o")
METADATA = Type("#", "meta.v1.ObjectMeta")


def kind_type(api_version: str, kind: str) -> Type | None:
    """Return the type of *kind*, where Kubernetes itself has it in this version."""
    name = _table()["kinds"].get(f"{api_version}/{kind}")
    return Type("#", name) if name else None


def absent_kind(api_version: str, kind: str) -> str:
    """Say that a group of Kubernetes itself has no *kind* in this version; empty for groups of others."""
    known, group = _table()["kinds"], api_version.rpartition("/")[0]
    if f"{api_version}/{kind}" in known or not any(
        name.rpartition("/")[0].rpartition("/")[0] == group for name in known
    ):
        return ""
    near = " ".join(suggestion(f"{api_version}/{kind}", known).rsplit("/", 1))
    return f"no supported version of Kubernetes has {api_version} {kind}{f', did you mean {near}?' if near else ''}"


def core_kinds() -> Mapping[tuple[str, str, str], str]:
    """Return the name of the type of each kind of Kubernetes itself, by its group, version and name."""
    found = {}
    for place, name in _table()["kinds"].items():
        api_version, _, kind = place.rpartition("/")
        group, _, version = api_version.rpartition("/")
        found[group, version, kind] = name
    return found


@cache
def fields_of(name: str) -> Mapping[str, FieldType]:
    """Return the fields of the type *name*; a few, such as the status subresource of a definition, have none."""
    return {field: _field(text) for field, text in _table()["fields"].get(name, {}).items()}


def required_fields(name: str) -> Sequence[str]:
    """Return the fields that a value of the type *name* must have."""
    required: Mapping[str, Sequence[str]] = _table()["required"]
    return required.get(name, ())


@cache
def item_keys() -> Mapping[str, tuple[str, ...]]:
    """Return by which fields lists of a type are merged, by the name of the type without its group: `EnvVar` by `name`."""
    return {
        field.type.of_items.inner.rpartition(".")[2]: field.type.keys
        for name in _table()["fields"]
        for field in fields_of(name).values()
        if field.type.keys and field.type.of_items.form == "#"
    }


@cache
def _table() -> dict[str, dict[str, Any]]:
    from importlib.resources import files  # most runs need no table

    table: dict[str, dict[str, Any]] = json.loads(
        files(__name__.rpartition(".")[0]).joinpath("types.json").read_bytes()
    )
    return table


def _field(text: str) -> FieldType:
    letters, _, since = text.partition("@")
    return FieldType(_parsed(letters), int(since or _OLDEST))


@cache
def _parsed(letters: str) -> Type:
    form, inner = letters[0], letters[1:]
    if form != "[":
        return Type(form, inner)
    inner, bar, keys = inner.partition("|")
    return Type(form, inner, tuple(keys.split(",") if keys else ()) if bar else None)
