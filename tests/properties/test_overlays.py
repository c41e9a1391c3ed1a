"""Any overlay of any child: merged as kubectl merges the same patch, and explained."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.kube.schemas import Type, fields_of, item_key, kind_type, merged, type_below, type_findings
from hanzo_constructs.kube.schemas.values import VALUES
from tests.golden.cases import VALID

UNTOUCHED = {
    *("status", "managedFields", "creationTimestamp", "deletionTimestamp"),  # the cluster's
    *("selector", "matchLabels"),  # identity; kubectl replaces that of a budget
}
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "s": st.sampled_from(["a", "b", "web"]),
    "i": st.integers(0, 9),
    "l": st.integers(0, 9),
    "n": st.integers(0, 9),
    "b": st.booleans(),
    "q": st.sampled_from(["1", "2Gi"]),
    "p": st.sampled_from([1, "http"]),
}


@st.composite
def partials(draw: st.DrawFn, base: Any, kind: Type, depth: int = 0) -> Any:
    """Draw a partial value of *kind*, which is mostly about what there is in *base*."""
    if kind.form in SCALARS:
        return draw(SCALARS[kind.form])
    if kind.form == "[":
        return draw(_items(base if isinstance(base, list) else [], kind, depth))
    if kind.form not in "{#" or depth > 8:
        return {}
    there = [*base] if isinstance(base, dict) else []
    known = [*fields_of(kind.inner)] if kind.form == "#" else ["a", "b"]
    keys = draw(st.lists(st.sampled_from(there or known) | st.sampled_from(known), max_size=2, unique=True))
    found = {}
    for key in keys:
        below = type_below(kind, key)
        if below.form not in "o*" and key not in UNTOUCHED:
            value = base.get(key) if isinstance(base, dict) else None
            removed = value is not None and draw(st.integers(0, 4)) == 0
            words = VALUES.get((kind.inner, key)) if kind.form == "#" else None
            other = _words(words, below) if words else partials(value, below, depth + 1)
            found[key] = None if removed else draw(other)
    return found


def _words(words: tuple[str, ...], kind: Type) -> st.SearchStrategy[Any]:
    """Return what a field takes that takes nothing but *words*, or a list of them."""
    word = st.sampled_from(words)
    return st.lists(word, max_size=2, unique=True) if kind.form == "[" else word


@st.composite
def _items(draw: st.DrawFn, base: list[Any], kind: Type, depth: int) -> Any:
    if not kind.keys or depth > 6:
        return draw(st.lists(partials(None, kind.of_items, depth + 1), max_size=2)) if depth < 6 else []
    found = []
    for item in draw(st.lists(st.sampled_from(base), max_size=2, unique_by=repr)) if base else []:
        over = draw(partials(item, kind.of_items, depth + 1))
        found.append({**over, **{key: item[key] for key in kind.keys if key in item}})
    return found


def whole(manifest: Manifest) -> Type:
    kind = kind_type(manifest["apiVersion"], manifest["kind"])
    assert kind
    return kind


@cache
def children() -> list[Manifest]:
    return [
        child.manifest
        for case in VALID
        for compilation in case.compiled
        for child in compilation.children
        if kind_type(child.manifest["apiVersion"], child.manifest["kind"])
    ]


@st.composite
def laid_over(draw: st.DrawFn) -> tuple[Manifest, dict[str, Any]]:
    manifest = draw(st.sampled_from(children()))
    over = draw(partials(manifest, whole(manifest)))
    return manifest, {key: value for key, value in over.items() if key not in {"apiVersion", "kind"}}


@given(laid_over())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_an_overlay_has_the_last_word_and_the_rest_stays(given: tuple[Manifest, dict[str, Any]]) -> None:
    manifest, over = given
    result = merged(manifest, over, whole(manifest))
    assert merged(result, over, whole(manifest)) == result
    assert {*manifest} - {*over} <= {*result}
    assert not [*type_findings(over, whole(manifest), partial=True)]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("kubectl"), reason="asks for kubectl")
@given(laid_over())
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_kubectl_merges_alike(tmp_path_factory: pytest.TempPathFactory, given: tuple[Manifest, dict[str, Any]]) -> None:
    manifest, over = given
    kind = whole(manifest)
    file: Path = tmp_path_factory.getbasetemp() / "manifest.json"
    file.write_text(json.dumps(manifest))
    command = ["kubectl", "patch", "--local", "-f", str(file), "--type=strategic", "-p", json.dumps(over), "-o", "json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    ours, theirs = (plain(each, kind) for each in (merged(manifest, over, kind), json.loads(ran.stdout)))
    assert ours == theirs


def plain(value: Any, kind: Type) -> Any:
    """Return *value* as kubectl's own types write it: without what is empty, items of merged lists in one order."""
    if isinstance(value, dict):
        found = {key: plain(item, type_below(kind, key)) for key, item in value.items()}
        return {key: item for key, item in found.items() if item not in ({}, [], None, "", 0, False)}
    if isinstance(value, list):
        items = [plain(item, kind.of_items) for item in value]
        return sorted(items, key=lambda item: repr(item_key(item, kind.keys or ()))) if kind.keys else items
    return str(value) if kind.form in "qp" else value
