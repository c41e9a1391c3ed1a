"""Expressions on lines, as ruff and black lay them out: what fits stays on one line, all else has a line for each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .literals import Code, literal

__all__ = ["WIDTH", "Call", "Exploded", "Named", "laid_out"]

WIDTH = 88
"""Columns that the formatters take without settings; a layout that fits stays as it is where they take more."""

_STEP = 4


class Call(NamedTuple):
    """A call of *function*."""

    function: str
    arguments: tuple[Any, ...]


class Named(NamedTuple):
    """An argument by its name."""

    name: str
    value: Any


class Exploded(dict[str, Any]):
    """A mapping with a line for each item, however short it is."""


def laid_out(value: Any, *, indent: int = 0, before: str = "", after: str = "") -> Iterator[str]:
    """Yield the lines of *value* at *indent*, with the text *before* it on the first and *after* it on the last one."""
    short = _on_one_line(value)
    line = f"{' ' * indent}{before}{short}{after}"
    if short is not None and (_is_atom(value) or (len(line) <= WIDTH and line.isascii())):
        yield line
        return
    opened, closed = _brackets(value)
    yield f"{' ' * indent}{before}{opened}"
    for name, item in _items(value):
        yield from laid_out(item, indent=indent + _STEP, before=name, after=",")
    yield f"{' ' * indent}{closed}{after}"


def _is_atom(value: Any) -> bool:
    return not isinstance(value, Call | Mapping | list | tuple) or (not value and not isinstance(value, Call))


def _on_one_line(value: Any) -> str | None:
    """Return *value* on one line; None where it must not be."""
    if isinstance(value, Code):
        return value
    if _is_atom(value):
        return "".join(_brackets(value)) if isinstance(value, Mapping | list | tuple) else literal(value)
    if isinstance(value, Exploded):
        return None
    parts = []
    for name, item in _items(value):
        part = _on_one_line(item)
        if part is None:
            return None
        parts.append(name + part)
    opened, closed = _brackets(value)
    return f"{opened}{', '.join(parts)}{closed}"


def _brackets(value: Any) -> tuple[str, str]:
    if isinstance(value, Call):
        return f"{value.function}(", ")"
    return ("{", "}") if isinstance(value, Mapping) else ("[", "]")


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what stands in the brackets of *value*: what is in front of each item, and the item."""
    if isinstance(value, Call):
        for each in value.arguments:
            yield (f"{each.name}=", each.value) if isinstance(each, Named) else ("", each)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield f"{literal(key)}: ", item
    else:
        for item in value:
            yield "", item
