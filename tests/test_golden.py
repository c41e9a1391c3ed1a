"""Every golden case compiles to the bytes that were reviewed, or fails with the words that were reviewed.

`pytest tests/test_golden.py --update-golden` writes what the code gives now; the difference is reviewed like code.
"""

from __future__ import annotations

import pytest

from tests.golden.cases import CASES, FILES, FOLDER, Case


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
