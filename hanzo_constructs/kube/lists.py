"""Lists of objects of one kind, such as a ConfigMapList, as servers answer and some tools write."""

from __future__ import annotations

from typing import Any

__all__ = ["members_of"]

_ENDING = "List"


def members_of(data: Any) -> list[Any] | None:
    """Return what is in *data*, each with its kind, which may be left out there; None where it is no list of one kind."""
    if type(data) is not dict:
        return None
    kind, version, items = data.get("kind"), data.get("apiVersion"), data.get("items")
    if not (isinstance(kind, str) and isinstance(version, str) and isinstance(items, list) and kind.endswith(_ENDING)):
        return None
    from .schemas import kind_type  # few documents are lists

    identity = {"apiVersion": version, "kind": kind.removesuffix(_ENDING)}
    if not kind_type(version, identity["kind"]):
        return None
    return [{**identity, **each} if type(each) is dict else each for each in items]
