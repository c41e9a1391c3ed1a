"""What may stand at a place of a resource or of settings: looked up in the schemas that are published for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ..errors import SpecError
from ..kube.fields import Path
from ..platform import Platform
from ..schema.json_schema import kind_schema, settings_schema
from ..spec.kinds import kind_named

__all__ = ["Place", "place_in", "schema_of"]

Schema = dict[str, Any]


class Place(NamedTuple):
    """What may stand at one place: any of the *forms*, each without references."""

    forms: tuple[Schema, ...]
    description: str = ""

    @property
    def fields(self) -> dict[str, Schema]:
        """The fields of the mapping that may stand there, by name; none where its keys are free."""
        found: dict[str, Schema] = {}
        for form in self.forms:
            found = {**form.get("properties", {}), **found}
        return found

    @property
    def required(self) -> frozenset[str]:
        """The fields that must be there, whatever the form."""
        forms = [form for form in self.forms if "properties" in form]
        return (
            frozenset.intersection(*(frozenset(form.get("required", ())) for form in forms)) if forms else frozenset()
        )

    @property
    def values(self) -> tuple[Any, ...]:
        """The only values that may stand there, if that is said."""
        found: dict[Any, None] = {}
        for form in self.forms:
            listed = form.get("enum", [form["const"]] if "const" in form else [])
            found |= dict.fromkeys([True, False] if form.get("type") == "boolean" else listed)
        return tuple(found)

    @property
    def types(self) -> tuple[str, ...]:
        """The types of JSON that may stand there."""
        return tuple(dict.fromkeys(str(form["type"]) for form in self.forms if "type" in form))

    @property
    def default(self) -> Any:
        """What holds when nothing stands there; None where that is not one value."""
        return next((form["default"] for form in self.forms if "default" in form), None)


@lru_cache(maxsize=64)
def _of_kind(kind: str, api_group: str) -> Schema | None:
    try:
        return kind_schema(kind_named(kind), Platform(api_group=api_group))
    except SpecError:
        return None


@lru_cache(maxsize=1)
def _of_settings() -> Schema:
    return settings_schema()


def schema_of(kind: str | None, platform: Platform) -> Schema | None:
    """Return the schema of resources of *kind* on *platform*, None where it is unknown; that of settings for no kind."""
    return _of_settings() if kind is None else _of_kind(kind, platform.api_group)


def place_in(schema: Schema, path: Path) -> Place | None:
    """Return what may stand at *path* of what *schema* describes; None where nothing may."""
    definitions = schema.get("$defs", {})
    place = Place(tuple(_forms(schema, definitions)), schema.get("description", ""))
    for step in path:
        parts = [part for form in place.forms if isinstance(part := _part(form, step), dict)]
        if not parts:
            return None
        forms = [form for part in parts for form in _forms(part, definitions)]
        told = [*(part.get("description", "") for part in parts), *(form.get("description", "") for form in forms)]
        place = Place(tuple(forms), next(filter(None, told), ""))
    return place


def _part(form: Schema, step: str | int) -> Any:
    if isinstance(step, int):
        return form.get("items")
    known = form.get("properties", {})
    return known[step] if step in known else form.get("additionalProperties")


def _forms(part: Schema, definitions: dict[str, Schema]) -> Iterator[Schema]:
    """Yield what *part* may be: itself with what it refers to, or the alternatives that it lists."""
    beside = {key: value for key, value in part.items() if key not in {"$ref", "anyOf", "oneOf"}}
    others: Iterable[Schema] = part.get("anyOf") or part.get("oneOf") or ()
    if "$ref" in part:
        for form in _forms(definitions[part["$ref"].rpartition("/")[2]], definitions):
            yield {**form, **beside}
        return
    if not others:
        yield beside
    for other in others:
        for form in _forms(other, definitions):
            yield {**beside, **form}
