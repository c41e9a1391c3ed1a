"""The functions that Kubernetes adds to CEL: those on texts, lists, sets and quantities.

Source of what they do: the modules github.com/google/cel-go, `ext/strings.go` and `ext/sets.go`, and k8s.io/apiserver,
`pkg/cel/library/lists.go` and `quantity.go`. All of them are there in Kubernetes 1.30, the first with
ValidatingAdmissionPolicies of version v1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from ..kube.fields import type_shown
from ..kube.quantity import quantity_problem, quantity_value
from .errors import CelError

__all__ = ["FUNCTIONS", "Function"]

Quantity = dict[str, str]
"""The exact value of a quantity as a fraction, so that equal ones are equal."""


class Function(NamedTuple):
    """One way to call a function."""

    name: str
    result: str
    parameters: tuple[str, ...]
    """The types of the arguments; of a method, what it is called on comes first."""
    call: Callable[..., Any]
    is_member: bool = True
    size: Callable[..., int] | None = None
    """How many characters or items it makes of its arguments, where these may be fewer."""


def _char_at(text: str, index: int) -> str:
    if not 0 <= index <= len(text):
        raise CelError("the index is out of range")
    return text[index : index + 1]


def _index_of(text: str, part: str, start: int = 0) -> int:
    if not 0 <= start <= len(text):
        raise CelError("the offset is out of range")
    return text.find(part, start)


def _last_index_of(text: str, part: str, last: int | None = None) -> int:
    if last is not None and not 0 <= last <= len(text):
        raise CelError("the offset is out of range")
    return text.rfind(part) if last is None else text.rfind(part, 0, last + len(part))


def _join(texts: list[str], separator: str = "") -> str:
    return separator.join(texts)


def _joined_size(texts: list[str], separator: str = "") -> int:
    return sum(map(len, texts)) + len(separator) * len(texts)


def _ascii_changed(text: str, first: str, by: int) -> str:
    return text.translate({code: code + by for code in range(ord(first), ord(first) + 26)})


def _lower_ascii(text: str) -> str:
    return _ascii_changed(text, "A", 32)


def _upper_ascii(text: str) -> str:
    return _ascii_changed(text, "a", -32)


def _replace(text: str, old: str, new: str, limit: int = -1) -> str:
    return text.replace(old, new, limit)


def _replaced_size(text: str, old: str, new: str, limit: int = -1) -> int:
    found = text.count(old)
    return len(text) + max(0, len(new) - len(old)) * (found if limit < 0 else min(found, limit))


def _split(text: str, separator: str, limit: int = -1) -> list[str]:
    if limit == 0:
        return []
    if separator:
        return text.split(separator, limit - 1 if limit > 0 else -1)
    parts = [*text]
    return parts if limit < 0 or len(parts) <= limit else [*parts[: limit - 1], text[limit - 1 :]]


def _substring(text: str, start: int, end: int | None = None) -> str:
    end = len(text) if end is None else end
    if not 0 <= start <= end <= len(text):
        raise CelError("the range is out of range")
    return text[start:end]


def _trim(text: str) -> str:
    return text.strip()


_CLAUSE = re.compile(r"%(?:\.(\d{1,2}))?([sdf%])|%")


def _format(text: str, values: list[Any]) -> str:
    left = [*reversed(values)]

    def written(clause: re.Match[str]) -> str:
        precision, letter = clause.groups()
        if letter is None:
            raise CelError("the clauses that are known here are %s, %d, %f and %%")
        if letter == "%":
            return "%"
        if not left:
            raise CelError("there are more clauses than values")
        return _formatted(left.pop(), letter, int(precision or 6))

    return _CLAUSE.sub(written, text)


def _formatted(value: Any, letter: str, precision: int) -> str:
    if letter == "d" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if letter == "f" and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.{precision}f}"
    if letter == "s" and isinstance(value, bool):
        return "true" if value else "false"
    if letter == "s" and isinstance(value, str | int):
        return str(value)
    raise CelError(f"%{letter} does not take {type_shown(value)}")


def _formatted_size(text: str, values: list[Any]) -> int:
    return len(text) + sum(len(each) if isinstance(each, str) else 400 for each in values)


def _is_sorted(values: list[Any]) -> bool:
    return all(one <= other for one, other in pairwise(values))


def _sum(values: list[Any]) -> Any:
    return sum(values)


def _min(values: list[Any]) -> Any:
    return min(values)


def _max(values: list[Any]) -> Any:
    return max(values)


def _position(values: list[Any], value: Any) -> int:
    return next((index for index, each in enumerate(values) if each == value), -1)


def _last_position(values: list[Any], value: Any) -> int:
    return next((index for index in reversed(range(len(values))) if values[index] == value), -1)


def _contains(one: list[Any], other: list[Any]) -> bool:
    return all(each in one for each in other)


def _equivalent(one: list[Any], other: list[Any]) -> bool:
    return _contains(one, other) and _contains(other, one)


def _intersects(one: list[Any], other: list[Any]) -> bool:
    return any(each in one for each in other)


def _product_size(one: list[Any], other: list[Any]) -> int:
    return len(one) * len(other)


def _quantity(text: str) -> Quantity:
    if quantity_problem(text):
        raise CelError("the text is no quantity")
    return _of_fraction(quantity_value(text))


def _of_fraction(value: Fraction) -> Quantity:
    return {"quantity": str(value)}


def _value(quantity: Quantity | int) -> Fraction:
    return Fraction(quantity if isinstance(quantity, int) else quantity["quantity"])


def _is_quantity(text: str) -> bool:
    return not quantity_problem(text)


def _compare(one: Quantity, other: Quantity) -> int:
    return (_value(one) > _value(other)) - (_value(one) < _value(other))


def _is_less(one: Quantity, other: Quantity) -> bool:
    return _value(one) < _value(other)


def _is_greater(one: Quantity, other: Quantity) -> bool:
    return _value(one) > _value(other)


def _sign(one: Quantity) -> int:
    return (_value(one) > 0) - (_value(one) < 0)


def _is_integer(one: Quantity) -> bool:
    return _value(one).denominator == 1 and -(2**63) <= _value(one) < 2**63


def _as_integer(one: Quantity) -> int:
    if not _is_integer(one):
        raise CelError("the quantity is no integer of 64 bits")
    return int(_value(one))


def _as_float(one: Quantity) -> float:
    return float(_value(one))


def _plus(one: Quantity, other: Quantity | int) -> Quantity:
    return _of_fraction(_value(one) + _value(other))


def _minus(one: Quantity, other: Quantity | int) -> Quantity:
    return _of_fraction(_value(one) - _value(other))


_TEXTS = "list<string>"
_COMPARED = ("bool", "double", "int", "string")
"""What may be looked for in a list."""
_OF_TEXTS = (
    Function("charAt", "string", ("string", "int"), _char_at),
    Function("indexOf", "int", ("string", "string"), _index_of),
    Function("indexOf", "int", ("string", "string", "int"), _index_of),
    Function("lastIndexOf", "int", ("string", "string"), _last_index_of),
    Function("lastIndexOf", "int", ("string", "string", "int"), _last_index_of),
    Function("lowerAscii", "string", ("string",), _lower_ascii),
    Function("upperAscii", "string", ("string",), _upper_ascii),
    Function("replace", "string", ("string", "string", "string"), _replace, size=_replaced_size),
    Function("replace", "string", ("string", "string", "string", "int"), _replace, size=_replaced_size),
    Function("split", _TEXTS, ("string", "string"), _split),
    Function("split", _TEXTS, ("string", "string", "int"), _split),
    Function("substring", "string", ("string", "int"), _substring),
    Function("substring", "string", ("string", "int", "int"), _substring),
    Function("trim", "string", ("string",), _trim),
    Function("format", "string", ("string", "list"), _format, size=_formatted_size),
    Function("join", "string", (_TEXTS,), _join, size=_joined_size),
    Function("join", "string", (_TEXTS, "string"), _join, size=_joined_size),
)
_OF_LISTS = (
    Function("isSorted", "bool", ("list",), _is_sorted),
    Function("sum", "dyn", ("list",), _sum),
    Function("min", "dyn", ("list",), _min),
    Function("max", "dyn", ("list",), _max),
    *(Function("indexOf", "int", ("list", each), _position) for each in _COMPARED),
    *(Function("lastIndexOf", "int", ("list", each), _last_position) for each in _COMPARED),
    Function("sets.contains", "bool", ("list", "list"), _contains, is_member=False, size=_product_size),
    Function("sets.equivalent", "bool", ("list", "list"), _equivalent, is_member=False, size=_product_size),
    Function("sets.intersects", "bool", ("list", "list"), _intersects, is_member=False, size=_product_size),
)
_OF_QUANTITIES = (
    Function("quantity", "quantity", ("string",), _quantity, is_member=False),
    Function("isQuantity", "bool", ("string",), _is_quantity, is_member=False),
    Function("compareTo", "int", ("quantity", "quantity"), _compare),
    Function("isLessThan", "bool", ("quantity", "quantity"), _is_less),
    Function("isGreaterThan", "bool", ("quantity", "quantity"), _is_greater),
    Function("sign", "int", ("quantity",), _sign, is_member=False),
    Function("isInteger", "bool", ("quantity",), _is_integer),
    Function("asInteger", "int", ("quantity",), _as_integer),
    Function("asApproximateFloat", "double", ("quantity",), _as_float),
    Function("add", "quantity", ("quantity", "quantity"), _plus),
    Function("add", "quantity", ("quantity", "int"), _plus),
    Function("sub", "quantity", ("quantity", "quantity"), _minus),
    Function("sub", "quantity", ("quantity", "int"), _minus),
)

FUNCTIONS: tuple[Function, ...] = (*_OF_TEXTS, *_OF_LISTS, *_OF_QUANTITIES)
"""All of them."""
