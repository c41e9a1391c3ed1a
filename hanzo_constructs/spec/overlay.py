"""The overlay of a resource: partial objects that are laid over its children."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from ..kube.fields import Path, type_shown
from ..kube.model import Mapping, Problem

__all__ = ["Overlay", "overlay_problems"]


def _plain(value: object) -> object:
    """Return *value* with the lists and mappings of a document in place of those of Python, in the order of their keys."""
    if isinstance(value, abc.Mapping):
        return {key: _plain(value[key]) for key in sorted(value, key=str)}
    return [*map(_plain, value)] if isinstance(value, list | tuple) else value


Overlay = Mapping[Annotated[dict[str, Any], BeforeValidator(_plain)]]
"""Partial objects by the ids of the children, as `hzc show` prints them."""


def overlay_problems(overlay: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """Yield what is no plain data in *overlay*, and what looks like an instruction of another tool."""
    for child, partial in overlay.items():
        yield from _problems(partial, ("overlay", child))


def _problems(value: Any, path: Path) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                yield Problem(path, f"expected a string as key, got {type_shown(key)}")
            elif key.startswith("$"):
                yield Problem((*path, key), _directive(key))
            else:
                yield from _problems(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _problems(item, (*path, index))
    elif value is not None and not isinstance(value, str | bool | int | float):
        yield Problem(path, f"expected plain data, got {type_shown(value)}")


def _directive(key: str) -> str:
    meant = "null removes a field, and a list that is not merged is replaced"
    return f"{key} is an instruction of kubectl, which an overlay does not follow: {meant}"
