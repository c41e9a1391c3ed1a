"""Rules of the company are findings like any other: with file and line, in every command that compiles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanzo_constructs.cli import checking, processes
from hanzo_constructs.cli.checking import check
from hanzo_constructs.cli.rendering import FORMATS, renderer
from hanzo_constructs.settings import load_platform
from tests.cli.conftest import Run
from tests.cli.inputs import service

SETTINGS = """\
namespace: shop
rules:
- name: own-registry
  match: {objects: [apps/Deployment, batch/CronJob]}
  expression: object.spec.template.spec.containers.all(c, c.image.startsWith('ghcr.io/hanzoai/web'))
  message: images come from ghcr.io/hanzoai/web
- name: short-names
  match: {resources: [Service]}
  expression: object.metadata.name.size() < 4
  message: a name has three letters at most
  severity: warning
- name: no-plain-config
  match: {objects: [ConfigMap]}
  expression: "!object.metadata.name.startsWith('plain')"
  message: no ConfigMap is called plain
- name: unique-images
  match: {set: true}
  expression: |-
    object.resources.all(r,
      object.resources.exists_one(s, s.spec.image.repository == r.spec.image.repository))
  message: two resources have one image
"""
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: plain\n  namespace: shop\n"


@pytest.fixture
def settings(here: Path) -> Path:
    (here / "hanzo.yaml").write_text(SETTINGS)
    return here


def test_rules_that_hold_say_nothing(hzc: Run, settings: Path) -> None:
    (settings / "a.yaml").write_text(service("web"))
    assert (hzc("compile", "a.yaml").status, hzc("compile", "a.yaml").stderr) == (0, "")


def test_what_breaks_a_rule_is_named_with_file_and_line(hzc: Run, settings: Path) -> None:
    (settings / "a.yaml").write_text(f"{service('web')}---\n{service('other')}---\n{CONFIG}")
    (settings / "b.yaml").write_text(service("web").replace("name: web", "name: two"))
    ran = hzc("compile", "a.yaml", "b.yaml", "-o", "out")
    assert ran.stderr.splitlines() == [
        "warning: a.yaml:11: Service shop/other: rule short-names: a name has three letters at most",
        "error: a.yaml:11: Deployment shop/other: rule own-registry: images come from ghcr.io/hanzoai/web",
        "error: a.yaml:21: ConfigMap shop/plain: rule no-plain-config: no ConfigMap is called plain",
        "error: hanzo.yaml:16: rule unique-images: two resources have one image",
        "3 errors, 1 warning; nothing written",
    ]
    assert ran.status == 2
    assert not (settings / "out").exists()
    assert "fail  ConfigMap shop/plain" in hzc("validate", "a.yaml").stdout


def test_strict_takes_a_rule_that_warns_for_an_error(hzc: Run, settings: Path) -> None:
    (settings / "a.yaml").write_text(service("web2"))
    assert hzc("validate", "a.yaml").status == 0
    assert hzc("validate", "--strict", "a.yaml").status == 2


@pytest.mark.parametrize("mode", ["children", "resources"])
def test_both_modes_ask_the_same(hzc: Run, settings: Path, mode: str) -> None:
    (settings / "a.yaml").write_text(service("other"))
    ran = hzc("compile", "--mode", mode, "a.yaml")
    assert (ran.status, "rule own-registry" in ran.stderr) == (2, True)


def test_rules_in_a_pyproject_have_their_line(hzc: Run, here: Path) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.hanzo]\nnamespace = "shop"\n\n[[tool.hanzo.rules]]\nname = "mine"\nexpression = "object.x +"\n'
        'message = "no"\nmatch = {set = true}\n'
    )
    (here / "a.yaml").write_text(service("web"))
    (line,) = hzc("validate", "a.yaml").stderr.splitlines()
    assert line.startswith(
        "error: pyproject.toml:4: tool.hanzo.rules[0].expression: rule mine: column 11: syntax error"
    )


WRONG = {
    "match: {resources: [Servce]}": "match.resources[0]: is no kind of resources, did you mean Service?",
    "match: {objects: [Deployment]}": "match.objects[0]: is no kind of objects; did you mean apps/Deployment?",
    "match: {objects: [hanzo.ai/Service]}": (
        "match.objects[0]: is a kind of resources, not of what is written of them; name it in resources"
    ),
    "match: {set: true}\n  epoch: 2024": 'epoch: must be one of 2025, 2026, got "2024"',
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_rule_is_an_error_of_the_settings(hzc: Run, here: Path, text: str) -> None:
    (here / "hanzo.yaml").write_text(f"rules:\n- name: mine\n  expression: 'true'\n  message: wrong\n  {text}\n")
    (here / "a.yaml").write_text(service("web"))
    ran = hzc("validate", "a.yaml")
    line = 6 if "epoch" in text else 5
    assert (ran.status, ran.stderr) == (2, f"error: hanzo.yaml:{line}: rules[0].{WRONG[text]}\n")


def test_several_processes_say_what_one_says(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["web", *(f"other-{number}" for number in range(15)), "two"]
    texts = [service(name) for name in names]
    texts[-1] = texts[-1].replace("ghcr.io/hanzoai/two", "ghcr.io/hanzoai/web")
    (settings / "fleet.yaml").write_text("---\n".join([*texts, CONFIG]))
    platform = load_platform(Path("hanzo.yaml"))
    monkeypatch.setattr(processes, "_PART", 7)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    found = []
    for long in (1000, 1):
        monkeypatch.setattr(checking, "LONG", long)
        found.append(check(["fleet.yaml"], platform, renderer(FORMATS["yaml"], "children")).findings)
    assert found[0] == found[1]
    assert len([each for each in found[0] if "rule own-registry" in each.message]) == 15
    assert found[0][-1].message == "rule unique-images: two resources have one image"


@pytest.mark.thorough
def test_the_schema_for_editors_knows_the_rules(hzc: Run, here: Path) -> None:
    assert hzc("schema", "-o", "out").status == 0
    schema = json.loads((here / "out" / "hanzo.json").read_text())
    rule = schema["$defs"]["PlatformRule"]
    assert schema["properties"]["rules"]["items"] == {"$ref": "#/$defs/PlatformRule"}
    assert {"name", "match", "expression", "message"} == {*rule["required"]}
    assert rule["properties"]["severity"]["enum"] == ["error", "warning"]


def test_policies_are_written_and_what_no_cluster_can_ask_is_said(hzc: Run, settings: Path) -> None:
    ran = hzc("crds", "--policies", "-o", "out")
    assert (ran.status, ran.stdout) == (0, "")
    assert ran.stderr.splitlines() == [
        "note: rule short-names: left out: is asked of resources, and output is children, so that no cluster gets to see one",
        "note: rule unique-images: left out: is asked of the set, and a cluster admits one object at a time",
    ]
    files = sorted(path.name for path in (settings / "out").glob("*.yaml"))
    assert files == ["no-plain-config.hanzo.ai.policy.yaml", "own-registry.hanzo.ai.policy.yaml"]
    printed = hzc("crds", "--policies").stdout
    texts = [(settings / "out" / name).read_text() for name in files]
    assert printed in {"".join(texts), "".join(reversed(texts))}
    assert "spec.containers.all(c, c.image.startsWith('ghcr.io/hanzoai/web'))" in printed


WRONG_CALLS = {
    ("sql",): "--policies takes no KIND: a rule says itself what it is asked of",
    ("--platform", "old.yaml"): "--policies needs Kubernetes 1.30, and the setting kubernetes is 1.29",
}


@pytest.mark.parametrize("arguments", WRONG_CALLS)
def test_a_wrong_call_for_policies_is_named(hzc: Run, here: Path, arguments: tuple[str, ...]) -> None:
    (here / "old.yaml").write_text('kubernetes: "1.29"\n')
    ran = hzc("crds", "--policies", *arguments)
    assert (ran.status, WRONG_CALLS[arguments] in ran.stderr) == (2, True)


def test_no_rule_is_no_policy(hzc: Run, here: Path) -> None:
    del here
    ran = hzc("crds", "--policies")
    assert (ran.status, ran.stdout) == (0, "")
    assert ran.stderr == "note: there is no policy: the platform settings state no rule that a cluster can ask\n"
