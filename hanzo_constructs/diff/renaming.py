"""Objects that are there under another name: one that is gone and one that is new, which are alike but for the name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..kube.manifest import Identity, Manifest

__all__ = ["renamed"]

_ALIKE = 0.8
"""Which share of the values of both must be the same."""
_MANY = 200
"""Objects of one kind from which on only those are found that are the same in all but the name."""


def renamed(gone: Mapping[Identity, Manifest], more: Mapping[Identity, Manifest]) -> dict[Identity, Identity]:
    """Return what objects of *more* were called among those *gone*, for those that only have another name or namespace."""
    found: dict[Identity, Identity] = {}
    for kind in dict.fromkeys(key[:2] for key in more):
        before = {key: _values(each) for key, each in gone.items() if key[:2] == kind}
        after = {key: _values(each) for key, each in more.items() if key[:2] == kind}
        found |= _same(before, after)
        left = {key: values for key, values in before.items() if key not in found.values()}
        if len(left) <= _MANY and len(after) <= _MANY:
            found |= _alike(left, {key: values for key, values in after.items() if key not in found})
    return found


def _same(
    before: Mapping[Identity, frozenset[str]], after: Mapping[Identity, frozenset[str]]
) -> dict[Identity, Identity]:
    by_values: dict[frozenset[str], list[Identity]] = {}
    for key, values in before.items():
        by_values.setdefault(values, []).append(key)
    found: dict[Identity, Identity] = {}
    for key, values in after.items():
        if candidates := by_values.get(values):
            found[key] = candidates.pop(0)
    return found


def _alike(
    before: Mapping[Identity, frozenset[str]], after: Mapping[Identity, frozenset[str]]
) -> dict[Identity, Identity]:
    """Pair what is most alike first."""
    shares = [
        (len(old & new) / len(old | new), now, was)
        for now, new in after.items()
        for was, old in before.items()
        if now[2] == was[2] or now[3] == was[3]
    ]
    found: dict[Identity, Identity] = {}
    for share, now, was in sorted(shares, reverse=True):
        if share >= _ALIKE and now not in found and was not in found.values():
            found[now] = was
    return found


def _values(manifest: Manifest) -> frozenset[str]:
    """Return each value of *manifest* with where it stands; the name and the namespace are left out wherever they are."""
    metadata = manifest["metadata"]
    name, namespace = metadata["name"], metadata.get("namespace") or "\0"

    def walk(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, f"{at}/{key}")
        elif isinstance(value, list):
            for item in value:
                yield from walk(item, f"{at}[]")
        else:
            text = value.replace(name, "\0name").replace(namespace, "\0namespace") if isinstance(value, str) else value
            yield f"{at}={json.dumps(text)}"

    return frozenset(walk({**manifest, "metadata": {**metadata, "namespace": ""}}, ""))
