"""Turn pydantic's errors into findings in this project's words: wire names, what was given, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from itertools import groupby
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import Finding
from .fields import Path, field_path, listed, shown, suggestion, type_shown
from .problem import Problem

__all__ = ["findings_of", "problem_finding", "worded"]

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
    "none_required": "null",
    "string_type": "a string",
    "tuple_type": "a list",
}

_LITERAL = re.compile(r"""(?:^|, | or )(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,]+))""")
"""One of the values in pydantic's text `'a', 'b' or 3`."""

_LISTED = 12
"""How many allowed values a message lists; more would hide the rest of it."""

_FIELDS_ALIKE = 0.75
"""How alike two names of fields must be for one to be a misspelling of the other: Kubernetes has many, and what is further
off is mostly another one."""
_SHORT = 5
"""Letters up to which a name is short: one wrong letter changes much of it."""
_FEW = 5
"""How many fields a message names of a mapping that is missing; of one with more, `a mapping` says enough."""


class _Place(NamedTuple):
    """The place in the model that a location of pydantic's error means."""

    path: Path
    """The path without the steps that pydantic adds for the members of a union."""
    owner: type[BaseModel] | None
    """The model that the last step is a field of."""
    union: Path | None
    """The outermost value of several types on the way."""
    annotation: object
    """What stands there."""


class _Fault(NamedTuple):
    """One thing pydantic refused."""

    path: Path
    message: str
    expected: str = ""
    """What the type asks for, where nothing but the type is wrong."""
    given: object = None
    union: Path | None = None
    """Place of the value of several types that *path* leads into, if there is one."""


def findings_of(error: ValidationError, model: type[BaseModel], at: Path = ()) -> list[Finding]:
    """Return a finding for each part of *error*, which came from validating *model* at the place *at*."""
    faults = (fault for detail in error.errors(include_url=False) for fault in _faults(detail, model, at))
    return [Finding(fault.message, field_path(at + fault.path)) for fault in _united(faults)]


def problem_finding(problem: Problem, at: Path) -> Finding:
    """Return the finding for the `Problem` of a model at a place."""
    return Finding(worded(problem, at), field_path((*at, *problem.path)))


def worded(problem: Problem, at: Path = ()) -> str:
    """Return what *problem* of a model *at* a place says, with the other place that it is about."""
    return problem.message + (f" (also {field_path((*at, *problem.related))})" if problem.related else "")


def _faults(detail: ErrorDetails, model: type[BaseModel], at: Path) -> Iterator[_Fault]:
    given, context = detail["input"], detail.get("ctx", {})
    place = detail["loc"]
    if _in_key(detail):
        yield _key_fault((*_place(model, place[:-1]).path[:-1], given), detail)
        return
    path, owner, union, annotation = _place(model, place)
    match detail["type"]:
        case "problems":
            for problem in context["problems"]:
                yield _Fault((*path, *problem.path), worded(problem, (*at, *path)))
        case "extra_forbidden":
            yield _Fault((*path[:-1], place[-1]), _unknown_field(owner, str(place[-1])), union=union)
        case "invalid_key":
            yield _key_fault(path, detail)
        case "union_tag_invalid":
            yield _Fault(
                (*path, context["discriminator"].strip("'")), _not_allowed(context["expected_tags"], context["tag"])
            )
        case "union_tag_not_found":
            yield _Fault((*path, context["discriminator"].strip("'")), "required")
        case kind if kind in _EXPECTED:
            hint = _quotes(kind, given)
            expected = _EXPECTED[kind] + (
                _with_fields(annotation) if _EXPECTED[kind] == "a mapping" and not union else ""
            )
            yield _Fault(path, f"expected {expected}, got {type_shown(given)}{hint}", expected, given, union)
        case _:
            yield _Fault(path, _broken_rule(detail), union=union)


def _quotes(kind: str, given: object) -> str:
    """Say what to do about quotes, where they are all that is wrong."""
    if kind == "string_type" and isinstance(given, bool | int | float):
        return "; quote it"
    return "; leave the quotes out" if kind == "int_type" and isinstance(given, str) and given.isdecimal() else ""


def _with_fields(annotation: object) -> str:
    """Say what to write in a mapping of *annotation*, if that is soon said: ` with name, value, valueFrom`."""
    model = _model_in([*_members(annotation)])
    names = [field.alias or name for name, field in model.model_fields.items()] if model else []
    return f" with {', '.join(names)}" if 0 < len(names) <= _FEW else ""


def _in_key(detail: ErrorDetails) -> bool:
    """Tell whether the error is in a key: pydantic says so by a last step behind the key, which it may spell anew."""
    place, given = detail["loc"], detail["input"]
    if len(place) < 2 or place[-1] != "[key]":
        return False
    return place[-2] == given or str(place[-2]) == str(given) or detail["type"] == "string_unicode"


def _key_fault(path: Path, detail: ErrorDetails) -> _Fault:
    """Say what is wrong with the last step of *path* itself."""
    key = detail["input"]
    if isinstance(key, str):
        return _Fault(path, f"the key {_broken_rule(detail)}")
    hint = "; quote it" if key is None or isinstance(key, bool | int | float) else ""
    return _Fault(path[:-1], f"expected a string as key, got {type_shown(key)}{hint}")


def _not_allowed(expected: str, given: object) -> str:
    allowed = [single or double or bare for single, double, bare in _LITERAL.findall(expected)]
    near = suggestion(given, allowed) if isinstance(given, str) else ""
    listed = ", ".join(value or '""' for value in allowed[:_LISTED]) + (", ..." if len(allowed) > _LISTED else "")
    hint = f", did you mean {near}?" if near else ""
    return f"must be one of {listed}, got {shown(given)}{hint}"


def _at_least(least: int, unit: str, given: Sized) -> str:
    return f"must have at least {least} {unit}, got {len(given)}" if least > 1 else "must not be empty"


_RULES: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "assertion_error": lambda context, _: str(context["error"]),
    "finite_number": lambda _, given: f"must be a finite number, got {shown(given)}",
    "greater_than": lambda context, given: f"must be greater than {context['gt']}, got {shown(given)}",
    "greater_than_equal": lambda context, given: f"must be at least {context['ge']}, got {shown(given)}",
    "less_than": lambda context, given: f"must be less than {context['lt']}, got {shown(given)}",
    "less_than_equal": lambda context, given: f"must be at most {context['le']}, got {shown(given)}",
    "literal_error": lambda context, given: _not_allowed(context["expected"], given),
    "missing": lambda *_: "required",
    "multiple_of": lambda context, given: f"must be a multiple of {context['multiple_of']}, got {shown(given)}",
    "recursion_loop": lambda *_: "must not contain itself",
    "string_pattern_mismatch": lambda context, given: f"must match {context['pattern']}, got {shown(given)}",
    "string_unicode": lambda *_: "must be valid Unicode",
    "string_too_long": lambda context, given: f"must have at most {context['max_length']} characters, got {len(given)}",
    "string_too_short": lambda context, given: _at_least(context["min_length"], "characters", given),
    "too_long": lambda context, given: f"must have at most {context['max_length']} entries, got {len(given)}",
    "too_short": lambda context, given: _at_least(context["min_length"], "entries", given),
    "value_error": lambda context, _: str(context["error"]),
}


def _broken_rule(detail: ErrorDetails) -> str:
    """Say which rule a value of the right type breaks."""
    if rule := _RULES.get(detail["type"]):
        return rule(detail.get("ctx", {}), detail["input"])
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}, got {type_shown(detail['input'])}"


def _unknown_field(owner: type[BaseModel] | None, name: str) -> str:
    """Say what to write instead of *name* in *owner*: what is known to be meant, else what is spelt alike."""
    known = [field.alias or python_name for python_name, field in owner.model_fields.items()] if owner else []
    if meant := getattr(owner, "meant_by", _nothing)(name):
        return f"unknown field, write {meant}"
    near = suggestion(name, known, alike=_FIELDS_ALIKE) if len(name) > _SHORT else suggestion(name, known)
    return f"unknown field, did you mean {near}?" if near else f"unknown field, known are {listed(known)}"


def _nothing(_: str) -> str:
    return ""


def _united(faults: Iterable[_Fault]) -> Iterator[_Fault]:
    """Make one fault of those that one value of several types has got for each of the types.

    What is wrong inside the value comes first: `expected a string` is no help to somebody who wrote a mapping.
    """
    for union, group in groupby(faults, key=lambda fault: fault.union):
        alternatives = list(group)
        wrong_types = [fault for fault in alternatives if fault.expected and fault.path == union]
        if union is None or not wrong_types:
            yield from alternatives
        elif len(wrong_types) < len(alternatives):
            yield from (fault for fault in alternatives if fault not in wrong_types)
        else:
            expected = " or ".join(dict.fromkeys(fault.expected for fault in wrong_types))
            yield _Fault(union, f"expected {expected}, got {type_shown(wrong_types[0].given)}")


def _place(model: type[BaseModel], steps: Sequence[str | int]) -> _Place:
    """Follow *steps* through the annotations of *model*."""
    path: list[str | int] = []
    owner, union = None, None
    annotation: object = model
    for step in steps:
        members = list(_members(annotation))
        if len(members) > 1:
            union = union or tuple(path)
            annotation = _member(members, step)
            continue
        owner = _model_in(members)
        wire, annotation = _field(owner, step) if owner else (step, _item_annotation(members[0]))
        path.append(wire)
    return _Place(tuple(path), owner, union, annotation)


def _members(annotation: object) -> Iterator[object]:
    """Yield the types a value of *annotation* may have, null excepted."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for argument in get_args(annotation):
            yield from _members(argument)
    elif annotation is not type(None):
        yield annotation


def _model_in(members: Sequence[object]) -> type[BaseModel] | None:
    """Return the only one of *members* when it is a model."""
    return next(
        (m for m in members if isinstance(m, type) and get_origin(m) is None and issubclass(m, BaseModel)), None
    )


def _member(members: Sequence[object], tag: object) -> object:
    """Return the one of *members* that pydantic means by *tag*: a class name or the value of a discriminator."""
    models = [model for member in members if (model := _model_in([member]))]
    for model in models:
        if tag == model.__name__ or any(tag in get_args(field.annotation) for field in model.model_fields.values()):
            return model
    return models[0] if models else Any


def _field(model: type[BaseModel], step: str | int) -> tuple[str | int, object]:
    """Return the wire name and the annotation of the field *step*, which Python code may have named in its own way."""
    for name, field in model.model_fields.items():
        if step in (field.alias, name):
            return field.alias or name, field.annotation
    return step, Any


def _item_annotation(annotation: object) -> object:
    """Return the annotation of what is in a list or mapping of type *annotation*."""
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is dict and len(arguments) == 2:
            return arguments[1]
        case origin if origin in (tuple, list) and arguments:
            return arguments[0]
    return Any
