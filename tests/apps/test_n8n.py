"""The workflow server: files in two environments, with objects of one's own among them, said without a patch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.testing import Manifests, ManifestSnapshots

FOLDER = Path(__file__).parents[2] / "apps/n8n"
HZC = str(Path(sys.executable).with_name("hzc"))


@pytest.mark.parametrize("environment", ["production", "staging"])
def test_output(environment: str, manifest_snapshot: ManifestSnapshots) -> None:
    command = [str(HZC), "compile", "shared", environment, "--platform", f"{environment}.yaml", "--strict"]
    program = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert program.returncode == 0
    (note,) = program.stderr.splitlines()
    assert "2 objects of your own, such as ScaledObject n8n-worker, name no namespace; checked in n8n" in note
    assert Manifests(document.data for document in load_all(program.stdout)) == manifest_snapshot
