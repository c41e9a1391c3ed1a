"""Read any YAML document by the rules of Kubernetes, and refuse what no manifest may contain.

This is the reading that counts: PyYAML's parser finds the structure, this module gives it a meaning. Refused are
duplicate keys, merge keys, keys that are not text, tags other than `!!str`, `!!map` and `!!seq`, numbers that would
change on the way, deep nesting, and aliases beyond a small count. What an alias stands for is copied.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from yaml import events

from ..fields import Path
from .limits import MAX_ALIASED_VALUES, MAX_ALIASES, MAX_DEPTH, TOO_DEEP
from .scalars import resolve, shortened

__all__ = ["Problem", "Reading", "read_strictly"]

# libyaml where PyYAML was built with it; the parser in Python is slower and takes tabs in fewer places.
_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_YAML_TAG = "tag:yaml.org,2002:"
_STR, _MAP, _SEQ = f"{_YAML_TAG}str", f"{_YAML_TAG}map", f"{_YAML_TAG}seq"
_TAGS = frozenset({"binary", "bool", "float", "int", "map", "merge", "null", "omap", "seq", "set", "str", "timestamp"})
# The name is not repeated: it may be a password that nobody quoted.
_UNKNOWN_TAG = "a tag is not supported, leave it out; quote the value if it is text that begins with !"
_SURROGATE = re.compile(r"[\ud800-\udfff]").search
# The parser notices these at the end of what it was looking at; the user wants the start.
_REPORTED_AT_START = frozenset({"found unexpected end of stream", "could not find expected ':'"})


class Problem(NamedTuple):
    """What is wrong on a line of the text."""

    line: int
    message: str


class Reading(NamedTuple):
    """What one document says."""

    data: Any
    line: int
    """Where the document starts."""
    problems: list[Problem]


def read_strictly(text: str, first: int = 1, lines: dict[Path, int] | None = None) -> Reading | None:
    """Read *text*, one document that starts on line *first* of the whole; None if it holds nothing but comments.

    The line of every field is written into *lines*.
    """
    composer = _Composer(text, first, lines)
    data, line, empty = None, first, False
    try:
        composer.next_event()  # the stream starts
        event = composer.next_event()
        if type(event) is events.StreamEndEvent:
            return None
        if event.tags:
            composer.problem(event, "the %TAG directive is not supported")
        event = composer.next_event()
        line = first + event.start_mark.line
        empty = type(event) is events.ScalarEvent and event.implicit[0] and not (event.value or event.anchor)
        data = composer.value(event, (), 1)
        composer.next_event()  # the document ends
        composer.next_event()  # the stream ends, or the parser says what stands in the way
    except _StopReading:
        pass
    except yaml.YAMLError as problem:
        composer.problems.append(_syntax_problem(problem, text, first))
    return None if empty and not composer.problems else Reading(data, line, composer.problems)


class _StopReading(Exception):  # noqa: N818 - a signal inside this module, not an error
    """The rest of the document is not worth reading."""


class _Composer:
    """Turns the events of one document into data, lines and problems; the parser is a stream, so this has state."""

    def __init__(self, text: str, first: int, lines: dict[Path, int] | None) -> None:
        self.next_event = _Parser(text).get_event
        self._first = first
        self._lines = lines
        self.problems: list[Problem] = []
        # The value behind an anchor and how many values that is; None while it is being read.
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._values = 0
        self._aliases = 0
        self._aliased = 0

    def problem(self, event: Any, message: str, *, stop: bool = False) -> None:
        """Note what is wrong at *event*."""
        self.problems.append(Problem(self._first + event.start_mark.line, message))
        if stop:
            raise _StopReading

    def value(self, event: Any, path: Path, depth: int) -> Any:
        """Return the value that starts with *event* and stands at *path*."""
        self._values += 1
        if type(event) is events.AliasEvent:
            return self._alias(event, depth)
        if event.anchor is None:
            return self._fresh(event, path, depth)
        self._anchors[event.anchor] = None
        before = self._values
        value = self._fresh(event, path, depth)
        self._anchors[event.anchor] = value, self._values - before + 1
        return value

    def _fresh(self, event: Any, path: Path, depth: int) -> Any:
        if type(event) is events.ScalarEvent:
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self.problem(event, TOO_DEEP, stop=True)
        if type(event) is events.MappingStartEvent:
            self._check_tag(event, _MAP)
            return self._mapping(path, depth)
        self._check_tag(event, _SEQ)
        return self._sequence(path, depth)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while type(event := self.next_event()) is not events.MappingEndEvent:
            line = self._first + event.start_mark.line
            key = self._key(event, path, depth)
            if key is None:
                self.value(self.next_event(), path, depth + 1)
                continue
            if key in lines:
                self.problem(event, f'key "{shortened(key)}" is used twice (also on line {lines[key]})')
            lines.setdefault(key, line)
            place = (*path, key)
            if self._lines is not None:
                self._lines[place] = line
            mapping[key] = self.value(self.next_event(), place, depth + 1)
        return mapping

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next_event()) is not events.SequenceEndEvent:
            place = (*path, len(items))
            if self._lines is not None:
                self._lines[place] = self._first + event.start_mark.line
            items.append(self.value(event, place, depth + 1))
        return items

    def _key(self, event: Any, path: Path, depth: int) -> str | None:
        """Return the key at *event*, or None if it cannot be one."""
        written = getattr(event, "value", "")
        plain = type(event) is events.ScalarEvent and event.implicit[0] and event.tag is None
        # kubectl lets merged fields win over those written above them, YAML says the opposite: nobody can rely on either.
        if plain and written == "<<":
            self.problem(event, "merge keys (<<) are not supported, write the fields out")
            return None
        found = len(self.problems)
        key = self.value(event, path, depth + 1)
        if len(self.problems) > found:
            return None
        if isinstance(key, dict | list):
            self.problem(event, "a mapping or a list cannot be a key")
            return None
        if isinstance(key, str):
            return key
        read = "null" if key is None else str(key).lower() if isinstance(key, bool) else str(key)
        # Kubernetes makes text of these; only where the text is what was written, nothing changes.
        if type(key) in {bool, int} and read == written:
            return read
        self.problem(event, f'key "{written}" is read as {read}, quote it if it is text')
        return None

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.tag is None and event.implicit[0]:
            try:
                return resolve(text)
            except ValueError as problem:
                self.problem(event, str(problem))
                return text
        self._check_tag(event, _STR)
        if not text.isascii() and (surrogate := _SURROGATE(text)):
            self.problem(event, f"\\u{ord(surrogate[0]):04x} is half a character, write the character itself")
        return text

    def _check_tag(self, event: Any, allowed: str) -> None:
        if event.tag not in {None, allowed}:
            name = event.tag.removeprefix(_YAML_TAG)
            self.problem(event, f"tag !!{name} is not supported, leave it out" if name in _TAGS else _UNKNOWN_TAG)

    def _alias(self, event: Any, depth: int) -> Any:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            self.problem(event, f"more than {MAX_ALIASES} aliases, write the values out", stop=True)
        if event.anchor not in self._anchors:
            self.problem(
                event, "an alias has no anchor in front of it; quote the value if it is text that begins with *"
            )
            return None
        anchored = self._anchors[event.anchor]
        if anchored is None:
            self.problem(event, "an alias stands inside its own anchor")
            return None
        value, values = anchored
        self._values += values
        self._aliased += values
        if self._aliased > MAX_ALIASED_VALUES:
            self.problem(event, f"aliases stand for more than {MAX_ALIASED_VALUES} values, write them out", stop=True)
        try:
            return _copied(value, depth)
        except RecursionError:
            self.problem(event, TOO_DEEP, stop=True)


def _copied(value: Any, depth: int) -> Any:
    """Return a copy of *value* that shares nothing with it, for a place at *depth*."""
    if not isinstance(value, dict | list):
        return value
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _copied(child, depth + 1) for key, child in value.items()}
    return [_copied(child, depth + 1) for child in value]


def _syntax_problem(problem: yaml.YAMLError, text: str, first: int) -> Problem:
    if not isinstance(problem, yaml.MarkedYAMLError) or problem.problem_mark is None:
        return Problem(first, f"not valid YAML: {problem}")
    mark, start = problem.problem_mark, problem.context_mark
    if start is not None and problem.problem in _REPORTED_AT_START:
        mark = start
    lines = text.rstrip("\n").split("\n")
    # What is missing is noticed behind the last line, where another document may begin.
    at = min(mark.line, len(lines) - 1)
    character = lines[at][mark.column : mark.column + 1]
    if character == "\t" and not lines[at][: mark.column].strip(" \t-"):
        return Problem(first + at, "tabs cannot indent YAML, use spaces")
    if problem.problem and problem.problem.startswith("found undefined tag handle"):
        return Problem(first + at, _UNKNOWN_TAG)
    if problem.problem and "cannot start any token" in problem.problem:
        return Problem(first + at, f"not valid YAML: plain text cannot start with {character!r}, quote it")
    context = f" {problem.context}" if problem.context else ""
    if start is not None and start.line < at:
        context += f" from line {first + start.line}"
    return Problem(first + at, f"not valid YAML: {problem.problem}{context}")
