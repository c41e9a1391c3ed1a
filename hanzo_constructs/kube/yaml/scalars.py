"""What a plain scalar means to Kubernetes.

The rules are those of the reader inside kubectl (sigs.k8s.io/yaml): YAML 1.1 booleans, octal `0755` and `1_000`, while
dates and `1:30` stay strings. It turns YAML into JSON on the way, so `1.0` and `1e3` arrive as integers.

Numbers that kubectl would round, or take for text because they are too large, are refused: whoever wrote them did not
mean that.
"""

from __future__ import annotations

import math
import re

__all__ = ["MAX_INTEGER", "MIN_INTEGER", "TOO_BIG", "TOO_LONG", "Scalar", "resolve", "shortened"]

Scalar = str | int | float | bool | None

MIN_INTEGER, MAX_INTEGER = -(2**63), 2**63 - 1

# A value that was meant to be text may be a password; so these, and what the readers say of aliases and tags, name none.
TOO_LONG = "the number does not fit in 64 bits, quote it if it is text"
TOO_BIG = "the number is too large, quote it if it is text"

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False),
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_BASED = re.compile(r"([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))")
# Go's reader strips the prefix of a binary number and then takes a sign.
_SIGN_AFTER_PREFIX = re.compile(r"0b[-+][01]{1,64}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_POINT_FLOAT = re.compile(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?")


def resolve(text: str) -> Scalar:
    """Return the value of the plain scalar *text*.

    Raises ValueError, with a message to print, for numbers that do not survive the way into a cluster.
    """
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if text[0] in _NUMBER_STARTS else text


def shortened(text: str, limit: int = 40) -> str:
    """Return *text*, cut to *limit* characters for a message."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _number(text: str) -> int | float | str:
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"{text} is not a number that JSON can carry")
    if text[0] == ".":
        return _float(text) if _POINT_FLOAT.fullmatch(text) else text
    digits = text.replace("_", "")
    value = _integer(digits)
    if value is None:
        return _float(digits) if _FLOAT.fullmatch(digits) else text
    if MIN_INTEGER <= value <= MAX_INTEGER:
        return value
    raise ValueError(TOO_LONG)


def _integer(digits: str) -> int | None:
    if _DECIMAL.fullmatch(digits):
        # 20 characters hold every 64-bit integer; int() would crawl through thousands of them.
        return int(digits) if len(digits) <= 20 else 2**63
    if based := _BASED.fullmatch(digits):
        sign, hexadecimal, octal, binary = based.groups()
        value = int(hexadecimal or octal or binary, 16 if hexadecimal else 8 if octal else 2)
        # With a prefix and more than 64 bits it is text, an Ethereum address for instance.
        if value < 2**64:
            return -value if sign == "-" else value
    if _SIGN_AFTER_PREFIX.fullmatch(digits):
        return int(digits.removeprefix("0b"), base=2)
    return None


def _float(digits: str) -> int | float:
    value = float(digits)
    if abs(value) < 2**53 and value.is_integer():
        return int(value)
    if digits.lstrip("+-").isdigit():
        raise ValueError("the number is rounded by Kubernetes, quote it if it is text")
    if math.isinf(value):
        raise ValueError(TOO_BIG)
    return value
