"""Bad input gets a clear error with file, line and field, all findings at once, exit status 2, and nothing is written.

A case is a folder with what the user has (`input.yaml`, or several files and folders) and the exact `error.txt`. Cases
that no repository can hold are built here, and have their `error.txt` only.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FOLDER = Path(__file__).parent / "golden" / "errors"


def one_document_of_10_mb(here: Path) -> None:
    head = "apiVersion: hanzo.ai/v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  image: {repository: x}\n  args:\n"
    (here / "input.yaml").write_text(head + "  - an argument of some length\n" * 350_000)


def one_text_of_65_mb(here: Path) -> None:
    (here / "input.yaml").write_text("---\nkind: X\n" * 5_700_000)


def directory_without_resources(here: Path) -> None:
    (here / "input.yaml" / "deep").mkdir(parents=True)
    (here / "input.yaml" / "notes.txt").write_text("nothing\n")


def not_utf8(here: Path) -> None:
    (here / "input.yaml").write_bytes(b"apiVersion: hanzo.ai/v1\nkind: Service\nmetadata:\n  name: caf\xe9\n")


def utf16(here: Path) -> None:
    (here / "input.yaml").write_bytes("apiVersion: hanzo.ai/v1\n".encode("utf-16"))


def nothing_there(_: Path) -> None:
    pass


def link_out_of_the_directory(here: Path) -> None:
    (here / "secret.yaml").write_text("password: hunter2\n")
    (here / "input.yaml").mkdir()
    (here / "input.yaml" / "a.yaml").symlink_to("../secret.yaml")


BUILT: dict[str, Callable[[Path], object]] = {
    name.replace("_", "-"): build
    for name, build in globals().copy().items()
    if callable(build) and getattr(build, "__module__", "") == __name__ and not name.startswith("test")
}
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def findings(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith(("error: ", "warning: "))]


@pytest.mark.parametrize("case", CASES)
def test_bad_input(case: str, hzc: Run, here: Path, request: pytest.FixtureRequest) -> None:
    golden = FOLDER / case / "error.txt"
    if case in BUILT:
        BUILT[case](here)
    else:
        shutil.copytree(FOLDER / case, here, dirs_exist_ok=True, ignore=shutil.ignore_patterns("error.txt"))
    argument = "input" if (here / "input").is_dir() else "input.yaml"
    before = sorted(here.rglob("*"))

    printed = hzc("compile", argument)
    written = hzc("compile", argument, "--output", "out")
    validated = hzc("validate", argument)

    assert "a bug in hzc" not in printed.stderr
    if request.config.getoption("--update-golden"):
        golden.write_text(printed.stderr)
    assert printed.stderr == golden.read_text()
    assert (printed.status, printed.stdout) == (2, "")
    assert (written.status, written.stdout, written.stderr) == (2, "", printed.stderr)
    assert (validated.status, findings(validated.stderr)) == (2, findings(printed.stderr))
    assert sorted(here.rglob("*")) == before


def test_every_built_case_is_stored() -> None:
    assert set(BUILT) <= set(CASES)
    assert not [case for case in CASES if case not in BUILT and len(list((FOLDER / case).iterdir())) < 2]
