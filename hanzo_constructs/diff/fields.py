"""The fields that differ between two objects; items of lists are told apart as Kubernetes does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from ..kube.manifest import Manifest
from ..kube.quantity import quantity_problem, quantity_value
from ..kube.schemas.merging import item_key, type_below
from ..kube.schemas.types import FOREIGN, Type, kind_type
from .changes import FieldChange, Item, Steps
from .secrecy import texts_without_secrets

__all__ = ["field_changes", "value_changes"]

_OF_OBJECTS = ("metadata.name",)
_GUESSED = (_OF_OBJECTS, ("name",), ("host",), ("path",), ("key",), ("type",), ("port",), ("containerPort",), ("ip",))
"""What tells items apart in lists of which Kubernetes does not say it, if it does so in both."""
_LONG = 80
"""How much of a text that is an item of a list is its name."""
_NOT_COMPARED = ("status",)
_WRITTEN_BY_SERVERS = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid")
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def field_changes(old: Manifest, new: Manifest) -> list[FieldChange]:
    """Return what differs between *old* and *new*, of one kind, but for what API servers write into objects."""
    kind = kind_type(new["apiVersion"], new["kind"]) or kind_type(old["apiVersion"], old["kind"]) or FOREIGN
    return [*value_changes(_of_users(old), _of_users(new), kind)]


def value_changes(old: Any, new: Any, kind: Type, path: Steps = ()) -> Iterator[FieldChange]:
    """Yield what differs between *old* and *new*, two values of the type *kind* at *path*."""
    if old == new and repr(old) == repr(new):  # 1 and true are equal to Python
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(key for key in new if key not in old)):
            at = (*path, str(key))
            if key not in new:
                yield FieldChange(at, "removed", old[key])
            elif key not in old:
                yield FieldChange(at, "added", None, new[key])
            else:
                yield from value_changes(old[key], new[key], type_below(kind, key), at)
    elif isinstance(old, list) and isinstance(new, list):
        keys = _keys(old, new, kind)
        yield from _positions(old, new, kind, path) if keys is None else _items(old, new, keys, kind, path)
    elif type(old) is not type(new) or old != new:
        yield FieldChange(path, "respelled" if kind.form == "q" and _same_amount(old, new) else "changed", old, new)


def _of_users(manifest: Manifest) -> Manifest:
    """Return *manifest* without what API servers write into it."""
    body = {key: value for key, value in manifest.items() if key not in _NOT_COMPARED}
    metadata = {key: value for key, value in manifest["metadata"].items() if key not in _WRITTEN_BY_SERVERS}
    if isinstance(metadata.get("annotations"), dict) and _LAST_APPLIED in metadata["annotations"]:
        metadata["annotations"] = {key: text for key, text in metadata["annotations"].items() if key != _LAST_APPLIED}
        if not metadata["annotations"]:
            del metadata["annotations"]
    return body | {"metadata": metadata}


def _keys(old: list[Any], new: list[Any], kind: Type) -> tuple[str, ...] | None:
    """Return the fields that tell the items of both lists apart; none: the items do it themselves; None: nothing does."""
    known = [kind.keys] if kind.form == "[" and kind.keys is not None else []
    plain = [()] if not any(isinstance(item, dict | list) for item in (*old, *new)) else []
    for keys in (*known, *plain, *_GUESSED):
        if all(_are_apart(items, keys) for items in (old, new)):
            return keys
    return None


def _key(item: Any, keys: tuple[str, ...]) -> Any:
    """Return what tells *item* apart: the values of its *keys*, or with none of them the item; None: it has not all."""
    if keys == _OF_OBJECTS:
        metadata = item.get("metadata") if isinstance(item, dict) else None
        return metadata.get("name") if isinstance(metadata, dict) else None
    return item_key(item, keys)


def _are_apart(items: list[Any], keys: tuple[str, ...]) -> bool:
    found = [_key(item, keys) for item in items]
    if any(isinstance(each, dict | list) or each is None for each in found):
        return False
    values = [value for each in found for value in (each if isinstance(each, tuple) else (each,))]
    return not any(isinstance(value, dict | list) for value in values) and len(set(found)) == len(found)


def _items(old: list[Any], new: list[Any], keys: tuple[str, ...], kind: Type, path: Steps) -> Iterator[FieldChange]:
    before, after = ({_key(item, keys): item for item in items} for items in (old, new))
    was, now = (_words(items, keys) for items in (old, new))
    for key, item in before.items():
        at = (*path, _named(was[key]))
        if key in after:
            yield from value_changes(item, after[key], kind.of_items if kind.form == "[" else FOREIGN_ITEM, at)
        else:
            yield FieldChange(at, "removed", item if keys else was[key])
    for key, item in after.items():
        if key not in before:
            yield FieldChange((*path, _named(now[key])), "added", None, item if keys else now[key])
    stayed = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if stayed != order:
        words = was | now
        yield FieldChange(path, "moved", [_named(words[key]) for key in stayed], [_named(words[key]) for key in order])


def _words(items: list[Any], keys: tuple[str, ...]) -> dict[Any, Any]:
    """Return what each of *items* is called, by what tells it apart: a text without what may be a secret."""
    if keys:
        return {key: key for key in (_key(item, keys) for item in items)}
    return dict(zip(items, texts_without_secrets(items), strict=True))


FOREIGN_ITEM = Type("*")
"""The type of an item of a list of which nothing is known."""


def _positions(old: list[Any], new: list[Any], kind: Type, path: Steps) -> Iterator[FieldChange]:
    """Yield what differs between lists whose items nothing tells apart: those that stayed are found by what they are."""
    inner = kind.of_items if kind.form == "[" else FOREIGN_ITEM
    texts = [[json.dumps(item, sort_keys=True, default=str) for item in items] for items in (old, new)]
    if sorted(texts[0]) == sorted(texts[1]):
        yield FieldChange(
            path, "moved", [*map(_index, range(len(old)))], [_index(texts[0].index(each)) for each in texts[1]]
        )
        return
    bare = [[*texts_without_secrets(items)] for items in (old, new)]
    for tag, first, last, start, end in SequenceMatcher(a=texts[0], b=texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, end - start)
        for offset in range(pairs):
            at, one, other = (*path, _index(start + offset)), first + offset, start + offset
            if isinstance(old[one], str) and isinstance(new[other], str):
                yield FieldChange(at, "changed", bare[0][one], bare[1][other])
            else:
                yield from value_changes(old[one], new[other], inner, at)
        for place in range(first + pairs, last):
            yield FieldChange((*path, _index(place)), "removed", bare[0][place])
        for place in range(start + pairs, end):
            yield FieldChange((*path, _index(place)), "added", None, bare[1][place])


def _index(place: int) -> Item:
    return Item(str(place))


def _named(key: Any) -> Item:
    """Return what tells an item apart as one word: `api`, `53/UDP`, `8080` for the usual protocol."""
    values = key if isinstance(key, tuple) else (key,)
    word = "/".join(str(value) for value in values if value != "TCP")
    return Item(word if len(word) <= _LONG else f"{word[: _LONG - 3]}...")


def _same_amount(old: Any, new: Any) -> bool:
    if any(isinstance(each, bool) or quantity_problem(each) for each in (old, new)):
        return False
    return quantity_value(str(old)) == quantity_value(str(new))
