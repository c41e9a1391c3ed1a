"""All values and reasons in little room: what resources share stands in tables, once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from .values import Values

__all__ = ["packed"]

H = TypeVar("H", bound=Hashable)


def packed(resources: Iterable[tuple[Values, ...]]) -> dict[str, Any]:
    """Return the values of *resources* as tables whose rows name those of others by their numbers.

    `texts`: all texts. `shapes`: the paths of a child, and the reasons. `children`: kind, name, what asks for it, the
    shape, and the values. `resources`: the children of each.
    """
    texts: dict[str, int] = {}
    shapes: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    children: dict[tuple[Hashable, ...], int] = {}
    known: dict[Values, int] = {}

    def row_of(values: Values) -> int:
        paths, because, found = (_numbers(each, texts) for each in (values.paths, values.because, values.texts))
        own = _numbers((values.kind, values.name, values.requested_by), texts)
        return _number((*own, _number((paths, because), shapes), found), children)

    rows = []
    for resource in resources:
        row = []
        for values in resource:
            if values not in known:
                known[values] = row_of(values)
            row.append(known[values])
        rows.append(row)
    return {"texts": [*texts], "shapes": [*shapes], "children": [*children], "resources": rows}


def _numbers(items: Iterable[H], table: dict[H, int]) -> tuple[int, ...]:
    return tuple(_number(item, table) for item in items)


def _number(item: H, table: dict[H, int]) -> int:
    """Return the number of *item* in *table*, which gets it where it was not there."""
    return table.setdefault(item, len(table))
