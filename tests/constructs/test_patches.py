"""Patches are judged when all is there, on the line that added them; what they make is held against the schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cdk8s import ApiObject, JsonPatch

from hanzo_constructs import HanzoApp, HanzoChart, Platform, ServiceConstruct, main
from hanzo_constructs.errors import ProofError, SpecError
from hanzo_constructs.spec.dicts import NetworkPolicyDict
from tests.constructs.samples import SMALL

pytestmark = pytest.mark.node


@pytest.fixture
def service() -> ServiceConstruct:
    app = HanzoApp(platform=Platform())
    return ServiceConstruct(HanzoChart(app, "shop", namespace="shop"), "api", {**SMALL, "networkPolicy": {}})


def written(service: ServiceConstruct) -> dict[str, dict[str, object]]:
    app = service.node.root
    assert isinstance(app, HanzoApp)
    return {each["kind"]: each for each in app.manifests}


POD = "/spec/template/spec"
WRONG: tuple[tuple[Callable[[], JsonPatch], str], ...] = (
    (lambda: JsonPatch.add(f"{POD}/affinity/podAntiAffinity", {}), 'patch add: there is no /spec/template/spec/affinity; add that as a whole: JsonPatch.add("/spec/template/spec/affinity", {"podAntiAffinity": ...})'),
    (lambda: JsonPatch.remove("/spec/replica"), "patch remove: there is nothing to remove, did you mean /spec/replicas?"),
    (lambda: JsonPatch.replace("/spec/replica", 3), "patch replace: there is nothing to replace, did you mean /spec/replicas?"),
    (lambda: JsonPatch.move("/spec/replica", "/spec/x"), "patch move: there is nothing to move, did you mean /spec/replicas?"),
    (lambda: JsonPatch.copy("/spec/replica", "/spec/x"), "patch copy: there is nothing to copy, did you mean /spec/replicas?"),
    (lambda: JsonPatch.test("/spec/replicas", 3), "patch test: is not what the patch expects there, so that nothing is patched"),
    (lambda: JsonPatch.add(f"{POD}/containers/0/env/-", {}), 'patch add: there is no /spec/template/spec/containers/0/env; add that as a whole: JsonPatch.add("/spec/template/spec/containers/0/env", [...])'),
    (lambda: JsonPatch.add("spec", {}), 'patch add: must begin with a slash, such as /spec/replicas, got "spec"'),
)  # fmt: skip


@pytest.mark.parametrize(("make", "message"), WRONG)
def test_a_patch_that_does_not_fit_is_an_error_on_its_line(
    service: ServiceConstruct, make: Callable[[], JsonPatch], message: str
) -> None:
    service.deployment.add_json_patch(make())
    for judge in (lambda: written(service), service.deployment.to_json):
        with pytest.raises(SpecError) as caught:
            judge()
        (finding,) = caught.value.findings
        assert finding.message == message
        assert finding.subject == "Deployment shop/api"
        assert finding.where.startswith("shop/api (")
        assert "test_patches.py:" in finding.where


def test_a_patch_of_what_depends_on_others_is_judged_when_it_is_written(service: ServiceConstruct) -> None:
    assert service.network_policy
    service.network_policy.add_json_patch(JsonPatch.replace("/spec/egress", []))
    with pytest.raises(
        SpecError, match=r"test_patches\.py:.*NetworkPolicy shop/api: /spec/egress: patch replace: there is"
    ):
        service.network_policy.to_json()
    with pytest.raises(SpecError, match="nothing to replace"):
        written(service)


def test_a_patch_may_need_what_is_added_after_it(service: ServiceConstruct) -> None:
    assert service.network_policy
    for child in (service.deployment, service.network_policy):
        child.add_json_patch(JsonPatch.replace("/metadata/labels/team", "x"))
        child.metadata.add_label("team", "shop")
    found = written(service)
    assert [found[kind]["metadata"]["labels"]["team"] for kind in ("Deployment", "NetworkPolicy")] == ["x", "x"]  # type: ignore[index]


def test_patches_are_applied_in_their_order(service: ServiceConstruct) -> None:
    service.deployment.add_json_patch(JsonPatch.add(f"{POD}/affinity/podAffinity", {}))
    service.deployment.add_json_patch(JsonPatch.add(f"{POD}/affinity", {}))
    with pytest.raises(SpecError, match="; a later patch makes it fit, so add this one behind"):
        written(service)


@pytest.mark.parametrize("patch", [JsonPatch.add("/data/x/y", 1), JsonPatch.test("/kind", "Secret")])
def test_a_patch_of_any_object_that_cannot_be_applied_is_told_in_our_words(
    service: ServiceConstruct, patch: JsonPatch
) -> None:
    chart = service.node.scope
    assert isinstance(chart, HanzoChart)
    own = ApiObject(chart, "own", api_version="v1", kind="ConfigMap")
    for child in (service.deployment, service.network_policy, own):
        assert child
        ApiObject.add_json_patch(child, patch)
        where = rf"^shop/{'own' if child is own else 'api'} \(tests/constructs/test_patches\.py:[0-9]+\): "
        with pytest.raises(
            SpecError, match=f"{where}.*patch (add: there is no /data, did you mean /metadata|test: is not what)"
        ):
            child.to_json()
    with pytest.raises(SpecError, match=r"test_patches\.py:"):
        written(service)


def test_a_patch_of_an_own_object_alone_is_told_in_our_words() -> None:
    app = HanzoApp(platform=Platform())
    own = ApiObject(HanzoChart(app, "shop"), "own", api_version="v1", kind="ConfigMap", metadata={"name": "own"})
    own.add_json_patch(JsonPatch.add("/data", {}))
    own.add_json_patch(JsonPatch.add("/data/x/y", 1))
    with pytest.raises(
        SpecError, match=r"^shop/own \(.*\): ConfigMap own: /data/x/y: patch add: there is no /data/x; add"
    ):
        app.synth_yaml()


def test_patches_build_on_each_other_and_on_what_the_user_added(service: ServiceConstruct) -> None:
    deployment = service.deployment
    deployment.metadata.add_label("team", "shop")
    deployment.add_json_patch(
        JsonPatch.add(f"{POD}/affinity", {}), JsonPatch.add(f"{POD}/affinity/nodeAffinity", {}),
    )  # fmt: skip
    deployment.add_json_patch(
        JsonPatch.remove(f"{POD}/affinity/nodeAffinity"), JsonPatch.replace("/metadata/labels/team", "x")
    )
    found = written(service)["Deployment"]
    assert found["metadata"]["labels"]["team"] == "x"  # type: ignore[index]
    assert found["spec"]["template"]["spec"]["affinity"] == {}  # type: ignore[index]


def test_objects_of_the_users_own_are_patched_as_cdk8s_does_it(service: ServiceConstruct) -> None:
    chart = service.node.scope
    assert isinstance(chart, HanzoChart)
    own = ApiObject(chart, "own", api_version="v1", kind="ConfigMap")
    own.add_json_patch(JsonPatch.add("/data", {"a": "b"}), JsonPatch.replace("/data/a", "c"))
    assert own.to_json()["data"] == {"a": "c"}


UNLIKE = (
    ("hostNetwork", "true", "spec.template.spec.hostNetwork: expected true or false, got a string"),
    ("nodeSelectr", {"a": "b"}, "spec.template.spec.nodeSelectr: unknown field, did you mean nodeSelector?"),
    ("tolerations", {"key": "x"}, "spec.template.spec.tolerations: expected a list, got a mapping"),
    ("nodeSelector", {"a": True}, "spec.template.spec.nodeSelector.a: expected a string, got a boolean; quote it"),
    ("containers/0/image", "", "spec.template.spec.containers[0].image: required"),
    ("terminationGracePeriodSeconds", "60", "spec.template.spec.terminationGracePeriodSeconds: expected an integer, got a string"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "value", "message"), UNLIKE)
def test_what_a_patch_makes_has_the_types_of_kubernetes_and_no_false_consequences(
    service: ServiceConstruct, field: str, value: object, message: str
) -> None:
    service.deployment.add_json_patch(JsonPatch.add(f"{POD}/{field}", value))
    with pytest.raises(ProofError) as caught:
        written(service)
    assert [f"{each.path}: {each.message}" for each in caught.value.findings if each.severity == "error"] == [message]


def test_a_field_of_another_kind_is_held_against_its_schema(service: ServiceConstruct) -> None:
    assert service.service
    service.service.add_json_patch(JsonPatch.add("/spec/sessionAfinity", "None"))
    with pytest.raises(
        ProofError, match=r"Service shop/api: spec\.sessionAfinity: unknown field, did you mean sessionAffinity\?"
    ):
        written(service)


def test_a_child_that_is_not_there_is_an_error_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    def fill(app: HanzoApp) -> None:
        web = ServiceConstruct(HanzoChart(app, "shop", namespace="shop"), "web", SMALL)
        web.autoscaler.add_json_patch(JsonPatch.add("/spec/minReplicas", 3))  # type: ignore[union-attr]

    with pytest.raises(SystemExit):
        main(fill)
    said = capsys.readouterr().err
    assert said.startswith("error: tests/constructs/test_patches.py:")
    assert 'web.autoscaler.add_json_patch(JsonPatch.add("/spec/minReplicas", 3))' in said
    assert (
        "None has no add_json_patch; a child that a resource does not ask for is None: write the block of the spec"
        in said
    )


def test_other_mistakes_of_a_program_stay_its_own() -> None:
    def fill(_: HanzoApp) -> None:
        None.strip()  # type: ignore[attr-defined]

    with pytest.raises(AttributeError):
        main(fill)


def test_what_patches_need_is_let_through_policies_on_both_sides() -> None:
    app = HanzoApp(platform=Platform(ingress_namespace="ingress"))
    chart = HanzoChart(app, "shop", namespace="shop")
    ports = {"http": 8080, "admin": 9000}
    alone: NetworkPolicyDict = {"allowIntraNamespace": False}
    api = ServiceConstruct(
        chart, "api", {**SMALL, "ports": ports, "networkPolicy": alone, "ingress": {"hosts": ["a.example.com"]}}
    )
    web = ServiceConstruct(chart, "web", {**SMALL, "networkPolicy": {**alone, "egress": []}})
    before = policies(app)
    web.deployment.add_json_patch(JsonPatch.add(f"{POD}/containers/0/args", ["http://api:9000"]))
    lead = {"service": {"name": "api", "port": {"name": "admin"}}}
    api.children["Ingress"].add_json_patch(JsonPatch.add("/spec/defaultBackend", lead))
    after = policies(app)
    pods = [{"podSelector": {"matchLabels": dict(web.resource.selector)}}]
    controller = [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}]
    http, admin = ({"port": number, "protocol": "TCP"} for number in ports.values())
    assert before["api"]["ingress"] == [{"from": controller, "ports": [http]}]
    assert after["api"]["ingress"] == [
        {"from": controller, "ports": [http, admin]},
        {"from": pods, "ports": [admin]},
    ]
    reached = {"to": [{"podSelector": {"matchLabels": dict(api.resource.selector)}}], "ports": [admin]}
    assert reached not in before["web"]["egress"]
    assert reached in after["web"]["egress"]


def test_ports_and_labels_of_patches_are_those_that_others_find() -> None:
    app = HanzoApp(platform=Platform())
    chart = HanzoChart(app, "shop", namespace="shop")
    api = ServiceConstruct(chart, "api", {**SMALL, "networkPolicy": {"allowIntraNamespace": False}})
    ServiceConstruct(chart, "web", {**SMALL, "env": {"A": "http://api:81", "B": "http://front:82"}})
    port = {"name": "more", "containerPort": 8181, "protocol": "TCP"}
    api.deployment.add_json_patch(JsonPatch.add(f"{POD}/containers/0/ports/-", port))
    api.deployment.add_json_patch(JsonPatch.add("/spec/template/metadata/labels/tier", "b"))
    assert api.service
    offered = {"name": "more", "port": 81, "targetPort": 8181, "protocol": "TCP"}
    api.service.add_json_patch(JsonPatch.add("/spec/ports/-", offered))
    front = {"selector": {"tier": "b"}, "ports": [{"port": 82, "targetPort": "more"}]}
    own = ApiObject(chart, "front", api_version="v1", kind="Service", metadata={"name": "front"})
    own.add_json_patch(JsonPatch.add("/spec", front))
    (rule,) = policies(app)["api"]["ingress"]
    assert rule["ports"] == [{"port": 8181, "protocol": "TCP"}]


def policies(app: HanzoApp) -> dict[str, Any]:
    return {each["metadata"]["name"]: each["spec"] for each in app.manifests if each["kind"] == "NetworkPolicy"}
