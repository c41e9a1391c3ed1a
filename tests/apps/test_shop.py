"""The shop of the documentation: files and a program say the same in two environments."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from apps.shop.main import build
from hanzo_constructs import HanzoApp
from hanzo_constructs.cli.app import run
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.testing import Manifests, manifests
from tests.docs.pages import ROOT, Page

FOLDER = ROOT / "apps/shop"
ENVIRONMENTS = ["staging", "production"]


def written(environment: str) -> Manifests:
    files = sorted((FOLDER / "out" / environment).glob("[!k]*.yaml"))
    return Manifests(document.data for file in files for document in load_all(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_output_is_what_was_reviewed(
    environment: str,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(FOLDER)
    what = ["shop", environment, "--platform", f"{environment}.yaml", "-o", f"out/{environment}", "--kustomization"]
    if request.config.getoption("--update-golden"):
        assert run(["compile", *what]) == 0
    assert run(["check", *what, "--strict"]) == 0, capsys.readouterr().out
    note = "note: shop/password.yaml:2: 2 objects of your own, such as ExternalSecret shop-db, name"
    assert capsys.readouterr().err.startswith(note)


@pytest.mark.processes
@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed")
def test_kustomize_takes_every_object_and_nothing_else() -> None:
    command = ["kubectl", "kustomize", "out/production"]
    program = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=True)
    built = Manifests(document.data for document in load_all(program.stdout))
    assert sorted(map(repr_of, built)) == sorted(map(repr_of, written("production")))


def repr_of(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, sort_keys=True)


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


def test_the_pages_show_the_files_of_the_app() -> None:
    page = Page(ROOT / "docs/how-to/deliver-with-gitops.md")
    shown = {block.file_name: block.text for block in page.blocks if block.file_name.startswith("gitops/")}
    assert {*shown} == {f"gitops/{path.name}" for path in (FOLDER / "gitops").iterdir()}
    page = Page(ROOT / "docs/how-to/run-a-whole-application.md")
    shown |= {block.file_name: block.text for block in page.blocks if block.file_name}
    program = shown.pop("shop.py").removeprefix("# shop.py\n")
    assert (FOLDER / "main.py").read_text(encoding="utf-8").partition("\n\n")[2] == program
    assert {name: without_name((FOLDER / name).read_text(encoding="utf-8")) for name in shown} == {
        name: without_name(text) for name, text in shown.items()
    }


def without_name(text: str) -> str:
    """Return *text* without the comment that names its file."""
    return text.partition("\n")[2] if text.startswith("# ") else text
