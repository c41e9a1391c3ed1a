"""Rules of the company as ValidatingAdmissionPolicies, and the setting `overlay` as one of them."""

from __future__ import annotations

from typing import Any

import pytest
from kubernetes_validate import validate  # type: ignore[import-untyped]

from hanzo_constructs.cel import compiled
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.overlay_policy import overlay_expression, overlay_kinds
from hanzo_constructs.schema.policies import admission_policies
from hanzo_constructs.spec.kinds import kind_names, parse

OPENED = (
    "Deployment.spec.template.spec.hostNetwork",
    "Deployment.spec.template.spec.containers[].stdin",
    'Deployment.metadata.annotations["example.com/a"]',
    "PodDisruptionBudget",
)
OVERLAYS: list[tuple[dict[str, Any], bool]] = [
    ({"Deployment": {"spec": {"template": {"spec": {"hostNetwork": True}}}}}, True),
    ({"Deployment": {"spec": {"template": {"spec": {"hostPID": True}}}}}, False),
    ({"Deployment": {"spec": {"template": {"spec": {"hostNetwork": True, "hostPID": True}}}}}, False),
    ({"Deployment": {"spec": {"template": {"spec": {"containers": [{"name": "web", "stdin": True}]}}}}}, True),
    ({"Deployment": {"spec": {"template": {"spec": {"containers": [{"name": "web", "tty": True}]}}}}}, False),
    ({"Deployment": {"spec": {"paused": True}}}, False),
    ({"Deployment": {"metadata": {"annotations": {"example.com/a": "b"}}}}, True),
    ({"Deployment": {"metadata": {"annotations": {"example.com/b": "b"}}}}, False),
    ({"PodDisruptionBudget": {"metadata": {"annotations": {"example.com/b": "b"}}}}, True),
    (
        {
            "Deployment": {"spec": {"template": {"spec": {"hostNetwork": True}}}},
            "Service": {"spec": {"ipFamilies": ["IPv4"]}},
        },
        False,
    ),
]
"""Overlays, and whether the platform that opens `OPENED` takes them."""


def with_overlay(overlay: dict[str, Any]) -> dict[str, Any]:
    spec = {
        "image": {"repository": "ghcr.io/hanzoai/web", "tag": "v1"},
        "ports": [{"name": "http", "containerPort": 8080}],
        "replicas": 2,
        "pdb": {},
        "overlay": overlay,
    }
    metadata = {"name": "web", "namespace": "default"}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}


def platform(*rules: dict[str, Any], **settings: Any) -> Platform:
    whole = [
        {"name": f"rule-{number}", "expression": "true", "message": "no"} | rule for number, rule in enumerate(rules)
    ]
    return parse_as(Platform, {"output": "resources", "rules": whole, **settings})


RULES: tuple[dict[str, Any], ...] = (
    {"match": {"resources": ["*"]}, "epoch": "2026", "messageExpression": "'a'"},
    {"match": {"resources": ["Service", "LatticeService"]}, "severity": "warning", "reason": "Forbidden"},
    {"match": {"objects": ["apps/Deployment", "Service", "example.com/Thing"]}},
    {"match": {"objects": ["Secret", "ConfigMap"]}, "messageExpression": "'a'"},
)


@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_policies_are_what_kubernetes_takes(version: str) -> None:
    manifests = admission_policies(platform(*RULES, overlay=[*OPENED])).manifests
    assert [each["kind"] for each in manifests] == ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"] * 5
    for manifest in manifests:
        validate(manifest, version, strict=True)


def test_a_policy_says_what_the_rule_says() -> None:
    first, binding, second, warning, third, _, fourth, _ = admission_policies(platform(*RULES)).manifests
    assert (
        first["metadata"]["name"] == binding["metadata"]["name"] == binding["spec"]["policyName"] == "rule-0.hanzo.ai"
    )
    assert first["spec"]["validations"] == [{"expression": "true", "message": "no", "messageExpression": "'a'"}]
    assert first["spec"]["matchConditions"][0]["expression"] == (
        "object.metadata.?annotations[?'hanzo.ai/epoch'].orValue('2026') in ['2026']"
    )
    plurals = [each["resources"] for each in first["spec"]["matchConstraints"]["resourceRules"]]
    assert len([name for names in plurals for name in names]) == len(kind_names())
    assert second["spec"]["validations"][0]["reason"] == "Forbidden"
    assert [each["apiGroups"] for each in second["spec"]["matchConstraints"]["resourceRules"]] == [
        ["hanzo.ai"],
        ["lattice.dev"],
    ]
    assert (binding["spec"]["validationActions"], warning["spec"]["validationActions"]) == (["Deny"], ["Warn"])
    assert [
        (each["apiGroups"], each["apiVersions"], each["resources"])
        for each in third["spec"]["matchConstraints"]["resourceRules"]
    ] == [([""], ["v1"], ["services"]), (["apps"], ["v1"], ["deployments"]), (["example.com"], ["*"], ["things"])]
    assert "messageExpression" not in fourth["spec"]["validations"][0]


def test_what_no_cluster_can_ask_is_left_out_with_the_reason() -> None:
    rules = (
        {"match": {"set": True}},
        {"match": {"resources": ["Service"]}},
        {"match": {"objects": ["ConfigMap"]}, "epoch": "2026"},
        {"match": {"objects": ["ConfigMap"]}, "epoch": "2025"},
    )
    found = admission_policies(platform(*rules, output="children", overlay="deny"))
    assert [each["metadata"]["name"] for each in found.manifests] == ["rule-3.hanzo.ai"] * 2
    no_resources = "is asked of resources, and output is children, so that no cluster gets to see one"
    assert found.left_out == [
        ("rule-0", "is asked of the set, and a cluster admits one object at a time"),
        ("rule-1", no_resources),
        ("rule-2", "holds from epoch 2026 on, and objects do not say in which epoch their resource is"),
        ("overlay", no_resources),
    ]


def _refusals(document: dict[str, Any]) -> list[str]:
    """Return what compiling refuses of *document*, each once."""
    try:
        compile_resource(parse(document), Platform(overlay=OPENED))
    except SpecError as error:
        return sorted({finding.message for finding in error.findings if finding.severity == "error"})
    return []


@pytest.mark.parametrize(("overlay", "is_open"), OVERLAYS)
def test_the_gate_for_overlays_says_as_a_policy_what_compiling_says(overlay: dict[str, Any], *, is_open: bool) -> None:
    document = with_overlay(overlay)
    assert _refusals(document) == (
        [] if is_open else [f"is not allowed: the setting overlay of the platform opens {', '.join(OPENED)}"]
    )
    for places, verdict in ((OPENED, is_open), ((), False)):
        assert compiled(overlay_expression(places), ("object",)).value(object=document) is verdict
    del document["spec"]["overlay"]
    assert compiled(overlay_expression(OPENED), ("object",)).value(object=document) is True


def test_a_place_around_another_opens_it_too() -> None:
    for places in (("Deployment.spec", "Deployment.spec.paused"), ("Deployment.spec.paused", "Deployment.spec")):
        expression = compiled(overlay_expression(places), ("object",))
        assert expression.value(object=with_overlay({"Deployment": {"spec": {"minReadySeconds": 1}}})) is True
        assert expression.value(object=with_overlay({"Deployment-canary": {"metadata": {}}})) is False


def test_every_kind_with_an_overlay_is_asked() -> None:
    assert {*overlay_kinds()} == {*kind_names()}
