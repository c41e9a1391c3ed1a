"""What is being typed, judged by lines that can seldom be parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.editor.cursor import Cursor, cursor_in
from tests.editor.places import CURSOR, marked

KEYS = [
    ("a: 1\nspec:\n  im‸\n  replicas: 2\n", ("spec",), "im", {"replicas"}),
    ("spec:\n  ‸\n", ("spec",), "", set()),
    ("spec:\n  image: x\n‸", (), "", {"spec"}),
    ("spec:\n  ports:\n    - name: http\n      containerPort: 80\n    - na‸\n", ("spec", "ports", 1), "na", set()),
    ("spec:\n  ports:\n  - name: a\n  - name: b\n    con‸\n  env: 1\n", ("spec", "ports", 1), "con", {"name"}),
    ("spec:\n  ports:\n  - con‸\n    name: a\n", ("spec", "ports", 0), "con", {"name"}),
    ("spec:\n  a: {b: 1, c‸: 2}", ("spec", "a"), "c", {"b"}),
    ("metadata: {name: x, ‸}", ("metadata",), "", {"name"}),
    ("# one\n\nspec:\n  # two\n\n  im‸", ("spec",), "im", set()),
]
VALUES = [
    ("kind: ‸\n", ("kind",), ""),
    ("spec:\n  strategy: Re‸\n", ("spec", "strategy"), "Re"),
    ("spec:\n  envFrom: [{secretRef: {name: a‸}}]", ("spec", "envFrom", 0, "secretRef", "name"), "a"),
    ("spec:\n  a: {b: 1, c: {d: [x, y‸", ("spec", "a", "c", "d", 1), "y"),
    ("items:\n- kind: A\n  spec:\n    x: ‸", ("items", 0, "spec", "x"), ""),
    (
        "spec:\n  envFrom:\n    - secretRef:\n        name: ‸\n      prefix: x",
        ("spec", "envFrom", 0, "secretRef", "name"),
        "",
    ),
    ("spec:\n  a:\n    - b: {c: 'x, y', d: ‸", ("spec", "a", 0, "b", "d"), ""),
    ('"spec":\n  "a b": ‸', ("spec", "a b"), ""),
    ("spec:\n  image: ghcr.io/a:‸", ("spec", "image"), "ghcr.io/a:"),
]


@pytest.mark.parametrize(("text", "path", "typed", "beside"), KEYS)
def test_a_key_is_typed(text: str, path: tuple[str | int, ...], typed: str, beside: set[str]) -> None:
    plain, (line, column) = marked(text)
    assert cursor_in(plain.split("\n"), line, column) == Cursor(
        path, is_value=False, typed=typed, beside=frozenset(beside)
    )


@pytest.mark.parametrize(("text", "path", "typed"), VALUES)
def test_a_value_is_typed(text: str, path: tuple[str | int, ...], typed: str) -> None:
    plain, (line, column) = marked(text)
    found = cursor_in(plain.split("\n"), line, column)
    assert found is not None
    assert found[:3] == (path, True, typed)


@pytest.mark.parametrize("text", ["spec: # ‸", "# ‸a"])
def test_nothing_is_typed_in_a_comment(text: str) -> None:
    plain, (line, column) = marked(text)
    assert cursor_in(plain.split("\n"), line, column) is None


@given(st.text(st.sampled_from("ab: -{}[]\n#'\",|>&*\t"), max_size=40), st.data())
def test_any_text_and_any_place(text: str, data: st.DataObject) -> None:
    lines = text.replace(CURSOR, "").split("\n")
    line = data.draw(st.integers(0, len(lines) - 1))
    found = cursor_in(lines, line, data.draw(st.integers(0, len(lines[line]))))
    assert found is None or len(found.typed) <= len(lines[line])
