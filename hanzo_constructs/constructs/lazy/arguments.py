"""Arguments of calls in Python, judged before JavaScript sees them: its words name neither the line nor the argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from types import UnionType
from typing import Any, NamedTuple

from jsii.errors import JavaScriptError

from ...errors import ArgumentError, Finding, SpecError
from ...kube.fields import type_shown
from ..node.cdk import ApiObject, Construct
from .caller import caller

__all__ = ["check_argument", "judge_inherited_calls"]


def check_argument(
    name: str, value: object, allowed: type | UnionType | tuple[type, ...], expected: str, *, where: str = ""
) -> None:
    """Raise `ArgumentError` where the argument *name* is not of an *allowed* type; the value is not shown."""
    if not isinstance(value, allowed):
        given = type(value).__name__ if isinstance(value, Construct) else type_shown(value)
        raise ArgumentError([Finding(f"expected {expected}, got {given}", name, where=where or str(caller()))])


class _Expected(NamedTuple):
    """What a parameter of a method of cdk8s takes."""

    fits: Callable[[object], bool]
    words: str


def _is_construct(value: object) -> bool:
    return isinstance(value, Construct) or bool(getattr(type(value), "__jsii_ifaces__", ()))


def _is_mixin(value: object) -> bool:
    return callable(getattr(type(value), "supports", None)) and callable(getattr(type(value), "apply_to", None))


_EXPECTED = {
    "api_object": _Expected(lambda value: isinstance(value, ApiObject), "an ApiObject"),
    "c": _Expected(_is_construct, "a construct"),
    "dependencies": _Expected(_is_construct, "charts, constructs or objects"),
    "mixins": _Expected(_is_mixin, "mixins, which have supports() and apply_to()"),
}
"""By name of the parameter."""


class _JudgedCall:
    """A method that is inherited from cdk8s, with our judgement of its arguments in front.

    It is no function, or jsii would take it for one of the user's, which JavaScript has to call.
    """

    def __init__(self, method: Any) -> None:
        """Judge the arguments of *method*, as it stands in its class."""
        self._method = method

    def __get__(self, instance: Any, owner: type) -> Any:
        """Return the method of *instance* or *owner*."""
        method = self._method.__get__(instance, owner)
        is_question = method.__name__.startswith("is_")

        @wraps(method)
        def call(*arguments: Any, **named: Any) -> Any:
            given = _by_name(method, arguments, named)
            if is_question and not all(_is_construct(value) for _, value in given):
                return False
            where = instance._here if instance is not None else str(caller())
            for name, value in given:
                expected = _EXPECTED.get(name)
                if expected is not None and not expected.fits(value):
                    check_argument(name, value, (), expected.words, where=where)
            try:
                return method(*arguments, **named)
            except RuntimeError as error:
                if not isinstance(error.__cause__, JavaScriptError):
                    raise
                message = str(error).partition("\n")[0].removeprefix("Error: ")
                raise SpecError([Finding(f"{method.__name__}: {message}", where=where)]) from error

        return call


def _by_name(method: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the arguments by name, those of `*name` one by one; raises TypeError for names that there are not."""
    signature = inspect.signature(method)
    given: list[tuple[str, Any]] = []
    for name, value in signature.bind(*arguments, **named).arguments.items():
        several = signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL
        given += [(name, each) for each in (value if several else (value,))]
    return given


def judge_inherited_calls(cls: type) -> None:
    """Have the arguments judged that the public methods take which *cls* inherits from classes of jsii."""
    for base in cls.__mro__:
        for name, item in vars(base).items() if "__jsii_declared_type__" in vars(base) else ():
            is_inherited = not name.startswith("_") and inspect.getattr_static(cls, name) is item
            if is_inherited and _takes_arguments(item):
                setattr(cls, name, _JudgedCall(item))


def _takes_arguments(item: Any) -> bool:
    if isinstance(item, classmethod | staticmethod):
        return True
    return inspect.isfunction(item) and len(inspect.signature(item).parameters) > 1
