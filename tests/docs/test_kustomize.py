"""The overlay of Kustomize on the page of environments, put in front of hzc as the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.console import run_command
from tests.docs.pages import pages


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed")
def test_kustomize_in_front(tmp_path: Path) -> None:
    (page,) = (each for each in pages() if each.name == "docs/how-to/environments-in-yaml.md")
    for block in page.blocks:
        if block.file_name:
            path = tmp_path / block.file_name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)
    assert run_command("hzc schema --kustomize -o kustomize >&2", tmp_path).status == 0
    (command,) = re.findall(r"`(kubectl kustomize [^`]*)`", page.text.replace("\n", " "))
    ran = run_command(command, tmp_path)
    assert (ran.status, ran.output) == (0, ""), ran.output
    text = (tmp_path / "out/production/service.shop.web.yaml").read_text()
    for expected in ("image: ghcr.io/acme/web:v2.1.0", "replicas: 3", "value: warn", "host: shop.example.com"):
        assert expected in text
