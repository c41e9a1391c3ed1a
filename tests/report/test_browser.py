"""The page of a fleet in a browser: by mouse, by keyboard, without a network, and of 4,000 services."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fleet import resource
from hanzo_constructs.cli.app import run
from tests.cli.test_report import FLEET, MARKUP
from tests.docs.pages import ROOT

PYTHON = ROOT / ".build" / "docs" / "bin" / "python"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LARGE = 4_000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser shows of the page of FLEET, and of one of 4,000 services."""
    if not CHROMIUM:
        pytest.skip("no chromium on PATH, such as that of Debian")  # no set-up brings a browser
    if not PYTHON.exists():
        pytest.skip("no .build/docs/bin/python: `make docs` installs it")  # the set-up of CI leaves playwright out
    folder = tmp_path_factory.mktemp("fleet")
    (folder / "small.yaml").write_text(FLEET)
    (folder / "large.yaml").write_text("---\n".join(json.dumps(resource(index)) + "\n" for index in range(LARGE)))
    pages = [folder / "small.html", folder / "large.html"]
    for page in pages:
        assert run(["report", str(page.with_suffix(".yaml")), "-o", str(page)]) == 0
    command = [str(PYTHON), str(Path(__file__).with_name("look.py")), CHROMIUM, *(page.as_uri() for page in pages)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return {**json.loads(ran.stdout), "pages": pages}


def test_it_says_nothing_and_asks_for_nothing(looked: dict[str, Any]) -> None:
    assert looked["told"] == []
    assert looked["asked"] == sorted(page.as_uri() for page in looked["pages"])


def test_filters_narrow_all_that_is_shown(looked: dict[str, Any]) -> None:
    found = looked["filters"]
    assert found["all"] == ["api", "doubtful", "orders-db", "web"]
    assert found["search"] == ["web"]
    assert found["tiles"][:4] == ["1\nof 4", "3", "750m", "3Gi"]
    assert found["images"] == ["ghcr.io/hanzoai/web:v1.2.3"]
    assert found["kind"] == ["orders-db"]
    assert found["doubtful"] == ["doubtful"]
    assert found["sorted"] == ["web"]
    assert found["none"] == ["Nothing matches."]


def test_a_click_shows_values_and_reasons(looked: dict[str, Any]) -> None:
    found = looked["mouse"]
    assert found["title"] == "web"
    assert found["value"] == ["spec.replicas", "3", "spec.replicas; unless spec.autoscaling"]
    assert found["around"] == ["shop.example.com", "→", "web", "Service", "→", "api", "8080/TCP"]
    assert found["node"] == "orders-db"
    assert looked["linked"] == "orders-db"


def test_markup_in_a_value_is_shown_as_it_is_written(looked: dict[str, Any]) -> None:
    assert MARKUP in looked["mouse"]["text"]


def test_keys_reach_everything(looked: dict[str, Any]) -> None:
    found = looked["keys"]
    assert found["focused"] == found["back"] == "Service shop/web"
    assert found["outline"] == "solid"
    assert found["opened"] == "web"
    assert found["values"] > 0
    assert found["closed"]


def test_it_is_light_and_dark_and_fits_on_a_phone(looked: dict[str, Any]) -> None:
    assert len(set(looked["looks"]["grounds"])) == 2
    assert looked["looks"]["over"] <= 0


def test_the_search_in_four_thousand_services_answers_at_once(looked: dict[str, Any]) -> None:
    answers = [text for _, text in looked["searches"]]
    assert answers == ["4,000", "100 of 4,000", "1 of 4,000", "4,000", "0 of 4,000", "4,000"]
    assert max(taken for taken, _ in looked["searches"]) < 100
    assert looked["large"] > 0
    assert looked["pages"][1].stat().st_size < 5_000_000
