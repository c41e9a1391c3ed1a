"""The definitions in `crds/` are those of the models, and what they break of the last release is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.cli.app import run
from hanzo_constructs.kube.yaml import dump, load_all
from scripts.check_compat import may_break

ROOT = Path(__file__).parents[2]
TASKS = "crds/tasks.hanzo.ai.yaml"


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_they_are_those_of_the_models(tmp_path: Path) -> None:
    assert run(["crds", "-o", str(tmp_path / "crds")]) == 0
    committed, made = _texts(ROOT / "crds"), _texts(tmp_path / "crds")
    differ = sorted(name for name in committed.keys() | made.keys() if committed.get(name) != made.get(name))
    assert differ == [], "make crds writes them; read the difference, and what hzc compat says of it"


@pytest.mark.parametrize(
    ("tag", "version", "may"),
    [
        ("v0.1.0", "0.1.1", False),
        ("v0.1.0", "0.2.0", True),
        ("v0.9.0", "1.0.0", True),
        ("v1.2.0", "1.3.0", False),
        ("v1.2.0", "2.0.0", True),
        ("v0.2.0", "0.1.9", False),
    ],
)
def test_a_version_that_may_break_things(tag: str, version: str, *, may: bool) -> None:
    assert may_break(tag, version) is may


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one definition and a version, and a commit without a tag."""
    folder = tmp_path / "repository"
    (folder / "crds").mkdir(parents=True)
    shutil.copy(ROOT / TASKS, folder / TASKS)
    _write_version(folder, "0.1.0")
    _git(folder, "init", "-q")
    _commit(folder)
    return folder


def _write_version(folder: Path, version: str) -> None:
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n', encoding="utf-8")


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "-q", "--allow-empty", "-m", "change")


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - any git


def _narrow(folder: Path) -> None:
    """Take a field away."""
    (document,) = load_all((folder / TASKS).read_bytes(), name=TASKS)
    definition = document.data
    del definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]["suspend"]
    (folder / TASKS).write_text(f"---\n{dump(definition)}", encoding="utf-8")
    _commit(folder)


def _check(folder: Path) -> tuple[int, str]:
    """Compare as CI does, and return the exit status and what is printed."""
    program = subprocess.run(
        [sys.executable, "-m", "scripts.check_compat"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.stderr == ""
    return program.returncode, program.stdout


@pytest.mark.processes
def test_without_a_release_nothing_breaks(repository: Path) -> None:
    _git(repository, "tag", "v0.1.0")  # of this commit, which is what is about to be released
    _git(repository, "tag", "later")
    assert _check(repository) == (0, "crds: no release yet, so that nothing can break\n")


@pytest.mark.processes
def test_what_breaks_is_said_and_fails_unless_the_version_may(repository: Path) -> None:
    _git(repository, "tag", "v0.1.0")
    _git(repository, "tag", "v0.0.9")
    _commit(repository)
    assert _check(repository) == (0, "0 changes: 0 breaking, 0 risky, 0 safe\n")
    _narrow(repository)
    status, said = _check(repository)
    assert (status, said.splitlines()[-1]) == (1, "1 change: 1 breaking, 0 risky, 0 safe")
    assert said.startswith("breaking  tasks.hanzo.ai v1.spec.suspend: ")
    _write_version(repository, "0.2.0")
    status, said = _check(repository)
    assert (status, said.splitlines()[-1]) == (0, "0.2.0 may break what v0.1.0 took")
    _git(repository, "tag", "v0.2.0")  # the check of the release itself compares with the one before
    assert _check(repository)[0] == 0


@pytest.mark.processes
def test_a_release_that_had_no_definitions(repository: Path) -> None:
    shutil.move(repository / "crds", repository / "old")
    _commit(repository)
    _git(repository, "tag", "v0.1.0")
    shutil.move(repository / "old", repository / "crds")
    _commit(repository)
    assert _check(repository) == (0, "crds: v0.1.0 has none, so that nothing can break\n")
