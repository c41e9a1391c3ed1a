"""Children are created in JavaScript when somebody looks at them, and nobody can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jsii
import pytest
from cdk8s import ApiObject, App, Chart, DependencyGraph, IResolver, JsonPatch, ResolutionContext, Testing
from constructs import Construct, DependencyGroup, Node
from hypothesis import given, settings
from hypothesis import strategies as st

import hanzo_constructs
from hanzo_constructs import HanzoApp, HanzoChart, Platform, ServiceConstruct, SpecError
from hanzo_constructs.constructs.lazy import scope
from hanzo_constructs.constructs.lazy.object import Reference
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.spec.dicts import ContainerDict, ProbeDict
from tests.constructs.samples import CHILDREN, SMALL, config_map, full
from tests.constructs.worlds import Act, World, act_strategy
from tests.golden.cases import SAMPLE, VALID, Case
from tests.golden.every import each_of

pytestmark = pytest.mark.node


def objects() -> int:
    """Return how many objects JavaScript has made so far."""
    return int(jsii.stats().object_count)  # type: ignore[no-untyped-call]


def created(app: HanzoApp) -> list[str]:
    """Return the paths of what exists in JavaScript below *app*, without creating more of it by looking."""
    found = jsii.invoke(jsii.get(Reference(app), "node"), "findAll", [])
    paths = [jsii.get(jsii.get(Reference(each), "node"), "path") for each in found]
    return [path for path in paths if path]


@pytest.fixture
def app() -> HanzoApp:
    return HanzoApp(platform=Platform())


# -- what is created, and when --


def test_a_whole_app_is_rendered_without_javascript(app: HanzoApp) -> None:
    before = objects()
    for name in ("shop", "search"):
        chart = HanzoChart(app, name, namespace=name, labels={"team": name})
        for service in ("api", "web"):
            assert ServiceConstruct(chart, service, full(service)).endpoints.ports
        assert (chart.namespace, chart.labels, chart.platform) == (name, {"team": name}, Platform())
    assert [app.outdir, app.output_file_extension] == ["dist", ".k8s.yaml"]
    assert len(app.manifests) == 4 * len(CHILDREN)
    assert app.synth_yaml().count("\n---\n") == 4 * len(CHILDREN) - 1
    assert objects() == before


def test_to_touch_one_makes_its_children_and_no_others(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    services = [ServiceConstruct(chart, name, SMALL) for name in ("a", "b", "c", "d")]
    services[1].deployment.add_json_patch(JsonPatch.add("/spec/replicas", 7))
    assert created(app) == ["shop", "shop/a", "shop/b", "shop/b/Service", "shop/b/Deployment"]
    deployments = [each for each in chart.manifests if each["kind"] == "Deployment"]
    assert [each["spec"]["replicas"] for each in deployments] == [1, 7, 1, 1]


def test_an_object_of_the_users_creates_the_constructs_before_it_without_their_children(app: HanzoApp) -> None:
    chart, other = HanzoChart(app, "shop"), HanzoChart(app, "other")
    ServiceConstruct(chart, "a", SMALL)
    ServiceConstruct(other, "c", SMALL)
    config_map(chart, "settings")
    ServiceConstruct(chart, "b", SMALL)
    places = ["shop", "shop/a", "shop/settings", "shop/b"]
    assert created(app) == places
    kinds = [each["kind"] for each in chart.manifests]
    assert kinds == ["Service", "Deployment", "ConfigMap", "Service", "Deployment"]
    assert created(app) == [*places, "other"]


def test_a_creation_that_is_not_noticed_creates_more_and_changes_nothing(
    app: HanzoApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsii, "create", scope._create)
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "a", SMALL)
    config_map(chart, "settings")
    assert created(app) == ["shop", "shop/a", "shop/a/Service", "shop/a/Deployment", "shop/settings"]
    assert [each["kind"] for each in chart.manifests] == ["Service", "Deployment", "ConfigMap"]


class Tree(NamedTuple):
    app: HanzoApp
    chart: HanzoChart
    service: ServiceConstruct


LOOKS: dict[str, Callable[[Tree], Any]] = {
    "app.node": lambda tree: tree.app.node,
    "app.charts": lambda tree: tree.app.charts,
    "chart.node": lambda tree: tree.chart.node,
    "chart.api_objects": lambda tree: tree.chart.api_objects,
    "chart.to_json": lambda tree: tree.chart.to_json(),
    "chart.add_dependency": lambda tree: tree.chart.add_dependency(HanzoChart(tree.app, "other")),
    "Testing.synth": lambda tree: Testing.synth(tree.chart),
    "Node.of": lambda tree: Node.of(tree.chart),
    "DependencyGroup": lambda tree: DependencyGroup(tree.chart),
    "Chart.of": lambda tree: Chart.of(tree.service),
    "App.of": lambda tree: App.of(tree.service),
    "ApiObject.of": lambda tree: ApiObject.of(tree.service),
    "DependencyGraph": lambda tree: DependencyGraph(tree.app.node).topology(),
    "service.node": lambda tree: tree.service.node,
    "service.to_string": lambda tree: tree.service.to_string(),
    "a child of the service": lambda tree: config_map(tree.service, "settings"),
    "a stranger that depends": lambda tree: config_map(tree.chart, "settings").add_dependency(tree.service),
    "a visitor": lambda tree: [each.node.path for each in tree.app.node.find_all()],
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_whoever_looks_sees_what_was_always_there(app: HanzoApp, look: Callable[..., Any]) -> None:
    chart = HanzoChart(app, "shop")
    service = ServiceConstruct(chart, "api", full("api"))
    expected = chart.manifests
    look(Tree(app, chart, service))
    assert {f"shop/api/{child}" for child in CHILDREN} <= {*created(app)}
    paths = [each.node.path for each in chart.node.find_all() if isinstance(each, ApiObject)]
    ours = [path for path in paths if not path.endswith("settings")]
    assert ours == [f"shop/api/{child}" for child in CHILDREN]
    after = [each for each in chart.manifests if each["kind"] != "ConfigMap"]
    assert dump_all(after) == dump_all(expected)


def test_a_node_that_was_handed_out_early_sees_what_comes_later(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    node = chart.node
    ServiceConstruct(chart, "api", SMALL)
    assert [child.node.id for child in node.find_child("api").node.children] == ["Service", "Deployment"]
    later = HanzoChart(app, "later")
    ServiceConstruct(later, "api", SMALL)
    assert [child.node.id for child in app.node.children] == ["shop", "later"]


def test_the_order_is_that_of_the_declarations_and_of_javascript(app: HanzoApp) -> None:
    chart, plain = HanzoChart(app, "shop"), Testing.chart()
    for id_ in ("b", "10", "a", "9", "01", "4294967295", "4294967294"):
        for where in (chart, plain):
            ServiceConstruct(where, id_, {"image": "ghcr.io/hanzoai/api:v1"}, name=f"n-{id_}")
    expected = ["n-9", "n-10", "n-4294967294", "n-b", "n-a", "n-01", "n-4294967295"]
    assert [each["metadata"]["name"] for each in chart.manifests] == expected
    assert [each["metadata"]["name"] for each in Testing.synth(plain)] == expected
    assert [each["metadata"]["name"] for each in Testing.synth(chart)] == expected


@jsii.implements(IResolver)
class Louder:
    def resolve(self, context: ResolutionContext) -> None:
        if context.value == "gold":
            context.replace_value("GOLD")


def test_resolvers_see_everything() -> None:
    plain = Chart(App(resolvers=[Louder()]), "shop", labels={"tier": "gold"})
    ours = HanzoChart(HanzoApp(platform=Platform(), resolvers=[Louder()]), "shop", labels={"tier": "gold"})
    for chart in (plain, ours):
        ServiceConstruct(chart, "api", SMALL)
    assert ours.manifests == Testing.synth(plain)
    assert {each["metadata"]["labels"]["tier"] for each in ours.manifests} == {"GOLD"}


def test_a_number_that_javascript_would_change_is_written_or_refused(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    probe: ProbeDict = {"exec": {"command": ["true"]}, "terminationGracePeriodSeconds": 2**53 + 1}
    sidecar: ContainerDict = {"name": "proxy", "image": "ghcr.io/hanzoai/proxy:v1", "livenessProbe": probe}
    service = ServiceConstruct(chart, "api", {"image": "ghcr.io/hanzoai/api:v1", "sidecars": [sidecar]})
    assert "terminationGracePeriodSeconds: 9007199254740993\n" in app.synth_yaml()
    with pytest.raises(
        SpecError, match=r"initContainers\[0\]\.livenessProbe\.\w+: JavaScript cannot hold 9007199254740993"
    ):
        _ = service.deployment


# -- ids --


def test_an_id_is_taken_once_whoever_takes_it(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "api", SMALL)
    with pytest.raises(SpecError, match=r'shop/api \(.*\.py:\d+\): id: "api" is used twice in one scope'):
        ServiceConstruct(chart, "api", SMALL)
    with pytest.raises(RuntimeError, match="There is already a Construct with name 'api'"):
        config_map(chart, "api")
    config_map(chart, "settings")
    with pytest.raises(SpecError, match=r"shop/settings \(.*\): id: there is already a Construct with name 'settings'"):
        ServiceConstruct(chart, "settings", SMALL)
    ServiceConstruct(chart, "web", SMALL)
    assert [child.node.id for child in chart.node.children] == ["api", "settings", "web"]
    with pytest.raises(SpecError, match=r"shop \(.*\): id: there is already a Construct with name 'shop' in App"):
        HanzoChart(app, "shop")


def test_an_id_is_what_cdk8s_makes_of_it(app: HanzoApp) -> None:
    chart = HanzoChart(app, "a/b", namespace="shop")
    ServiceConstruct(chart, "c/d", SMALL, name="api")
    with pytest.raises(SpecError, match=r'a--b/c--d .*: id: "c--d" is used twice'):
        ServiceConstruct(chart, "c--d", SMALL, name="api")
    assert [each.node.path for each in chart.node.find_all()][1] == "a--b/c--d"


def test_charts_have_ids_of_their_own_too(app: HanzoApp) -> None:
    HanzoChart(app, "shop")
    with pytest.raises(SpecError, match=r'shop \(.*\.py:\d+\): id: "shop" is used twice in one scope'):
        HanzoChart(app, "shop")


# -- nobody can tell --


@each_of(VALID)
def test_synth_equals_compile(case: Case) -> None:
    """The same bytes whether children wait or not, and the same data through cdk8s."""
    chart = HanzoChart(HanzoApp(platform=case.platform), "golden")
    for index, document in enumerate(case.documents):
        construct_of(document).from_resource(chart, f"s{index}", document)
    reviewed = (case.folder / "output.yaml").read_text(encoding="utf-8")
    assert dump_all(chart.manifests) == dump_all(data_of(case)) == reviewed
    assert Testing.synth(chart) == data_of(case)  # nothing waits from here on
    assert dump_all(chart.manifests) == reviewed


def plain_synth_equals_compile(case: Case) -> None:
    plain = Testing.chart()
    for index, document in enumerate(case.documents):
        construct_of(document).from_resource(plain, f"s{index}", document, platform=case.platform)
    assert Testing.synth(plain) == data_of(case)


def construct_of(document: dict[str, Any]) -> Any:
    return getattr(hanzo_constructs, f"{document['kind']}Construct")


def data_of(case: Case) -> list[dict[str, Any]]:
    return [manifest for compilation in case.compiled for manifest in compilation.manifests]


test_synth_through_cdk8s_alone_equals_compile = each_of(SAMPLE)(plain_synth_equals_compile)
test_synth_of_every_case_through_cdk8s_alone_equals_compile = pytest.mark.slow(
    each_of(VALID)(plain_synth_equals_compile)
)


def check(acts: list[Act]) -> None:
    waiting, real, plain = (world().run(acts) for world in (World.waiting, World.real, World.plain))
    documents = waiting.documents
    assert dump_all(documents) == dump_all(real.documents)
    assert documents == plain.documents
    assert waiting.app.node
    assert dump_all(waiting.documents) == dump_all(documents)


@given(st.lists(act_strategy(), min_size=2, max_size=14))
@settings(max_examples=25)
def test_touching_and_looking_gives_the_same_in_every_world(acts: list[Act]) -> None:
    check(acts)


@pytest.mark.slow
@given(st.lists(act_strategy(), min_size=2, max_size=40))
@settings(max_examples=300, derandomize=False)
def test_touching_and_looking_gives_the_same_in_every_world_at_length(acts: list[Act]) -> None:
    check(acts)


def test_a_construct_that_holds_a_service_does_not_hide_it(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "before", SMALL)
    inside = ServiceConstruct(Construct(chart, "group"), "api", SMALL)
    ServiceConstruct(chart, "after", SMALL)
    assert inside.deployment.node.path == "shop/group/api/Deployment"
    names = [each["metadata"]["name"] for each in chart.manifests if each["kind"] == "Deployment"]
    assert names == ["before", "api", "after"]
