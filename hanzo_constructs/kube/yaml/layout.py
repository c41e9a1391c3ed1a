"""Where everything in the text of one document stands, to the character, so that parts of it can be rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

__all__ = ["Span", "layout"]

_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True, eq=False)
class Span:
    """A value in a text, from `text[start]` to before `text[end]`; what holds others ends with the last of them."""

    start: int
    """An anchor counts into the value."""
    end: int
    kind: str = "scalar"
    """scalar, mapping or sequence."""
    flow: bool = False
    """Whether it is written in brackets, or of a scalar on one line in quotes or plain."""
    key: str = ""
    """Of a scalar, what it says."""
    entries: list[tuple[Span, Span]] = field(default_factory=list)
    """Of a mapping, its keys and values."""
    items: list[Span] = field(default_factory=list)
    """Of a sequence."""
    target: Span | None = None
    """Of an alias, the value that it stands for."""

    @property
    def value(self) -> Span:
        """The value itself, which an alias only stands for."""
        return self.target or self

    def child(self, step: str | int) -> Span | None:
        """Return what stands at *step* of a mapping or a sequence; None where there is nothing."""
        if isinstance(step, int):
            return self.value.items[step] if step < len(self.value.items) else None
        return next((value for key, value in self.value.entries if key.key == step), None)


def layout(text: str) -> Span:
    """Return where the one document in *text*, which has been read without a problem, has its values."""
    parser = _Parser(text)
    stream = iter(parser.get_event, None)
    anchors: dict[str, Span] = {}
    for event in stream:
        if isinstance(event, events.DocumentStartEvent):
            return _span(next(stream), stream, anchors, text)
    raise ValueError("there is no document")


def _span(event: Any, stream: Iterator[Any], anchors: dict[str, Span], text: str) -> Span:
    span = Span(event.start_mark.index, event.end_mark.index)
    if isinstance(event, events.AliasEvent):
        span.target, span.flow = anchors[str(event.anchor)], True
        return span
    if event.anchor:
        anchors[event.anchor] = span
    if isinstance(event, events.ScalarEvent):
        span.key, span.flow = event.value, event.style not in {"|", ">"}
        if not span.flow and "+" not in text[span.start : text.find("\n", span.start)]:
            span.end = span.start + len(text[span.start : span.end].rstrip())
        return span
    span.flow = bool(event.flow_style)
    last: Span | None = None
    if isinstance(event, events.MappingStartEvent):
        span.kind = "mapping"
        while not isinstance(event := next(stream), events.MappingEndEvent):
            key = _span(event, stream, anchors, text)
            last = _span(next(stream), stream, anchors, text)
            span.entries.append((key, last))
    else:
        span.kind = "sequence"
        while not isinstance(event := next(stream), events.SequenceEndEvent):
            last = _span(event, stream, anchors, text)
            span.items.append(last)
    closing: Any = event
    span.end = closing.end_mark.index if span.flow or last is None else last.end
    return span
