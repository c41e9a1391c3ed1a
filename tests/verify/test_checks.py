"""Every check fires, in exactly these words, and nothing else says the same."""

from __future__ import annotations

import pytest

from hanzo_constructs.verify import CHECKS
from tests.verify.cases import containers, counts, isolation, names, ports, references, selectors, servers
from tests.verify.pieces import Case, proof_of, texts

CASES: tuple[Case, ...] = (
    *names.CASES,
    *selectors.CASES,
    *ports.CASES,
    *containers.CASES,
    *references.CASES,
    *counts.CASES,
    *servers.CASES,
    *isolation.CASES,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}: {case.name}")
def test_a_broken_promise_is_reported_in_these_words(case: Case) -> None:
    only = [check for check in CHECKS if check.id == case.check]
    assert texts(proof_of(case.pieces(), only)) == list(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}: {case.name}")
def test_all_checks_together_report_it_too(case: Case) -> None:
    assert set(case.expected) <= set(texts(proof_of(case.pieces())))


def test_every_check_has_a_case_that_breaks_it() -> None:
    assert {check.id for check in CHECKS} == {case.check for case in CASES}


def test_every_check_has_a_name_and_a_promise_of_its_own() -> None:
    for field in ("id", "promise", "find"):
        assert len({getattr(check, field) for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("name", isolation.LET_THROUGH)
def test_what_some_policy_lets_through_is_not_cut(name: str) -> None:
    (only,) = (check for check in CHECKS if check.id == "isolation")
    assert texts(proof_of(isolation.LET_THROUGH[name](), [only])) == []
