"""What the pages refer to exists: links and their anchors, files, commands."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Page, pages
from tests.docs.session import make_targets

PAGES = [pytest.param(page, id=page.name) for page in pages()]
# Paths in the text are those of the repository, or of the package for short.
BASES = (ROOT, ROOT / "hanzo_constructs")
# What a command makes that takes longer than a test may.
MADE = {
    "docs/benchmarks.md": "make benchmark",
    ".build/control-plane": "make control-plane",
    ".build/engines": "make engines",
    ".build/packages": "make package",
}
FOLDERS = {path.name for base in BASES for path in base.iterdir() if path.is_dir()} - {"dist", "node_modules"}


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_somewhere(page: Page) -> None:
    links = [str(token.attrs["href"]) for token in page.inline if token.type == "link_open"]
    wrong = []
    for link in links:
        if re.match(r"https?://", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.path.parent / target).resolve() if target else page.path
        if not path.exists() or (anchor and anchor not in Page(path).anchors):
            wrong.append(link)
    assert not wrong


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_command_that_is_named_exists(page: Page) -> None:
    named = [token.content for token in page.inline if token.type == "code_inline"]
    assert not [text for text in named if not _exists(text)]


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = Page(waiting.pop())
        reached.add(page.path)
        hrefs = [str(token.attrs["href"]).partition("#")[0] for token in page.inline if token.type == "link_open"]
        targets = [(page.path.parent / href).resolve() for href in hrefs if href.endswith(".md") and ":" not in href]
        waiting += [target for target in targets if target not in reached]
        names = {token.content for token in page.inline if token.type == "code_inline"}
        reached |= {ROOT / name for name in names & MADE.keys() if name.endswith(".md") and (ROOT / name).exists()}
    assert {page.path for page in pages()} == reached


def _exists(text: str) -> bool:
    """Tell whether *text* exists, as far as it is a path, a module to run or a target of make."""
    if found := re.match(r"make ([a-z]\S*)", text):
        return found[1] in make_targets()
    if found := re.match(r"python -m ([\w.]+)", text):
        return find_spec(found[1]) is not None
    if text in MADE:
        return _exists(MADE[text])
    path = text.rstrip("/")
    if "/" not in text or not re.fullmatch(r"[\w./*-]+", path) or path.split("/")[0] not in FOLDERS:
        return True
    return any(any(base.glob(path)) for base in BASES)
