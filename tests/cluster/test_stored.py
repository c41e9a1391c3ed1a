"""What a server stores is what was emitted, but for the forms that it writes otherwise and knows to be the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.kube.fields import Path, field_path
from hanzo_constructs.kube.quantity import quantity_value
from tests.cluster.server import ControlPlane
from tests.cluster.sets import apart, apply_all, make_namespaces, unfit
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_ABSENT = object()
_EMPTY: tuple[object, ...] = ("", 0, False, [])
"""What a server does not store where it means the same as nothing. The user wrote it, and it arrives as written."""


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_what_is_stored_is_what_was_emitted(control_plane: ControlPlane, case: Case) -> None:
    if reason := unfit(case, control_plane):
        pytest.skip(reason)
    children = apart((child for each in case.compilations() for child in each.manifests), f"{case.name}-stored")
    make_namespaces(control_plane.client, children)
    for emitted, stored in zip(children, apply_all(control_plane.client, children), strict=True):
        assert not list(_differences(emitted, stored, ()))


def _differences(emitted: Any, stored: Any, path: Path) -> Iterator[str]:
    """Yield where *stored* does not have what *emitted* has; it may have more."""
    if isinstance(emitted, dict) and isinstance(stored, dict):
        for key, value in emitted.items():
            yield from _differences(value, stored.get(key, _ABSENT), (*path, key))
    elif isinstance(emitted, list) and isinstance(stored, list) and len(emitted) == len(stored):
        for index, pair in enumerate(zip(emitted, stored, strict=True)):
            yield from _differences(*pair, (*path, index))
    elif emitted != stored and not _is_the_same(emitted, stored, path):
        yield f"{field_path(path)}: {emitted!r} is stored as {stored!r}"


def _is_the_same(emitted: Any, stored: Any, path: Path) -> bool:
    if stored is _ABSENT:
        return any(emitted == empty and type(emitted) is type(empty) for empty in _EMPTY)
    is_quantity = any(step in {"requests", "limits", "sizeLimit", "divisor", "overhead", "hard"} for step in path)
    return is_quantity and quantity_value(str(emitted)) == quantity_value(stored)
