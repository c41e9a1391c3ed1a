"""The base of everything a user may write: strict, frozen, unknown fields refused, wire names in camelCase.

The constructors take either spelling of a field; a mapping must use the wire name (`parse_as` sees to it).
The docstring below a field is its documentation; it is read from the source when somebody asks for it
(`field_docs`), so that importing the models stays cheap.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..errors import Finding, InputError, SpecError
from .deferred import deferred_models, resolved
from .fields import Path, parsed_path, wire_name
from .invalid import findings_of, problem_finding
from .problem import Problem, Rule

__all__ = [
    "CheckedModel",
    "Items",
    "Mapping",
    "Model",
    "Problem",
    "Rule",
    "field_docs",
    "parse_as",
    "parse_shape",
    "written",
]

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class _ModelFields(property):
    """The fields of a model, with the models that they hold: those that wait to be needed are imported."""

    def __get__(self, _: object, owner: type[BaseModel] | None = None) -> Any:
        """Return the fields by their Python names."""
        fields = owner.__pydantic_fields__ if owner else {}
        if owner not in _RESOLVED:
            for field in fields.values():
                if deferred_models(field.annotation):
                    field.annotation = resolved(field.annotation)
            _RESOLVED.add(owner)
        return fields


_RESOLVED: set[object] = set()
"""Models none of whose fields waits any more."""


class Model(BaseModel):
    """A part of a specification."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        alias_generator=wire_name,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
        protected_namespaces=(),
        allow_inf_nan=False,
        # Any limit, be it none, makes pydantic look into strings and refuse half a surrogate pair: no output can hold it.
        str_min_length=0,
    )

    if not TYPE_CHECKING:
        model_fields = _ModelFields()

    refusal: ClassVar[type[InputError]] = SpecError
    """What is raised for wrong data."""
    other_names: ClassVar[dict[str, str]] = {}
    """Names that people try, in the spelling of the wire, and what to write instead of each."""

    def __init__(self, /, **data: Any) -> None:
        """Validate *data*; raises `refusal` with every finding, paths in wire names."""
        try:
            self.__pydantic_validator__.validate_python(data, self_instance=self)
        except ValidationError as error:
            if not _has_other_mappings(error):
                raise self.refusal(_every_finding(error, type(self), data)) from None
            self.__init__(**_with_dicts(data))  # type: ignore[misc]

    @classmethod
    def meant_by(cls, name: str) -> str:
        """Return what to write instead of the field *name*, which there is not; empty where nobody can tell."""
        return cls.other_names.get(name, "")

    @classmethod
    def validated_part(cls, value: object, context: object) -> Any:
        """Return what *value* of a field is, in a model that is validated in that *context*."""
        by_name = context is not _WIRE and context is not _PARTIAL
        return cls.__pydantic_validator__.validate_python(value, context=context, by_alias=True, by_name=by_name)

    # pydantic must not take this for a constructor with behaviour of its own: nested models skip it.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


class CheckedModel(Model):
    """A model with rules between its fields; all of its problems are reported together."""

    rules: ClassVar[tuple[Rule, ...]] = ()
    """The rules that `problems` asks, one by one; where fields are wrong, those that read them are left out.

    A model with few rules has `problems` of its own instead.
    """

    def problems(self) -> Iterable[Problem]:
        """Return every rule that does not hold."""
        problems: list[Problem] = []
        for rule in self.rules:
            problems += rule(self)
        return problems

    @model_validator(mode="after")
    def _no_problems(self, info: ValidationInfo) -> Self:
        if (context := info.context) is _PARTIAL or context is _PARTIAL_BY_NAME:
            return self
        if problems := [*self.problems()]:
            raise PydanticCustomError("problems", "rules between fields", {"problems": problems})
        return self


def _as_tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return () if value is None else value


def _as_mapping(value: object) -> object:
    return {} if value is None else value


def _in_order(value: dict[str, T]) -> dict[str, T]:
    return dict(sorted(value.items())) if len(value) > 1 else value


Items = Annotated[tuple[T, ...], BeforeValidator(_as_tuple)]
"""A list field: lists and tuples are accepted, sets are not (their order is not the user's).

Null is read as an empty list, except in `Items[...] | None`, where it stays null and is not written.
"""

Mapping = Annotated[dict[str, T], BeforeValidator(_as_mapping), AfterValidator(_in_order)]
"""A mapping field, kept in the order of its keys, which has no meaning; null is read as in `Items`."""


_WIRE, _PARTIAL, _PARTIAL_BY_NAME = object(), object(), object()
"""The contexts in which a mapping must use the wire names, in the second without that rules between fields are asked, and in
which none is asked because wrong fields have been taken out."""


def _built(model: type[M]) -> type[M]:
    """Return *model*, whose spec pydantic has built: it is written out by itself too, and would be built twice."""
    if not model.__pydantic_complete__ and (spec := model.model_fields.get("spec")):
        spec.annotation.model_rebuild()  # type: ignore[union-attr]  # the spec of a resource is a model
    return model


def parse_as(model: type[M], data: object, at: Path = ()) -> M:
    """Validate *data*, in wire names; raises its `refusal` with field paths that begin with *at*."""
    try:
        # What model_validate does, less its checks of the options: it is called for every part of every resource.
        return _built(model).__pydantic_validator__.validate_python(  # type: ignore[no-any-return]
            data, by_alias=True, by_name=False, context=_WIRE
        )
    except ValidationError as error:
        if _has_other_mappings(error):
            return parse_as(model, _with_dicts(data), at)
        raise model.refusal(_every_finding(error, model, data, at)) from None


def parse_shape(model: type[M], data: object) -> M:
    """Return *model* of *data*, in wire names, whose fields have the right types; no rule between fields is asked.

    Raises `ValueError` where a type is wrong. It is for data that is derived, and that `parse_as` has taken before.
    """
    return _built(model).__pydantic_validator__.validate_python(  # type: ignore[no-any-return]
        data, by_alias=True, by_name=False, context=_PARTIAL
    )


def _every_finding(error: ValidationError, model: type[BaseModel], data: object, at: Path = ()) -> list[Finding]:
    """Return what *error* says, and what the rules say that pydantic did not come to because of it."""
    from .partial import broken_rules  # only errors need it

    findings = findings_of(error, model, at)

    def validated(part: type[BaseModel], right: Any) -> BaseModel:
        return part.model_validate(right, context=_PARTIAL_BY_NAME, by_alias=True, by_name=True)

    wrong = {parsed_path(finding.path)[len(at) :] for finding in findings}
    ran = {detail["loc"] for detail in error.errors(include_url=False) if detail["type"] == "problems"}
    broken = broken_rules(model, data, wrong=wrong, ran=ran, validate=validated)
    return [*findings, *(problem_finding(problem, at + place) for place, problem in broken)]


def _has_other_mappings(error: ValidationError) -> bool:
    """Tell whether *error* is about a mapping that is no dict, such as a `MappingProxyType`, which pydantic refuses."""
    given = (detail["input"] for detail in error.errors(include_url=False, include_context=False))
    return any(isinstance(value, AnyMapping) and not isinstance(value, dict) for value in given)


def _with_dicts(data: Any) -> Any:
    """Return *data* with dicts for all mappings in it."""
    if isinstance(data, AnyMapping):
        return {key: _with_dicts(value) for key, value in data.items()}
    return [*map(_with_dicts, data)] if isinstance(data, list | tuple) else data


def written(model: Model, fields: set[str] | None = None) -> dict[str, Any]:
    """Return what the user wrote of *model*, in wire names: nothing added, nothing dropped but nulls.

    *fields* (Python names) are all that is wanted; None means every one.
    """
    return model.__pydantic_serializer__.to_python(  # type: ignore[no-any-return]
        model, mode="json", by_alias=True, exclude_unset=True, exclude_none=True, include=fields
    )


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstring below each field of *model* and of its bases, by Python name."""
    docs: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel and base.__module__ != __name__:
            docs |= _docs_in_module(inspect.getmodule(base)).get(base.__qualname__, {})
    return docs


@cache
def _docs_in_module(module: ModuleType | None) -> dict[str, dict[str, str]]:
    """Return the field docstrings of every class in *module*, by qualified class name."""
    return dict(_docs_in_body(ast.parse(inspect.getsource(module)), prefix="")) if module else {}


def _docs_in_body(scope: ast.AST, prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for node in ast.iter_child_nodes(scope):
        match node:
            case ast.ClassDef():
                yield prefix + node.name, _docs_in_class(node)
                yield from _docs_in_body(node, f"{prefix}{node.name}.")
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _docs_in_body(node, f"{prefix}{node.name}.<locals>.")
            case _:
                yield from _docs_in_body(node, prefix)


def _docs_in_class(node: ast.ClassDef) -> dict[str, str]:
    docs: dict[str, str] = {}
    for statement, following in zip(node.body, node.body[1:], strict=False):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=field)), ast.Expr(value=ast.Constant(value=str() as text)):
                docs[field] = inspect.cleandoc(text)
    return docs
