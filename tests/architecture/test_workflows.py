"""The public workflows run what a change must pass, on every supported Python, with actions that cannot change."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT
from tests.docs.session import make_targets

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, Any] = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
STEPS: list[tuple[str, Any]] = [
    (name, step) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"].values() for step in job["steps"]
]


def test_every_supported_python_runs_the_checks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = [found[1] for text in project["classifiers"] if (found := re.search(r"Python :: (3\.\d+)$", text))]
    job = WORKFLOWS["ci.yml"]["jobs"]["check"]
    assert job["strategy"]["matrix"]["python"] == supported
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]


def test_the_site_of_the_documentation_is_built() -> None:
    assert [step["run"] for step in WORKFLOWS["ci.yml"]["jobs"]["site"]["steps"] if "run" in step] == ["make docs"]


def test_a_release_is_checked_before_it_is_published() -> None:
    jobs = WORKFLOWS["release.yml"]["jobs"]
    runs = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert runs[0] == ".ci/run"
    assert runs[1].startswith("make package")
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}


def test_definitions_are_compared_with_those_of_the_last_release() -> None:
    assert "\nmake compat || status=1\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    for name, workflow in WORKFLOWS.items():
        for job in workflow["jobs"].values():
            if any(step.get("run") == ".ci/run" for step in job["steps"]):
                (checkout,) = (step for step in job["steps"] if "checkout@" in step.get("uses", ""))
                assert checkout["with"]["fetch-depth"] == 0, name  # without the tags there is nothing to compare with


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_actions_are_pinned_and_targets_exist(name: str, step: dict[str, str]) -> None:
    if "uses" in step:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), name
    else:
        targets = re.findall(r"\bmake ([a-z]+)", step["run"])
        assert set(targets) <= set(make_targets()), name
