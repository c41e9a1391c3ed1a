"""What an object in the cluster lacks of what was applied: the API server adds defaults, and writes amounts its own way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kube.fields import Path, field_path
from ..kube.manifest import Manifest
from ..kube.quantity import quantity_problem, quantity_value
from ..kube.schemas import FOREIGN, Type, item_key, kind_type, type_below

__all__ = ["differences"]


_AMOUNTS = ("q", "*")
"""Types of which values may be amounts; of kinds that Kubernetes does not have, nobody knows."""


def differences(wanted: Manifest, live: Manifest) -> Iterator[str]:
    """Yield the fields of *wanted* that *live* has otherwise or not at all; what else it has is no difference."""
    kind = kind_type(wanted["apiVersion"], wanted["kind"]) or FOREIGN
    for path in _differing(wanted, live, kind, ()):
        yield field_path(path)


def _differing(wanted: Any, live: Any, kind: Type, path: Path) -> Iterator[Path]:
    if isinstance(wanted, dict):
        if not isinstance(live, dict):
            if wanted or live is not None:
                yield path
            return
        for key, value in wanted.items():
            yield from _differing(value, live.get(key), type_below(kind, key), (*path, key))
    elif isinstance(wanted, list):
        yield from _differing_items(wanted, live, kind, path)
    elif live is None and not wanted:
        return  # the server leaves out many a false, 0 and empty text
    elif wanted != live and not (kind.form in _AMOUNTS and _is_same_amount(wanted, live)):
        yield path


def _differing_items(wanted: list[Any], live: Any, kind: Type, path: Path) -> Iterator[Path]:
    if not isinstance(live, list):
        if wanted:
            yield path
    elif kind.keys is not None:
        there = {item_key(item, kind.keys): item for item in live}
        for index, item in enumerate(wanted):
            key = item_key(item, kind.keys)
            if key not in there:
                yield (*path, index)
            elif kind.keys:
                yield from _differing(item, there[key], kind.of_items, (*path, index))
    elif len(wanted) != len(live):
        yield path
    else:
        for index, (item, other) in enumerate(zip(wanted, live, strict=True)):
            yield from _differing(item, other, type_below(kind, index), (*path, index))


def _is_same_amount(wanted: Any, live: Any) -> bool:
    """Tell whether both are one amount: `1000m` is written as `1`."""
    amounts = [str(each) for each in (wanted, live) if isinstance(each, str | int) and not isinstance(each, bool)]
    if len(amounts) < 2 or any(quantity_problem(each) for each in amounts):
        return False
    return quantity_value(amounts[0]) == quantity_value(amounts[1])
