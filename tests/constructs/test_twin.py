"""What JavaScript would say is said in Python, and Node starts only where that is not known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from hanzo_constructs.constructs.node.twin import Twin

PROGRAM = """
import json, sys
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct
from hanzo_constructs.testing import manifests
import jsii
from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

app = HanzoApp()
shop = HanzoChart(app, "shop", namespace="shop", labels={"team": "shop"})
own = ApiObject(Construct(shop, "own"), "map", api_version="v1", kind="ConfigMap", metadata=ApiObjectMetadata(name="map"))
own.add_json_patch(JsonPatch.add("/data", {"b": "1", "10": "2", "a": "3"}))
api = ServiceConstruct(shop, "api", {"image": "ghcr.io/hanzoai/api:v1", "ports": {"http": 80}})
api.deployment.add_json_patch(JsonPatch.add("/spec/paused", True))
api.deployment.metadata.add_label("a", "b")
said = [manifests(app), app.synth_yaml(), jsii.kernel.provider.is_started]
if sys.argv[1:]:
    own.node.add_dependency(api)  # Node starts, and is told all that went before
    own.add_json_patch(JsonPatch.add("/data/c", "4"))
    said += [app.synth_yaml(), jsii.kernel.provider.is_started]
print(json.dumps([str(each) for each in said]))
"""


def run(*arguments: str, **environment: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    found: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return found


@pytest.mark.processes
def test_objects_and_patches_of_the_users_own_need_no_node() -> None:
    _, text, started = run(PATH="", JSII_NODE="/nowhere/node")
    assert started == "False"
    assert 'data:\n  "10": "2"\n  b: "1"\n  a: "3"\n' in text
    assert "paused: true" in text
    assert text.count("    team: shop\n") == 3


@pytest.mark.node
@pytest.mark.processes
def test_node_starts_where_it_would_be_if_it_had_run_from_the_beginning() -> None:
    _, before, started, after, started_then = run("on")
    assert (started, started_then) == ("False", "True")
    own, rest = before.split("---\n")[1], before.split("---\n")[2:]
    assert after.split("---\n")[1:] == [*rest, own.replace('a: "3"\n', 'a: "3"\n  c: "4"\n')]


@pytest.mark.node
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_answers_are_those_of_javascript(seed: int) -> None:
    command = [sys.executable, "-m", "tests.constructs.twin_program", str(seed)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    answered, unforeseen, differences = json.loads(ran.stdout.splitlines()[-1])
    assert differences == []
    assert unforeseen == []
    assert min(answered["create"], answered["sinvoke"], answered["invoke"], answered["get"]) > 40


# What only JavaScript knows

APP = {"outdir": "dist", "recordConstructMetadata": False, "resolvers": []}
OBJECT = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"$jsii.map": {"name": "map"}}}


def ref(number: int, fqn: str) -> dict[str, str]:
    return {"$jsii.byref": f"{fqn}@{10000 + number}"}


ROOT, CHART, MAP = ref(0, "cdk8s.App"), ref(1, "cdk8s.Chart"), ref(2, "cdk8s.ApiObject")


def create(fqn: str, *args: Any, overrides: tuple[str, ...] = ()) -> dict[str, Any]:
    given = [
        {"$jsii.map": each} if isinstance(each, dict) and not any("$" in key for key in each) else each for each in args
    ]
    named = [{"method": each, "property": None, "cookie": each} for each in overrides]
    return {"fqn": fqn, "args": given, "overrides": named, "interfaces": []}


@pytest.fixture
def twin() -> Twin:
    """A twin that knows an app with a chart with an object."""
    twin = Twin()
    for each in (
        create("cdk8s.App", APP),
        create("cdk8s.Chart", ROOT, "shop", {"labels": {"$jsii.map": {}}}),
        create("cdk8s.ApiObject", CHART, "map", OBJECT),
    ):
        assert twin.answer("create", each)
    return twin


def patch(path: str, *value: Any, method: str = "add") -> dict[str, Any]:
    return {"fqn": "cdk8s.JsonPatch", "method": method, "args": [path, *value]}


def to(objref: dict[str, str], method: str, *args: Any) -> dict[str, Any]:
    return {"objref": objref, "method": method, "args": [*args]}


UNFORESEEN: dict[str, tuple[str, dict[str, Any]]] = {
    "an id that is taken": ("create", create("cdk8s.ApiObject", CHART, "map", OBJECT)),
    "an id that sorts first": ("create", create("cdk8s.ApiObject", CHART, "7", OBJECT)),
    "an id with a slash": ("create", create("cdk8s.ApiObject", CHART, "a/b", OBJECT)),
    "no chart above": ("create", create("cdk8s.ApiObject", ROOT, "own", OBJECT)),
    "a name of JavaScript's": ("create", create("cdk8s.ApiObject", CHART, "own", {"apiVersion": "v1", "kind": "A"})),
    "a version that is none": ("create", create("cdk8s.ApiObject", CHART, "own", {**OBJECT, "apiVersion": "a/b/c"})),
    "a chart in a chart": ("create", create("cdk8s.Chart", CHART, "inner", {})),
    "a chart that names objects": ("create", create("cdk8s.Chart", ROOT, "two", {}, overrides=("generateObjectName",))),
    "an app that asks the environment": ("create", create("cdk8s.App", {})),
    "resolvers": ("create", create("cdk8s.App", {**APP, "resolvers": [MAP]})),
    "a class of another package": ("create", create("cdk8s-plus-27.ConfigMap", CHART, "plus")),
    "a scope that nobody knows": ("create", create("constructs.Construct", ref(9, "constructs.Construct"), "x")),
    "no value": ("sinvoke", patch("/data", None)),
    "a number that is rounded": ("sinvoke", patch("/data", 2**53 + 1)),
    "a number without a part": ("sinvoke", patch("/data", 1e300)),
    "a value of JavaScript's": ("sinvoke", patch("/data", MAP)),
    "a date": ("sinvoke", patch("/data", {"$jsii.date": "2026-01-01T00:00:00Z"})),
    "a prototype": ("sinvoke", patch("/data", {"$jsii.map": {"__proto__": "x"}})),
    "another patch": ("sinvoke", patch("/data", "/spec", method="move")),
    "a patch of what nobody knows": ("invoke", to(MAP, "addJsonPatch", ref(9, "cdk8s.JsonPatch"))),
    "a method that nobody knows": ("invoke", to(ROOT, "synth")),
    "an attribute that nobody knows": ("get", {"objref": MAP, "property": "apiGroup"}),
}


@pytest.mark.parametrize("case", UNFORESEEN)
def test_what_is_not_known_is_left_to_javascript(twin: Twin, case: str) -> None:
    api, request = UNFORESEEN[case]
    known = [*twin.requests]
    assert twin.answer(api, request) is None
    assert twin.requests == known


def test_patches_that_do_not_fit_are_left_to_javascript(twin: Twin) -> None:
    made = twin.answer("sinvoke", patch("/spec/replicas", 1)).result
    twin.answer("invoke", to(MAP, "addJsonPatch", {"$jsii.byref": made.ref}))
    assert twin.answer("invoke", to(MAP, "toJson")) is None


def test_what_the_environment_says_of_order_is_left_to_javascript(twin: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    assert twin.answer("invoke", to(MAP, "toJson"))
    monkeypatch.setenv("CDK8S_DISABLE_SORT", "1")
    assert twin.answer("invoke", to(MAP, "toJson")) is None
