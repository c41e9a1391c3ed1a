"""Where the cursor stands in a document, judged by its lines alone: what is being typed can seldom be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..kube.fields import Path
from .flow_cursor import in_brackets

__all__ = ["Cursor", "cursor_in"]

_LINE = re.compile(r"""( *)((?:- +)*)(?:("[^"]*"|'[^']*'|[^\s"'#:{}\[\],][^#:{}\[\]]*?)\s*:(?=[ \t]|$)[ \t]*)?""")
_NOTHING = re.compile(r"\s*(#.*)?$")


class Cursor(NamedTuple):
    """What is being typed."""

    path: Path
    """Of the value, or of the mapping that a key is typed for."""
    is_value: bool
    typed: str
    """What was typed of the key or the value, in front of the cursor."""
    beside: frozenset[str] = frozenset()
    """Keys that are there already, beside the one that is typed."""


class _Level(NamedTuple):
    """A key, or the dash of an item, and the column in which it stands."""

    column: int
    key: str | None
    """None: an item."""


def cursor_in(lines: Sequence[str], line: int, column: int) -> Cursor | None:
    """Return what is being typed at *column* of *line*, both counted from 0; None in a comment."""
    before = lines[line][:column]
    if re.search(r"(^|\s)#", before):
        return None
    levels, rest = _taken_apart(before)
    around, beside = _around(lines, line, levels, rest, len(before))
    if rest[:1] in {"{", "["} and (levels and (levels[-1].key is not None or before.lstrip().startswith("-"))):
        inner = in_brackets(rest)
        return Cursor((*around, *inner.path), inner.is_value, inner.typed, inner.beside)
    if levels and levels[-1].key is not None:
        return Cursor(around, is_value=True, typed=rest)
    return Cursor(around, is_value=False, typed=rest, beside=beside)


def _taken_apart(line: str) -> tuple[list[_Level], str]:
    """Return the levels that *line* opens, and what stands behind them."""
    found = _LINE.match(line)
    if found is None:
        return [], line
    spaces, dashes, key = found.groups()
    levels: list[_Level] = []
    column = len(spaces)
    for dash in re.findall(r"- +", dashes):
        levels.append(_Level(column, None))
        column += len(dash)
    if key is not None:
        levels.append(_Level(column, key.strip("\"'")))
    return levels, line[found.end() :]


def _around(
    lines: Sequence[str], line: int, levels: list[_Level], rest: str, column: int
) -> tuple[Path, frozenset[str]]:
    """Return the path around what is typed, and the keys that stand beside it."""
    own = levels[-1].column if levels and levels[-1].key is not None else column - len(rest)
    before = list(_levels_above(lines, line))
    is_new_item = any(level.key is None for level in levels)
    beside = (
        frozenset() if levels and levels[-1].key is not None else _beside(lines, line, own, before, is_new=is_new_item)
    )
    path: list[str | int] = [levels[-1].key] if levels and levels[-1].key is not None else []
    need = own
    after_item = False
    inner = [level for level in reversed(levels) if level.key is None]
    index: int | None = None
    for level in [*inner, *before]:
        is_inside = level.column < need or (after_item and level.column == need and level.key is not None)
        if index is not None and level.key is None and level.column == need:
            index += 1
        elif is_inside:
            if index is not None:
                path.insert(0, index)
                index = None
            after_item = level.key is None
            if level.key is None:
                index = 0
            else:
                path.insert(0, level.key)
            need = level.column
    if index is not None:
        path.insert(0, index)
    return tuple(path), beside


def _levels_above(lines: Sequence[str], line: int) -> Iterator[_Level]:
    """Yield what stands above *line*, the nearest and the innermost first."""
    for number in range(line - 1, -1, -1):
        if not _NOTHING.match(lines[number]) and not lines[number].startswith(("---", "...")):
            yield from reversed(_taken_apart(lines[number])[0])


def _beside(lines: Sequence[str], line: int, column: int, above: list[_Level], *, is_new: bool) -> frozenset[str]:
    """Return the keys in *column* that belong to the mapping in which *line* stands."""
    found: set[str] = set()
    for level in above if not is_new else ():
        if level.column == column and level.key is not None:
            found.add(level.key)
        elif level.column < column:
            break
    for number in range(line + 1, len(lines)):
        if _NOTHING.match(lines[number]):
            continue
        levels, _ = _taken_apart(lines[number])
        if not levels or levels[0].column < column or lines[number].startswith("---"):
            break
        if levels[0].column == column and levels[0].key is not None:
            found.add(levels[0].key)
    return frozenset(found)
