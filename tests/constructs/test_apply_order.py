"""Objects of the user's own stand where they must be applied, unless the user declares another order."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from hanzo_constructs import HanzoApp, HanzoChart, Platform, ServiceConstruct
from hanzo_constructs.kube.yaml import load_all
from tests.constructs.samples import SMALL, config_map

pytestmark = pytest.mark.node


def own(scope: Construct, kind: str, api_version: str = "v1", name: str = "own") -> ApiObject:
    made = ApiObject(scope, f"{kind}-{name}", kind=kind, api_version=api_version, metadata=ApiObjectMetadata(name=name))
    if kind == "CustomResourceDefinition":
        names = {"kind": "Widget", "plural": "widgets"}
        made.add_json_patch(
            JsonPatch.add("/spec", {"group": "example.com", "names": names, "scope": "Namespaced", "versions": []})
        )
    return made


@pytest.fixture
def chart(tmp_path: Path) -> HanzoChart:
    return HanzoChart(HanzoApp(outdir=tmp_path, platform=Platform()), "shop", namespace="shop")


def written(chart: HanzoChart) -> list[str]:
    app = chart.node.root
    assert isinstance(app, HanzoApp)
    app.synth()
    (path,) = Path(app.outdir).glob("*.yaml")
    documents = [each.data for each in load_all(path.read_bytes())]
    return [f"{each['kind']} {each['metadata']['name']}" for each in documents]


DEFINITION = ("CustomResourceDefinition", "apiextensions.k8s.io/v1", "widgets.example.com")


@pytest.mark.parametrize("touch", [False, True])
def test_namespaces_and_definitions_come_first_and_all_else_stays(
    chart: HanzoChart,
    touch: bool,  # noqa: FBT001
) -> None:
    own(chart, "Widget", "example.com/v1")
    for name in ("web", "api"):
        service = ServiceConstruct(chart, name, SMALL)
        if touch:
            service.deployment.metadata.add_label("touched", "yes")
    config_map(chart, "settings", "settings", namespace="shop")
    own(chart, *DEFINITION)
    own(chart, "Namespace", name="shop")
    assert written(chart) == [
        "Namespace shop",
        "CustomResourceDefinition widgets.example.com",
        "Widget own",
        "Service web",
        "Deployment web",
        "Service api",
        "Deployment api",
        "ConfigMap settings",
    ]


def test_a_dependency_wins_over_the_order_of_kinds(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "api", SMALL)
    own(chart, "PriorityClass", "scheduling.k8s.io/v1", "late").add_dependency(service)
    own(chart, "Namespace", name="shop")
    assert written(chart) == ["Namespace shop", "Service api", "Deployment api", "PriorityClass late"]


def test_a_dependency_of_a_construct_holds_for_all_that_stands_in_it(chart: HanzoChart) -> None:
    first, second = Construct(chart, "first"), Construct(chart, "second")
    own(first, "Widget", "example.com/v1")
    own(second, "Namespace", name="late")
    second.node.add_dependency(first)
    own(chart, *DEFINITION)
    assert written(chart) == ["CustomResourceDefinition widgets.example.com", "Widget own", "Namespace late"]


@pytest.mark.parametrize("touch", [False, True])
def test_what_stands_in_no_namespace_gets_none(chart: HanzoChart, touch: bool) -> None:  # noqa: FBT001
    service = ServiceConstruct(chart, "api", SMALL)
    if touch:
        assert service.node.id
    own(chart, "Namespace", name="shop")
    own(chart, "ClusterRole", "rbac.authorization.k8s.io/v1")
    own(chart, "Role", "rbac.authorization.k8s.io/v1")
    namespaces = {each["kind"]: each["metadata"].get("namespace") for each in chart.manifests}
    assert namespaces == {
        "Namespace": None,
        "ClusterRole": None,
        "Role": "shop",
        "Service": "shop",
        "Deployment": "shop",
    }
