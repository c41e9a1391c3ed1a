"""A quantity is what Kubernetes' own parser takes, kept as it was written."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import Model, parse_as, written
from hanzo_constructs.kube.quantity import Quantity, quantity_value
from tests.kube.core.strategies import quantities


class Amount(Model):
    size: Quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1", 1),
        ("100m", Fraction(1, 10)),
        ("100u", Fraction(1, 10_000)),
        ("5n", Fraction(5, 10**9)),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("1.", 1),
        ("1.5Gi", 3 * 2**29),
        ("+1", 1),
        ("-1", -1),
        ("-0.5k", -500),
        ("1k", 1000),
        ("1Ki", 1024),
        ("2M", 2 * 10**6),
        ("2Mi", 2 * 2**20),
        ("1G", 10**9),
        ("1Gi", 2**30),
        ("1T", 10**12),
        ("1Ti", 2**40),
        ("1P", 10**15),
        ("1Pi", 2**50),
        ("1E", 10**18),
        ("1Ei", 2**60),
        ("1e3", 1000),
        ("1E3", 1000),
        ("1e+3", 1000),
        ("1e-3", Fraction(1, 1000)),
        ("12.34e2", 1234),
        ("0007", 7),
        ("9223372036854775807", 2**63 - 1),
        ("1e40", 10**40),
    ],
)
def test_what_is_a_quantity(text: str, value: Fraction) -> None:
    assert quantity_value(text) == value
    assert parse_as(Amount, {"size": text}).size == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "+",
        "-",
        "m",
        "Gi",
        "1 core",
        "1 Gi",
        " 1",
        "1 ",
        "1\n",
        "1GiB",
        "1GB",
        "1K",
        "1ki",
        "1gi",
        "1Mi5",
        "1mm",
        "1e",
        "1e3m",
        "1e3Mi",
        "1e1.5",
        "1e100",
        "--1",
        "1,5",
        "1_000",
        "0x10",
        "1.2.3",
        "one",
        "inf",
        "nan",
        "\u0661",
        "1" * 41,
    ],
)
def test_what_is_none(text: str) -> None:
    shown = '"1\\n"' if text == "1\n" else f'"{text}"'
    message = f"must be a quantity such as 500m, 2 or 1Gi, got {shown}"
    with pytest.raises(ValueError, match="must be a quantity") as raised:
        quantity_value(text)
    assert str(raised.value) == message
    with pytest.raises(SpecError) as refused:
        parse_as(Amount, {"size": text})
    assert str(refused.value) == f"size: {message}"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (2, "2"),
        (-1, "-1"),
        (10**39, "1" + "0" * 39),
        (0.5, "0.5"),
        (2.0, "2"),
        (-0.0, "0"),
        (1e3, "1000"),
        (2e9, "2000000000"),
        (1e22, "1e+22"),
        (1e-7, "1e-07"),
        (0.1 + 0.2, "0.30000000000000004"),
        (Decimal("0.5"), "0.5"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_number_becomes_a_string(number: float | Decimal, text: str) -> None:
    assert written(parse_as(Amount, {"size": number})) == {"size": text}
    assert quantity_value(text) == Fraction(str(number))


@pytest.mark.parametrize(
    ("given_value", "shown"),
    [
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ([1], "a list"),
        ({"value": 1}, "a mapping"),
        (10**40, "about 1e40"),
        (-(10**40), "about -1e40"),
        (math.nan, "nan"),
        (math.inf, "inf"),
        (1e300, "1e+300"),
        (1e-300, "1e-300"),
        (b"1", "a Python bytes"),
    ],
)
def test_what_is_no_number_to_kubernetes_is_refused(given_value: object, shown: str) -> None:
    with pytest.raises(SpecError) as refused:
        parse_as(Amount, {"size": given_value})
    assert str(refused.value) == f"size: must be a quantity such as 500m, 2 or 1Gi, got {shown}"


@given(quantities)
def test_every_quantity_is_kept_as_written(text: str) -> None:
    quantity_value(text)
    assert written(parse_as(Amount, {"size": text})) == {"size": text}


@given(st.integers(-(10**39), 10**39) | st.floats(-1e99, 1e99).filter(lambda x: abs(x) >= 1e-99 or x == 0))
def test_every_number_of_reasonable_size_is_a_quantity_of_that_value(number: float) -> None:
    text = parse_as(Amount, {"size": number}).size
    assert quantity_value(text) == Fraction(repr(number))


def test_a_schema_says_integer_or_string_and_the_form_of_the_string() -> None:
    schema = Amount.model_json_schema()["properties"]["size"]
    pattern, longest = schema.pop("pattern"), schema.pop("maxLength")
    assert schema == {
        "anyOf": [{"type": "integer"}, {"type": "string"}],
        "title": "Size",
        "x-kubernetes-int-or-string": True,
        "x-short-form": {"type": "number"},
    }
    assert [text for text in ("500m", "1Gi", "1e3", ".5", "1x", "", "1 Gi") if re.match(pattern, text)] == [
        "500m",
        "1Gi",
        "1e3",
        ".5",
    ]
    assert longest == 85
