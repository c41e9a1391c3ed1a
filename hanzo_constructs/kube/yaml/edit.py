"""Change single fields of a document in its text: what is not changed stays to the byte, comments and quotes included.

What an edit makes of the text is what `changed` makes of the data that was read from it, or it is refused.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from ...errors import ReadError
from ..fields import Path
from .emitter import dump
from .field_edits import Edit, Remove, Rename, changed
from .layout import Span, layout
from .quoting import inline_text
from .reader import load
from .source import chunks, decoded

__all__ = ["EditError", "edited", "rewritten"]

_UNPRINTABLE = re.compile("[\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")


class EditError(ValueError):
    """A text is written in a way that cannot be changed in place."""


def rewritten(given: bytes, edits: Mapping[int, Sequence[Edit]]) -> bytes:
    """Return the text *given*, which has been read without a problem, after the *edits* of single documents in it.

    A document is known by the line on which it starts. Others stay to the byte, and so do line ends and a byte order
    mark. Raises `EditError` as `edited` does.
    """
    text = decoded(given, "")
    line_break = b"\r\n" if b"\r" in given else b"\n"
    if not given.count(b"\r") == given.count(b"\r\n") in {0, given.count(b"\n")}:
        raise EditError("has line ends of two kinds")
    whole = text if text.endswith("\n") else f"{text}\n"
    parts, end = [*chunks(text)], 0
    written: list[str] = []
    for number, chunk in enumerate(parts):
        start = whole.index(chunk.text, end)
        behind = parts[number + 1].line if number + 1 < len(parts) else None
        own = [each for line, each in edits.items() if chunk.line <= line and (behind is None or line < behind)]
        written += [
            whole[end:start],
            edited(chunk.text, [step for each in own for step in each]) if own else chunk.text,
        ]
        end = start + len(chunk.text)
    new = "".join([*written, whole[end:]])
    if not text.endswith("\n"):
        new = new.removesuffix("\n")
    mark = codecs.BOM_UTF8 if given.startswith(codecs.BOM_UTF8) else b""
    return mark + new.encode().replace(b"\n", line_break)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return *text*, which holds one document, after *edits*, one after the other.

    Raises `EditError` where the text would not say what the edits say, because of an alias for example.
    """
    try:
        (document,) = load(text)
        data = document.data
        for edit in edits:
            text, data = _edited(text, edit), changed(data, edit)
        if [each.data for each in load(text)] == [data]:
            return text
    except (ReadError, ValueError, KeyError, IndexError, yaml.YAMLError) as error:
        raise EditError("is written in a way that cannot be changed in place") from error
    raise EditError("is written in a way that cannot be changed in place, with an alias perhaps; write the values out")


def _edited(text: str, edit: Edit) -> str:
    root = layout(text)
    parent = root
    for step in edit.path[:-1]:
        parent = _there(parent.child(step))
    step = edit.path[-1]
    if isinstance(edit, Rename):
        key, _ = _entry(parent, step)
        return _replaced(text, key.start, key.end, _scalar(edit.name, text[key.start : key.end]))
    if isinstance(edit, Remove):
        remove = _without_item if isinstance(step, int) else _without_entry
        return remove(text, root, edit.path, parent)
    if isinstance(step, int):
        return _with_item(text, parent, step, edit.value)
    if parent.child(step):
        return _with_value(text, *_entry(parent, step), edit.value)
    return _with_entry(text, parent, step, edit.value)


def _there(span: Span | None) -> Span:
    if span is None:
        raise EditError("there is no such place")
    return span


def _entry(parent: Span, step: str | int) -> tuple[Span, Span]:
    for key, value in parent.value.entries:
        if key.key == step:
            return key, value
    raise EditError("there is no such place")


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _scalar(value: Any, before: str) -> str:
    """Write *value*, of one line, in the quotes that stood there *before*."""
    if isinstance(value, str):
        if before.startswith("'"):
            return "'" + value.replace("'", "''") + "'"
        return _flow(value) if before.startswith('"') else inline_text(value)
    return _flow(value)


def _flow(value: Any) -> str:
    """Write *value* as JSON, which YAML is too where no character is left that does not print."""
    written = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _next_line(text: str, at: int) -> int:
    """Return where the line behind that of *at* begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _is_first_on_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip()


def _without_entry(text: str, root: Span, path: Path, parent: Span) -> str:
    mapping = parent.value
    keys = [key.key for key, _ in mapping.entries]
    number = keys.index(str(path[-1]))
    key, value = mapping.entries[number]
    if len(keys) == 1:
        return _emptied(text, root, path[:-1], "{}")
    if mapping.flow:
        return _without_part(text, [(each.start, below.end) for each, below in mapping.entries], number)
    if _is_first_on_line(text, key.start):
        return _replaced(text, _line_start(text, key.start), _next_line(text, value.end), "")
    return _replaced(text, key.start, mapping.entries[number + 1][0].start, "")  # behind the dash of an item


def _without_item(text: str, root: Span, path: Path, parent: Span) -> str:
    items, number = parent.value.items, int(path[-1])
    if len(items) == 1:
        return _emptied(text, root, path[:-1], "[]")
    if parent.value.flow:
        return _without_part(text, [(each.start, each.end) for each in items], number)
    dash = _dash(text, items[number])
    if not _is_first_on_line(text, dash):
        raise EditError("a list begins on the line of another one")
    return _replaced(text, _line_start(text, dash), _next_line(text, items[number].end), "")


def _without_part(text: str, parts: list[tuple[int, int]], number: int) -> str:
    """Take one of the *parts* between commas away."""
    if number + 1 < len(parts):
        return _replaced(text, parts[number][0], parts[number + 1][0], "")
    return _replaced(text, parts[number - 1][1], parts[number][1], "")


def _emptied(text: str, root: Span, path: Path, nothing: str) -> str:
    """Write *nothing*, an empty collection, in place of the one at *path*, whose last part goes."""
    around = root
    for step in path[:-1]:
        around = _there(around.child(step))
    if not path:
        raise EditError("nothing would be left")
    if isinstance(path[-1], int):
        value = around.value.items[path[-1]].value
        return _replaced(text, value.start, value.end, nothing)
    key, value = _entry(around, path[-1])
    if value.flow:
        return _replaced(text, value.start, value.end, nothing)
    behind = text.index(":", key.end) + 1
    rest = text[behind : text.index("\n", behind)]  # a comment, perhaps
    return _replaced(text, behind, value.end, f" {nothing}{rest.rstrip() if '#' in rest else ''}")


def _with_value(text: str, key: Span, value: Span, new: Any) -> str:
    if value.start == value.end:  # nothing is written
        behind = text.index(":", key.end) + 1
        return _replaced(text, behind, behind, " " + (inline_text(new) if isinstance(new, str) else _flow(new)))
    if value.value.kind == "scalar" and value.flow:
        anchor = re.match(r"[&!]\S*\s+", text[value.value.start : value.value.end])
        start = value.value.start + (anchor.end() if anchor else 0)
        return _replaced(text, start, value.value.end, _scalar(new, text[start : value.value.end]))
    if value.flow:
        return _replaced(text, value.start, value.end, _flow(new))
    behind = text.index(":", key.end) + 1
    return _replaced(text, behind, value.end, " " + (inline_text(new) if isinstance(new, str) else _flow(new)))


def _with_entry(text: str, parent: Span, name: str, value: Any) -> str:
    mapping = parent.value
    if mapping.kind != "mapping":
        raise EditError("there is no mapping")
    if not mapping.flow:
        first, last = mapping.entries[0][0], mapping.entries[-1][1]
        return _inserted(text, last.end, dump({name: value}), first.start - _line_start(text, first.start))
    written = [text[key.start] for key, _ in mapping.entries]
    head = _flow(name) if not written or written[-1] == '"' else inline_text(name)
    starts = [(key.start, below.end) for key, below in mapping.entries]
    return _with_part(text, mapping, starts, f"{head}: {_flow(value)}")


def _with_item(text: str, parent: Span, number: int, value: Any) -> str:
    sequence = parent.value
    if number < len(sequence.items) or sequence.kind != "sequence":
        raise EditError("only the end of a list can be written")
    if sequence.flow:
        return _with_part(text, sequence, [(each.start, each.end) for each in sequence.items], _flow(value))
    dash = _dash(text, sequence.items[0])
    lines = dump({"items": [value]}).partition("\n")[2]
    return _inserted(text, sequence.items[-1].end, lines, dash - _line_start(text, dash))


def _with_part(text: str, collection: Span, parts: list[tuple[int, int]], new: str) -> str:
    """Write *new* as the last of the *parts* of a collection in brackets."""
    if not parts:
        return _replaced(text, collection.end - 1, collection.end - 1, new)
    start, end = parts[-1]
    indent = text[_line_start(text, start) : start]
    return _replaced(text, end, end, f",\n{indent}{new}" if not indent.strip() else f", {new}")


def _inserted(text: str, end: int, lines: str, column: int) -> str:
    """Write *lines* below the line in which a value ends, *column* characters to the right."""
    at = _next_line(text, end)
    line_break = "" if text[:at].endswith("\n") else "\n"
    indented = "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines.removesuffix("\n").split("\n"))
    return _replaced(text, at, at, line_break + indented)


def _dash(text: str, item: Span) -> int:
    """Return where the dash of *item* stands."""
    at = item.start - 1
    while text[at] in " \n":
        at -= 1
    if text[at] != "-":
        raise EditError("a comment stands between a dash and its item")
    return at
