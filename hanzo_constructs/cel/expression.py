"""An expression: compiled once, held within bounds, and evaluated on plain data.

The engine is cel-cpp by Google's package cel-expr-python. It ends what takes more than 10,000 steps of loops, and takes no
expression that is nested more than 32 deep; what else is bounded is bounded here. It is imported by the first expression.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ..kube.fields import discreet, suggestion
from .errors import CelError
from .functions import FUNCTIONS, Function
from .meter import Meter, metered, metering
from .tree import joins_in_loops

__all__ = ["LONGEST", "Expression", "compiled", "plain"]

LONGEST = 4096
"""Characters of an expression."""
_LONGEST_TEXT = 2**20
"""Characters of each text that an expression is evaluated on: what a cluster stores is not longer."""
_MOST_ITEMS = 10_000
"""Items of each list that an expression is evaluated on: as many as loops take steps."""
_ERROR = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)' \(in container ''\)")
_STATUS = re.compile(r"\A[A-Z_]+: | \[[A-Z_]+\]\Z")
_KEY = re.compile(r'key not found in map : "(.+)"\Z', re.DOTALL)
_ADMISSION = ("authorizer", "namespaceObject", "oldObject", "params", "request", "variables")
"""Variables that Kubernetes has where it admits objects, and that nobody knows while compiling."""


class Expression:
    """An expression that compiles; it may be evaluated again and again."""

    def __init__(self, text: str, variables: tuple[str, ...]) -> None:
        """Compile *text*, which may use *variables*; raises `CelError` with line and column."""
        if len(text) > LONGEST:
            raise CelError(f"has {len(text):,} characters, at most {LONGEST:,} are allowed")
        self.text = text
        self._variables = variables
        try:
            self._program = _environment(variables).compile(text)
        except (RuntimeError, ValueError) as error:
            raise CelError(_compile_problem(str(error), variables)) from None
        if joins_in_loops(self._program.serialize()):
            raise CelError(
                "joins texts or lists by + inside all, exists, exists_one, filter or map, which could take all memory; "
                "use join or format, or say that numbers are meant: int(a) + int(b)"
            )

    @property
    def type(self) -> str:
        """The type of its value: `bool`, `string`, or `dyn` where only the data say it."""
        name: str = self._program.return_type().name()
        return name.lower()

    def value(self, **data: Any) -> Any:
        """Return its value for *data* by variable; raises `CelError` where it has none."""
        with metering() as meter:
            try:
                result = self._program.eval(data={name: plain(value) for name, value in data.items()})
                kind, value = result.type().name(), result.plain_value()
            except CelError as error:
                raise CelError(meter.problem or str(error)) from None
            except (MemoryError, RuntimeError, ValueError) as error:
                raise CelError(self._problem(str(error), meter)) from None
            if meter.is_spent:
                raise CelError(meter.problem)
        if kind in {"ERROR", "UNKNOWN"}:
            raise CelError(self._problem(str(value), meter))
        return value

    def _problem(self, said: str, meter: Meter) -> str:
        """Return what the engine *said*, or in the words of a function of ours, without values that come of data."""
        if meter.problem and meter.problem in said:
            return meter.problem
        if "Iteration budget" in said:
            return "takes more than 10,000 steps of loops"
        text = _STATUS.sub("", said)
        reason = text[:1].lower() + text[1:]
        if reason.startswith("no matching overload"):
            return reason.replace(" :", ":")  # which names types alone
        if (key := _KEY.search(reason)) and key[1] in self.text:
            return f"there is no {discreet(key[1])}; ask by has() or by .? first"
        return reason.partition(":")[0].strip().replace("key not found in map", "a key is not there")


@lru_cache(maxsize=1024)
def compiled(text: str, variables: tuple[str, ...]) -> Expression:
    """Return the expression *text*, which may use *variables*; raises `CelError`, and ImportError without the engine."""
    return Expression(text, variables)


def plain(value: Any) -> Any:
    """Return *value* as a cluster stores it: mappings, lists and scalars, and no field that is null.

    Raises `CelError` where it holds what no cluster would take.
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        if len(value) > _MOST_ITEMS:
            raise CelError(f"cannot be asked of a list of more than {_MOST_ITEMS:,} items")
        return [plain(item) for item in value]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise CelError(f"cannot be asked of a text of more than {_LONGEST_TEXT:,} characters")
    return value


@cache
def _environment(variables: tuple[str, ...]) -> Any:
    """Return the engine's environment with *variables*, whose values may be of any type."""
    from cel_expr_python import cel  # type: ignore[import-untyped]
    from cel_expr_python.ext import ext_optional  # type: ignore[import-untyped]

    types = {
        "bool": cel.Type.BOOL,
        "double": cel.Type.DOUBLE,
        "dyn": cel.Type.DYN,
        "int": cel.Type.INT,
        "list": cel.Type.List(cel.Type.DYN),
        "list<string>": cel.Type.List(cel.Type.STRING),
        "quantity": cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
        "string": cel.Type.STRING,
    }

    def overload(function: Function) -> Any:
        return cel.Overload(
            "_".join((function.name, *function.parameters)),
            types[function.result],
            [types[each] for each in function.parameters],
            is_member=function.is_member,
            impl=metered(function.name, function.call, function.size),
        )

    ways: dict[str, list[Any]] = {}
    for function in FUNCTIONS:
        ways.setdefault(function.name, []).append(overload(function))
    return cel.NewEnv(
        variables=dict.fromkeys(variables, cel.Type.DYN),
        extensions=[ext_optional.ExtOptional()],
        functions=[cel.FunctionDecl(name, overloads) for name, overloads in ways.items()],
    )


def _compile_problem(said: str, variables: tuple[str, ...]) -> str:
    """Return the first of the errors that the engine *said*, with line and column."""
    found = _ERROR.search(said)
    if not found or "recursion" in said:
        is_deep = "recursion" in said
        return "is nested more than 32 deep" if is_deep else _STATUS.sub("", said.partition("\n")[0])
    line, column, message = int(found[1]), int(found[2]), _STATUS.sub("", found[3])
    place = f"line {line}, column {column}" if line > 1 else f"column {column}"
    if undeclared := _UNDECLARED.search(message):
        message = _undeclared(undeclared[1].partition(".")[0], variables)
    return f"{place}: {message[:1].lower()}{message[1:]}"


def _undeclared(name: str, variables: tuple[str, ...]) -> str:
    known = (*variables, *dict.fromkeys(each.name for each in FUNCTIONS))
    if name in _ADMISSION:
        return f"{name} is there only where a cluster admits objects; what is known here is {', '.join(variables)}"
    near = suggestion(name, known)
    return f"there is no {discreet(name)} here{f', did you mean {near}?' if near else ''}"
