"""Objects that no rule expected: of foreign kinds, half empty, with other types below what is checked."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.diff import difference
from hanzo_constructs.diff.values import shown_change
from hanzo_constructs.kube.fields import field_path
from hanzo_constructs.kube.schemas import kind_type, type_findings
from tests.diff import objects
from tests.diff.objects import Manifest

ALL = [value for name, value in sorted(vars(objects).items()) if name in objects.__all__ and isinstance(value, dict)]
SCALED = {
    "apiVersion": "keda.sh/v1alpha1",
    "kind": "ScaledObject",
    "metadata": {"name": "api"},
    "spec": {"scaleTargetRef": {"name": "api"}, "minReplicaCount": 0},
}
ODD: st.SearchStrategy[Any] = st.sampled_from([None, 1, True, "a", [], {}, [1], [None], {"a": None}, [{}], [[]]])


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*found, *(place for key, item in pairs for place in _places(item, (*path, key)))]


def _with(manifest: Manifest, path: tuple[str | int, ...], value: Any) -> Manifest:
    found = copy.deepcopy(manifest)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found


@st.composite
def odd_objects(draw: st.DrawFn) -> tuple[Manifest, Manifest]:
    """Return an object, and it with something else at a place, as far as the types of its kind allow it."""
    manifest = draw(st.sampled_from([*ALL, SCALED]))
    below = [
        path for path in _places(manifest) if path[0] not in {"apiVersion", "kind"} and path[:2] != ("metadata", "name")
    ]
    odd = _with(manifest, draw(st.sampled_from([path for path in below if path != ("metadata",)])), draw(ODD))
    kind = kind_type(odd["apiVersion"], odd["kind"])
    wrong = [*type_findings(odd, kind, unknown="warning")] if kind else []
    if any(each.severity == "error" for each in wrong) or not isinstance(odd["metadata"].get("namespace") or "", str):
        return manifest, manifest
    return manifest, odd


@given(st.lists(odd_objects(), min_size=1, max_size=4))
def test_no_rule_fails(pairs: list[tuple[Manifest, Manifest]]) -> None:
    old, new = ([pair[side] for pair in pairs] for side in (0, 1))
    for before, after in ((old, new), (new, old), (old, []), ([], new)):
        for each in difference(before, after):
            assert each.consequences
            for field in each.change.fields:
                assert all("\n" not in text for text in shown_change(field, each.change.kind))


def test_places_are_named() -> None:
    assert field_path(_places(SCALED)[-1]) == "spec.minReplicaCount"
