"""What the table says of types: held against the schemas, and against Kubernetes' own examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.kube.kinds import KINDS
from hanzo_constructs.kube.schemas import FOREIGN, Type, absent_kind, fields_of, kind_type, type_below, type_findings
from hanzo_constructs.kube.schemas.values import VALUES
from hanzo_constructs.kube.yaml import load_all
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of
from tests.kube.examples import EXAMPLES, needs_examples
from tests.kube.test_kinds import BUILT_IN

MERGED = {
    ("apps/v1", "Deployment", "spec.template.spec"): {
        "containers": ("name",),
        "initContainers": ("name",),
        "volumes": ("name",),
        "imagePullSecrets": ("name",),
        "hostAliases": ("ip",),
        "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
        "tolerations": None,
        "readinessGates": None,
    },
    ("apps/v1", "Deployment", "spec.template.spec.containers.0"): {
        "env": ("name",),
        "envFrom": None,
        "ports": ("containerPort", "protocol"),
        "volumeMounts": ("mountPath",),
        "volumeDevices": ("devicePath",),
        "command": None,
    },
    ("v1", "Service", "spec"): {"ports": ("port", "protocol"), "loadBalancerSourceRanges": None},
    ("v1", "Service", "metadata"): {"finalizers": (), "ownerReferences": ("uid",)},
}
"""By which fields Kubernetes tells items of lists apart; published with its API."""


def at(api_version: str, kind: str, place: str = "") -> Type:
    found = kind_type(api_version, kind)
    assert found is not None
    for step in place.split(".") if place else ():
        found = type_below(found, int(step) if step.isdecimal() else step)
    return found


@pytest.mark.parametrize(("where", "keys"), MERGED.items())
def test_lists_are_merged_as_kubernetes_merges_them(
    where: tuple[str, str, str], keys: dict[str, tuple[str, ...] | None]
) -> None:
    fields = fields_of(at(*where).inner)
    assert {field: fields[field].type.keys for field in keys} == keys


@pytest.mark.parametrize("row", BUILT_IN, ids=lambda row: row.name)
def test_every_kind_of_kubernetes_that_is_known_here_has_its_fields(row: Any) -> None:
    assert {"apiVersion", "kind", "metadata"} <= fields_of(at(row.api_version, row.name).inner).keys()


@each_of(VALID)
def test_nothing_that_is_derived_is_unlike_its_type(case: Case) -> None:
    for compilation in case.compiled:
        for manifest in compilation.manifests:
            found = kind_type(manifest["apiVersion"], manifest["kind"])
            assert [*map(str, type_findings(manifest, found or FOREIGN))] == []


@needs_examples
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_kubernetes_itself_writes_is_right(path: Path) -> None:
    (document,) = load_all(path.read_bytes())
    data = document.data
    if (found := kind_type(data.get("apiVersion"), data.get("kind"))) is not None:
        assert [*map(str, type_findings(data, found))] == []


def test_foreign_kinds_have_the_metadata_of_all_kinds() -> None:
    assert kind_type("monitoring.coreos.com/v1", "ServiceMonitor") is None
    assert kind_type("apps/v1beta1", "Deployment") is None
    wrong = {"metadata": {"label": {}, "annotations": {"a": 1}}, "spec": {"anything": [None, 1.5]}}
    assert [*map(str, type_findings(wrong, FOREIGN))] == [
        "metadata.label: unknown field, did you mean labels?",
        "metadata.annotations.a: expected a string, got an integer; quote it",
    ]


WRONG: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"spec": {"replicas": "3"}}, ["spec.replicas: expected an integer, got a string"]),
    ({"spec": {"replicas": True}}, ["spec.replicas: expected an integer, got a boolean"]),
    ({"spec": {"paused": 1}}, ["spec.paused: expected true or false, got an integer"]),
    ({"spec": {"replcas": 3}}, ["spec.replcas: unknown field, did you mean replicas?"]),
    ({"spec": []}, ["spec: expected a mapping, got a list"]),
    ({"spec": {"strategy": {"rollingUpdate": {"maxSurge": []}}}}, ["spec.strategy.rollingUpdate.maxSurge: expected an integer or a string, got a list"]),
    ({"spec": {"template": {"spec": {"containers": {}}}}}, ["spec.template.spec.containers: expected a list, got a mapping"]),
    ({"spec": {"template": {"spec": {"overhead": {"cpu": []}}}}}, ["spec.template.spec.overhead.cpu: expected a quantity, got a list"]),
    ({"spec": {"template": {"spec": {"tolerations": [None]}}}}, ["spec.template.spec.tolerations[0]: must not be null"]),
    ({"spec": {"template": {"spec": {"qqq": 1}}}}, ["spec.template.spec.qqq: unknown field, known are activeDeadlineSeconds, affinity, automountServiceAccountToken, containers, dnsConfig, dnsPolicy, enableServiceLinks, ephemeralContainers, evictionResponders, hostAliases, hostIPC, hostNetwork, ..."]),
    ({"spec": {"template": {"spec": {"hostnameOverride": "a"}}}}, ["spec.template.spec.hostnameOverride: exists since Kubernetes 1.34, but the platform's oldest cluster is 1.30"]),
    ({"spec": {"strategy": {"type": "recreate"}}}, ['spec.strategy.type: must be one of Recreate, RollingUpdate, got "recreate", did you mean Recreate?']),
    ({"spec": {"strategy": {"type": ""}}}, []),
    ({"spec": {"replicas": None, "template": {"spec": {"overhead": {"cpu": 1, "memory": "1Gi"}}}}}, []),
)  # fmt: skip


@pytest.mark.parametrize(("given", "found"), WRONG)
def test_what_is_wrong_is_said(given: dict[str, Any], found: list[str]) -> None:
    wrong = type_findings(given, at("apps/v1", "Deployment"), partial=True, oldest=30)
    assert [*map(str, wrong)] == found


def test_each_item_of_a_list_is_a_word_that_the_field_takes() -> None:
    policy = {"spec": {"policyTypes": ["Ingress", "Outgress"], "podSelector": {}}}
    assert [*map(str, type_findings(policy, at("networking.k8s.io/v1", "NetworkPolicy")))] == [
        'spec.policyTypes[1]: must be one of Egress, Ingress, got "Outgress", did you mean Egress?'
    ]


def test_every_field_that_takes_words_is_a_field() -> None:
    assert [(name, field) for name, field in VALUES if field not in fields_of(name)] == []


def test_what_is_whole_has_what_is_required() -> None:
    findings = type_findings({"spec": {"template": {"spec": {}}}}, at("apps/v1", "Deployment"))
    assert [*map(str, findings)] == ["spec.template.spec.containers: required", "spec.selector: required"]


def test_a_kind_that_is_known_by_its_group_is_in_the_table() -> None:
    assert at("batch/v1", "CronJob").form == "#"
    assert KINDS["CronJob"].api_version == "batch/v1"


@pytest.mark.parametrize(
    ("api_version", "kind", "problem"),
    [
        ("apps/v1", "Deployment", ""),
        ("monitoring.coreos.com/v1", "ServiceMonitor", ""),
        ("apps/v1", "Deploymnt", "no supported version of Kubernetes has apps/v1 Deploymnt, did you mean apps/v1 Deployment?"),
        ("v1", "Configmap", "no supported version of Kubernetes has v1 Configmap, did you mean v1 ConfigMap?"),
    ],
)  # fmt: skip
def test_a_group_of_kubernetes_has_no_other_kinds(api_version: str, kind: str, problem: str) -> None:
    assert absent_kind(api_version, kind) == problem
