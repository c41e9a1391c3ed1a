"""Durations are Go's, as far as a configuration needs them."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.duration import in_one_unit, milliseconds


@pytest.mark.parametrize(
    ("text", "length", "single"),
    [
        ("0s", 0, "0s"),
        ("0ms", 0, "0ms"),
        ("1ms", 1, "1ms"),
        ("100ms", 100, "100ms"),
        ("1000ms", 1000, "1000ms"),
        ("1s", 1000, "1s"),
        ("90s", 90_000, "90s"),
        ("1m", 60_000, "1m"),
        ("60s", 60_000, "60s"),
        ("1m30s", 90_000, "90s"),
        ("1m30ms", 60_030, "60030ms"),
        ("2h", 7_200_000, "2h"),
        ("1h30m", 5_400_000, "90m"),
        ("1h1m1s1ms", 3_661_001, "3661001ms"),
    ],
)
def test_a_duration_has_a_length_and_one_unit_that_holds_it(text: str, length: int, single: str) -> None:
    assert milliseconds(text) == length
    assert in_one_unit(text) == single
    assert milliseconds(single) == length


@pytest.mark.parametrize(
    "text",
    ["", "1", "s", "1 s", "-1s", "+1s", "1.5s", "1d", "1s1m", "1m1h", "1S", "1s ", " 1s", "1s\n", "\u0661s", "1sec"],
)
def test_what_is_no_duration_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="must be a duration such as 500ms, 5s or 1m30s, got "):
        milliseconds(text)
