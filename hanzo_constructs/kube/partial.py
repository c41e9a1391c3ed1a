"""The rules between fields of a model that could not be made because some of its fields are wrong.

A rule runs when everything it asks for is right; one that asks for a wrong field has nothing to say. So a user reads
about a mount without a volume in the same run as about a misspelt field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from inspect import isfunction
from types import MethodType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from .fields import Path
from .problem import Problem, Rule

__all__ = ["broken_rules"]

Validate = Callable[[type[BaseModel], Mapping[str, Any]], BaseModel]
"""Make a model from data without running rules between fields; raises ValidationError."""

_ANYTHING: tuple[Any, ...] = ("x", 1, ("x",), {})
"""Placeholders for wrong values of required fields, so that a model can be built; no rule gets to read one."""


def broken_rules(
    model: type[BaseModel], data: object, *, wrong: Collection[Path], ran: Collection[Path], validate: Validate
) -> Iterator[tuple[Path, Any]]:
    """Yield (place of the model, problem) for each rule that *data* breaks beside what is *wrong*.

    Rules of the models in the places *ran* have been asked already and are left out.
    """
    _, broken = _Search(wrong, ran, validate).partial(model, data, ())
    yield from broken


class _WrongFieldError(Exception):
    """A rule asked for a field that is wrong."""


class _Partial:
    """A model with the right fields only: reading a wrong one raises `_WrongFieldError`, which ends the rule."""

    def __init__(self, model: BaseModel, wrong: frozenset[str], parts: Mapping[str, _Partial]) -> None:
        self._model, self._wrong, self._parts = model, wrong, parts

    def __getattr__(self, name: str) -> Any:
        if name in self._wrong:
            raise _WrongFieldError
        if name in self._parts:
            return self._parts[name]
        found = getattr(type(self._model), name, None)
        if isfunction(found):
            return MethodType(found, self)
        if isinstance(found, property) and found.fget:
            return found.fget(self)
        return getattr(self._model, name)


class _Search:
    def __init__(self, wrong: Collection[Path], ran: Collection[Path], validate: Validate) -> None:
        self._wrong, self._ran, self._validate = wrong, ran, validate

    def partial(self, model: type[BaseModel], data: object, at: Path) -> tuple[_Partial | None, list[tuple[Path, Any]]]:
        """Return what is right of *data*, the *model* at a place, and the rules broken there and below."""
        if at in self._wrong or not isinstance(data, dict):
            return None, []
        bad = {str(path[len(at)]) for path in self._wrong if path[: len(at)] == at}
        parts: dict[str, _Partial] = {}
        broken: list[tuple[Path, Any]] = []
        names: set[str] = set()
        stand_ins: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            wire = field.alias or name
            if wire not in bad:
                continue
            names.add(name)
            if below := _model_of(field.annotation):
                part, found = self.partial(below, data.get(wire, data.get(name)), (*at, wire))
                broken += found
                if part:
                    parts[name] = part
            if field.is_required():
                stand_ins[wire] = _stand_in(below) if below else _ANYTHING
        right = {key: value for key, value in data.items() if key not in bad and key not in names}
        made = self._made(model, right, stand_ins)
        if made is None:
            return None, broken
        partial = _Partial(made, frozenset(names - parts.keys()), parts)
        if at not in self._ran and (problems := getattr(type(made), "problems", None)):  # of a CheckedModel
            rules = getattr(made, "rules", ()) or (problems,)
            broken += [(at, problem) for rule in rules for problem in _heard(rule, partial)]
        return partial, broken

    def _made(self, model: type[BaseModel], right: dict[str, Any], stand_ins: dict[str, Any]) -> BaseModel | None:
        for choice in _ANYTHING:
            data = right | {key: choice if value is _ANYTHING else value for key, value in stand_ins.items()}
            try:
                return self._validate(model, data)
            except ValidationError:
                continue
        return None


@cache
def _stand_in(model: type[BaseModel]) -> BaseModel:
    """Return what stands for a wrong *model*, so that the one around it can be built; no rule gets to read it."""
    return model.model_construct()


def _heard(rule: Rule, partial: _Partial) -> Iterator[Problem]:
    try:
        yield from rule(partial)
    except _WrongFieldError:
        return


def _model_of(annotation: object) -> type[BaseModel] | None:
    """Return the model that a field of *annotation* holds one of, null apart; None for lists and scalars."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [model for part in get_args(annotation) if (model := _model_of(part))]
    return (
        found[0] if len(found) == 1 and len(get_args(annotation)) == 2 and type(None) in get_args(annotation) else None
    )
