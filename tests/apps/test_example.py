"""The example app: the README's code, and the same resource as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanzo_constructs import HanzoApp, compile_resource, parse
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.testing import ManifestSnapshots, manifests

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def app() -> HanzoApp:
    from apps.example.main import build

    app = HanzoApp()
    build(app)
    return app


def test_output(app: HanzoApp, manifest_snapshot: ManifestSnapshots) -> None:
    assert manifests(app) == manifest_snapshot


def test_the_readme_shows_the_app_and_the_file() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    program = (ROOT / "apps/example/main.py").read_text(encoding="utf-8").partition('"""\n\n')[2]
    assert program.startswith("from hanzo_constructs import")
    assert f"```python\n# main.py\n{program}```\n" in readme
    assert f"```yaml\n# example.yaml\n{(ROOT / 'apps/example/example.yaml').read_text()}```\n" in readme


def test_the_file_compiles_to_the_same_objects(app: HanzoApp) -> None:
    (document,) = load_all((ROOT / "apps/example/example.yaml").read_bytes(), name="example.yaml")
    assert compile_resource(parse(document.data)).manifests == list(manifests(app))
