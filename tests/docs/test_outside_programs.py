"""What others run of ours: workflows of GitHub, as actionlint reads them, and hooks, as pre-commit runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from hanzo_constructs.cli.app import hzc
from hanzo_constructs.platform import Platform
from hanzo_constructs.scaffold.project import project_files
from hanzo_constructs.spec.kinds import KINDS
from tests.docs.pages import ROOT, pages

WORKFLOWS = ".github/workflows/"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("actionlint"), reason="actionlint is not installed")
def test_workflows(tmp_path: Path) -> None:
    texts = {path.name: path.read_text() for path in (ROOT / WORKFLOWS).iterdir()}
    for page in pages():
        found = {block.file_name: block.text for block in page.blocks if block.file_name.startswith(WORKFLOWS)}
        texts |= {f"{page.path.stem}-{Path(name).name}": text for name, text in found.items()}
    for python in (True, False):
        (text,) = (
            text
            for name, text in project_files(KINDS["Service"], "shop", Platform(), python=python).items()
            if name.startswith(WORKFLOWS)
        )
        texts[f"project-{python}.yml"] = text
    assert len(texts) >= 6
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    ran = subprocess.run(["actionlint", *sorted(texts)], cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S607
    assert (ran.returncode, ran.stdout) == (0, "")


def run(here: Path, *command: str, status: int = 0) -> str:
    """Run *command* in the repository *here* and return what it prints."""
    home = {
        "PRE_COMMIT_HOME": str(here.with_name("hooks")),
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com",
    }
    ran = subprocess.run(command, cwd=here, env={**os.environ, **home}, capture_output=True, text=True, check=False)
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout


def test_hooks_run_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [each["entry"] for each in hooks] == ["hzc validate", "hzc check"]
    assert {each["entry"].removeprefix("hzc ") for each in hooks} <= {*hzc.commands}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pre-commit"), reason="pre-commit is not installed")
def test_hooks(tmp_path: Path) -> None:
    """As on the page, of the shop: from what is committed of this repository."""
    (page,) = (each for each in pages() if each.path.stem == "deliver-with-gitops")
    (text,) = (block.text for block in page.blocks if block.file_name == ".pre-commit-config.yaml")
    config = yaml.safe_load(text)
    config["repos"][0] |= {"repo": str(ROOT), "rev": run(ROOT, "git", "rev-parse", "HEAD").strip()}
    shop = tmp_path / "shop"
    shutil.copytree(ROOT / "apps/shop", shop, ignore=shutil.ignore_patterns("__pycache__"))
    (shop / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    run(shop, "git", "init", "--quiet")
    run(shop, "git", "add", ".")
    printed = run(shop, "pre-commit", "run", "--all-files")
    assert printed.count("Passed") == 2
    web = shop / "shop/web.yaml"
    web.write_text(web.read_text().replace("v3.1.0", "v3.2.0"))
    run(shop, "git", "add", ".")
    printed = run(shop, "pre-commit", "run", status=1)
    assert printed.count("Passed") == 1
    assert "to write it anew: hzc compile shop production -o out/production --platform production.yaml" in printed
