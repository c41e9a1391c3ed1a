"""Values as JavaScript gets and returns them: what cannot be told here for certain is unforeseen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...kube.json_patch import Operation, PatchError, patched

__all__ = ["UnforeseenError", "by_key", "decoded", "in_order", "is_index", "rendered"]

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)
_LARGEST = 2**53


class UnforeseenError(Exception):
    """Only JavaScript knows the answer."""


def decoded(value: Any) -> Any:
    """Return the plain data that *value*, as jsii sends it, becomes in JavaScript."""
    if isinstance(value, str | bool) or (isinstance(value, int) and abs(value) <= _LARGEST):
        return value
    if isinstance(value, float) and not (value.is_integer() and abs(value) > _LARGEST):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [decoded(each) for each in value]
    match value:
        case {"$jsii.map": dict(data), **others} if not others:
            return _mapping(data)
        case {"$jsii.struct": {"data": dict(data)}, **others} if not others:
            return _mapping({key: each for key, each in data.items() if each is not None})
        case _:
            raise UnforeseenError


def _mapping(data: dict[str, Any]) -> dict[str, Any]:
    if any(key.startswith("$jsii") or key == "__proto__" for key in data):
        raise UnforeseenError
    return {key: decoded(each) for key, each in data.items()}


def in_order(value: Any) -> Any:
    """Return *value* with its keys in the order of JavaScript: those that look like indexes of a list come first."""
    if isinstance(value, list):
        return [in_order(each) for each in value]
    if not isinstance(value, dict):
        return value
    indexes = sorted((key for key in value if is_index(key)), key=int)
    keys = [*indexes, *(key for key in value if key not in indexes)] if indexes else value
    return {key: in_order(value[key]) for key in keys}


def is_index(key: str) -> bool:
    """Tell whether JavaScript takes *key* for the index of a list."""
    return bool(_INDEX.match(key)) and int(key) < 2**32 - 1


def by_key(value: dict[str, Any]) -> dict[str, Any]:
    """Return *value* with its keys sorted, at each depth, as JavaScript sorts text."""
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return {key: by_key(value[key]) if isinstance(value[key], dict) else value[key] for key in keys}


def rendered(document: Any, operations: Iterable[tuple[Any, ...]]) -> Any:
    """Return *document* with the patches of *operations* applied."""
    for name, path, *value in operations:
        if not isinstance(path, str) or {"__proto__", "constructor", "prototype"} & {*path.split("/")}:
            raise UnforeseenError
        try:
            document = patched(document, Operation(name, path, *value))
        except PatchError as error:
            raise UnforeseenError from error
    if not isinstance(document, dict):
        raise UnforeseenError
    return in_order(document)
