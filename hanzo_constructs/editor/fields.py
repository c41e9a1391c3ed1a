"""Where every field of a document stands in its text: the key and the value, by line and column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml import events

from ..kube.fields import Path
from ..kube.yaml.limits import MAX_DEPTH
from .text import Position, Span

__all__ = ["Field", "Fields", "fields_of"]

_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Field(NamedTuple):
    """Where a field stands."""

    key: Span | None
    """None for an item of a list, and for the whole document."""
    value: Span
    is_scalar: bool

    @property
    def whole(self) -> Span:
        """The key and the value."""
        return Span(self.key.start if self.key else self.value.start, self.value.end)


Fields = dict[Path, Field]


def fields_of(text: str) -> Fields:
    """Return where the fields of *text*, one document with Unix line ends, stand; of a broken one, those that are whole."""
    found: Fields = {}
    try:
        parser = _Parser(text)
        stream = iter(parser.get_event, None)
        _value(_first(stream), stream, (), None, found)
    except (yaml.YAMLError, RecursionError, StopIteration, UnicodeError, _TooDeep):
        pass  # what was found so far is what there is
    return found


class _TooDeep(Exception):  # noqa: N818 - a signal inside this module, not an error
    """Nobody reads what is nested so deep."""


def _first(stream: Iterator[Any]) -> Any:
    """Return the event with which the value of the document begins."""
    for event in stream:
        if isinstance(event, events.StreamEndEvent):
            break
        if not isinstance(event, events.StreamStartEvent | events.DocumentStartEvent):
            return event
    raise StopIteration


def _value(event: Any, stream: Iterator[Any], path: Path, key: Span | None, found: Fields) -> Span:
    """Note the value at *path* that begins with *event*, and everything below it; return where it stands."""
    if len(path) > MAX_DEPTH:
        raise _TooDeep
    span, is_scalar = _span(event), False
    if isinstance(event, events.MappingStartEvent):
        found[path] = Field(key, span, is_scalar=False)
        span = Span(span.start, _mapping(stream, path, span, found))
    elif isinstance(event, events.SequenceStartEvent):
        found[path] = Field(key, span, is_scalar=False)
        span = Span(span.start, _list(stream, path, span, found))
    elif isinstance(event, events.ScalarEvent | events.AliasEvent):
        is_scalar = True
    found[path] = Field(key, span, is_scalar)
    return span


def _mapping(stream: Iterator[Any], path: Path, span: Span, found: Fields) -> Position:
    end = span.end
    for event in stream:
        if isinstance(event, events.MappingEndEvent):
            return max(end, _flow_end(event))
        name = str(event.value) if isinstance(event, events.ScalarEvent) else ""
        key = _span(event)
        if not isinstance(event, events.ScalarEvent | events.AliasEvent):
            key = _value(event, stream, (*path, "", 0), None, {})  # a mapping as key, which is refused elsewhere
        end = _value(next(stream), stream, (*path, name), key, found).end
    return end


def _list(stream: Iterator[Any], path: Path, span: Span, found: Fields) -> Position:
    end = span.end
    for index, event in enumerate(stream):
        if isinstance(event, events.SequenceEndEvent):
            return max(end, _flow_end(event))
        end = _value(event, stream, (*path, index), None, found).end
    return end


def _flow_end(event: Any) -> Position:
    """Return the place behind a closing bracket; a block has none, and its end is that of what is in it."""
    start, end = event.start_mark, event.end_mark
    return Position(end.line, end.column) if start.index < end.index else Position(0, 0)


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(Position(start.line, start.column), Position(end.line, end.column))
