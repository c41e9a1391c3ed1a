"""Every block of code in the documentation does what the page says.

`--update-golden` writes what commands and code really print into the pages, for review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.reference import FOLDER
from tests.docs.pages import Page, pages
from tests.docs.session import Session, corrected

PAGES = [
    pytest.param(page, id=page.name, marks=[pytest.mark.node] if page.needs_node else [])
    for page in pages()
    if page.blocks and page.path.parent != FOLDER  # `test_reference.py` tries those
]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_happens(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    session = Session(page, tmp_path)
    session.run()
    if pytestconfig.getoption("update_golden"):
        page.path.write_text(corrected(page, session.corrected), encoding="utf-8")
    assert not session.wrong, "\n".join(session.wrong)
