"""The documentation as a site: laid out of the pages as they are, searched, and looked at in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scripts.build_site import BUILT, PAGES, PUBLISHED, lay_out, main, publish
from tests.docs.pages import ROOT, pages

TOOLS = ROOT / ".build" / "docs" / "bin"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def repository(folder: Path, **pages: str) -> Path:
    """Make a repository whose pages have the texts *pages*; one in docs is called docs_NAME."""
    for name in ("README", "CHANGELOG", "CONTRIBUTING"):
        (folder / f"{name}.md").write_text(pages.pop(name, f"# {name}\n"))
    for name, text in pages.items():
        path = folder / f"{name.replace('_', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def laid_out(root: Path) -> dict[str, str]:
    lay_out(root, root / "out")
    return {path.relative_to(root / "out").as_posix(): path.read_text() for path in (root / "out").rglob("*.*")}


def test_every_page_of_the_documentation_is_in_the_site(tmp_path: Path) -> None:
    lay_out(ROOT, tmp_path)
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")}
    docs = {page.path.relative_to(ROOT / "docs").as_posix() for page in pages() if "docs" in page.path.parts}
    assert docs < there
    assert there - docs == {"index.md", "CHANGELOG.md", "CONTRIBUTING.md"}


def test_links_lead_to_where_things_stand_in_the_site(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "main.py").write_text("app\n")
    root = repository(
        tmp_path,
        README="[a](docs/deep/a.md#x), [two\nlines](docs/deep/a.md) and [code](apps/main.py) and [`x[0]`](#here)\n",
        docs_deep_a="[up](../../README.md#try-it) [b](b.md) [apps](../../apps) [web](https://example.com/a.md)\n",
        docs_deep_b="[change](../../CHANGELOG.md) [gone](nothing.md)\n",
    )
    found = laid_out(root)
    assert (
        found["index.md"]
        == "[a](deep/a.md#x), [two\nlines](deep/a.md) and [code](sources/apps/main.py) and [`x[0]`](#here)\n"
    )
    assert found["deep/a.md"] == "[up](../index.md#try-it) [b](b.md) apps [web](https://example.com/a.md)\n"
    assert found["deep/b.md"] == "[change](../CHANGELOG.md) [gone](nothing.md)\n"
    assert found["sources/apps/main.py"] == "app\n"


def test_code_is_left_as_it_is(tmp_path: Path) -> None:
    text = "```text\n[a](docs/a.md)\n```\n\n- b\n\n  ```yaml\n  [a](docs/a.md)\n  ```\n"
    assert laid_out(repository(tmp_path, README=text, docs_a="# A\n"))["index.md"] == text


def test_versions_stand_beside_each_other(tmp_path: Path) -> None:
    for version in ("0.1.0", "0.2.0", "0.2.0"):
        (tmp_path / "built").mkdir()
        (tmp_path / "built" / "index.html").write_text(version)
        publish(version, tmp_path / "built", tmp_path / "site")
    assert json.loads((tmp_path / "site" / "versions.json").read_text()) == [
        {"version": "0.2.0", "title": "0.2.0", "aliases": ["latest"]},
        {"version": "0.1.0", "title": "0.1.0", "aliases": []},
    ]
    assert "url=0.2.0/" in (tmp_path / "site" / "index.html").read_text()
    assert (tmp_path / "site" / "0.1.0" / "index.html").read_text() == "0.1.0"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the site, built anew and served on this machine."""
    if not (TOOLS / "zensical").exists():
        pytest.skip("no .build/docs/bin/zensical: `make docs` installs it")  # the set-up of CI leaves the generator out
    assert main(str(TOOLS / "zensical")) == 0
    (version,) = (path for path in PUBLISHED.iterdir() if path.is_dir())
    handler = partial(_Quiet, directory=str(PUBLISHED))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{version.name}/index.html"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
        pass


@pytest.mark.slow
def test_a_browser_finds_what_is_searched_and_asks_nobody_else(site: str) -> None:
    if not CHROMIUM:
        pytest.skip("no chromium on PATH, such as that of Debian")  # no set-up brings a browser
    ran = subprocess.run(
        [str(TOOLS / "python"), str(Path(__file__).with_name("look.py")), CHROMIUM, site],
        check=True,
        capture_output=True,
        text=True,
    )
    seen = json.loads(ran.stdout)
    assert seen["told"] == []
    assert seen["asked"] == [site.split("/")[2]]
    assert seen["schemes"] == ["default", "slate"]
    assert len(set(seen["grounds"])) == 2
    assert any("kinds/service.html" in each for each in seen["found"])
    assert seen["landed"]
    assert seen["versions"] == [site.split("/")[3]]


@pytest.mark.slow
@pytest.mark.parametrize("link", ["nothing.md", "hzc.md#nothing"])
def test_a_link_that_leads_nowhere_fails_the_build(site: str, link: str) -> None:
    del site  # what was built before
    lay_out(ROOT, PAGES)
    page = PAGES / "epochs.md"
    page.write_text(f"{page.read_text()}\n[wrong]({link})\n")
    shutil.rmtree(BUILT, ignore_errors=True)
    command = [str(TOOLS / "zensical"), "build", "--clean", "--strict", "-f", str(ROOT / "zensical.toml")]
    ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ran.returncode != 0
    assert "epochs.md" in ran.stdout + ran.stderr
