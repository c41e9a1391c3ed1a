"""Every golden case compiles to the bytes that were reviewed, or fails with the words that were reviewed.

`pytest tests/test_golden.py --update-golden` writes what the code gives now; the difference is reviewed like code.
"""

from __future__ import annotations

import pytest

from tests.golden.cases import CASES, FILES, FOLDER, VALID, Case
from tests.golden.every import each_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Case, request: pytest.FixtureRequest) -> None:
    results = case.results()
    if request.config.getoption("--update-golden"):
        for name in FILES:
            (case.folder / name).unlink(missing_ok=True)
        for name, text in results.items():
            (case.folder / name).write_text(text, encoding="utf-8", newline="\n")
    assert results == case.stored


def test_every_file_belongs_to_a_case() -> None:
    known = {case.folder / name for case in CASES for name in ("input.yaml", "platform.yaml", *FILES)}
    assert not [
        path for path in FOLDER.glob("*/**/*") if path.suffix != ".pyc" and path.is_file() and path not in known
    ]


@pytest.mark.parametrize("wrong", [{VALID[0].name}, {VALID[0].name, VALID[1].name}], ids=["one", "two"])
def test_a_loop_over_the_cases_looks_at_all_of_them_and_names_those_that_fail(wrong: set[str]) -> None:
    seen = []

    def check(case: Case) -> None:
        seen.append(case)
        assert case.name not in wrong

    test = each_of(VALID[:3])(check)
    with pytest.raises((AssertionError, ExceptionGroup)) as raised:
        test(VALID[:3])
    failures = getattr(raised.value, "exceptions", [raised.value])
    assert {note for each in failures for note in each.__notes__} == {f"golden case {name}" for name in wrong}
    assert seen == VALID[:3]
