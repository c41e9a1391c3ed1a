"""A resource may own several workloads: each Service, budget and autoscaler means the pods of one, and the proof holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from hanzo_constructs.children.cluster_service import cluster_service
from hanzo_constructs.children.deployment import deployment
from hanzo_constructs.children.horizontal_pod_autoscaler import horizontal_pod_autoscaler
from hanzo_constructs.children.network_policy import network_policy
from hanzo_constructs.children.pod import pod_template
from hanzo_constructs.children.pod_disruption_budget import pod_disruption_budget
from hanzo_constructs.children.service_monitor import service_monitor
from hanzo_constructs.compiler.child import Child
from hanzo_constructs.compiler.compilation import Compilation
from hanzo_constructs.compiler.dispatch import rules_of
from hanzo_constructs.compiler.owner import pods_of
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.kube.owner import Pods
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform, Rules
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.network_policy import NetworkPolicy
from hanzo_constructs.spec.observability import ServiceMonitor
from hanzo_constructs.spec.scaling import Autoscaling, PodDisruptionBudget
from hanzo_constructs.spec.service import Service
from hanzo_constructs.verify import prove
from tests.verify.pieces import texts

VARIANT = "example.com/variant"
MODEL = """
{apiVersion: hanzo.ai/v1, kind: Service, metadata: {name: model, namespace: shop}, spec: {
  image: {repository: ghcr.io/hanzoai/engine, tag: v1.2.3}, ports: [{name: http, containerPort: 8080}]}}
"""


def variant(pods: Pods, name: str) -> Pods:
    own = {VARIANT: name}
    return Pods(pods.owner, f"{pods.name}-{name}", {**pods.labels, **own}, {**pods.selector, **own})


def workload(pods: Pods, service: Service, rules: Rules) -> Iterator[Child]:
    """Yield a Deployment of *pods*, and everything that counts on them alone."""
    resources = {"requests": {"cpu": "1", "memory": "1Gi"}}
    main = {
        "name": "main",
        "image": "ghcr.io/hanzoai/engine:v1.2.3",
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "resources": resources,
    }
    template = pod_template(pods, [main], rules=rules, spread="pod-template-hash", annotations={}, pod={})
    runs = deployment(pods, template, replicas=None, strategy="RollingUpdate", rollout=None, rules=rules)
    yield Child(f"Deployment-{pods.name}", runs, "always", pods=pods)
    yield Child(f"Service-{pods.name}", cluster_service(pods, service.spec.ports), "always")
    budget = PodDisruptionBudget(max_unavailable=1)
    yield Child(f"PodDisruptionBudget-{pods.name}", pod_disruption_budget(pods, budget, rules=rules), "always")
    scaler = horizontal_pod_autoscaler(pods, Autoscaling(max_replicas=3), max_replicas=3, target_kind="Deployment")
    yield Child(f"HorizontalPodAutoscaler-{pods.name}", scaler, "always")
    monitor = service_monitor(pods, ServiceMonitor(), ports=service.spec.ports)
    yield Child(f"ServiceMonitor-{pods.name}", monitor, "always")


def canary(service: Service, pods: Pods, rules: Rules) -> Iterator[Child]:
    """Yield the children of a kind with a canary: a Service and a policy for all pods, and the rest for each variant."""
    policy = network_policy(pods, NetworkPolicy(), ports=[(8080, "TCP")], admitted=())
    yield Child("NetworkPolicy", policy, "always", pods=pods)
    yield Child("Service", cluster_service(pods, service.spec.ports, role="client"), "always")
    for name in ("primary", "canary"):
        yield from workload(variant(pods, name), service, rules)


def compiled() -> Compilation:
    (document,) = load_all(MODEL)
    service = parse(document.data)
    assert isinstance(service, Service)
    rules = rules_of(service, Platform())
    pods = pods_of(service, rules, version="v1.2.3")
    return Compilation(service, rules, pods.owner, tuple(canary(service, pods, rules)), ())


def changed(compilation: Compilation, id: str, **child: Any) -> Compilation:  # noqa: A002 - as in Child
    return replace(
        compilation, children=tuple(replace(each, **child) if each.id == id else each for each in compilation.children)
    )


def meant(manifest: Manifest, compilation: Compilation) -> list[str]:
    """Return the workloads whose pods *manifest* means."""
    spec = manifest["spec"]
    if target := spec.get("scaleTargetRef"):
        return [target["name"]]
    selector = spec.get("selector", spec.get("podSelector"))
    labels = selector.get("matchLabels", selector)
    things = [each for each in compilation.manifests if each["kind"] == "Deployment"]
    return [
        each["metadata"]["name"]
        for each in things
        if labels.items() <= each["spec"]["template"]["metadata"]["labels"].items()
    ]


def test_each_object_means_the_pods_of_the_workload_whose_name_it_bears_or_all() -> None:
    compilation = compiled()
    assert texts(prove([compilation])) == []
    assert {each.name for each in compilation.pods} == {"model", "model-primary", "model-canary"}
    for manifest in compilation.manifests:
        if manifest["kind"] != "ServiceMonitor":
            name = manifest["metadata"]["name"]
            assert meant(manifest, compilation) == (["model-primary", "model-canary"] if name == "model" else [name])


def test_a_selector_of_a_workload_that_catches_the_pods_of_another_is_refused() -> None:
    compilation = compiled()
    common = compilation.pods[0]
    (wide,) = (each for each in compilation.pods if each.name == "model-canary")
    wide = replace(wide, selector=common.selector)
    service = compilation.resource
    assert isinstance(service, Service)
    children = [each for each in workload(wide, service, compilation.rules) if each.pods]
    found = texts(prove([changed(compilation, "Deployment-model-canary", manifest=children[0].manifest, pods=wide)]))
    assert (
        "Deployment shop/model-canary: spec.selector: app.kubernetes.io/name=model,app.kubernetes.io/instance=model"
        " matches the pods of Deployment shop/model-primary too"
    ) in found


@pytest.mark.parametrize(
    ("kind", "place"), [("Service", "spec.selector"), ("PodDisruptionBudget", "spec.selector.matchLabels")]
)
def test_what_selects_other_pods_than_those_whose_name_it_bears_is_refused(kind: str, place: str) -> None:
    compilation = compiled()
    children = {each.id: each.manifest for each in compilation.children}
    other = children[f"{kind}-model-primary"]
    wrong = {**other, "metadata": {**other["metadata"], "name": "model-canary"}}
    known = "app.kubernetes.io/name=model,app.kubernetes.io/instance=model,example.com/variant"
    assert (
        f"{kind} shop/model-canary: {place}: must select pods of its resource ({known}=canary), got {known}=primary"
    ) in texts(prove([changed(compilation, f"{kind}-model-canary", manifest=wrong)]))


def test_a_workload_without_pods_of_its_own_is_refused() -> None:
    found = texts(prove([changed(compiled(), "Deployment-model-canary", pods=None)]))
    assert (
        "Deployment shop/model-canary: metadata.name: must be the name of pods that the resource declares, declared are"
        " model, model-primary"
    ) in found
