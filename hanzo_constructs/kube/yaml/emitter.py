"""Write manifests as YAML: block style, keys in the order given, strings quoted where any reader could misread them.

The layout is kubectl's: the dash of a list stands at the indentation of its key. There are no anchors, aliases, tags
or folded lines, so the same data always gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from ..fields import Path, field_path, type_shown
from .limits import MAX_DEPTH, TOO_DEEP
from .quoting import block_text, inline_text
from .scalars import MAX_INTEGER, MIN_INTEGER

__all__ = ["dump", "dump_all"]

_PADS = tuple("\n" + "  " * level for level in range(MAX_DEPTH + 2))

# Most strings of a fleet occur many times. Two threads at worst compute the same entry twice.
_CACHE_SIZE = 8192
_LONGEST_CACHED = 256
_texts: dict[str, str] = {}
_heads: tuple[dict[str, str], ...] = tuple({} for _ in _PADS)
"""How the line of a key begins, by depth."""

# Readers look for the colon of a key within 1,024 characters; longer keys need the `? key` form.
_LONGEST_SIMPLE_KEY = 1_000


def dump(document: Mapping[str, Any]) -> str:
    """Write *document* as one YAML document that ends with a line break.

    Raises TypeError, naming the field, for anything but mappings with string keys, lists, tuples, strings, numbers,
    booleans and None; ValueError for what YAML readers cannot give back and for more than 100 levels.
    """
    if not isinstance(document, Mapping):
        raise TypeError(f"a document must be a mapping, got {type_shown(document)}")
    out: list[str] = []
    try:
        _mapping(document, 0, 1, out=out)
    except (TypeError, ValueError) as problem:
        path, reason = _fault(document, ()) or ((), str(problem))
        raise type(problem)(f"{field_path(path)}: {reason}" if path else reason) from None
    return "".join(out)[1:] + "\n" if out else "{}\n"


def dump_all(documents: Iterable[Mapping[str, Any]]) -> str:
    """Write *documents* one after the other, separated by `---`."""
    return "---\n".join(map(dump, documents))


def _mapping(mapping: Mapping[str, Any], depth: int, level: int, *, out: list[str]) -> None:
    """Append one line for each key, *depth* steps to the right; *level* counts the containers around it."""
    if level > MAX_DEPTH:
        raise ValueError(TOO_DEEP)
    heads = _heads[depth]
    for key, value in mapping.items():
        try:
            head = heads[key]
        except KeyError:
            head = _head(key, depth)
        kind = type(value)
        if kind is str:
            try:
                out.append(f"{head} {_texts[value]}")
            except KeyError:
                out.append(f"{head} {_text(value, depth)}")
        elif kind is dict and value:
            out.append(head)
            _mapping(value, depth + 1, level + 1, out=out)
        elif kind is list and value:
            out.append(head)
            _sequence(value, depth, level + 1, out=out)
        elif kind in _WRITERS:
            out.append(f"{head} {_WRITERS[kind](value)}")
        else:
            _mapping({key: _exact(value)}, depth, level, out=out)


def _sequence(items: list[Any], depth: int, level: int, *, out: list[str]) -> None:
    """Append the lines of each item, the dash *depth* steps to the right."""
    if level > MAX_DEPTH:
        raise ValueError(TOO_DEEP)
    pad = _PADS[depth]
    for value in items:
        kind = type(value)
        if kind is str:
            try:
                out.append(f"{pad}- {_texts[value]}")
            except KeyError:
                out.append(f"{pad}- {_text(value, depth)}")
        elif (kind is dict or kind is list) and value:
            first = len(out)
            (_mapping if kind is dict else _sequence)(value, depth + 1, level + 1, out=out)
            out[first] = f"{pad}- {out[first][len(pad) + 2 :]}"
        elif kind in _WRITERS:
            out.append(f"{pad}- {_WRITERS[kind](value)}")
        else:
            _sequence([_exact(value)], depth, level, out=out)


def _head(key: str, depth: int) -> str:
    """Return how the line of *key* begins: the line break, the indentation, the key and its colon."""
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} is {type_shown(key)}, not a string")
    key, pad = str.__str__(key), _PADS[depth]
    text = inline_text(key)
    if len(text) > _LONGEST_SIMPLE_KEY:
        return f"{pad}? {text}{pad}:"
    return _remember(_heads[depth], key, f"{pad}{text}:")


def _text(text: str, depth: int) -> str:
    if "\n" in text:
        return block_text(text, _PADS[depth + 1])
    return _remember(_texts, text, inline_text(text))


def _remember(cache: dict[str, str], text: str, written: str) -> str:
    if len(text) <= _LONGEST_CACHED:
        if len(cache) >= _CACHE_SIZE:
            cache.clear()
        cache[text] = written
    return written


@lru_cache(maxsize=1024)
def _integer(value: int) -> str:
    if MIN_INTEGER <= value <= MAX_INTEGER:
        return str(value)
    raise ValueError("an integer must fit in 64 bits")


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that JSON can carry")
    text = repr(value)
    # YAML 1.1 takes a number with an exponent for text unless it has a point: 1e+16 is written 1.0e+16.
    return text if "." in text else text.replace("e", ".0e")


# Containers get here empty.
_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: {True: "true", False: "false"}.__getitem__,
    int: _integer,
    float: _float,
    type(None): lambda _: "null",
    dict: lambda _: "{}",
    list: lambda _: "[]",
}


def _exact(value: object) -> object:
    """Return *value* as the plain type it is a kind of: an ordered mapping as a dict, a tuple as a list."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot be written as YAML")


def _fault(value: object, path: Path) -> tuple[Path, str] | None:
    """Return where in *value* the first thing stands that cannot be written, and why."""
    if len(path) >= MAX_DEPTH and isinstance(value, dict | list | tuple) and value:
        return path, TOO_DEEP
    children: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        children = value.items()
    elif isinstance(value, list | tuple):
        children = enumerate(value)
    else:
        try:
            _sequence([value], 0, 1, out=[])
        except (TypeError, ValueError) as problem:
            return path, str(problem)
    step: Any
    for step, child in children:
        if not isinstance(value, list | tuple):
            try:
                _head(step, 0)
            except (TypeError, ValueError) as problem:
                return path, str(problem)
        if fault := _fault(child, (*path, step)):
            return fault
    return None
