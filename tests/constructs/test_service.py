"""A Service in the construct tree: what it is made of, what it takes over, what it refuses."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch, Testing
from constructs import Construct

from hanzo_constructs import (
    HanzoApp,
    HanzoChart,
    Platform,
    Service,
    ServiceConstruct,
    ServiceDict,
    ServiceSpec,
    SpecError,
)
from hanzo_constructs.spec.kinds import parse
from tests.constructs.samples import CHILDREN, SMALL, full

pytestmark = pytest.mark.node


@pytest.fixture
def chart() -> HanzoChart:
    return HanzoChart(HanzoApp(platform=Platform()), "shop", namespace="shop")


def test_the_children_stand_in_the_tree_in_apply_order(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "api", full("api"))
    assert [child.node.id for child in service.node.children] == CHILDREN
    assert list(service.children) == CHILDREN
    for child in CHILDREN:
        assert service.node.find_child(child) is service.children[child]


def test_the_children_are_attributes(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "api", full("api"))
    assert service.service and service.ingress and service.autoscaler and service.disruption_budget  # noqa: PT018
    assert service.network_policy and service.service_monitor  # noqa: PT018
    attributes = (
        service.kms_secrets["api-secrets"],
        service.network_policy,
        service.service,
        service.deployment,
        service.autoscaler,
        service.disruption_budget,
        service.ingress,
        service.service_monitor,
    )
    assert list(attributes) == list(service.children.values())
    assert [child.kind for child in attributes] == [child.partition("-")[0] for child in CHILDREN]
    assert all(child.name == ("api-secrets" if child.kind == "KMSSecret" else "api") for child in attributes)
    assert service.custom_resource is None


def test_what_the_spec_does_not_ask_for_is_none(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "worker", {"image": "ghcr.io/hanzoai/worker:v1"})
    assert list(service.children) == ["Deployment"]
    optional = (service.service, service.ingress, service.autoscaler, service.disruption_budget)
    assert {*optional, service.network_policy, service.service_monitor} == {None}
    assert service.kms_secrets == {}


def test_the_deployment_is_the_object_of_the_construct(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "api", SMALL)
    assert ApiObject.of(service) is service.deployment
    assert service.node.default_child is service.deployment


def test_the_resource_is_there_as_declared(chart: HanzoChart) -> None:
    service = ServiceConstruct(
        chart, "api", SMALL, labels={"hanzo.ai/org": "shop"}, annotations={"hanzo.ai/epoch": "2025"}
    )
    assert isinstance(service.resource, Service)
    assert (service.resource.name, service.resource.metadata.namespace) == ("api", "shop")
    assert service.resource.metadata.labels == {"hanzo.ai/org": "shop"}
    assert service.compilation.rules.epoch.name == "2025"
    assert [child.id for child in service.compilation.children] == ["Service", "Deployment"]
    assert service.manifests == service.compilation.manifests


def test_a_spec_may_be_a_model(chart: HanzoChart) -> None:
    spec = ServiceSpec(image="ghcr.io/hanzoai/api:v1.2.3", ports={"http": 8080})
    assert ServiceConstruct(chart, "a", spec, name="api").manifests == ServiceConstruct(chart, "api", SMALL).manifests


def test_the_name_and_the_namespace_may_be_given(chart: HanzoChart) -> None:
    service = ServiceConstruct(chart, "id", SMALL, name="api", namespace="other")
    assert {(each["metadata"]["name"], each["metadata"]["namespace"]) for each in service.manifests} == {
        ("api", "other")
    }


def test_the_labels_of_the_chart_reach_the_metadata_and_nothing_else() -> None:
    chart = HanzoChart(HanzoApp(platform=Platform()), "shop", labels={"tier": "gold", "team": "chart"})
    service = ServiceConstruct(chart, "api", {**SMALL, "labels": {"team": "spec"}})
    for manifest in service.manifests:
        assert manifest["metadata"]["labels"].items() >= {"tier": "gold", "team": "spec"}.items()
    template = service.manifests[-1]["spec"]["template"]
    assert "tier" not in template["metadata"]["labels"]
    assert Testing.synth(chart) == service.manifests
    assert chart.labels == {"tier": "gold", "team": "chart"}


def test_urls_from_inside_and_outside(chart: HanzoChart) -> None:
    endpoints = ServiceConstruct(chart, "api", full("api")).endpoints
    assert endpoints.ports == {
        "http": "http://api.shop.svc.cluster.local:80",
        "grpc": "grpc://api.shop.svc.cluster.local:50051",
    }
    assert endpoints.hosts == {"api.hanzo.ai": "https://api.hanzo.ai"}


def test_urls_without_namespace_tls_or_tcp() -> None:
    chart = HanzoChart(HanzoApp(platform=Platform(cluster_domain="hanzo.internal")), "shop")
    spec: ServiceDict = {
        "image": "ghcr.io/hanzoai/dns:v1",
        "ports": [
            {"name": "https-admin", "containerPort": 8443},
            {"name": "dns", "containerPort": 5353, "servicePort": 53, "protocol": "UDP"},
        ],
        "ingress": {"hosts": ["dns.hanzo.ai"], "tls": False},
    }
    endpoints = ServiceConstruct(chart, "dns", spec).endpoints
    assert endpoints.ports == {"https-admin": "https://dns:8443", "dns": "udp://dns:53"}
    assert endpoints.hosts == {"dns.hanzo.ai": "http://dns.hanzo.ai"}
    named = ServiceConstruct(chart, "worker", SMALL, namespace="shop").endpoints
    assert named.ports == {"http": "http://worker.shop.svc.hanzo.internal:8080"}
    assert named.hosts == {}


# -- the platform --


def epoch_of(scope: Construct, **given: Any) -> str:
    return ServiceConstruct(scope, "api", SMALL, **given).compilation.rules.epoch.name


OLD, NEW = Platform(epoch="2025"), Platform(epoch="2026")


def test_the_nearest_platform_counts() -> None:
    app = HanzoApp(platform=OLD)
    assert epoch_of(HanzoChart(app, "a")) == "2025"
    assert epoch_of(HanzoChart(app, "b", platform=NEW)) == "2026"
    assert epoch_of(HanzoChart(app, "c"), platform=NEW) == "2026"
    assert epoch_of(Chart(app, "d")) == "2025"
    assert epoch_of(Construct(HanzoChart(app, "e", platform=NEW), "f")) == "2026"
    nested = HanzoChart(HanzoChart(app, "g", platform=NEW), "h")
    assert (epoch_of(nested), nested.platform) == ("2026", NEW)
    assert HanzoChart(app, "i").platform == OLD
    assert HanzoChart(Chart(app, "j"), "k").platform == OLD


def test_plain_apps_and_charts_have_the_default_platform() -> None:
    assert epoch_of(Testing.chart()) == Platform().epoch
    assert epoch_of(Chart(App(), "a")) == Platform().epoch
    assert epoch_of(HanzoChart(App(), "a", platform=OLD)) == "2025"


def test_an_app_reads_the_settings_of_its_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hanzo.yaml").write_text("namespace: settings\n")
    (tmp_path / "other.yaml").write_text("namespace: other\n")
    monkeypatch.chdir(tmp_path)
    assert HanzoApp().platform == Platform(namespace="settings")
    assert HanzoApp(platform="other.yaml").platform == Platform(namespace="other")
    assert HanzoApp(platform=Platform()).platform == Platform()
    (tmp_path / "hanzo.yaml").unlink()
    assert HanzoApp().platform == Platform()


def test_the_namespace_is_the_charts_or_else_the_platforms() -> None:
    app = HanzoApp(platform=Platform(namespace="platform"))
    for chart, namespace in ((HanzoChart(app, "a", namespace="chart"), "chart"), (HanzoChart(app, "b"), "platform")):
        assert {each["metadata"]["namespace"] for each in ServiceConstruct(chart, "api", SMALL).manifests} == {
            namespace
        }
    assert ServiceConstruct(Chart(app, "c", namespace="plain"), "api", SMALL).deployment.metadata.namespace == "plain"


# -- the resource itself instead of the children --


def test_an_operator_gets_the_resource_from_the_same_code() -> None:
    chart = HanzoChart(HanzoApp(platform=Platform(output="resources", api_group="lux.cloud")), "shop", namespace="shop")
    service = ServiceConstruct(chart, "api", SMALL, labels={"hanzo.ai/org": "shop"})
    spec = {
        "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.2.3"},
        "ports": [{"name": "http", "containerPort": 8080}],
    }
    expected = {
        "apiVersion": "lux.cloud/v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "shop", "labels": {"hanzo.ai/org": "shop"}},
        "spec": spec,
    }
    assert chart.manifests == [expected]
    resource = ApiObject.of(service)
    assert service.custom_resource is resource
    resource.add_json_patch(JsonPatch.add("/spec/replicas", 3))
    assert Testing.synth(chart) == [{**expected, "spec": {**spec, "replicas": 3}}]
    assert service.service is None
    assert service.endpoints.ports == {"http": "http://api.shop.svc.cluster.local:8080"}
    with pytest.raises(AttributeError, match="there is no Deployment: the platform's output is the resource itself"):
        _ = service.deployment


# -- resources from elsewhere --

DOCUMENT = """
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: api, labels: {hanzo.ai/org: shop}}
spec: {image: {repository: ghcr.io/hanzoai/api, tag: v1.2.3}, ports: [{name: http, containerPort: 8080}]}
"""


def test_a_resource_may_be_a_file_a_document_or_a_model(chart: HanzoChart, tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(DOCUMENT)
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "api", "labels": {"hanzo.ai/org": "shop"}},
        "spec": {
            "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.2.3"},
            "ports": [{"name": "http", "containerPort": 8080}],
        },
    }
    forms: list[Any] = [file, str(file), document, parse(document)]
    services = [ServiceConstruct.from_resource(chart, f"from-{index}", form) for index, form in enumerate(forms)]
    declared = ServiceConstruct(chart, "api", SMALL, labels={"hanzo.ai/org": "shop"})
    assert [service.manifests for service in services] == [declared.manifests] * len(forms)


class Gateway(ServiceConstruct):
    """A class of a user's own."""

    def __init__(self, scope: Construct, id: str, *args: Any, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(scope, id, *args, **kwargs)
        self.announce = self.deployment  # a name that nothing inside may depend on


def test_classes_of_users_work_too(chart: HanzoChart) -> None:
    gateway = Gateway.from_resource(chart, "gateway", parse(document_of("gateway")))
    assert (type(gateway), gateway.announce.name) == (Gateway, "gateway")


def document_of(name: str) -> dict[str, Any]:
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": name},
        "spec": {"image": {"repository": f"ghcr.io/hanzoai/{name}", "tag": "v1"}},
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (DOCUMENT.replace("tag: v1.2.3", "tag: v1.2.3, tog: 1"), "{file}:5: Service api: spec.image.tog: unknown field, did you mean tag?"),
        ("metadata: x\n---\n- 1\n---\nmetadata: {name: api}\n", '{file}: must hold one resource here, got 3: null, null, "api"'),
        (DOCUMENT + "---" + DOCUMENT, '{file}: must hold one resource here, got 2: "api", "api"'),
        ("a: 1\na: 2\n", '{file}:2: key "a" is used twice (also on line 1)'),
        ("# nothing\n", "{file}: holds no resource"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named_with_its_line(
    chart: HanzoChart, tmp_path: Path, content: str, message: str
) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(content)
    with pytest.raises(SpecError) as failed:
        ServiceConstruct.from_resource(chart, "api", file)
    assert str(failed.value).startswith(message.format(file=file))


def test_a_file_that_is_missing_is_named(chart: HanzoChart, tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"api\.yaml: cannot be read: no such file or directory"):
        ServiceConstruct.from_resource(chart, "api", tmp_path / "api.yaml")


# -- what is refused --


def here() -> int:
    """Return the line of the call."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_every_finding_is_raised_at_once_with_path_and_line(chart: HanzoChart) -> None:
    with pytest.raises(SpecError) as failed:
        ServiceConstruct(chart, "api", {"replica": 1, "ports": {"http": 0}}, labels={"a/b/c": "d"})  # type: ignore[arg-type]
    line = here() - 1
    place = f"shop/api ({Path(__file__).relative_to(Path.cwd())}:{line}): Service api: "
    lines = str(failed.value).splitlines()
    assert all(each.startswith(place) for each in lines)
    findings = [each.removeprefix(place) for each in lines]
    assert "spec.replica: unknown field, did you mean replicas?" in findings
    assert "spec.image: required" in findings
    assert any(each.startswith("spec.ports.http: ") for each in findings)
    assert any(each.startswith('metadata.labels["a/b/c"]: ') for each in findings)


def test_the_line_is_that_of_the_users_own_class(chart: HanzoChart) -> None:
    with pytest.raises(SpecError) as failed:
        Gateway(chart, "api", {})
    _, first = inspect.getsourcelines(Gateway.__init__)
    assert f"test_service.py:{first + 1}): " in str(failed.value)


def test_nothing_that_is_refused_stays_in_the_tree(chart: HanzoChart) -> None:
    with pytest.raises(SpecError):
        ServiceConstruct(chart, "api", {})  # type: ignore[arg-type]
    ServiceConstruct(chart, "api", SMALL)
    assert [child.node.id for child in chart.node.children] == ["api"]
    with pytest.raises(SpecError):
        ServiceConstruct(chart, "web", {})  # type: ignore[arg-type]
    ServiceConstruct(chart, "web", SMALL)
    assert [child.node.id for child in chart.node.children] == ["api", "web"]


@pytest.mark.parametrize("id", ["", None, 3])
def test_an_id_is_a_string_that_is_not_empty(chart: HanzoChart, id: Any) -> None:  # noqa: A002
    for wrong in (lambda: ServiceConstruct(chart, id, SMALL), lambda: HanzoChart(HanzoApp(), id)):
        with pytest.raises(SpecError, match=f"id: must be a string that is not empty, got {id!r}"):
            wrong()


def test_a_scope_is_a_construct_below_a_chart() -> None:
    with pytest.raises(TypeError, match="scope: expected a chart or another construct, got a string"):
        ServiceConstruct("chart", "api", SMALL)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="scope: expected an app, a chart or another construct, got null"):
        HanzoChart(None, "shop")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="namespace: expected a string, got an integer"):
        HanzoChart(HanzoApp(), "shop", namespace=3)  # type: ignore[arg-type]
    for app in (HanzoApp(), App()):
        with pytest.raises(SpecError, match=r"needs a chart above it; make one with HanzoChart or cdk8s\.Chart"):
            ServiceConstruct(app, "api", SMALL)


@pytest.mark.parametrize(
    "given",
    [
        "a\0b",
        "",
        "kind: Service\npassword: hunter2\n",
        '{"password": "hunter2"}',
        " {password: hunter2}",
        "hunter2/" * 999,
    ],
)
def test_a_path_that_can_be_none_is_not_repeated(chart: HanzoChart, given: str) -> None:
    """It may be the text of a resource, with whatever that holds."""
    with pytest.raises(SpecError) as raised:
        ServiceConstruct.from_resource(chart, "api", given)
    (finding,) = raised.value.findings
    assert finding.message == (
        "expected the path of a file, and what is given cannot be one; of a resource as text, pass its data"
    )
    assert "hunter2" not in str(raised.value)
