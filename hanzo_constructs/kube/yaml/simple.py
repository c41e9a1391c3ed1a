"""Read, fast, what nearly every manifest is made of, and give up on everything else.

Simple are documents of block mappings, block lists, plain and quoted scalars on one line, mappings and lists in brackets on
one line, literal and folded blocks, and anchors and aliases of few values. Whatever is not certainly simple, every error among it, is left to the strict
reader, which alone says what a text means; tests prove that both agree wherever this one answers.

Manifests repeat themselves, so a line is taken apart once and remembered.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .flow import QUOTED, copied, read_flow, unquoted
from .limits import MAX_ALIASED_VALUES, MAX_ALIASES, MAX_DEPTH
from .scalars import resolve

__all__ = ["EMPTY", "LineCache", "read_simple"]


class _Line(NamedTuple):
    """One line taken apart."""

    indent: int
    item: int
    """Column behind the dash of a list item; 0 without a dash."""
    key: str | None
    kind: int
    value: Any


EMPTY = object()
"""The data of a document that holds nothing but comments."""

LineCache = dict[str, _Line | None]
"""What is known of lines; None for blank ones and comments."""

_CACHE_SIZE = 8192
# Every level of nesting takes a column at least, so that the limit on depth needs no counting here.
_MAX_COLUMN = MAX_DEPTH - 10

_SCALAR, _NOTHING, _MAPPING, _LIST, _NESTED, _BLOCK, _FOLDED, _ANCHOR, _ALIAS, _NOT_SIMPLE = range(10)
_UNKNOWN = _Line(0, 0, None, _NOT_SIMPLE, None)

# Characters that do not print, and line breaks that only YAML 1.1 knows.
_NOT_SIMPLE_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]").search

_HEAD = re.compile(
    r"""( *)(- +)?(?:([A-Za-z_][A-Za-z0-9_./-]{0,300}|"[^"\\]{0,300}"|'[^']{0,300}') *:(?=[ ]|\Z) *)?"""
).match
_QUOTED = re.compile(rf"{QUOTED}(?: *| +#.*)").fullmatch
_QUOTED_LINE = re.compile(rf"([^'\"#\t]*{QUOTED})[ \t]+#.*").fullmatch
_BLOCK_ENDS = {"|": (_BLOCK, "\n"), "|-": (_BLOCK, ""), ">": (_FOLDED, "\n"), ">-": (_FOLDED, "")}
_COMMENT = re.compile(r"[ \t]#").split
_BLANKS = (" ", "\t")
_ANCHORED = re.compile(r"&([A-Za-z0-9_-]{1,60})(?: +([^&*].*)?)?").fullmatch
_ALIASED = re.compile(r"\*([A-Za-z0-9_-]{1,60})(?: *| +#.*)").fullmatch
_FEW = MAX_ALIASED_VALUES // MAX_ALIASES
"""Values that one alias stands for at most, so that all of a document together are never too many."""
_SHALLOW = MAX_DEPTH // 4
_FOLDS = re.compile(r"\n(\n*)").sub
_PLAIN_START = re.compile(r"""[^\s"'#&*!|>@%`{}\[\],?:-]|--?[A-Za-z0-9_/.$(]""").match
_ENDS_PLAIN = re.compile(r": |:\Z").search


def read_simple(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one loop without calls is what makes it fast
    text: str, known: LineCache
) -> tuple[Any, int] | None:
    """Return the data of *text*, one document, and its first line, or None where it is not certainly simple."""
    if _NOT_SIMPLE_TEXT(text):
        return None
    lines = text.split("\n")
    position = 0
    if text.startswith("---"):
        if lines[0].rstrip(" ") != "---" and not lines[0].startswith("--- #"):
            return None
        position = 1
    first, root = 0, None
    top: Any = None
    top_indent = 0
    waiting: str | None = None
    stack: list[tuple[int, Any]] = []
    anchors: dict[str, tuple[Any, Any]] = {}
    aliases = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        try:
            entry = known[line]
        except KeyError:
            entry = _remembered(line, known)
        if entry is None:
            continue
        indent, item, key, kind, value = entry
        if kind == _NOT_SIMPLE or (key is None and not item):
            return None
        if root is None or (waiting is not None and (indent > top_indent or (item and indent == top_indent))):
            child: Any = [] if item else {}
            if root is None:
                first, root = position, child
            else:
                top[waiting] = child
            top, top_indent = child, indent
            stack.append((indent, child))
        else:
            # A dash belongs to a list, a key to a mapping; both may stand in one column, the list inside the mapping.
            while top_indent > indent or (top_indent == indent and (type(top) is dict) is bool(item)):
                stack.pop()
                if not stack:
                    return None
                top_indent, top = stack[-1]
            if top_indent != indent:
                return None
        if item and key is not None:
            child = {}
            top.append(child)
            top, top_indent = child, item
            stack.append((item, child))
        waiting = None
        if kind == _NOTHING:
            waiting = key
        elif kind == _MAPPING:
            value = dict(value)
        elif kind == _LIST:
            value = list(value)
        elif kind == _NESTED:
            value = copied(value)
        elif kind >= _ALIAS:
            aliases += 1
            value = _aliased(value, anchors, stack) if aliases <= MAX_ALIASES else EMPTY
            if value is EMPTY:
                return None
        elif kind >= _ANCHOR:
            name, inner, value = value
            if inner == _NOTHING:
                waiting = key
            anchors[name] = (top, len(top) if key is None else key)
            value = copied(value)
        elif kind >= _BLOCK:
            value, position = _block(lines, position, top_indent, end=value, folded=kind == _FOLDED)
            if value is None:
                return None
        if key is None:
            top.append(value)
        elif key in top:
            return None
        else:
            top[key] = value
    return (EMPTY, 0) if root is None else (root, first)


def _block(lines: list[str], position: int, indent: int, *, end: str, folded: bool) -> tuple[str | None, int]:
    """Return the block that starts at *position* inside a container at *indent*, and the position behind it."""
    line = lines[position] if position < len(lines) else ""
    width = len(line) - len(line.lstrip(" "))
    if width <= indent or width == len(line) or line[width] == "\t":
        return None, position
    pad = line[:width]
    content = []
    while position < len(lines):
        line = lines[position]
        if line.startswith(pad):
            content.append(line[width:])
        elif line.strip(" "):
            break
        else:
            content.append("")
        position += 1
    else:
        if lines[-1]:
            return None, position
    text = "\n".join(content).rstrip("\n")
    if folded:
        if any(line[:1] in _BLANKS for line in content if line):
            return None, position  # lines that stand further in keep their breaks
        text = _FOLDS(lambda found: found[1] or " ", text)
    return text + end, position


def _aliased(name: str, anchors: dict[str, tuple[Any, Any]], stack: list[tuple[int, Any]]) -> Any:
    """Return a copy of what *name* stands for; `EMPTY` where the strict reader must say whether that may be."""
    if name not in anchors or len(stack) > 2 * _SHALLOW:
        return EMPTY
    container, place = anchors[name]
    value = container[place]
    if any(each is value for _, each in stack) or _values(value, 1) > _FEW:
        return EMPTY  # it stands inside its own anchor, or for much
    return copied(value)


def _values(value: Any, depth: int) -> int:
    """Return of how many values *value* is made, keys among them, or too many where it is nested deeply."""
    if not isinstance(value, dict | list):
        return 1
    if depth > _SHALLOW:
        return _FEW + 1
    keys, inner = (len(value), value.values()) if isinstance(value, dict) else (0, value)
    return 1 + keys + sum(_values(each, depth + 1) for each in inner)


def _remembered(line: str, known: LineCache) -> _Line | None:
    if len(known) >= _CACHE_SIZE:
        known.clear()
    known[line] = entry = _taken_apart(line)
    return entry


def _taken_apart(line: str) -> _Line | None:
    body = line.lstrip(" ")
    if not body or body[0] == "#":
        return None
    line = _without_tabs(line) if "\t" in line else line
    head = _HEAD(line)
    if head is None or "\t" in line:
        return _UNKNOWN
    spaces, dash, key = head.groups()
    item = head.end(2) if dash else 0
    if max(len(spaces), item) > _MAX_COLUMN:
        return _UNKNOWN
    if key and key[0] in "\"'":
        key = key[1:-1]
    elif key and not isinstance(resolve(key), str):
        return _UNKNOWN
    kind, value = _value(line[head.end() :])
    if key is None and (kind == _NOTHING or (kind == _ANCHOR and value[1] == _NOTHING)):
        return _UNKNOWN
    return _Line(len(spaces), item, key, kind, value)


def _without_tabs(line: str) -> str:
    """Return *line* without its comment, where that holds all of its tabs and one quoted text at most is in front of it."""
    if quoted := _QUOTED_LINE(line):
        return quoted[1]
    rest = _COMMENT(line, maxsplit=1)[0].rstrip(" \t")
    return line if "'" in rest or '"' in rest else rest


def _value(text: str) -> tuple[int, Any]:
    """Return what stands behind a key or a dash."""
    if not text or text[0] == "#":
        return _NOTHING, None
    if text in _BLOCK_ENDS:
        return _BLOCK_ENDS[text]
    if quoted := _QUOTED(text):
        return _SCALAR, unquoted(quoted[1], quoted[2])
    if text[0] in "{[&*":
        return _flow(text) if text[0] in "{[" else _named(text)
    if _PLAIN_START(text):
        text = text.partition(" #")[0].rstrip(" ")
        if not _ENDS_PLAIN(text):
            try:
                return _SCALAR, resolve(text)
            except ValueError:
                pass
    return _NOT_SIMPLE, None


def _named(text: str) -> tuple[int, Any]:
    """Return the anchor in *text* and what stands behind it, or the alias."""
    if aliased := _ALIASED(text):
        return _ALIAS, aliased[1]
    if anchored := _ANCHORED(text):
        kind, value = _value(anchored[2] or "")
        if kind < _BLOCK:
            return _ANCHOR, (anchored[1], kind, value)
    return _NOT_SIMPLE, None


def _flow(text: str) -> tuple[int, Any]:
    """Return what stands in the brackets of *text*."""
    value = read_flow(text)
    if value is None:
        return _NOT_SIMPLE, None
    inner = value.values() if isinstance(value, dict) else value
    if any(isinstance(each, dict | list) for each in inner):
        return _NESTED, value
    return _MAPPING if isinstance(value, dict) else _LIST, value
