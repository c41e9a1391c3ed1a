"""A Gateway in the construct tree, and the routes of Base applications in it, whichever is declared first."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch, Testing
from constructs import Construct

from hanzo_constructs import (
    BaseConstruct,
    GatewayConstruct,
    GatewayDict,
    HanzoApp,
    HanzoChart,
    Platform,
    ServiceConstruct,
    SpecError,
)
from hanzo_constructs.spec.dicts import RouteDict
from hanzo_constructs.spec.gateway_builds import READY_PATH
from tests.constructs.samples import SMALL, config_map
from tests.krakend import configurations

pytestmark = pytest.mark.node

CHAT: RouteDict = {"prefix": "/v1/chat", "backend": "chat:8000"}
ROUTES: GatewayDict = {
    "imageBuild": "hanzo",
    "image": "ghcr.io/hanzoai/gateway:v1.0.0",
    "routes": [CHAT],
}


@pytest.fixture
def app() -> HanzoApp:
    return HanzoApp(platform=Platform(namespace="hanzo"))


def base(scope: Construct, name: str, route: str = "", **gateway: str) -> BaseConstruct:
    spec: Any = {
        "image": f"ghcr.io/hanzoai/{name}:v1.0.0",
        "storage": {"size": "10Gi"},
        "gateway": {"route": route or f"/v1/{name}", **gateway},
    }
    return BaseConstruct(scope, name, spec)


def gateway(scope: Construct, name: str = "gateway", **further: Any) -> GatewayConstruct:
    spec: Any = {**ROUTES, **further}
    return GatewayConstruct(scope, name, spec)


def routed(manifests: list[dict[str, Any]]) -> set[str]:
    """Return the paths that the one gateway among *manifests* routes, those below a prefix left out."""
    (config,) = configurations(manifests).values()
    found = {endpoint["endpoint"] for endpoint in config["endpoints"]}
    return {path for path in found if path[-1] not in "/}"} - {READY_PATH}


def digest(manifests: list[dict[str, Any]]) -> str:
    """Return what restarts the pods of the one Deployment among *manifests*."""
    (workload,) = [each for each in manifests if each["kind"] == "Deployment"]
    return str(workload["spec"]["template"]["metadata"]["annotations"]["hanzo.ai/config-hash"])


def waiting_routes(manifests: list[dict[str, Any]]) -> list[str]:
    return [each["metadata"]["name"] for each in manifests if each["metadata"]["name"].endswith("-gateway-route")]


# -- the construct --


def test_the_children_are_attributes(app: HanzoApp) -> None:
    spec: GatewayDict = {**ROUTES, "ingress": {"hosts": ["api.hanzo.ai"]}, "serviceMonitor": {}}
    front = GatewayConstruct(HanzoChart(app, "edge"), "gateway", spec)
    attributes = (front.config_map, front.service, front.deployment, front.ingress, front.service_monitor)
    assert list(attributes) == list(front.children.values())
    assert ApiObject.of(front) is front.deployment
    assert front.endpoints.hosts == {"api.hanzo.ai": "https://api.hanzo.ai"}


# -- routes of applications --

TOUCHES: dict[str, Callable[[Any], Any]] = {
    "nothing": bool,
    "children": lambda construct: construct.children,
    "node": lambda construct: construct.node,
    "compilation": lambda construct: construct.compilation,
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_whichever_is_declared_first_the_routes_are_in_the_gateway(touch: Callable[[Any], Any]) -> None:
    written = []
    for order in permutations(["gateway", "notes", "tags"]):
        app = HanzoApp(platform=Platform())
        charts = {name: HanzoChart(app, name, namespace=name) for name in ("gateway", "notes", "tags")}
        for name in order:
            made = gateway(charts[name]) if name == "gateway" else base(charts[name], name, gatewayNamespace="gateway")
            touch(made)
        written.append({json.dumps(each, sort_keys=True) for each in app.manifests})
        assert routed(app.manifests) == {"/v1/chat", "/v1/notes", "/v1/tags"}
        assert not waiting_routes(app.manifests)
        assert not [each for each in app.warnings if each.path == "spec.gateway"]
    assert all(each == written[0] for each in written)


@pytest.mark.parametrize("first", ["gateway", "base"])
def test_cdk8s_alone_finds_them_too(first: str) -> None:
    app = App()
    edge, shop = Chart(app, "edge", namespace="edge"), Chart(app, "shop", namespace="shop")
    makers: list[Callable[[], Any]] = [lambda: gateway(edge), lambda: base(shop, "notes", gatewayNamespace="edge")]
    for make in makers if first == "gateway" else reversed(makers):
        make()
    assert routed(Testing.synth(edge)) == {"/v1/chat", "/v1/notes"}
    assert not waiting_routes(Testing.synth(shop))


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
@pytest.mark.parametrize("removed", ["notes", "shop"])
def test_a_removed_application_leaves_no_route(app: HanzoApp, touch: Callable[[Any], Any], removed: str) -> None:
    front, shop = gateway(HanzoChart(app, "edge")), HanzoChart(app, "shop")
    touch(base(shop, "notes"))
    touch(front)
    assert routed(app.manifests) == {"/v1/chat", "/v1/notes"}
    assert (shop if removed == "notes" else app).node.try_remove_child(removed)
    assert routed(app.manifests) == {"/v1/chat"}
    base(HanzoChart(app, "later"), "memos", "/v1/notes")
    assert routed(app.manifests) == {"/v1/chat", "/v1/notes"}


def test_a_route_is_free_as_soon_as_its_application_is_removed(app: HanzoApp) -> None:
    shop = HanzoChart(app, "shop")
    gateway(shop)
    base(shop, "notes")
    assert shop.node.try_remove_child("notes")
    base(shop, "memos", "/v1/notes")
    assert routed(app.manifests) == {"/v1/chat", "/v1/notes"}


def test_a_removed_application_leaves_no_route_in_an_app_of_cdk8s_alone() -> None:
    app = App()
    chart = Chart(app, "shop", namespace="hanzo")
    gateway(chart)
    base(chart, "notes")
    assert chart.node.try_remove_child("notes")
    assert routed(Testing.synth(chart)) == {"/v1/chat"}


def test_without_a_gateway_that_was_removed_the_route_waits(app: HanzoApp) -> None:
    edge = HanzoChart(app, "edge")
    gateway(edge)
    notes = base(HanzoChart(app, "shop"), "notes")
    assert "ConfigMap-gateway-route" not in notes.children
    assert edge.node.try_remove_child("gateway")
    assert waiting_routes(app.manifests) == ["notes-gateway-route"]
    assert notes.gateway_route is not None


def test_without_its_gateway_the_route_waits_in_a_config_map(app: HanzoApp) -> None:
    chart = HanzoChart(app, "shop")
    notes = base(chart, "notes", gatewayName="edge")
    gateway(chart)
    assert routed(app.manifests) == {"/v1/chat"}
    assert waiting_routes(app.manifests) == ["notes-gateway-route"]
    assert ["spec.gateway" in str(each) for each in app.warnings].count(True) == 1
    assert "ConfigMap-gateway-route" in notes.children
    gateway(HanzoChart(app, "edge"), "edge")
    assert notes.gateway_route is None
    assert [child.node.id for child in notes.node.children] == list(notes.children)
    assert not waiting_routes(app.manifests)


def test_the_pods_restart_when_a_route_is_added(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    front = gateway(chart)
    before = digest(front.manifests)
    assert front.children
    base(chart, "notes")
    assert digest(front.manifests) != before
    assert digest(app.manifests) == digest(front.manifests)
    assert front.compilation.manifests == front.manifests


def test_patches_are_applied_to_what_is_declared_later(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    front = gateway(chart)
    front.deployment.add_json_patch(JsonPatch.replace("/spec/replicas", 7))
    front.config_map.add_json_patch(JsonPatch.add("/data/other", "x"), JsonPatch.add("/binaryData", {}))
    front.config_map.metadata.add_label("touched", "yes")
    base(chart, "notes")
    config, _, workload = front.manifests
    assert routed(app.manifests) == {"/v1/chat", "/v1/notes"}
    assert (config["data"]["other"], config["binaryData"], config["metadata"]["labels"]["touched"]) == ("x", {}, "yes")
    assert workload["spec"]["replicas"] == 7
    written = {(each["kind"], each["metadata"]["name"]): each for each in app.manifests}
    assert written["ConfigMap", "gateway-config"] == config
    assert written["Deployment", "gateway"] == workload


def test_an_operator_gets_the_resources_as_declared() -> None:
    app = HanzoApp(platform=Platform(output="resources", namespace="hanzo"))
    chart = HanzoChart(app, "edge")
    front = gateway(chart)
    assert front.custom_resource is not None
    base(chart, "notes")
    front.add_route("/v1/search", "search:80")
    prefixes = [[route["prefix"] for route in each["spec"].get("routes", ())] for each in app.manifests]
    assert prefixes == [["/v1/chat", "/v1/search"], []]


# -- what contradicts --


@pytest.mark.parametrize("order", [("notes", "memos"), ("memos", "notes")], ids=" ".join)
def test_two_applications_with_one_route_are_refused_at_the_second(app: HanzoApp, order: tuple[str, str]) -> None:
    first, second = order
    charts = {name: HanzoChart(app, name) for name in order}
    gateway(charts[first])
    base(charts[first], first, "/v1/{id}/notes")
    with pytest.raises(SpecError) as failed:
        base(charts[second], second, "/v1/{name}/notes")
    (finding,) = failed.value.findings
    assert finding.where.startswith(f"{second}/{second} (tests/constructs/test_gateway.py:")
    assert (finding.subject, finding.path) == (f"Base hanzo/{second}", "spec.gateway.route")
    assert finding.message.startswith(
        f"/v1/{{name}}/notes is routed twice in Gateway hanzo/gateway (also by Base hanzo/{first} at {first}/{first} (tests/"
    )
    assert finding.message.endswith("); give each its own")
    base(charts[second], second, "/v1/other")
    assert routed(app.manifests) == {"/v1/chat", "/v1/{p2}/notes", "/v1/other"}


def test_a_route_of_the_gateways_own_is_refused_to_an_application(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    front = gateway(chart)
    with pytest.raises(
        SpecError,
        match=r"Base hanzo/notes: spec\.gateway\.route: /v1/chat .*also by its spec\.routes\[0\] at edge/gateway",
    ):
        base(chart, "notes", "/v1/chat")
    assert front.node.path == "edge/gateway"
    assert routed(app.manifests) == {"/v1/chat"}


def test_a_gateway_that_routes_what_an_application_has_is_refused(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    base(chart, "chat")
    with pytest.raises(
        SpecError, match=r"^edge/gateway \(.*\): Gateway gateway: spec\.routes\[0\]\.prefix: .*also by Base hanzo/chat"
    ):
        gateway(chart)
    assert waiting_routes(app.manifests) == ["chat-gateway-route"]


def test_an_application_that_is_refused_leaves_no_route(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    gateway(chart)
    config_map(chart, "notes")
    with pytest.raises(SpecError, match="there is already a Construct with name 'notes'"):
        base(chart, "notes")
    assert routed(app.manifests) == {"/v1/chat"}


def test_more_routes_than_a_config_map_holds_are_refused_when_it_is_written() -> None:
    app = HanzoApp(platform=Platform(namespace="hanzo", epoch="2025"))
    chart = HanzoChart(app, "edge")
    gateway(chart, routes=[{"prefix": f"/v1/{number}", "backend": ".".join(["a" * 49] * 4)} for number in range(2500)])
    for number in range(120):
        base(chart, f"app-{number}")
    with pytest.raises(SpecError, match=r"^edge/gateway \(.*\): Gateway .*: spec\.routes: make the ConfigMap gateway-"):
        app.synth_yaml()


# -- routes from Python --


@pytest.mark.parametrize("touched", [False, True])
def test_a_route_may_be_added_from_python(app: HanzoApp, touched: bool) -> None:  # noqa: FBT001
    chart = HanzoChart(app, "edge")
    front = gateway(
        chart,
        rateLimits=[{"name": "slow", "maxRate": 5}],
        authPolicies=[{"name": "login", "iamEndpoint": "https://hanzo.id"}],
    )
    search = ServiceConstruct(chart, "search", SMALL)
    assert not touched or front.children
    front.add_route(
        "/v1/search", search, methods=["GET", "POST"], strip_prefix=True, rate_limit="slow", auth_policy="login"
    )
    base(chart, "notes")
    front.add_route("/v1/files", "http://files.shop.svc.cluster.local:9000")
    declared = GatewayConstruct(
        HanzoChart(HanzoApp(platform=Platform(namespace="hanzo")), "edge"),
        "gateway",
        {
            **ROUTES,
            "rateLimits": [{"name": "slow", "maxRate": 5}],
            "authPolicies": [{"name": "login", "iamEndpoint": "https://hanzo.id"}],
            "routes": [
                CHAT,
                {
                    "prefix": "/v1/search",
                    "backend": "http://search.hanzo.svc.cluster.local:8080",
                    "methods": ["GET", "POST"],
                    "stripPrefix": True,
                    "rateLimit": "slow",
                    "authPolicy": "login",
                },
                {"prefix": "/v1/files", "backend": "http://files.shop.svc.cluster.local:9000"},
            ],
        },
    )
    assert front.resource.spec == declared.resource.spec
    assert declared.manifests[0] != front.manifests[0]
    base(declared._scope, "notes")
    assert declared.manifests == front.manifests


def test_a_route_that_does_not_fit_is_not_added(app: HanzoApp) -> None:
    chart = HanzoChart(app, "edge")
    front = gateway(chart)
    base(chart, "notes")
    worker = ServiceConstruct(chart, "worker", {"image": "ghcr.io/hanzoai/worker:v1"})
    before = front.manifests
    for prefix, backend, message in (
        ("v1", "x:80", r'spec\.routes\[1\]\.prefix: must begin with a slash, got "v1"'),
        ("/v1/chat", "x:80", r"spec\.routes\[1\]\.prefix: GET /v1/chat is routed twice"),
        ("/v1/notes", "x:80", r"spec\.routes\[1\]\.prefix: GET /v1/notes is routed twice \(also by Base hanzo/notes\)"),
        ("/v1/x", "//", r"spec\.routes\[1\]\.backend: must be a URL"),
        ("/v1/x", worker, r"Service worker has no port that a route could lead to"),
    ):
        with pytest.raises(SpecError, match=rf"^edge/gateway \(tests/.*\.py:\d+\): .*{message}"):
            front.add_route(prefix, backend)
    assert front.manifests == before


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_routes_that_need_config_maps_of_their_own_have_them(app: HanzoApp, touch: Callable[[Any], Any]) -> None:
    routes = [{"prefix": f"/v1/{number}", "backend": f"{'a' * 60}.{'b' * 60}"} for number in range(990)]
    front = gateway(HanzoChart(app, "edge"), routes=routes)
    assert not front.compilation.manifests[1]["metadata"]["name"].endswith("-routes-0")
    touch(front)
    applications = HanzoChart(app, "applications")
    for number in range(30):
        base(applications, f"application-{number}")
    maps = [each for each in app.manifests if each["metadata"]["name"].startswith("gateway-")]
    assert [each["metadata"]["name"] for each in maps] == ["gateway-config", "gateway-routes-0", "gateway-routes-1"]
    assert len(routed(maps)) == 1020
    assert [*front.route_maps] == ["routes-0", "routes-1"]
