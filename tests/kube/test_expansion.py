"""References to variables are found as the kubelet finds them."""

from __future__ import annotations

import time

import pytest

from hanzo_constructs.kube.expansion import References, unresolved


def places(*env: tuple[str, str | None], word: str = "", derived: str = "", **options: bool) -> list[str]:
    """Return where a reference stays text, as `env.0` or `args.0`."""
    words = [(("args", 0), word)] if word else []
    found = unresolved(References(env, words, (derived,) if derived else (), **options))
    return [f"{place[0]}.{place[1]}" for place, _ in found]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("$(A)", ["env.0"]),
        ("x$(A)y$(A)", ["env.0"]),
        ("$(A)$(B)", ["env.0", "env.0"]),
        ("$$(A)", []),
        ("$$$(A)", ["env.0"]),
        ("$$$$(A)", []),
        ("$(A", []),
        ("$A ${A} $", []),
        ("$()", []),
        ("$(date)", []),
        ("$(KUBERNETES_SERVICE_HOST)", []),
    ],
)
def test_what_refers_to_a_variable(value: str, expected: list[str]) -> None:
    assert places(("X", value)) == expected


def test_what_is_never_closed_costs_no_more_than_it_is_long() -> None:
    start = time.process_time()
    assert places(("X", "$(A)" + "$(" * 60_000)) == ["env.0"]
    assert time.process_time() - start < 5  # it took a minute when each `$(` was searched to the end of the text


def test_order_decides() -> None:
    assert places(("A", "1"), ("B", "$(A)")) == []
    assert places(("B", "$(A)"), ("A", "1")) == ["env.0"]
    assert places(("A", None), ("B", "$(A)")) == []
    assert places(("A", "$(A)")) == ["env.0"]
    assert places(("lower", "$(later)"), ("later", "1")) == ["env.0"]


def test_words_see_every_variable() -> None:
    assert places(("A", "1"), word="$(A)") == []
    assert places(word="$(A)") == ["args.0"]


def test_what_others_may_set_is_left_alone() -> None:
    assert places(("B", "$(A)"), derived="A") == []
    assert places(("B", "$(A)"), word="$(C)", from_elsewhere=True) == []
    assert places(("A", "$(A)"), from_elsewhere=True) == []
    assert places(("B", "$(A)"), ("A", "1"), from_elsewhere=True) == ["env.0"]
    assert places(("B", "$(DB_SERVICE_HOST)$(DB_PORT_80_TCP)"), service_links=True) == []
    assert places(("B", "$(DB_SERVICE_HOST)")) == ["env.0"]


@pytest.mark.parametrize(
    ("env", "advice"),
    [
        ((("A", "$(B)"), ("B", "1")), "put env[1] in front"),
        ((("A", "$(B)"), ("B", "$(C)"), ("C", "1")), "put env[1] in front"),
        ((("A", "$(B)"), ("B", "$(A)")), "write its text"),
        ((("A", "$(B)"), ("B", "$(C)"), ("C", "$(A)")), "write its text"),
    ],
)
def test_advice_ends_the_warning(env: tuple[tuple[str, str], ...], advice: str) -> None:
    first = next(message for _, message in unresolved(References(env, ())))
    assert advice in first
