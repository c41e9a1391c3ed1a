"""What installs the operator: its objects fit together, and its role is what it needs."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from hanzo_constructs import Platform
from hanzo_constructs.controller.manifests import operator_manifests
from hanzo_constructs.controller.permissions import CHILD_VERBS, rules
from hanzo_constructs.kube.kinds import KINDS as KUBERNETES_KINDS
from hanzo_constructs.operator.status import CATEGORIES
from hanzo_constructs.spec.kinds import KINDS
from tests.golden.cases import VALID
from tests.kubernetes_schemas import schema_errors

_KIND = re.compile(r"^kind: (\w+)$", re.MULTILINE)
PLATFORM = Platform()
IMAGE = "ghcr.io/acme/operator:v1"


@pytest.fixture(scope="module")
def installed() -> list[Any]:
    return operator_manifests(Platform(namespace="shop", epoch="2025"), "hanzo-system", IMAGE)


def one(found: list[Any], kind: str) -> Any:
    (each,) = [each for each in found if each["kind"] == kind]
    return each


def granted(found: list[Any]) -> set[tuple[str, str, str]]:
    return {
        (group, resource, verb)
        for rule in found
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def test_everything_is_there_and_namespaces_come_first(installed: list[Any]) -> None:
    assert Counter(each["kind"] for each in installed) == {
        "Namespace": 1,
        "CustomResourceDefinition": len(KINDS) + 1,
        "ServiceAccount": 1,
        "ClusterRole": 1,
        "ClusterRoleBinding": 1,
        "ConfigMap": 1,
        "NetworkPolicy": 1,
        "Service": 1,
        "Deployment": 1,
        "PodDisruptionBudget": 1,
        "ValidatingAdmissionPolicy": 1,
        "ValidatingAdmissionPolicyBinding": 1,
    }
    assert installed[0]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    builtin = [each for each in installed if each["kind"] != "CustomResourceDefinition"]
    assert not [error for each in builtin for error in schema_errors(each, "1.30")]


def test_the_workload_runs_what_the_settings_say(installed: list[Any]) -> None:
    deployment, account = one(installed, "Deployment"), one(installed, "ServiceAccount")
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert container["args"] == ["operator", "run", "--all-namespaces", "--platform", "/etc/hanzo/hanzo.yaml"]
    assert container["image"] == IMAGE
    assert pod["serviceAccountName"] == account["metadata"]["name"]
    assert pod["automountServiceAccountToken"] is True
    assert one(installed, "ConfigMap")["data"] == {"hanzo.yaml": 'namespace: shop\nepoch: "2025"\n'}
    (subject,) = one(installed, "ClusterRoleBinding")["subjects"]
    assert (subject["name"], subject["namespace"]) == (account["metadata"]["name"], account["metadata"]["namespace"])


def test_for_some_namespaces_there_is_no_role_beyond_them() -> None:
    found = operator_manifests(PLATFORM, "hanzo-system", IMAGE, ["lab", "shop"])
    roles = [each for each in found if each["kind"] == "Role"]
    assert [each["metadata"]["namespace"] for each in roles] == ["lab", "shop"]
    assert not [each for each in found if each["kind"] in {"ClusterRole", "ClusterRoleBinding"}]
    assert one(found, "Deployment")["spec"]["template"]["spec"]["containers"][0]["args"][2:6] == [
        "--namespace", "lab", "--namespace", "shop",
    ]  # fmt: skip
    assert not [each for each in granted(roles[0]["rules"]) if each[1] == "storageclasses"]


def test_every_kind_that_is_derived_may_be_applied_and_nothing_else(golden_kinds: set[tuple[str, str]]) -> None:
    children = {(KUBERNETES_KINDS[name].group, KUBERNETES_KINDS[name].plural) for name in CATEGORIES}
    assert children == golden_kinds
    found = granted(rules(PLATFORM))
    assert {each for each in found if each[:2] in children} == {
        (*each, verb) for each in children for verb in CHILD_VERBS
    }
    assert not [each for each in found if "*" in each or each[1] in {"secrets", "pods", "pods/exec", "nodes"}]


@pytest.fixture(scope="module")
def golden_kinds() -> set[tuple[str, str]]:
    """What the golden cases compile to: group and plural of each kind."""
    names = {kind for case in VALID for kind in _KIND.findall(case.stored["output.yaml"])}
    return {(KUBERNETES_KINDS[name].group, KUBERNETES_KINDS[name].plural) for name in names - {*KINDS} | {"Service"}}


def test_older_clusters_get_no_policy_that_they_do_not_know() -> None:
    found = operator_manifests(Platform(kubernetes="1.29"), "hanzo-system", IMAGE)
    assert not [each for each in found if each["kind"].startswith("ValidatingAdmission")]
