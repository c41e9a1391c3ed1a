"""Objects that are there under another name: one that is gone and one that is new, which are alike but for the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..kube.manifest import Identity, Manifest

__all__ = ["renamed"]

_ALIKE = 0.8
"""Which share of the values of both must be the same."""
_MANY = 200
"""Objects of one kind from which on none are compared with each other: that would take too long, and tell nobody much."""

Values = Mapping[str, tuple[Any, Any]]
"""Each value of an object by where it stands: as it is, and with the object's name and namespace taken out."""


def renamed(gone: Mapping[Identity, Manifest], more: Mapping[Identity, Manifest]) -> dict[Identity, Identity]:
    """Return what objects of *more* were called among those *gone*, for those that only have another name or namespace."""
    found: dict[Identity, Identity] = {}
    for kind in dict.fromkeys(key[:2] for key in more):
        before, after = ([key for key in keys if key[:2] == kind] for keys in (gone, more))
        if len(before) <= _MANY and len(after) <= _MANY:
            found |= _pairs({key: _values(gone[key]) for key in before}, {key: _values(more[key]) for key in after})
    return found


def _pairs(before: Mapping[Identity, Values], after: Mapping[Identity, Values]) -> dict[Identity, Identity]:
    """Pair what is most alike first."""
    shares = [
        (_alike(old, new), now, was)
        for now, new in after.items()
        for was, old in before.items()
        if now[2] == was[2] or now[3] == was[3]
    ]
    found: dict[Identity, Identity] = {}
    for share, now, was in sorted(shares, reverse=True):
        if share >= _ALIKE and now not in found and was not in found.values():
            found[now] = was
    return found


def _alike(old: Values, new: Values) -> float:
    same = sum(any(a == b for a, b in zip(old[at], new[at], strict=True)) for at in old.keys() & new.keys())
    return same / len(old.keys() | new.keys())


def _values(manifest: Manifest) -> Values:
    metadata = manifest["metadata"]
    name, namespace = metadata["name"], metadata.get("namespace") or "\0"

    def walk(value: Any, at: str) -> Iterator[tuple[str, tuple[Any, Any]]]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, f"{at}/{key}")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(item, f"{at}[{index}]")
        elif isinstance(value, str):
            yield at, (value, value.replace(name, "\0name").replace(namespace, "\0namespace"))
        else:
            yield at, (value, value)

    return dict(walk({**manifest, "metadata": {**metadata, "namespace": ""}}, ""))
