"""Arguments of calls in Python, judged before JavaScript sees them: its words name neither the line nor the argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from types import UnionType
from typing import Any, NamedTuple

from jsii.errors import JavaScriptError

from ...errors import ArgumentError, Finding, SpecError
from ...kube.fields import listed, suggestion, type_shown
from ..node.caller import caller
from ..node.cdk import ApiObject, Construct

__all__ = ["call_error", "check_argument", "judge_inherited_calls"]


_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def check_argument(
    name: str, value: object, allowed: type | UnionType | tuple[type, ...], expected: str, *, where: str = ""
) -> None:
    """Raise `ArgumentError` where the argument *name* is not of an *allowed* type; the value is not shown."""
    if not isinstance(value, allowed):
        given = type(value).__name__ if isinstance(value, Construct) else type_shown(value)
        raise ArgumentError([Finding(f"expected {expected}, got {given}", name, where=where or str(caller()))])


def call_error(
    method: Callable[..., Any],
    arguments: Sequence[Any],
    named: Mapping[str, Any],
    advice: Callable[[str], str] = lambda _: "",
    *,
    name: str = "",
) -> ArgumentError:
    """Return what is wrong with calling *method*, as *name*, so: arguments that it lacks or does not know.

    *advice* says of an argument what to write.
    """
    called, known = name or method.__name__, inspect.signature(method).parameters
    findings: list[Finding] = []
    positional = [each for each in known.values() if each.kind in _POSITIONAL]
    several = any(each.kind is inspect.Parameter.VAR_POSITIONAL for each in known.values())
    if len(arguments) > len(positional) and not several:
        order = ", ".join(each.name for each in positional) or "none"
        findings.append(Finding(f"takes {order} by position and the others by name, got {len(arguments)}", called))
    for index, each in enumerate(positional):
        if each.default is inspect.Parameter.empty and index >= len(arguments) and each.name not in named:
            findings.append(Finding(f"required{_said(advice(each.name))}", f"{called}.{each.name}"))
    for given in named:
        if given not in known:
            near = suggestion(given, known)
            hint = advice(given) or (f"did you mean {near}?" if near else f"known are {listed(known)}")
            findings.append(Finding(f"unknown argument{_said(hint)}", f"{called}.{given}"))
        elif given in [each.name for each in positional[: len(arguments)]]:
            findings.append(Finding("is given twice", f"{called}.{given}"))
    where = str(caller())
    return ArgumentError([each.at(where) for each in findings])


def _said(hint: str) -> str:
    return f", {hint}" if hint else ""


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
            try:
                given = _by_name(method, arguments, named)
            except TypeError:
                raise call_error(method, arguments, named) from None
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
