"""The fast reader never gives an answer that the strict one would not give."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.kube.yaml import dump, load_all
from hanzo_constructs.kube.yaml.simple import EMPTY, read_simple
from hanzo_constructs.kube.yaml.strict import read_strictly
from tests.kube.examples import EXAMPLES, needs_examples
from tests.kube.yaml.judges import needs_kubectl, read_by_kubectl, same
from tests.kube.yaml.strings import TRICKY

T = TypeVar("T")


KEYS = [
    "a", "b", "c", "d", "name", "on", "y", '"a"', "'b'", "a-b", "a.b/c", "_x", '"a b"', "''", '""', "n0",
    '"<<"', "true",
]  # fmt: skip
EASY = [
    "", "", "", "x", "1", "true", "'q'", '"d"', "{}", "[]", "|", "|-", "x # c", "[a, b]", "-x", "a:b",
    "[1, 'c']", "é", '"# x"', "x  ", " # c",
]  # fmt: skip
HARD = [
    "|+", ">", "{a:b}", "*x", "&x", "!t", "a:", "-", "?x", ":x", "%x", "@x", "`x`", "|x", "'a''b'", '"a\\n"',
    '"a', 'a"b', "a'b", "<<", "=", "x#c", "1:30", "0755", "1e3", "~", "null", "yes", "1e999", ".inf", "[a,]",
    "[-c,--d=e]", "[$(A)]", "[a=b]", "[0x1F,1_0]", "[-]", "[--]", "[.]", "[a#b]", "[a", "a]b", "(x)", "$x",
    "\\x", "99999999999999999999", '"x"y', "{}x", "[]x", "a: b", "a :b", "[a: b]", "[a #b]", "[a b , c]", "[ ]",
    "x y", "- x", "x |", "[a, b] # c", "['a', b]x", "\tx", "[]  # c", "{} x",
    "{a: b}", "{a: 1, 'b': \"c\"}", "{a: [b, {c: d}], e: {}}", "[{a: b}, [c], []]", "{a: b, a: c}", "{a: }", "{a: b,}",
    "{a: b} # c", "{a: b}c", "{1: a}", "{on: a}", "{a : b}", "{'a': b}", '{"a":b}', "{a: b: c}", "[a, {b: c}",
    "{a:  b , c: d }", "{a: b}}", "[[[[[[[[[a]]]]]]]]]", '{a: "b\\"c"}', "['a''b', \"\\t\"]", "{a: x#y}", "{a: x #y}",
    "''''", "'a'' # b'", '"a\\\\"', '"\\"', '"\\u00e9"', '"a\\"b" # c', "'a'b'", "x # c\t", "x\t# c", "x #\tc",
    "'x' #\tc", "'x # y' #\tc", '"x\ty" #\tc', "'x'\t#\tc", "'it''s' #\tc", "'x' y #\tc", ">", ">-", ">-", ">-", ">+", "> # c", "| # c", "x\t",
]  # fmt: skip
NAMED = [
    "&x", "&x", "&x v", "&y {a: [b]}", "&y [1, a]", "&x # c", "&x 'q' # c", "*x", "*x", "*y", "*x # c", "*y  ", "*x#", "*x:",
    "&x |", "&x >-", "&x &y a", "&x *x", "&x:", "& x", "* x", "&x- b", "&é a", "*", "&", "&x a: b", "&x - a", "&x !t a", "&x ~",
]  # fmt: skip
INDENTS = [0, 0, 0, 2, 2, 2, 4, 4, 1, 3, 6]
WHOLE_LINES = [
    "-", "- ", "foo", "...x", "--- x", "- - a", "- - a: b", "? a", ": b", "]", "\ta: b", "a : b", "- # c",
    "a:b", "- -", "#\tc", "  #\tc", "a: b #\tc", "\t# c", "\t", "a: 'b # c' #\td",
    "a : b", "b  : b", "a : ", "a :", "- a : b", "a :b", "'a' : b", "a : b : c", "a :\tb", "a\t: b",
]  # fmt: skip


class Writer:
    """Writes texts that are nearly simple."""

    def __init__(self, seed: int, named: float = 0.02) -> None:
        self.named = named
        self.chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.lines: list[str] = []

    def text(self) -> str:
        """Return the text of one document."""
        self.lines = []
        if self.chance.random() < 0.4:
            self.lines = [self.any_line() for _ in range(self.chance.randint(1, 7))]
        elif self.chance.random() < 0.9:
            self.mapping(self.pick([0, 0, 0, 2]), 0)
        else:
            self.sequence(0, 0)
        if self.chance.random() < 0.1:
            number = self.chance.randrange(len(self.lines))
            self.lines[number] = self.pick([" ", ""]) + self.lines[number][self.chance.choice([0, 1]) :]
        start = self.pick(["", "", "---\n", "--- # c\n", "---  \n"])
        return start + "\n".join(self.lines) + self.pick(["\n", "\n", "", "\n\n", "\n  \n"])

    def pick(self, options: Sequence[T]) -> T:
        return self.chance.choice(options)

    def value(self) -> str:
        chance = self.chance.random()
        return self.pick(NAMED if chance < self.named else HARD if chance < self.named + 0.12 else EASY)

    def any_line(self) -> str:
        indent = " " * self.pick(INDENTS)
        kind = self.chance.random()
        if kind < 0.05:
            return indent
        if kind < 0.1:
            return indent + "# c"
        if kind < 0.14:
            return indent + self.pick(WHOLE_LINES)
        dash = self.pick(["", "", "", "- ", "- ", "-   "])
        if dash and self.chance.random() < 0.4:
            return indent + dash + self.value()
        return f"{indent}{dash}{self.pick(KEYS)}:{self.pick([' ', ' ', ' ', '  ', ''])}{self.value()}"

    def node(self, indent: int, level: int) -> None:
        if level > 3 or self.chance.random() < 0.3:
            self.scalar(indent)
        elif self.chance.random() < 0.5:
            self.mapping(indent + self.pick([1, 2, 2, 2, 4]), level)
        else:
            self.sequence(indent + self.pick([0, 0, 2, 2, 1]), level)

    def scalar(self, indent: int) -> None:
        value = self.value()
        self.lines[-1] += self.pick([" ", "  "]) + value
        if value.startswith(("|", ">")):
            pad = " " * (indent + self.pick([1, 2, 2, 4]))
            odd = [
                pad + "t",
                pad + "t: u",
                pad + "# x",
                pad + "- a",
                pad + "  more",
                "",
                pad,
                pad + " ",
                pad[:-1],
                pad + "t  ",
                pad + "\tt",
                pad + "t\tu",
                "\t",
            ]
            self.lines += [self.pick(odd) for _ in range(self.chance.randint(1, 4))]

    def mapping(self, indent: int, level: int, *, on_this_line: bool = False) -> None:
        keys = self.chance.sample(KEYS, self.chance.randint(1, 3))
        if self.chance.random() < 0.05:
            keys.append(keys[0])
        for key in keys:
            if on_this_line:
                self.lines[-1] += f"{key}:"
                on_this_line = False
            else:
                self.blank()
                self.lines.append(" " * indent + f"{key}:")
            self.node(indent, level + 1)

    def sequence(self, indent: int, level: int) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self.blank()
            dash = self.pick(["- ", "- ", "- ", "-   "])
            self.lines.append(" " * indent + dash)
            if self.chance.random() < 0.5:
                self.mapping(indent + len(dash), level + 1, on_this_line=True)
            else:
                self.lines[-1] = self.lines[-1].rstrip(" ")
                self.scalar(indent)

    def blank(self) -> None:
        if self.chance.random() < 0.06:
            self.lines.append(self.pick(["", " ", "  # c", "# c", "        # c", "     "]))


def agreed(text: str, known: dict[str, Any]) -> bool:
    """Return whether the fast reader answers; fail if the strict one answers something else."""
    simple = read_simple(text, known)
    if simple is None:
        return False
    strict = read_strictly(text)
    data, line = simple
    if data is EMPTY:
        assert strict is None, text
        return True
    assert strict is not None, text
    assert not strict.problems, text
    assert same(data, strict.data), text
    assert list(map(str, flat(data))) == list(map(str, flat(strict.data))), text
    assert line == strict.line, text
    return True


def flat(value: Any) -> list[Any]:
    """Return keys and values in the order in which they stand."""
    if isinstance(value, dict):
        return [part for key, child in value.items() for part in [key, *flat(child)]]
    if isinstance(value, list):
        return [part for child in value for part in flat(child)]
    return [value]


def compare(seed: int, count: int, named: float = 0.02) -> None:
    writer = Writer(seed, named)
    known: dict[str, Any] = {}
    answered = sum(agreed(writer.text(), known) for _ in range(count))
    assert answered > count * 0.1


def test_both_ways_agree_on_generated_texts() -> None:
    compare(seed=1, count=15_000)


def test_both_ways_agree_on_anchors_and_aliases() -> None:
    compare(seed=2, count=10_000, named=0.3)


def test_anchors_and_aliases_of_few_values_are_simple() -> None:
    text = "a: &x\n  b: &y [1, 2]\n  c: *y\nd: *x\ne:\n- &z v\n- *z\n- f: &x 3\n- *x\n"
    assert agreed(text, {})
    data, _ = read_simple(text, {}) or ({}, 0)
    assert data["d"] == data["a"] == {"b": [1, 2], "c": [1, 2]}
    assert data["d"] is not data["a"]
    assert data["e"] == ["v", "v", {"f": 3}, 3]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x\n  b: *x\n",
        "a: &x 1\nb: &x\n  c: *x\n",
        "a: *x\nb: &x 1\n",
        "a: &x v\n" + "".join(f"b{number}: *x\n" for number in range(21)),
        "a: &x [" + ", ".join("v" * 600) + "]\nb: *x\n",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcd", "bcde", strict=True)),
        "a: &x {b: c}\nd:\n  <<: *x\n",
        "a: &x\n" + "".join(" " * n + "b:\n" for n in range(1, 40)) + " " * 40 + "b: 1\nc: *x\n",
    ],
    ids=["inside itself", "inside a second of its name", "before it", "many", "of much", "of more", "merged", "deep"],
)
def test_other_anchors_are_left_to_the_strict_reader(text: str) -> None:
    assert read_simple(text, {}) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 30))
def test_both_ways_agree_on_a_million_texts(seed: int) -> None:
    compare(seed, 50_000)


parts = st.sampled_from(
    [*KEYS, *EASY, *HARD, *TRICKY, ": ", "\n", "\n", "\n  ", "\n    ", "- ", "\n- ", "\n  - ", " #", "  "]
)


@given(st.lists(parts, max_size=14))
def test_both_ways_agree_on_any_pieces_put_together(pieces: list[str]) -> None:
    text = "".join(pieces)
    if "\n---" not in text and "\n..." not in text and not text.startswith("..."):
        agreed(text, {})


@given(
    st.dictionaries(
        st.sampled_from(KEYS), st.sampled_from(TRICKY) | st.text() | st.lists(st.text(), max_size=3), max_size=4
    )
)
def test_both_ways_agree_on_what_we_write(data: dict[str, Any]) -> None:
    agreed(dump(data), {})


@needs_examples
def test_what_kubernetes_writes_is_simple() -> None:
    assert all(agreed(path.read_text(encoding="utf-8"), {}) for path in EXAMPLES)


HAND_WRITTEN = """\
---
# An application.
apiVersion: hanzo.ai/v1
kind: Service
metadata:
    name: api   # the name
    labels: {}
spec:
    image: "ghcr.io/hanzoai/api:v1.2.3"
    command: ["/bin/sh", '-c', run]
    ports:
        - name: http
          containerPort: 8080

        -   name: metrics
            containerPort: 9090
    env:
    - name: SCRIPT
      value: |
          #!/bin/sh
            echo hi

          exit 0
    - {}
    args: []
    annotations: {team: checkout, "app.kubernetes.io/part-of": shop}
    replicas:  2		# as many
    sidecars: [{name: proxy, ports: [{containerPort: 9090}]}]
    motto: "say \\"yes\\""
    owner: 'the shop''s own'
    #	text
    description: >-
        All that the shop
        sells.

        And more.
    nothing:
"""


def test_what_people_write_is_simple() -> None:
    assert agreed(HAND_WRITTEN, {})


def test_a_known_line_gives_a_fresh_list_every_time() -> None:
    text = "a: []\nb: [x]\nc: {}\nd: {e: f}\ng: [{h: [i]}]\n"
    one, other = load_all(f"{text}---\n{text}")
    one.data["a"].append(1)
    one.data["b"].append(1)
    one.data["c"]["d"] = 1
    one.data["d"]["e"] = 1
    one.data["g"][0]["h"].append(1)
    assert other.data == {"a": [], "b": ["x"], "c": {}, "d": {"e": "f"}, "g": [{"h": ["i"]}]}


@needs_kubectl
def test_kubectl_reads_the_same_from_generated_texts() -> None:
    writer = Writer(2)
    texts = [indented for _ in range(4000) if (indented := body(writer.text()))]
    assert len(texts) > 300
    whole = "".join(f"  text-{number}:\n{text}\n" for number, text in enumerate(texts))
    whole = "apiVersion: v1\nkind: Texts\nmetadata:\n  name: texts\nspec:\n" + whole
    (document,) = load_all(whole)
    assert same(read_by_kubectl(whole)["spec"], document.data["spec"])


def body(text: str) -> str:
    """Return *text* moved to the right, or nothing if we refuse it or it is not a mapping."""
    text = text.removeprefix("---").lstrip("\n")
    indented = "\n".join("    " + line for line in text.split("\n"))
    reading = read_strictly(f"a:\n{indented}\n")
    if reading is None or reading.problems or not isinstance(reading.data["a"], dict):
        return ""
    return indented
