"""What type checkers say of programs that an import writes: nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.importing.python import program_text
from tests.properties.resources import SHAPES
from tests.properties.rich import NEWEST, rich

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PYRIGHT = ROOT / "node_modules" / "pyright" / "index.js"


def written(folder: Path) -> list[str]:
    """Write the golden program, and one with the richest resource of each kind, into *folder*."""
    shutil.copy(Path(__file__).parent / "golden" / "fleet.txt", folder / "golden_fleet.py")
    for kind in SHAPES:
        (folder / f"rich_{kind.lower()}.py").write_text(program_text([rich(kind)], (), NEWEST))
    return sorted(map(str, folder.glob("*.py")))


def test_mypy_finds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", *written(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.node
@pytest.mark.skipif(not PYRIGHT.exists() or not shutil.which("node"), reason="pyright is not installed")
def test_pyright_finds_nothing(tmp_path: Path) -> None:
    files = written(tmp_path)
    command = ["node", str(PYRIGHT), "--pythonpath", sys.executable, *files]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
