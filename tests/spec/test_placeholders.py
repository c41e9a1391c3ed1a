"""References in texts are read as the grammar says, by another reader of the same grammar."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.kube.expansion import escaped
from hanzo_constructs.spec.placeholders import Reference, literal, parse_text, rendered

PIECES = st.sampled_from(
    (
        "$",
        "{",
        "}",
        "$${",
        "${",
        "{{",
        "}}",
        "resources.",
        "secret.",
        "db",
        "-",
        ".",
        "key",
        "a",
        "$(",
        ")",
        "\n",
        "é",
        "\U0001d4b3",
    )
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)

LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
GRAMMAR = re.compile(
    rf"(?P<escape>\$\$\{{)|\$\{{(?P<resource>resources\.{LABEL}(?:\.[-._a-zA-Z0-9]+)?)\}}"
    rf"|\$\{{(?P<secret>secret\.{LABEL}\.[-._a-zA-Z0-9]+)\}}|(?P<wrong>\$\{{)|(?P<text>.)",
    re.DOTALL,
)


def read(text: str) -> tuple[list[str], int]:
    """Return the pieces of *text*, references in their written form behind a NUL, and how many are none."""
    found: list[str] = [""]
    wrong = 0
    for match in GRAMMAR.finditer(text):
        if match["escape"]:
            found[-1] += "${"
        elif reference := match["resource"] or match["secret"]:
            found += [f"\0${{{reference}}}", ""]
        elif match["wrong"]:
            wrong += 1
        else:
            found[-1] += match["text"]
    return [each for each in found if each], wrong


@given(TEXTS)
def test_a_text_is_read_as_the_grammar_says(text: str) -> None:
    pieces, wrong = parse_text(text)
    expected, others = read(text)
    assert bool(wrong) == bool(others)
    if not wrong:
        assert [f"\0{piece}" if isinstance(piece, Reference) else piece for piece in pieces] == expected
        for piece in pieces:
            if isinstance(piece, Reference):
                assert text[piece.position :].startswith(str(piece))


@given(TEXTS)
def test_a_literal_is_read_as_it_stands(text: str) -> None:
    pieces, wrong = parse_text(literal(text))
    assert wrong == ()
    assert rendered(pieces, lambda _: "never") == text


def expanded(text: str) -> str:
    """Do what the kubelet does with the value of a variable (`third_party/forked/golang/expansion`): nothing is known."""
    found, at = "", 0
    while at < len(text):
        if text[at] == "$" and at + 1 < len(text):
            if text[at + 1] == "$":
                found, at = f"{found}$", at + 2
                continue
            if text[at + 1] == "(" and (end := text.find(")", at + 2)) >= 0:
                found, at = f"{found}<replaced>", end + 1
                continue
        found, at = found + text[at], at + 1
    return found


@given(st.lists(st.sampled_from(("$", "(", ")", "A", "$(A)", "$$", "é")), max_size=12).map("".join))
def test_a_kubelet_expands_nothing_that_is_escaped(text: str) -> None:
    assert expanded(escaped(text)) == text


def test_what_is_wrong_is_told_with_its_line() -> None:
    _, (first, second) = parse_text("a\n${HOME}\n${resources.x")
    assert (first.position, "has ${HOME} in line 2" in first.message) == (2, True)
    assert "has ${ without its } in line 3" in second.message
