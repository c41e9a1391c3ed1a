"""The wiki: a product as a company runs it, in two environments, said by fields alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.outline.environment import ENVIRONMENTS
from apps.outline.main import build
from hanzo_constructs import HanzoApp
from hanzo_constructs.testing import ManifestSnapshots, manifests

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def app() -> HanzoApp:
    app = HanzoApp()
    build(app)
    return app


@pytest.mark.parametrize("chart", [environment.name for environment in ENVIRONMENTS])
def test_output(app: HanzoApp, chart: str, manifest_snapshot: ManifestSnapshots) -> None:
    assert manifests(app.node.find_child(chart)) == manifest_snapshot


def test_no_resource_is_patched() -> None:
    program = Path(__file__).parents[2] / "apps/outline/parts.py"
    assert "patch" not in program.read_text(encoding="utf-8")


def test_the_password_is_in_no_manifest(app: HanzoApp) -> None:
    (web,) = (each for each in manifests(app).of_kind("Deployment") if each["metadata"]["namespace"] == "wiki-prod")
    for container in (
        *web["spec"]["template"]["spec"]["initContainers"],
        *web["spec"]["template"]["spec"]["containers"],
    ):
        env = {variable["name"]: variable for variable in container["env"]}
        assert "$(DATABASE_URL_" in env["DATABASE_URL"]["value"]
