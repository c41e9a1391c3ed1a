"""The apps as programs: `python -m apps.platform.main`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.output.listing import LIST_NAME

ROOT = Path(__file__).parents[2]
APPS = sorted(path.parent.name for path in (ROOT / "apps").glob("*/main.py"))


@pytest.mark.node
@pytest.mark.parametrize("app", APPS)
def test_an_app_writes_its_charts_and_says_what_it_needs(app: str, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    program = subprocess.run(
        [sys.executable, "-W", "error", "-m", f"apps.{app}.main"],
        cwd=ROOT,
        env={**os.environ, "CDK8S_OUTDIR": str(out)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (program.returncode, program.stdout) == (0, "")
    assert all(line.startswith("needs ") for line in program.stderr.splitlines())
    charts = [path for path in out.iterdir() if path.name != LIST_NAME]
    assert all(path.read_text().startswith("---\napiVersion: ") for path in charts)
    assert charts
