"""Input that is fine and odd stays fine: what is stored beside it is exactly what comes out, without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from hanzo_constructs.kube.yaml import load_all
from tests.cli.conftest import Run

FOLDER = Path(__file__).parent / "golden" / "odd"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_odd_input(case: str, hzc: Run, here: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(FOLDER / case, here, dirs_exist_ok=True)
    (source,) = (path for path in (FOLDER / case).iterdir() if path.stem == "input")
    ran = hzc("compile", source.name)
    golden = FOLDER / case / "output.yaml"
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.stdout)
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout == golden.read_text()


@pytest.mark.parametrize("case", CASES)
def test_odd_output_says_the_same_to_another_reader(case: str) -> None:
    text = (FOLDER / case / "output.yaml").read_text()
    assert list(yaml.safe_load_all(text)) == [document.data for document in load_all(text)]
