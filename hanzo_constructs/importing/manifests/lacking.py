"""What of an object does not stand in another one: every value that somebody wrote has to arrive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...kube.fields import field_path
from ...kube.quantity import quantity_problem, quantity_value
from ...kube.schemas import FOREIGN, Type, item_key, type_below

__all__ = ["Item", "Lacking", "lacking"]


class Item(NamedTuple):
    """A step to an item of a list that fields of it tell from the others."""

    keys: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def identity(self) -> dict[str, Any]:
        """The fields, with their values."""
        return dict(zip(self.keys, self.values, strict=True))


class Lacking(NamedTuple):
    """A value that did not arrive."""

    steps: tuple[str | Item, ...]
    value: Any

    @property
    def path(self) -> str:
        """Its place as users read it: `spec.template.spec.containers["web"].tty`."""
        return field_path([step if isinstance(step, str) else str(step.values[0]) for step in self.steps])


def lacking(wanted: Any, got: Any, kind: Type = FOREIGN, steps: tuple[str | Item, ...] = ()) -> Iterator[Lacking]:
    """Yield what of *wanted*, of the type *kind*, does not stand in *got* with the same meaning."""
    if isinstance(wanted, dict):
        if not isinstance(got, dict):
            yield Lacking(steps, wanted)
            return
        for key, value in wanted.items():
            if key in got:
                yield from lacking(value, got[key], type_below(kind, key), (*steps, key))
            else:
                yield Lacking((*steps, key), value)
    elif isinstance(wanted, list):
        yield from _lacking_items(wanted, got, kind, steps)
    elif not _same(wanted, got, kind):
        yield Lacking(steps, wanted)


def _lacking_items(wanted: list[Any], got: Any, kind: Type, steps: tuple[str | Item, ...]) -> Iterator[Lacking]:
    if not isinstance(got, list):
        yield Lacking(steps, wanted)
        return
    keys, of_items = kind.keys, kind.of_items if kind.form == "[" else Type("*")
    if keys is None or any(item_key(item, keys) is None for item in wanted):
        is_whole = len(wanted) == len(got) and not any(
            [*lacking(one, other, of_items)] or [*lacking(other, one, of_items)]
            for one, other in zip(wanted, got, strict=True)
        )
        if not is_whole:
            yield Lacking(steps, wanted)
    elif not keys:
        if any(item not in got for item in wanted):
            yield Lacking(steps, wanted)
    else:
        known = {item_key(item, keys): item for item in got}
        for item in wanted:
            key = item_key(item, keys)
            at = (*steps, Item(keys, key))
            if key in known:
                yield from lacking(item, known[key], of_items, at)
            else:
                yield Lacking(at, item)


def _same(wanted: Any, got: Any, kind: Type) -> bool:
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if wanted == got:
        return True
    if kind.form == "q" and not quantity_problem(wanted) and not quantity_problem(got):
        return quantity_value(str(wanted)) == quantity_value(str(got))
    return kind.form == "p" and str(wanted) == str(got)
