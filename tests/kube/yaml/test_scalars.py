"""What a plain scalar means: the same as to kubectl, or a refusal."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import yaml

from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.kube.yaml.quoting import inline_text
from hanzo_constructs.kube.yaml.scalars import resolve
from tests.kube.yaml.judges import needs_kubectl, read_by_kubectl, same

PYYAML: Any = yaml.SafeLoader("")

TRUE = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
FALSE = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]
NULL = ["~", "null", "Null", "NULL"]
TEXT = [
    "tRue", "nUll", "yEs", "1:30", "190:20:30", "2001-01-01", "2001-01-01T00:00:00Z", "=", "<<", "inf", "NaN",
    "Infinity", "1.2.3", "1,000", "_1", "._5", ".", "..", "+", "--", "0x", "0b", "0b2", "0o8", "0x1p3", "1e", "1e+",
    "e3", ".e3", "1 2", "0xffffffffffffffffff",
]  # fmt: skip
NUMBERS = {
    "1": 1, "-1": -1, "+1": 1, "-0": 0, "00": 0, "007": 7, "0755": 493, "08": 8, "09": 9, "-08": -8, "0o17": 15,
    "0O17": 15, "0x1F": 31, "0X1f": 31, "-0x1F": -31, "0b11": 3, "-0b11": -3, "+0b11": 3, "0b-1": -1, "-0o17": -15,
    "1_000": 1000, "1__0": 10, "1_": 1, "0_7": 7, "0_8": 8, "0x_1": 1, "0b1_0": 2, "1_0.5": 10.5, ".5_0": 0.5,
    "1.5": 1.5, ".5": 0.5, "+.5": 0.5, "-.5": -0.5, "5.": 5, "0.": 0, "1.0": 1, "-0.0": 0, "1.10": 1.1, "08.5": 8.5,
    "1e3": 1000, "1E3": 1000, "1e+3": 1000, "1.5e3": 1500, "1.e3": 1000, ".5e3": 500, "0e0": 0, "12e03": 12000,
    "1e-400": 0, "1234e56": 1.234e59, "9007199254740993": 2**53 + 1, "0x7fffffffffffffff": 2**63 - 1,
    "9223372036854775807": 2**63 - 1, "-9223372036854775808": -(2**63),
}  # fmt: skip
MEANINGS: dict[str, Any] = (
    dict.fromkeys(TRUE, True)
    | dict.fromkeys(FALSE, False)
    | dict.fromkeys(NULL)
    | dict(zip(TEXT, TEXT, strict=True))
    | NUMBERS
)

REFUSED = {
    ".inf": ".inf is not a number that JSON can carry",
    "-.Inf": "-.Inf is not a number that JSON can carry",
    ".NaN": ".NaN is not a number that JSON can carry",
    "9223372036854775808": "the number does not fit in 64 bits, quote it if it is text",
    "-9223372036854775809": "the number does not fit in 64 bits, quote it if it is text",
    "0xffffffffffffffff": "the number does not fit in 64 bits, quote it if it is text",
    "9" * 5000: "the number does not fit in 64 bits, quote it if it is text",
    "09007199254740993": "the number is rounded by Kubernetes, quote it if it is text",
    "1e999": "the number is too large, quote it if it is text",
    "1e999999": "the number is too large, quote it if it is text",
}


@pytest.mark.parametrize(("text", "value"), MEANINGS.items())
def test_meaning(text: str, value: Any) -> None:
    assert same(resolve(text), value)
    assert isinstance(resolve(text), float) == isinstance(value, float)
    assert same(load_all(f"a: {text}\n")[0].data, {"a": value})


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_refusal(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        resolve(text)


def test_what_means_something_else_is_never_written_plain() -> None:
    for text in generated(50_000, seed=3):
        if inline_text(text) == text:
            assert resolve(text) == text
            assert PYYAML.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str", text


@needs_kubectl
def test_kubectl_gives_the_same_meanings() -> None:
    texts = list(MEANINGS)
    assert same(listed_by_kubectl(texts), list(MEANINGS.values()))


@needs_kubectl
def test_kubectl_gives_generated_scalars_the_same_meanings() -> None:
    compare_with_kubectl(generated(15_000, seed=1))


@pytest.mark.slow
@needs_kubectl
@pytest.mark.parametrize("seed", range(10, 30))
def test_kubectl_gives_a_million_scalars_the_same_meanings(seed: int) -> None:
    compare_with_kubectl(generated(50_000, seed))


def compare_with_kubectl(texts: list[str]) -> None:
    meanings = {}
    for text in texts:
        try:
            meanings[text] = resolve(text)
        except ValueError:
            # Refused is never wrong; that nothing common is refused, the table shows.
            continue
    wrong = [
        (text, value, read)
        for (text, value), read in zip(meanings.items(), listed_by_kubectl(list(meanings)), strict=True)
        if not same(value, read)
    ]
    assert not wrong
    assert len(meanings) > len(texts) * 0.85


def listed_by_kubectl(texts: list[str]) -> list[Any]:
    items = "".join(f"- {text}\n" for text in texts)
    read = read_by_kubectl(f"apiVersion: v1\nkind: List\nmetadata:\n  name: scalars\nvalues:\n{items}")["values"]
    assert isinstance(read, list)
    return read


def generated(count: int, seed: int) -> list[str]:
    """Return different plain scalars, most of them nearly a number or a word with a meaning."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    found: dict[str, None] = {}
    while len(found) < count:
        kind = chance.random()
        if kind < 0.6:
            text = "".join(
                chance.choices("0011223456789--++..__eEExXoObBaAfFnNyYtTuUlLsSiI:~=</", k=chance.randint(1, 9))
            )
        elif kind < 0.85:
            prefix = chance.choice(["0x", "0b", "0o", "-0x", "+0b", "-0b", "0", "-0", "+0", "1e", "."])
            text = prefix + "".join(chance.choices("01234567_-+.eE89abf", k=chance.choice([2, 4, 8, 24])))
        elif kind < 0.9:
            text = "".join(chance.choices("0123456789", k=chance.randint(15, 24)))
        else:
            word = chance.choice(["y", "yes", "no", "on", "off", "true", "false", "null", "inf", ".nan"])
            text = "".join(chance.choice((letter.upper(), letter)) for letter in word) + chance.choice(["", "_", "."])
        if text[0] != ":" and not text.endswith(":") and text != "-":
            found[text] = None
    return list(found)
