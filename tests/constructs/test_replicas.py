"""The number of pods has one owner: what scales a workload in the app, or the spec, and never both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch
from typing_extensions import TypedDict

from hanzo_constructs import (
    BaseConstruct,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    Platform,
    ServiceConstruct,
    ServiceDict,
    SQLConstruct,
)
from hanzo_constructs.spec.dicts import ResourceRequirementsDict
from tests.constructs.test_proving import findings

pytestmark = pytest.mark.node


class Asking(TypedDict, closed=True):
    """What the specs of all kinds below have."""

    resources: ResourceRequirementsDict


ASKING: Asking = {"resources": {"requests": {"cpu": 1}}}
"""What an autoscaler measures against."""
SERVICE: ServiceDict = {"image": "ghcr.io/hanzoai/api:v1.0.0", "ports": {"http": 8080}, **ASKING}
HPA = ("autoscaling/v2", "HorizontalPodAutoscaler", {"minReplicas": 2, "maxReplicas": 5})
KEDA = ("keda.sh/v1alpha1", "ScaledObject", {"triggers": [{"type": "cpu", "metadata": {"value": "50"}}]})


def scaler(chart: Chart, how: Any, *, kind: str = "Deployment", name: str = "api") -> None:
    """Declare an autoscaler of the user's own; KEDA takes a Deployment for granted."""
    api_version, what, spec = how
    target = {"apiVersion": "apps/v1", "kind": kind, "name": name}
    if what == "ScaledObject" and kind == "Deployment":
        target = {"name": name}
    made = ApiObject(chart, "own", api_version=api_version, kind=what, metadata=ApiObjectMetadata(name="own"))
    made.add_json_patch(JsonPatch.add("/spec", {"scaleTargetRef": target, **spec}))


def app_of(kind: str, outdir: Path) -> Any:
    return HanzoApp(outdir=outdir, platform=Platform()) if kind == "HanzoApp" else App(outdir=str(outdir))


def chart_of(app: Any) -> Chart:
    return (
        HanzoChart(app, "shop", namespace="shop") if isinstance(app, HanzoApp) else Chart(app, "shop", namespace="shop")
    )


def workload(app: Any, outdir: Path) -> dict[str, Any]:
    """Write *app* twice, and return the one workload in it."""
    app.synth()
    app.synth()
    objects = [each for file in outdir.glob("*.yaml") for each in yaml.safe_load_all(file.read_text()) if each]
    (found,) = (each for each in objects if each["kind"] in {"Deployment", "StatefulSet"})
    return dict(found)


@pytest.mark.parametrize("how", [HPA, KEDA], ids=["HorizontalPodAutoscaler", "ScaledObject"])
@pytest.mark.parametrize("kind", ["HanzoApp", "App"])
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_an_autoscaler_of_ones_own_owns_the_count_that_nobody_wrote(
    kind: str, how: Any, *, first: bool, tmp_path: Path
) -> None:
    app = app_of(kind, tmp_path)
    chart = chart_of(app)
    if first:
        scaler(chart, how)
    ServiceConstruct(chart, "api", SERVICE)
    if not first:
        scaler(chart, how)
    assert "replicas" not in workload(app, tmp_path)["spec"]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda chart: GatewayConstruct(chart, "api", {"image": "ghcr.io/hanzoai/gateway:v1.0.0"}), "Deployment"),
        (
            lambda chart: SQLConstruct(
                chart,
                "api",
                {"image": "ghcr.io/hanzoai/sql:16.4", "storage": {"size": "1Gi"}, "credentialsSecret": "a"},
            ),
            "StatefulSet",
        ),
    ],
    ids=["Gateway", "SQL"],
)
def test_so_it_does_of_every_kind(make: Any, kind: str, tmp_path: Path) -> None:
    app = app_of("HanzoApp", tmp_path)
    chart = chart_of(app)
    make(chart)
    scaler(chart, HPA, kind=kind)
    assert "replicas" not in workload(app, tmp_path)["spec"]


@pytest.mark.parametrize("kind", ["HanzoApp", "App"])
def test_an_autoscaler_of_something_else_changes_nothing(kind: str, tmp_path: Path) -> None:
    app = app_of(kind, tmp_path)
    chart = chart_of(app)
    ServiceConstruct(chart, "api", SERVICE)
    scaler(chart, KEDA, name="other")
    assert workload(app, tmp_path)["spec"]["replicas"] == 1


def test_a_vertical_autoscaler_owns_no_count(tmp_path: Path) -> None:
    app = app_of("HanzoApp", tmp_path)
    chart = chart_of(app)
    ServiceConstruct(chart, "api", {**SERVICE, "replicas": 3})
    scaler(chart, ("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", {}))
    assert workload(app, tmp_path)["spec"]["replicas"] == 3


@pytest.mark.parametrize("kind", ["HanzoApp", "App"])
def test_a_count_that_was_written_is_refused_with_advice_that_can_be_followed(kind: str, tmp_path: Path) -> None:
    app = app_of(kind, tmp_path)
    chart = chart_of(app)
    ServiceConstruct(chart, "api", {**SERVICE, "replicas": 3})
    scaler(chart, KEDA)
    (found,) = findings(app.synth)
    message = "owns the count, got 3; leave replicas out of the spec and write autoscaling: {external: true}"
    assert found.endswith(message)
    advised = app_of(kind, tmp_path / "advised")
    chart = chart_of(advised)
    ServiceConstruct(chart, "api", {**SERVICE, "autoscaling": {"external": True}})
    scaler(chart, KEDA)
    assert "replicas" not in workload(advised, tmp_path / "advised")["spec"]


def test_pods_that_are_told_their_count_keep_it(tmp_path: Path) -> None:
    app = app_of("HanzoApp", tmp_path)
    chart = chart_of(app)
    BaseConstruct(chart, "api", {"image": "ghcr.io/hanzoai/app:v1.0.0", "storage": {"size": "1Gi"}, **ASKING})
    scaler(chart, HPA, kind="StatefulSet")
    (found,) = findings(app.synth)
    advice = "take the autoscaler out of the set, because the replicas of a Base are told of each other by name"
    assert found.endswith(f"owns the count, got 3; {advice}")
