"""The shop of the documentation: files and a program say the same in two environments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apps.shop.main import build
from hanzo_constructs import HanzoApp
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.testing import Manifests, ManifestSnapshots, manifests
from tests.docs.pages import ROOT, Page

FOLDER = ROOT / "apps/shop"
HZC = str(Path(sys.executable).with_name("hzc"))
ENVIRONMENTS = ["staging", "production"]


def written(environment: str) -> Manifests:
    command = [HZC, "compile", "shop", environment, "--platform", f"{environment}.yaml", "--strict"]
    program = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert program.returncode == 0
    assert program.stderr.startswith(
        "note: shop/password.yaml:2: 2 objects of your own, such as ExternalSecret shop-db, name"
    )
    return Manifests(document.data for document in load_all(program.stdout))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_output(environment: str, manifest_snapshot: ManifestSnapshots) -> None:
    assert written(environment) == manifest_snapshot


@pytest.mark.node
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_program_says_the_same(environment: str) -> None:
    app = HanzoApp()
    build(app)
    files, program = (
        {(each["kind"], each["metadata"]["name"]): said(each) for each in found}
        for found in (written(environment), manifests(app.node.find_child(environment)))
    )
    assert program == files


def said(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return *manifest* as the file of the user's own has it: without the namespace and the labels of ours, by name of the port."""
    if manifest["kind"] not in ("Ingress", "ExternalSecret"):
        return manifest
    metadata = {key: value for key, value in manifest["metadata"].items() if key in ("name", "annotations")}
    spec = manifest["spec"]
    for rule in spec.get("rules", ()):
        for path in rule["http"]["paths"]:
            service = path["backend"]["service"]
            assert service["port"] in ({"name": "http"}, {"number": 8080})
            service["port"] = {"name": "http"}
    return {**manifest, "metadata": metadata, "spec": spec}


def test_the_page_shows_the_files_of_the_app() -> None:
    page = Page(ROOT / "docs/how-to/run-a-whole-application.md")
    shown = {block.file_name: block.text for block in page.blocks if block.file_name}
    program = shown.pop("shop.py").removeprefix("# shop.py\n")
    assert (FOLDER / "main.py").read_text(encoding="utf-8").partition("\n\n")[2] == program
    assert {name: (FOLDER / name).read_text(encoding="utf-8") for name in shown} == shown
