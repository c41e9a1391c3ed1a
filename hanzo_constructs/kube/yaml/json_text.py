"""Read JSON as strictly as YAML: one document, or several one after the other.

Python's parser is fast but keeps the last of duplicate keys and accepts NaN. Where it meets something doubtful, the
text is gone through token by token to say what and where; the same walk finds the lines of fields.
"""

from __future__ import annotations

import json
import math
import re
from functools import partial
from typing import Any, NamedTuple

from ...errors import Finding
from ..fields import Path
from .document import Document
from .limits import MAX_DEPTH, MAX_DOCUMENT, TOO_DEEP, TOO_LARGE
from .scalars import MAX_INTEGER, MIN_INTEGER, TOO_BIG, TOO_LONG, shortened

__all__ = ["JSONReading", "read_json"]

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'[ \t\n\r]*(?:([{}\[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s{}\[\],:"]+))', re.DOTALL)
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class JSONReading(NamedTuple):
    """What a JSON text says."""

    documents: list[Document]
    findings: list[Finding]
    is_json: bool
    """False if the findings end with one that says that this is no JSON."""


class _DoubtfulError(Exception):
    """The walk over the tokens has to say what is wrong."""


def _invalid(problem: json.JSONDecodeError) -> tuple[str, int]:
    """Return what *problem* says, the same in every version of Python, and where it is."""
    before = problem.doc[: problem.pos + 1].rstrip("}] \t\r\n")
    end = problem.doc[len(before) :].lstrip()[:1]
    if before.endswith(",") and end in {"}", "]"}:  # Python 3.13 has a message for it, and points at the comma
        return f"illegal trailing comma before end of {'object' if end == '}' else 'array'}", len(before) - 1
    what = problem.msg.removesuffix(" at").removesuffix(" starting")
    return f"{what[:1].lower()}{what[1:]}", problem.pos


def read_json(text: str, name: str) -> JSONReading:
    """Read every document of *text* and note everything wrong with them."""
    documents: list[Document] = []
    findings: list[Finding] = []
    position = _behind_space(text, 0)
    line = 1 + text.count("\n", 0, position)
    while position < len(text):
        try:
            data, end, problems = _document(text, position, line)
        except json.JSONDecodeError as problem:
            what, at = _invalid(problem)
            findings.append(Finding(f"not valid JSON: {what}", where=f"{name}:{1 + text.count(chr(10), 0, at)}"))
            return JSONReading(documents, findings, is_json=False)
        findings += [Finding(message, where=f"{name}:{at}") for at, message in problems]
        if end is None:
            break
        if not problems:
            documents.append(Document(data, name, line, partial(_lines, text[position:end], line)))
        line += text.count("\n", position, end)
        position = _behind_space(text, end)
        line += text.count("\n", end, position)
    return JSONReading(documents, findings, is_json=True)


def _document(text: str, position: int, line: int) -> tuple[Any, int | None, list[tuple[int, str]]]:
    """Return the data at *position*, where it ends (None if nobody knows) and what is wrong on which line."""
    data, end = None, None
    try:
        data, end = _DECODER.raw_decode(text, position)
        if end - position > MAX_DOCUMENT:
            return None, end, [(line, TOO_LARGE)]
        doubtful = _deeper_than(MAX_DEPTH, data) or _HALF_CHARACTER.search(text, position, end)
    except _DoubtfulError:
        doubtful = True
        # Syntax comes first: this raises for what is no JSON at all.
        end = _LENIENT_DECODER.raw_decode(text, position)[1]
    except RecursionError:
        doubtful = True
    return data, end, _walk(text, position, line) if doubtful else []


def _lines(text: str, line: int) -> dict[Path, int]:
    lines: dict[Path, int] = {}
    _walk(text, 0, line, lines=lines)
    return lines


def _walk(  # noqa: C901 - a branch for each kind of token
    text: str, position: int, line: int, *, lines: dict[Path, int] | None = None
) -> list[tuple[int, str]]:
    """Go through the tokens of the valid JSON at *position* and return every problem.

    The line of every field is written into *lines*.
    """
    problems: list[tuple[int, str]] = []
    # The containers around the token: their path and, for an object, the lines of its keys.
    stack: list[tuple[Path, dict[str, int] | None]] = []
    path: Path = ()
    awaits_key = False
    while token := _TOKEN.match(text, position):
        line += text.count("\n", position, token.end())
        position = token.end()
        mark, string, other = token.groups()
        if mark in {":", ","}:
            within, keys = stack[-1]
            awaits_key = mark == "," and keys is not None
            if mark == "," and keys is None:
                path = (*within, int(path[len(within)]) + 1)
            continue
        if mark in {"}", "]"}:
            path = stack.pop()[0]
        elif string and awaits_key:
            within, keys = stack[-1]
            key = json.loads(string)
            path = (*within, key)
            problems += _key_problems(key, line, keys or {})
            if keys is not None:
                keys.setdefault(key, line)
            if lines is not None:
                lines.setdefault(path, line)
        else:
            if lines is not None:
                lines.setdefault(path, line)
            if mark:
                stack.append((path, {} if mark == "{" else None))
                if len(stack) > MAX_DEPTH:
                    return [*problems, (line, TOO_DEEP)]
                awaits_key = mark == "{"
                path = path if awaits_key else (*path, 0)
                continue
            problems += _string_problem(json.loads(string), line) if string else _number_problem(other, line)
        if not stack:
            break
    return problems


def _key_problems(key: str, line: int, keys: dict[str, int]) -> list[tuple[int, str]]:
    if key in keys:
        return [(line, f'key "{shortened(key)}" is used twice (also on line {keys[key]})')]
    return _string_problem(key, line)


def _string_problem(text: str, line: int) -> list[tuple[int, str]]:
    if half := _SURROGATE.search(text):
        return [(line, f"\\u{ord(half[0]):04x} is half a character, write the character itself")]
    return []


def _number_problem(text: str, line: int) -> list[tuple[int, str]]:
    if text in {"true", "false", "null"}:
        return []
    if text in {"NaN", "Infinity", "-Infinity"}:
        return [(line, f"{text} is not a number that JSON can carry")]
    try:
        (_float if any(mark in text for mark in ".eE") else _integer)(text)
    except _DoubtfulError as problem:
        return [(line, str(problem))]
    return []


def _behind_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _deeper_than(limit: int, data: Any) -> bool:
    level = [data] if isinstance(data, dict | list) else []
    for _ in range(limit):
        children = [child for parent in level for child in (parent.values() if type(parent) is dict else parent)]
        level = [child for child in children if type(child) is dict or type(child) is list]
        if not level:
            return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _DoubtfulError
    return mapping


def _integer(text: str) -> int:
    # 20 characters hold every 64-bit integer; int() would crawl through thousands of them.
    if len(text) <= 20 and MIN_INTEGER <= (value := int(text)) <= MAX_INTEGER:
        return value
    raise _DoubtfulError(TOO_LONG)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _DoubtfulError(TOO_BIG)
    return value


def _constant(text: str) -> float:
    raise _DoubtfulError(text)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_int=_integer, parse_float=_float, parse_constant=_constant)
_LENIENT_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
