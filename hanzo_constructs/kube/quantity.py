"""Kubernetes quantities: `100m`, `1Gi`, `1e3`; numbers are accepted, strings are kept as written.

Grammar: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from .fields import shown
from .published import SHORT_FORM, Published, text
from .scalar import INT_OR_STRING, Scalar

__all__ = ["AMOUNT_FORM", "Quantity", "quantity_problem", "quantity_text", "quantity_value"]

_QUANTITY = re.compile(
    r"([+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40}))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?\Z", re.ASCII
)

_FACTOR = {
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{suffix: Fraction(1000**power) for power, suffix in enumerate("kMGTPE", start=1)},
    **{suffix: Fraction(1024**power) for power, suffix in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), start=1)},
}


@lru_cache(maxsize=1024)
def quantity_value(text: str) -> Fraction:
    """Return the exact value of *text*; raises ValueError with a remedy when it is not a quantity."""
    matched = _QUANTITY.match(text)
    if not matched:
        raise ValueError(quantity_problem(text))
    number, suffix, exponent = matched.groups()
    value = Fraction(number)
    if suffix:
        return value * _FACTOR[suffix]
    return value * Fraction(10) ** int(exponent) if exponent else value


def quantity_problem(value: object) -> str:
    """Say why *value*, a number or a text, is no quantity; nothing where it is one."""
    return "" if _is_quantity(str(value)) else f"must be a quantity such as 500m, 2 or 1Gi, got {shown(str(value))}"


@lru_cache(maxsize=1024)
def _is_quantity(text: str) -> bool:
    return _QUANTITY.match(text) is not None


def quantity_text(value: object) -> str:
    """Return *value*, a number or a text, as the text that Kubernetes keeps; raises ValueError where it is no quantity."""
    match value:
        case str():
            text = value
        case bool():
            text = ""
        case int() if abs(value) < 10**40:
            return str(value)
        case float() if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
        case float():
            text = repr(value)
        case Decimal():
            text = format(value, "f")
        case _:
            text = ""
    if _is_quantity(text):
        return text
    raise ValueError(f"must be a quantity such as 500m, 2 or 1Gi, got {shown(value)}")


_FORM = text(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?", most=85)

AMOUNT_FORM = Published(
    {
        "pattern": r"^[+]?([0-9]*[1-9][0-9]*(\.[0-9]*)?|[0-9]*\.[0-9]*[1-9][0-9]*)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?$",
        "minimum": 1,
    }
)
"""What is published of a quantity that is more than 0."""

Quantity = Annotated[str, Scalar(quantity_text, {**INT_OR_STRING, **_FORM.json_schema, SHORT_FORM: {"type": "number"}})]
"""An amount: a string as Kubernetes writes it, or a number, which becomes one."""
