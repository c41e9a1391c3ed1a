"""Together with cdk8s-plus: its objects in our specs, our constructs in its hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cdk8s_plus_27 as plus
import pytest
from cdk8s import ApiObjectMetadata, App, Chart

from hanzo_constructs import HanzoApp, HanzoChart, Platform, ServiceConstruct, ServiceDict, SpecError
from hanzo_constructs.spec.dicts import EnvVarDict, ResourceRequirementsDict, VolumeMountDict
from hanzo_constructs.testing import Manifests, manifests

pytestmark = pytest.mark.node

IMAGE = "ghcr.io/hanzoai/api:v1"


@pytest.fixture(params=["waiting", "real", "plain"])
def chart(request: pytest.FixtureRequest) -> Chart:
    if request.param == "plain":
        return Chart(App(), "shop", namespace="shop")
    app = HanzoApp(platform=Platform())
    chart = HanzoChart(app, "shop", namespace="shop")
    if request.param == "real":
        assert app.node.children
    return chart


def named(name: str) -> ApiObjectMetadata:
    return ApiObjectMetadata(name=name)


def container(service: ServiceConstruct) -> Any:
    return service._manifests["Deployment"]["spec"]["template"]["spec"]["containers"][0]


# -- its objects in our specs --


def test_values_of_environment_variables(chart: Chart) -> None:
    secret = plus.Secret(chart, "secret", metadata=named("db"), string_data={"password": "not-a-real-one"})
    variables = {
        "PLAIN": plus.EnvValue.from_value("yes"),
        "PASSWORD": secret.env_value("password"),
        "POD": plus.EnvValue.from_field_ref(plus.EnvFieldPaths.POD_NAME),
    }
    expected = [
        {"name": "PLAIN", "value": "yes"},
        {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"key": "password", "name": "db"}}},
        {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
    ]
    by_mapping = ServiceConstruct(chart, "a", {"image": IMAGE, "env": variables})
    listed: list[EnvVarDict] = [{"name": name, "value": value} for name, value in variables.items()]
    by_list = ServiceConstruct(chart, "b", {"image": IMAGE, "env": listed})
    assert container(by_mapping)["env"] == container(by_list)["env"] == expected
    assert manifests(chart)["Secret"]


def test_objects_that_have_a_name(chart: Chart) -> None:
    secret = plus.Secret(chart, "secret", metadata=named("db"), string_data={"password": "not-a-real-one"})
    elsewhere = plus.Secret.from_secret_name(chart, "elsewhere", "pull")
    config = plus.ConfigMap(chart, "config", metadata=named("settings"), data={"mode": "fast"})
    account = plus.ServiceAccount(chart, "account", metadata=named("runner"))
    spec: ServiceDict = {
        "image": IMAGE,
        "env": {"MODE": {"configMapKeyRef": {"name": config, "key": "mode"}}},
        "envFrom": [config, secret, elsewhere, {"prefix": "DB_", "secretRef": {"name": secret}}],
        "imagePullSecrets": [elsewhere, {"name": secret}],
        "serviceAccountName": account,
        "volumes": ({"name": "db", "secret": {"secretName": secret}},),
        "volumeMounts": [{"name": "db", "mountPath": "/db"}],
        "kmsSecrets": [
            {"projectSlug": "shop", "envSlug": "prod", "credentialsRef": elsewhere, "managedSecretName": "kms"}
        ],
    }
    service = ServiceConstruct(chart, "api", spec)
    pod = service._manifests["Deployment"]["spec"]["template"]["spec"]
    assert container(service)["env"][0]["valueFrom"]["configMapKeyRef"] == {"name": "settings", "key": "mode"}
    assert container(service)["envFrom"] == [
        {"configMapRef": {"name": "settings"}},
        {"secretRef": {"name": "db"}},
        {"secretRef": {"name": "pull"}},
        {"prefix": "DB_", "secretRef": {"name": "db"}},
    ]
    assert (pod["serviceAccountName"], pod["imagePullSecrets"]) == ("runner", [{"name": "pull"}, {"name": "db"}])
    assert pod["volumes"] == [{"name": "db", "secret": {"secretName": "db"}}]
    assert service._manifests["KMSSecret-kms"]["spec"]["credentialsRef"]["name"] == "pull"
    assert len(manifests(chart)) == len(service.manifests) + 3


def test_volumes_come_with_their_source(chart: Chart) -> None:
    config = plus.ConfigMap(chart, "config", metadata=named("settings"))
    volumes = [
        plus.Volume.from_config_map(chart, "a", config, name="config", optional=True),
        plus.Volume.from_empty_dir(chart, "b", "cache", medium=plus.EmptyDirMedium.MEMORY),
        plus.Volume.from_host_path(chart, "c", "host", path="/srv"),
    ]
    mounts: list[VolumeMountDict] = [{"name": volume, "mountPath": f"/{volume.name}"} for volume in volumes]
    service = ServiceConstruct(chart, "api", {"image": IMAGE, "volumes": volumes, "volumeMounts": mounts})
    assert service._manifests["Deployment"]["spec"]["template"]["spec"]["volumes"] == [
        {"name": "config", "configMap": {"name": "settings", "optional": True}},
        {"name": "cache", "emptyDir": {"medium": "Memory"}},
        {"name": "host", "hostPath": {"path": "/srv", "type": ""}},
    ]
    assert [each["name"] for each in container(service)["volumeMounts"]] == ["config", "cache", "host"]
    assert len(manifests(chart)) == 2


def test_what_does_not_fit_is_named(chart: Chart) -> None:
    probe = plus.Probe.from_http_get("/")
    with pytest.raises(SpecError) as failed:
        ServiceConstruct(chart, "api", {"image": IMAGE, "livenessProbe": probe})  # type: ignore[arg-type]
    assert "spec.livenessProbe: expected a mapping, got a Python Probe" in str(failed.value)


def test_the_spec_of_the_user_is_left_as_it_is(chart: Chart) -> None:
    value = plus.EnvValue.from_value("yes")
    spec: ServiceDict = {"image": IMAGE, "env": [{"name": "A", "value": value}]}
    ServiceConstruct(chart, "a", spec)
    assert spec == {"image": IMAGE, "env": [{"name": "A", "value": value}]}


# -- our constructs in its hands --

RESOURCES: ResourceRequirementsDict = {"requests": {"cpu": "100m", "memory": "64Mi"}}


def found(chart: Chart) -> Manifests:
    return manifests(chart)


def test_an_autoscaler_of_cdk8s_plus_owns_the_replicas(chart: Chart) -> None:
    service = ServiceConstruct(chart, "api", {"image": IMAGE, "resources": RESOURCES})
    before = service.has_autoscaler
    plus.HorizontalPodAutoscaler(chart, "scaler", target=service, max_replicas=4)
    assert (before, service.has_autoscaler) == (False, True)
    target = found(chart)["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert target == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"}
    assert "replicas" not in found(chart)["Deployment", "api"]["spec"]


def scaled(spec: Any) -> Callable[[Chart], Any]:
    def make(chart: Chart) -> None:
        whole: Any = {"image": IMAGE, "resources": RESOURCES, **spec}
        service = ServiceConstruct(chart, "api", whole)
        plus.HorizontalPodAutoscaler(chart, "scaler", target=service, max_replicas=4)

    return make


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (scaled({"autoscaling": {"maxReplicas": 3}}), "Service shop/api: spec.autoscaling: an autoscaler scales it already"),
        (scaled({"replicas": 3}), "Service shop/api: spec.replicas: has no effect beside an autoscaler; leave it out"),
    ],
)  # fmt: skip
def test_two_owners_of_the_replicas_are_refused(chart: Chart, make: Callable[[Chart], Any], message: str) -> None:
    with pytest.raises(RuntimeError, match=message):
        make(chart)


def test_the_second_autoscaler_is_refused(chart: Chart) -> None:
    service = ServiceConstruct(chart, "api", {"image": IMAGE, "resources": RESOURCES})
    plus.HorizontalPodAutoscaler(chart, "one", target=service, max_replicas=4)
    with pytest.raises(RuntimeError, match="an autoscaler scales it already"):
        plus.HorizontalPodAutoscaler(chart, "two", target=service, max_replicas=4)


def test_in_the_old_epoch_the_autoscaler_wins_over_replicas(chart: Chart) -> None:
    old = {"hanzo.ai/epoch": "2025"}
    service = ServiceConstruct(chart, "api", {"image": IMAGE, "replicas": 3, "resources": RESOURCES}, annotations=old)
    plus.HorizontalPodAutoscaler(chart, "scaler", target=service, max_replicas=4)
    assert "replicas" not in found(chart)["Deployment", "api"]["spec"]


def test_an_autoscaler_without_anything_to_measure_is_refused_by_cdk8s_plus(chart: Chart) -> None:
    service = ServiceConstruct(chart, "api", {"image": IMAGE})
    plus.HorizontalPodAutoscaler(chart, "scaler", target=service, max_replicas=4)
    with pytest.raises(RuntimeError, match="every container in the target must have a CPU or memory resource"):
        chart.to_json()


def test_its_network_policies_and_services_select_our_pods(chart: Chart) -> None:
    api = ServiceConstruct(chart, "api", {"image": IMAGE, "ports": {"http": 8080}})
    web = ServiceConstruct(chart, "web", {"image": IMAGE})
    rule = plus.NetworkPolicyRule(peer=web, ports=[plus.NetworkPolicyPort.tcp(8080)])
    plus.NetworkPolicy(chart, "policy", selector=api, ingress=plus.NetworkPolicyTraffic(rules=[rule]))
    plus.Service(chart, "front", ports=[plus.ServicePort(port=80, target_port=8080)]).select(api)
    policy = found(chart)["NetworkPolicy"]
    assert policy["metadata"]["namespace"] == "shop"
    assert policy["spec"]["podSelector"]["matchLabels"] == api.compilation.pods[0].selector
    (peer,) = policy["spec"]["ingress"][0]["from"]
    assert peer["podSelector"]["matchLabels"] == web.compilation.pods[0].selector
    front = next(each for each in found(chart).of_kind("Service") if each["metadata"]["name"] != "api")
    assert front["spec"]["selector"] == api.compilation.pods[0].selector


def test_its_workloads_connect_to_ours(chart: Chart) -> None:
    service = ServiceConstruct(chart, "api", {"image": IMAGE, "ports": {"http": 8080}})
    deployment = plus.Deployment(chart, "caller", containers=[plus.ContainerProps(image="caller:v1")])
    deployment.connections.allow_to(service)
    selected = [each["spec"]["podSelector"]["matchLabels"] for each in found(chart).of_kind("NetworkPolicy")]
    assert service.compilation.pods[0].selector in selected
