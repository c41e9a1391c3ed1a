"""Turn pydantic's errors into findings in this project's words: wire names, what was given, what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import Finding
from .fields import Path, field_path, shown, suggestion

__all__ = ["findings_of"]

_EXPECTED = {
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "float_type": "a number",
    "int_from_float": "an integer",
    "int_parsing_size": "an integer",
    "int_type": "an integer",
    "list_type": "a list",
    "mapping_type": "a mapping",
    "model_attributes_type": "a mapping",
    "model_type": "a mapping",
    "string_type": "a string",
    "string_unicode": "valid Unicode",
    "tuple_type": "a list",
}

_BOUNDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "greater_than_equal": lambda ctx: f"must be at least {ctx['ge']}",
    "greater_than": lambda ctx: f"must be greater than {ctx['gt']}",
    "less_than_equal": lambda ctx: f"must be at most {ctx['le']}",
    "less_than": lambda ctx: f"must be less than {ctx['lt']}",
}


def findings_of(error: ValidationError, model: type[BaseModel], at: Path = ()) -> list[Finding]:
    """Return a finding for each part of *error*, which came from validating *model* at the place *at*."""
    return [
        Finding(message, field_path(at + path))
        for detail in error.errors(include_url=False)
        for path, message in _explained(detail, model)
    ]


def _explained(detail: ErrorDetails, model: type[BaseModel]) -> Iterator[tuple[Path, str]]:
    path, given, context = tuple(detail["loc"]), detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "problems":
            for problem in context["problems"]:
                yield path + tuple(problem.path), problem.message
        case "missing":
            yield path, "required"
        case "extra_forbidden":
            yield path, _unknown_field(model, path)
        case "literal_error":
            yield path, _not_allowed(context["expected"], given)
        case "value_error":
            yield path, str(context["error"])
        case "dict_type" | "model_type" | "tuple_type" | "string_type" | "int_type" | "bool_type" as kind:
            hint = "; quote it" if kind == "string_type" and isinstance(given, bool | int | float) else ""
            yield path, f"expected {_EXPECTED[kind]}, got {shown(given)}{hint}"
        case "invalid_key":
            yield path, f"expected a string as key, got {shown(given)}"
        case "string_too_long":
            yield path, f"must have at most {context['max_length']} characters, got {len(given)}"
        case "string_too_short" | "too_short":
            yield path, "must not be empty"
        case kind if kind in _BOUNDS:
            yield path, f"{_BOUNDS[kind](context)}, got {shown(given)}"
        case kind if kind in _EXPECTED:
            yield path, f"expected {_EXPECTED[kind]}, got {shown(given)}"
        case _:
            yield path, f"{detail['msg'][:1].lower()}{detail['msg'][1:]}, got {shown(given)}"


def _not_allowed(expected: str, given: object) -> str:
    allowed = expected.replace("'", "").replace(" or ", ", ")
    near = suggestion(given, allowed.split(", ")) if isinstance(given, str) else ""
    hint = f", did you mean {near}?" if near else ""
    return f"must be one of {allowed}, got {shown(given)}{hint}"


def _unknown_field(model: type[BaseModel], path: Path) -> str:
    owner = _model_at(model, path[:-1])
    known = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
    near = suggestion(str(path[-1]), known)
    return f"unknown field, did you mean {near}?" if near else f"unknown field, known are {', '.join(known)}"


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Follow *path* through the annotations of *model* to the model it ends in."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        for name, field in current.model_fields.items():
            if step in (field.alias, name):
                current = _model_within(field.annotation)
                break
    return current


def _model_within(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)
