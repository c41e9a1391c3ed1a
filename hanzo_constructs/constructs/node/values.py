"""Values on their way to JavaScript: what JSON cannot say would end Node, and is told before."""

from __future__ import annotations

import math
import re
from typing import Any

import jsii._kernel as kernel
from jsii.errors import JSIIError

from ...errors import ArgumentError, Finding
from ...kube.fields import type_shown
from .caller import caller

__all__ = ["judge_values"]

_BETWEEN = ("jsii", "cdk8s", "cdk8s_plus_27", "constructs", "typeguard")
"""Packages that stand between the user's code and JavaScript."""
_HALF = re.compile("[\ud800-\udfff]")
_NO_TYPE = "has no attribute '__jsii_type__'"
"""How jsii stumbles over a value that is nothing to it."""


def judge_values() -> None:
    """Have every value judged that a call hands to JavaScript, once."""
    convert = kernel._make_reference_for_native
    if getattr(convert, "judges", False):
        return

    def judged(of: Any, value: Any) -> Any:
        if type(value) is float and not math.isfinite(value):
            raise _refused(f"{value} is no number of YAML's or JSON's; write another one, or a string")
        if isinstance(value, str) and not value.isascii() and _HALF.search(value):
            raise _refused(
                "text with half a character (a lone surrogate) cannot be written; write the character itself"
            )
        try:
            return convert(of, value)
        except AttributeError as error:
            if _NO_TYPE not in str(error) or isinstance(value, dict | list):
                raise
        except JSIIError:
            if not callable(value):
                raise
        raise _refused(f"expected text, a number, a boolean, a list or a mapping, got {type_shown(value)}")

    judged.judges = True  # type: ignore[attr-defined]
    kernel._make_reference_for_native = judged  # type: ignore[assignment]


def _refused(message: str) -> ArgumentError:
    return ArgumentError([Finding(message, where=str(caller(*_BETWEEN)))])
