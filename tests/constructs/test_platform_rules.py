"""Rules of the company in an app: of resources where they are declared, of objects as they are written."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from cdk8s import JsonPatch

from hanzo_constructs import HanzoApp, HanzoChart, Platform, ProofError, ServiceConstruct, SpecError
from hanzo_constructs.kube.model import parse_as
from tests.constructs.samples import SMALL, config_map

pytestmark = pytest.mark.node


def app_with(folder: Path, **rule: Any) -> HanzoApp:
    given = {"name": "mine", "expression": "false", "message": "no"} | rule
    return HanzoApp(outdir=folder, platform=parse_as(Platform, {"namespace": "shop", "rules": [given]}))


def test_a_resource_is_asked_where_it_is_declared(tmp_path: Path) -> None:
    app = app_with(tmp_path, match={"resources": ["Service"]})
    chart = HanzoChart(app, "shop")
    place = f"test_platform_rules.py:{inspect.currentframe().f_lineno + 2}"  # type: ignore[union-attr]  # CPython has it
    with pytest.raises(SpecError) as failed:
        ServiceConstruct(chart, "api", SMALL)
    (finding,) = failed.value.findings
    assert (finding.subject, finding.message) == ("Service api", "rule mine: no")
    assert place in finding.where


def test_an_object_is_asked_as_it_is_written(tmp_path: Path) -> None:
    rule = {"match": {"objects": ["apps/Deployment"]}, "expression": "object.spec.replicas == 5"}
    app = app_with(tmp_path, **rule)
    service = ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)
    with pytest.raises(ProofError, match=r"Deployment shop/api: rule mine: no") as failed:
        app.synth()
    assert "test_platform_rules.py" in str(failed.value)
    assert not [*tmp_path.iterdir()]
    service.children["Deployment"].add_json_patch(JsonPatch.replace("/spec/replicas", 5))
    app.synth()


def test_objects_of_ones_own_and_the_set_are_asked(tmp_path: Path) -> None:
    app = app_with(tmp_path, match={"objects": ["ConfigMap"]})
    config_map(HanzoChart(app, "shop"), "settings")
    with pytest.raises(ProofError, match=r"ConfigMap .*rule mine: no"):
        app.synth()
    app = app_with(
        tmp_path, match={"set": True}, expression="object.resources.size() == 1 && object.objects.size() == 9"
    )
    ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)
    with pytest.raises(ProofError, match=r"^rule mine: no"):
        app.synth()


def test_a_rule_that_warns_is_a_warning_of_the_app(tmp_path: Path) -> None:
    app = app_with(tmp_path, match={"resources": ["*"]}, severity="warning")
    ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)
    app.synth()
    assert [each.message for each in app.warnings if "rule" in each.message] == ["rule mine: no"]
