"""What follows from changes as teams make them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hanzo_constructs.diff import RULES, Consequence, Effect, ObjectChange, Sets, difference
from tests.diff.cases import CASES, Case
from tests.diff.objects import DEPLOYMENT, changed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_what_follows(case: Case) -> None:
    found = difference(case.old, case.new)
    one = next(each for each in found if each.change.key[3] in {"api", "apis.example.com", "b", "db", "web", "shop"})
    assert {each.effect for each in one.consequences} == case.effects
    assert case.says in " | ".join(each.message for each in one.consequences)
    commands = [command for each in one.consequences for command in each.commands]
    if case.command:
        assert commands[-1].endswith(case.command)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_nothing_follows_from_no_change(case: Case) -> None:
    assert difference(case.new, case.new) == []


def test_the_worst_comes_first() -> None:
    ranks = [each.effect.rank for each in difference([one for case in CASES for one in case.old], [])]
    assert ranks == sorted(ranks)


def test_every_effect_has_a_case() -> None:
    assert {effect for case in CASES for effect in case.effects} == set(Effect)


def test_a_rule_of_ones_own() -> None:
    def needs_a_ticket(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
        if change.changed("spec", "replicas"):
            yield Consequence(Effect.SCALES, "needs a ticket")

    (found,) = difference([DEPLOYMENT], [changed(DEPLOYMENT, {"spec.replicas": 9})], (*RULES, needs_a_ticket))
    assert "needs a ticket" in [each.message for each in found.consequences]
