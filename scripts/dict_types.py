"""The types of what may be written where a model has a field, as text."""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator

from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.deferred import resolved
from hanzo_constructs.kube.model import Items, Mapping
from hanzo_constructs.kube.published import BY_NAME, FIELDS_BY_NAME, SHORT_FORM, ByName, Published, by_name
from hanzo_constructs.kube.scalar import Scalar

__all__ = ["VARIABLE", "Types", "hints_of", "models_in", "names_of"]

_OBJECTS = {"volumes", "env_from", "image_pull_secrets"}
"""Fields in whose lists objects of cdk8s-plus may stand."""
_NULLABLE = {*get_args(Items)[1:], *get_args(Mapping)[1:]}
"""What makes an empty list or mapping of null."""
VARIABLE = " | _Composed | _EnvironmentValue"
"""What the value of a variable may be, beside a string."""


def models_in(roots: list[type[BaseModel]]) -> list[type[BaseModel]]:
    """Return *roots* and all models in their fields, those that others need first."""
    found: dict[type[BaseModel], None] = {}

    def visit(model: type[BaseModel]) -> None:
        if model in found:
            return
        for annotation in hints_of(model).values():
            for below in _models_below(annotation):
                visit(below)
        found[model] = None

    for root in roots:
        visit(root)
    return [*found]


def hints_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the annotations of the fields of *model*, with their metadata."""
    hints = get_type_hints(model, include_extras=True)
    return {name: resolved(hints[name]) for name in model.model_fields}


def _models_below(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _models_below(argument)


def _with_short_fields(models: list[type[BaseModel]]) -> dict[type[BaseModel], dict[str, ByName]]:
    """Return the models in whose fields lists may be mappings by name, and the fields."""
    found: dict[type[BaseModel], dict[str, ByName]] = {}
    for annotation in (each for model in models for each in hints_of(model).values()):
        for mark in getattr(annotation, "__metadata__", ()):
            if isinstance(mark, Published) and FIELDS_BY_NAME in mark.json_schema:
                (item,) = _models_below(annotation)
                found[item] = {field: ByName(**each) for field, each in mark.json_schema[FIELDS_BY_NAME].items()}
    return found


def names_of(models: list[type[BaseModel]]) -> dict[type[BaseModel], str]:
    """Return the name of the dict of each of *models*; Kubernetes' own types keep theirs."""
    names: dict[type[BaseModel], str] = {}
    taken = {f"{model.__name__}Dict" for model in models if issubclass(model, Part)}
    for model in models:
        name = f"{model.__name__}Dict"
        if not issubclass(model, Part):
            short = f"{model.__name__.removesuffix('Spec')}Dict"
            if short not in taken:
                name = short
            elif name in taken:
                name = f"{model.__module__.rpartition('.')[2].title().replace('_', '')}{name}"
            taken.add(name)
        names[model] = name
    return names


class Types:
    """The types of fields, as text.

    Objects that stand for others (of cdk8s-plus, of the constructs) may be there where *objects* is true.
    """

    def __init__(self, names: dict[type[BaseModel], str], *, objects: bool = True) -> None:
        self.names, self.objects = names, objects
        self._short_fields = _with_short_fields([*names])
        self.models: set[type[BaseModel]] = set()
        """Models that may stand in place of their dicts."""
        self.without_name: dict[type[BaseModel], str] = {}
        """Models that stand in mappings by their names, and the dicts of them without a name."""

    def of(self, annotation: Any, field: str = "") -> str:
        """Return the type of what may stand where *annotation* is; *field* is the Python name of the field."""
        parts = dict.fromkeys(self._parts(annotation, field))
        return " | ".join(sorted(parts, key="None".__eq__))

    def of_field(self, model: type[BaseModel], field: str) -> str:
        """Return the type of what may stand in the *field* of *model*."""
        annotation = hints_of(model)[field]
        if short := self._short_fields.get(model, {}).get(field):
            return self.of(Annotated[annotation, by_name(short)], field)
        if field == "credentials_ref" and self.objects:
            return f"{self.of(annotation, field)} | _Named"
        return self.of(annotation, field)

    def _parts(self, annotation: Any, field: str) -> Iterator[str]:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            yield from self._annotated(arguments[0], arguments[1:], field)
        elif origin in (Union, UnionType):
            for each in arguments:
                yield from self._parts(each, field)
        elif origin is tuple:
            items = self.of(arguments[0], field)
            if field in _OBJECTS and self.objects and "_Named" not in items:
                items += " | _Named"
            # a string is a sequence of strings, too, and never meant
            yield from (["list[str]", "tuple[str, ...]"] if items == "str" else [f"Sequence[{items}]"])
        elif origin is dict:
            yield f"Mapping[str, {self.of(arguments[1])}]"
        elif origin is Literal:
            yield f"Literal[{', '.join(map(repr, arguments))}]"
        else:
            yield from self._of_class(annotation)

    def _of_class(self, annotation: Any) -> Iterator[str]:
        if annotation is NoneType:
            yield "None"
        elif annotation is not Any and issubclass(annotation, BaseModel):
            yield from (self.names[annotation], self._model(annotation))
        else:
            yield annotation.__name__

    def _model(self, model: type[BaseModel]) -> str:
        self.models.add(model)
        return self.alias(model)

    def alias(self, model: type[BaseModel]) -> str:
        """Return under which name *model* is known: that of its dict, where one of Kubernetes' own types has its name."""
        taken = any(
            each is not model and each.__name__ == model.__name__ for each in self.names if issubclass(each, Part)
        )
        return self.names[model].removesuffix("Dict") if taken else model.__name__

    def _annotated(self, inner: Any, metadata: tuple[Any, ...], field: str) -> Iterator[str]:
        published = {
            key: value for each in metadata if isinstance(each, Published) for key, value in each.json_schema.items()
        }
        if scalar := next((each for each in metadata if isinstance(each, Scalar)), None):
            yield "str | int | float" if "pattern" in scalar.json_schema else self.of(inner)
            return
        if FIELDS_BY_NAME in published:
            (item,) = _models_below(inner)
            yield f"Sequence[{self.names[item]} | {self._model(item)}]"
            return
        yield from self._parts(inner, field)
        if self.objects and inner is str and published.get("maxLength") in (63, 253) and "pattern" in published:
            yield "_Named"
        if SHORT_FORM in published:
            yield {"string": "str", "number": "float"}[published[SHORT_FORM]["type"]]
        if BY_NAME in published:
            (item,) = _models_below(inner)
            yield f"Mapping[str, {self._by_name(item, published[BY_NAME])}]"
        if any(each in _NULLABLE for each in metadata if isinstance(each, BeforeValidator)):
            yield "None"

    def _by_name(self, item: type[BaseModel], short: dict[str, Any]) -> str:
        """Return what may stand for *item* in a mapping by name."""
        plain = {"string": "str", "integer": "int"}[short["value"]["type"]]
        if plain == "str" and self.objects:
            plain += VARIABLE
        self.without_name[item] = name = f"Unnamed{self.names[item]}"
        source = ""
        if short["field"]:
            hints = hints_of(item)
            python_name = next(name for name, each in item.model_fields.items() if each.alias == short["field"])
            source = f" | {self.of(hints[python_name]).replace(' | None', '')}"
        return f"{plain} | {name}{source}"
