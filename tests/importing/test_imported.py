"""What an import says of what it leaves."""

from __future__ import annotations

import pytest

from hanzo_constructs.importing import Imported, Left


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("bridge", '"bridge"'),
        ("https://user:hunter2@example.com", "a string with credentials (not shown here)"),
        ("PASSWORD=hunter2", '"PASSWORD=..."'),
        (["a", 1], '"a", 1'),
        (["a"] * 4, "a list of 4"),
        ([{"a": "hunter2"}], "a list of 1"),
        ({"b": "hunter2", "a": 1}, "a mapping of a, b"),
        ({}, "a mapping"),
        (True, "true"),
    ],
)
def test_a_value_that_is_left_is_named_in_words(value: object, words: str) -> None:
    assert Left.of("compose.yaml:3", ("services", "web", "networks"), value, "a reason") == (
        "compose.yaml:3",
        "services.web.networks",
        words,
        "a reason",
    )


def test_a_secret_is_named_by_its_type_alone() -> None:
    assert Left.of("x", ("a",), "hunter2", "a reason", is_secret=True).value == "a string"


def test_parts_come_together_in_their_order() -> None:
    left = Left("x", "a", "1", "a reason")
    one, two = {"kind": "Service"}, {"kind": "SQL"}
    parts = [Imported((one,), (), (left,)), Imported((two,), ({"kind": "ConfigMap"},))]
    assert Imported.together(parts) == Imported((one, two), ({"kind": "ConfigMap"},), (left,))
