"""Build the documentation as a site, `make docs`: the pages of README.md and docs/, with a search and a choice of versions.

What is read on GitHub is the source, unchanged: the README becomes the first page, a link to a file that is no page leads
to a copy of it, and one to a directory is text. A link or an anchor that leads nowhere fails the build.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["lay_out", "main", "publish"]

ROOT = Path(__file__).parents[1]
SITE = ROOT / ".build" / "site"
PAGES, BUILT, PUBLISHED = SITE / "pages", SITE / "built", SITE / "published"
OF_ROOT = {"README.md": "index.md", "CHANGELOG.md": "CHANGELOG.md", "CONTRIBUTING.md": "CONTRIBUTING.md"}
"""Pages beside the folder docs, and what they are called in the site."""
_FENCED = re.compile(r"(^[ ]*```.*?^[ ]*```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
_REDIRECT = (
    '<!doctype html><meta charset="utf-8"><title>Redirecting</title><meta http-equiv="refresh" content="0; url={to}">\n'
)


def lay_out(root: Path, into: Path) -> None:
    """Write the pages of the repository at *root* into the folder *into*, as the generator wants them."""
    shutil.rmtree(into, ignore_errors=True)
    for page in _pages(root):
        target = into / _place(page.relative_to(root))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_text(page, root, into), encoding="utf-8")


def _pages(root: Path) -> Iterator[Path]:
    yield from (root / name for name in OF_ROOT)
    yield from sorted((root / "docs").rglob("*.md"))


def _place(path: Path) -> Path:
    """Return where *path* of the repository stands in the site."""
    if path.as_posix() in OF_ROOT:
        return Path(OF_ROOT[path.as_posix()])
    return path.relative_to("docs") if path.parts[0] == "docs" else Path("sources") / path


def _text(page: Path, root: Path, into: Path) -> str:
    """Return the text of *page*, whose links lead to where things stand in the site; code is left as it is."""
    parts = _FENCED.split(page.read_text(encoding="utf-8"))
    return "".join(
        part if number % 2 else _LINK.sub(lambda link: _moved(link, page, root, into), part)
        for number, part in enumerate(parts)
    )


def _moved(link: re.Match[str], page: Path, root: Path, into: Path) -> str:
    """Return *link* of *page* as it stands in the site; a file that is no page is copied there."""
    text, href = link.groups()
    file, sign, anchor = href.partition("#")
    if not file or ":" in file:
        return link[0]
    target = (page.parent / file).resolve()
    if target.is_dir():
        return text
    if not target.exists() or not target.is_relative_to(root):
        return link[0]  # which the generator refuses
    path = target.relative_to(root)
    place = _place(path)
    if target.suffix != ".md":
        copy = into / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(target.read_bytes())
    start = into / _place(page.relative_to(root))
    return f"[{text}]({os.path.relpath(into / place, start.parent).replace(os.sep, '/')}{sign}{anchor})"


def publish(version: str, built: Path, published: Path) -> None:
    """Move what was *built* into *published* as *version*, beside other versions, and make it the one that is shown."""
    place = published / version
    shutil.rmtree(place, ignore_errors=True)
    published.mkdir(parents=True, exist_ok=True)
    built.rename(place)
    file = published / "versions.json"
    others = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    known = [{**each, "aliases": []} for each in others if each["version"] != version]
    versions = [{"version": version, "title": version, "aliases": ["latest"]}, *known]
    file.write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")
    (published / "index.html").write_text(_REDIRECT.format(to=f"{version}/"), encoding="utf-8")


def main(generator: str = "zensical") -> int:
    """Build the site with the program *generator*; return its status."""
    lay_out(ROOT, PAGES)
    shutil.rmtree(BUILT, ignore_errors=True)
    config = ROOT / "zensical.toml"
    ran = subprocess.run([generator, "build", "--clean", "--strict", "-f", str(config)], cwd=ROOT, check=False)
    if ran.returncode:
        return ran.returncode
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    publish(project["version"], BUILT, PUBLISHED)
    sys.stdout.write(f"{PUBLISHED.relative_to(ROOT)}/{project['version']}/index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
