"""The set proof in an app: over what is really written, once, whoever writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch, Testing
from constructs import Construct, IValidation

from hanzo_constructs import (
    HanzoApp,
    HanzoChart,
    KVConstruct,
    Platform,
    ProofError,
    ServiceConstruct,
    ServiceDict,
    SQLConstruct,
)
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.spec.dicts import EnvVarDict, ImageDict, NetworkPolicyDict, ServicePortDict, StorageDict
from tests.constructs.samples import SMALL, config_map, full

pytestmark = pytest.mark.node


def hanzo(outdir: Path) -> HanzoApp:
    return HanzoApp(outdir=outdir, platform=Platform())


def plain(outdir: Path) -> App:
    return App(outdir=str(outdir))


@pytest.fixture(params=[hanzo, plain], ids=["HanzoApp", "App"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return request.param(tmp_path)


def chart(app: App, id_: str = "shop") -> Chart:
    return HanzoChart(app, id_) if isinstance(app, HanzoApp) else Chart(app, id_)


def findings(act: Callable[[], object]) -> list[str]:
    """Return what *act* fails with, line by line."""
    with pytest.raises((ProofError, RuntimeError)) as failed:
        act()
    if isinstance(failed.value, ProofError):
        return str(failed.value).splitlines()
    head, *lines = str(failed.value).splitlines()
    assert head == "Error: Validation failed with the following errors:"
    return [line.removeprefix("  [] ") for line in lines]


def test_a_set_that_does_not_fit_is_refused_with_every_finding_once(app: Any, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        ServiceConstruct(chart(app, name), "id", SMALL, name="api" if name != "three" else "web")
    found = findings(app.synth)
    assert len(found) == 2
    assert [line.partition(")")[2].split(":")[1].strip() for line in found] == ["Service api", "Deployment api"]
    assert all(line.startswith("two/id (tests/constructs/test_proving.py:") for line in found)
    assert all("(one/id (tests/constructs/test_proving.py:" in line for line in found)
    assert not list(tmp_path.glob("*.yaml"))


@pytest.mark.parametrize("first", ["alias", "service"])
def test_an_alias_that_is_another_service_is_refused_where_it_was_chosen(app: Any, first: str) -> None:
    storage: StorageDict = {"size": "1Gi"}
    makers: list[Callable[[], object]] = [
        lambda: SQLConstruct(chart(app, "one"), "ledger", {"storage": storage, "serviceAliases": ["cache"]}),
        lambda: KVConstruct(chart(app, "two"), "cache", {"storage": storage}),
    ]
    for make in makers if first == "alias" else reversed(makers):
        make()
    (found,) = findings(app.synth)
    assert found.startswith("one/ledger (")
    assert (
        ': SQL ledger: spec.serviceAliases[0]: "cache" is taken by the Service derived from KV cache (two/cache'
        in found
    )
    assert found.endswith("; choose another name")


def test_what_patches_break_is_found(app: Any) -> None:
    service = ServiceConstruct(chart(app), "api", SMALL)
    assert service.service
    service.service.add_json_patch(JsonPatch.replace("/spec/selector", {"app": "other"}))
    (found,) = findings(app.synth)
    assert "spec.selector" in found


def test_what_patches_mend_is_not_found(app: Any) -> None:
    shop = chart(app)
    ServiceConstruct(shop, "one", {"image": "ghcr.io/hanzoai/api:v1"}, name="api")
    other = ServiceConstruct(shop, "two", {"image": "ghcr.io/hanzoai/api:v1"}, name="api")
    assert findings(app.synth)
    assert other.deployment.name == "api"
    other.deployment.add_json_patch(JsonPatch.add("/metadata/namespace", "elsewhere"))
    app.synth()


@pytest.mark.parametrize("touch", [False, True])
def test_objects_of_the_users_belong_to_the_set(app: Any, touch: bool) -> None:  # noqa: FBT001
    shop, other = chart(app), chart(app, "other")
    service = ServiceConstruct(
        shop, "api", {**SMALL, "env": {"MODE": {"configMapKeyRef": {"name": "settings", "key": "mode"}}}}
    )
    settings = config_map(other, "settings")
    settings.add_json_patch(JsonPatch.add("/data", {"mood": "fast"}))
    if touch:
        assert service.deployment.kind == "Deployment"
    (found,) = findings(app.synth)
    assert '"mode" is not a key of ConfigMap "settings"' in found
    settings.add_json_patch(JsonPatch.add("/data/mode", "fast"))
    app.synth()


def test_a_removed_construct_is_not_part_of_the_set(app: Any) -> None:
    shop = chart(app)
    ServiceConstruct(shop, "one", SMALL, name="api")
    ServiceConstruct(shop, "two", SMALL, name="api")
    assert shop.node.try_remove_child("two")
    app.synth()


@pytest.mark.parametrize("write", [Testing.synth, lambda each: each.to_json()], ids=["Testing.synth", "to_json"])
def test_every_way_to_the_documents_leads_through_the_proof(app: Any, write: Callable[[Chart], Any]) -> None:
    shop = chart(app)
    ServiceConstruct(shop, "one", SMALL, name="api")
    ServiceConstruct(shop, "two", SMALL, name="api")
    assert len(findings(lambda: write(shop))) == 2
    if isinstance(app, HanzoApp):
        assert len(findings(lambda: app.manifests)) == len(findings(app.synth_yaml)) == 2


def test_a_plain_chart_in_our_app_is_proven_together_with_what_is_lazy(tmp_path: Path) -> None:
    app = hanzo(tmp_path)
    ServiceConstruct(HanzoChart(app, "lazy"), "one", SMALL, name="api")
    other = Chart(app, "plain")
    ServiceConstruct(other, "two", SMALL, name="api")
    assert len(findings(app.synth)) == 2
    assert len(findings(lambda: Testing.synth(other))) == 2


@jsii.implements(IValidation)
class Complaint:
    def __init__(self) -> None:
        self.count = 0

    def validate(self) -> list[str]:
        self.count += 1
        return ["no"]


@pytest.mark.parametrize("where", ["app", "chart", "a group in the app", "a group in a chart", "a service"])
def test_validations_of_the_users_are_asked(tmp_path: Path, where: str) -> None:
    app = hanzo(tmp_path)
    shop = HanzoChart(app, "shop")
    service = ServiceConstruct(shop, "api", SMALL)
    scopes: dict[str, Construct] = {"app": app, "chart": shop, "a service": service}
    scope = scopes.get(where) or Construct(app if where == "a group in the app" else shop, "group")
    complaint = Complaint()
    scope.node.add_validation(complaint)
    with pytest.raises(RuntimeError, match=r"Validation failed with the following errors:\n  \[.*\] no"):
        app.synth()
    assert complaint.count
    assert not list(tmp_path.glob("*.yaml"))


def test_warnings_of_compiling_and_of_the_proof_are_kept(tmp_path: Path) -> None:
    app = hanzo(tmp_path)
    shop = HanzoChart(app, "shop")
    ServiceConstruct(shop, "api", {"image": "ghcr.io/hanzoai/api:latest"})
    app.synth()
    (doubt,) = app.warnings
    assert doubt.severity == "warning"
    assert str(doubt).startswith("shop/api (tests/constructs/test_proving.py:")
    assert 'spec.image: "ghcr.io/hanzoai/api:latest" has the tag latest' in str(doubt)


def test_what_the_chart_adds_is_proven_too(app: Any) -> None:
    labelled = type(chart(app, "spare"))(app, "shop", labels={"not a label!": "x"})
    ServiceConstruct(labelled, "api", full("api"))
    assert any("metadata.labels" in line for line in findings(app.synth))


def test_an_object_of_no_shape_at_all_is_a_finding(app: Any) -> None:
    shop = chart(app)
    ServiceConstruct(shop, "api", SMALL)
    ApiObject(shop, "odd", api_version="v1", kind="Service").add_json_patch(JsonPatch.add("/spec", "text"))
    assert any("Service shop-odd" in line for line in findings(app.synth))


def overlaid(spec: Any, construct: type[ServiceConstruct | KVConstruct], **overlay: Any) -> tuple[HanzoApp, Any]:
    app = HanzoApp(platform=Platform())
    laid_over: Any = {**spec, "overlay": overlay}
    made = construct(HanzoChart(app, "shop", namespace="shop"), "api", laid_over)
    return app, made


def test_an_overlay_is_proven_and_patched_as_what_is_derived() -> None:
    laid = {"spec": {"template": {"spec": {"shareProcessNamespace": True}}}}
    app, service = overlaid(SMALL, ServiceConstruct, Deployment=laid)
    pod = next(each for each in app.manifests if each["kind"] == "Deployment")["spec"]["template"]["spec"]
    assert pod["shareProcessNamespace"] is True
    service.deployment.add_json_patch(JsonPatch.replace("/spec/template/spec/shareProcessNamespace", "yes"))
    with pytest.raises(ProofError, match=r"shareProcessNamespace: expected true or false, got a string"):
        _ = app.manifests


def test_an_overlay_that_breaks_something_is_an_error() -> None:
    laid = {"spec": {"template": {"spec": {"initContainers": [{"name": "a", "image": ""}]}}}}
    app, _ = overlaid({"storage": {"size": "1Gi"}}, KVConstruct, StatefulSet=laid)
    with pytest.raises(ProofError, match=r"initContainers\[0\]\.image: required"):
        _ = app.manifests


def test_a_service_made_with_cdk8s_leads_to_guarded_pods(tmp_path: Path) -> None:
    app = hanzo(tmp_path)
    shop = chart(app)
    policy: NetworkPolicyDict = {"allowIntraNamespace": False, "egress": []}
    ports: list[ServicePortDict] = [{"name": "http", "containerPort": 8080}]
    image: ImageDict = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
    env: list[EnvVarDict] = [{"name": "URL", "value": "http://front"}]
    api: ServiceDict = {"image": image, "ports": ports, "networkPolicy": policy}
    web: ServiceDict = {"image": image, "env": env, "networkPolicy": policy}
    for name, spec in (("api", api), ("web", web)):
        ServiceConstruct(shop, name, spec, name=name, namespace="shop")
    front = {"selector": {"app.kubernetes.io/instance": "api"}, "ports": [{"port": 80, "targetPort": "http"}]}
    metadata = {"name": "front", "namespace": "shop"}
    ApiObject(shop, "front", api_version="v1", kind="Service", metadata=metadata).add_json_patch(
        JsonPatch.add("/spec", front)
    )
    app.synth()
    written = [each.data for path in tmp_path.glob("*.yaml") for each in load_all(path.read_text())]
    policies = {each["metadata"]["name"]: each["spec"] for each in written if each["kind"] == "NetworkPolicy"}
    pods = {name: {"app.kubernetes.io/name": name, "app.kubernetes.io/instance": name} for name in ("api", "web")}
    port = [{"port": 8080, "protocol": "TCP"}]
    assert policies["api"]["ingress"] == [{"from": [{"podSelector": {"matchLabels": pods["web"]}}], "ports": port}]
    assert {"to": [{"podSelector": {"matchLabels": pods["api"]}}], "ports": port} in policies["web"]["egress"]
