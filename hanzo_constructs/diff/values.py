"""Values as they are printed: short, in one line, and without what may be a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..kube.fields import shown
from .changes import FieldChange
from .secrecy import HIDDEN, named_like_a_secret, texts_without_secrets, without_secrets

__all__ = ["HIDDEN", "discreet_object", "plain_value", "shown_change", "shown_value"]

_LONG = 100
_VALUE_NAME = re.compile(r"passw|token$|api[_-]?key|private[_-]?key", re.IGNORECASE)
"""Fields whose texts may be secrets; not those of names and references, such as secretName."""
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
            found[field] = {key: HIDDEN if hides or named_like_a_secret(key) else each for key, each in data.items()}
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
    *_, parent, name = ("", *change.path)
    if change.path[0] in _DATA:
        return kind == "Secret" or named_like_a_secret(name)
    if name == "value" and named_like_a_secret(parent):
        return True
    return any(_is_told(name, value) for value in (change.old, change.new))


def _discreet(value: Any) -> Any:
    """Return *value* without credentials and without values of what is called like a secret."""
    if isinstance(value, dict):
        hides = "value" in value and isinstance(value.get("name"), str) and named_like_a_secret(value["name"])
        return {
            key: HIDDEN if (hides and key == "value") or _is_told(key, item) else _discreet(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [*texts_without_secrets([_discreet(item) if isinstance(item, dict | list) else item for item in value])]
    return without_secrets(value) if isinstance(value, str) else value


def _is_told(key: object, value: Any) -> bool:
    return isinstance(value, str) and isinstance(key, str) and _VALUE_NAME.search(key) is not None
