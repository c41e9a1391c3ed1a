"""Values as they are printed: short, in one line, and without what may be a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..kube.fields import has_credentials, shown
from .changes import FieldChange

__all__ = ["HIDDEN", "discreet_object", "plain_value", "shown_change", "shown_value"]

HIDDEN = "(hidden)"
"""What is printed instead of what may be a secret."""

_LONG = 100
_SECRET_NAME = re.compile(r"passw|secret|token|api[_-]?key|private[_-]?key|credential|auth", re.IGNORECASE)
_VALUE_NAME = re.compile(r"passw|token$|api[_-]?key|private[_-]?key", re.IGNORECASE)
"""Keys whose texts may be secrets; not those of names and references, such as secretName."""
_DATA = ("data", "stringData", "binaryData")


def shown_change(change: FieldChange, kind: str) -> tuple[str, str]:
    """Return the old and the new value of *change* of an object of *kind* as text; empty where there is none."""
    hidden = _is_secret(change, kind)
    old = "" if change.how == "added" else HIDDEN if hidden else shown_value(change.old)
    new = "" if change.how == "removed" else HIDDEN if hidden else shown_value(change.new)
    return old, new


def plain_value(value: Any, change: FieldChange, kind: str) -> Any:
    """Return *value*, which stands before or after *change* of an object of *kind*, with what may be a secret hidden."""
    return HIDDEN if value is not None and _is_secret(change, kind) else _discreet(value)


def discreet_object(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return *manifest* as it is, with what may be a secret hidden in its place: every value of a Secret, for one."""
    found: dict[str, Any] = _discreet(dict(manifest))
    for field in _DATA:
        if isinstance(data := found.get(field), dict):
            hides = manifest.get("kind") == "Secret"
            found[field] = {key: HIDDEN if hides or _SECRET_NAME.search(key) else each for key, each in data.items()}
    return found


def shown_value(value: Any) -> str:
    """Return *value* in one line of about 100 characters: `{"cpu": "1"}`."""
    text = _text(_discreet(value))
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    return HIDDEN if value == HIDDEN else shown(value)


def _is_secret(change: FieldChange, kind: str) -> bool:
    if change.path[0] in _DATA:
        return kind == "Secret" or bool(_SECRET_NAME.search(change.path[-1]))
    return change.path[-1] == "value" and len(change.path) > 1 and bool(_SECRET_NAME.search(change.path[-2]))


def _discreet(value: Any) -> Any:
    """Return *value* without credentials and without values of what is called like a secret."""
    if isinstance(value, dict):
        hides = "value" in value and isinstance(value.get("name"), str) and _SECRET_NAME.search(value["name"])
        return {
            key: HIDDEN if (hides and key == "value") or _is_told(key, item) else _discreet(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_discreet(item) for item in value]
    if not isinstance(value, str):
        return value
    name, sign, _ = value.partition("=")
    if sign and _VALUE_NAME.search(name):
        return f"{name}={HIDDEN}"
    return HIDDEN if has_credentials(value) else value


def _is_told(key: object, value: Any) -> bool:
    return isinstance(value, str) and isinstance(key, str) and bool(_VALUE_NAME.search(key))
