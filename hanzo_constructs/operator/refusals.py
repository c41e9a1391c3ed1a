"""What an API server says of an object that it refuses, without the values of the object: some are secret."""

from __future__ import annotations

import json
import re

__all__ = ["without_values"]

_VALUE = re.compile(r"\b(?P<what>(?:Invalid|Unsupported|Duplicate) value): ")
"""What the server writes before a value, from `ErrorBody` in `k8s.io/apimachinery/pkg/util/validation/field/errors.go`."""
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A quoted text, with the escapes of Go, of which JSON does not know all."""
_TYPED = re.compile(r", got &value\.\w+\{.*", re.DOTALL)
"""How server-side apply shows a value of another type than the schema says."""


def without_values(message: str) -> str:
    """Return *message* of an API server without the values that it repeats; fields and reasons stay.

    A value of which it cannot be told where it ends takes along what stands behind it.
    """
    message, kept, position = _TYPED.sub("", message), "", 0
    while matched := _VALUE.search(message, position):
        kept += message[position : matched.start()] + matched["what"]
        position = _end_of_value(message, matched.end())
    return kept + message[position:]


def _end_of_value(message: str, start: int) -> int:
    """Return where the value ends that begins at *start*: a quoted text, a number, or a whole object as JSON."""
    if text := _TEXT.match(message, start):
        return text.end()
    try:
        return json.JSONDecoder().raw_decode(message, start)[1]
    except ValueError:
        return len(message)
