"""What compiling hands over: children in apply order with ids that stay, the resource itself, and refusals."""

from __future__ import annotations

import re

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import Finding, SpecError
from hanzo_constructs.kube.kinds import apply_rank
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of
from tests.properties.rich import rich


def test_children_have_ids_and_say_what_asks_for_them() -> None:
    document = rich()
    document["spec"]["kmsSecrets"] = [
        {"projectSlug": "a", "envSlug": "b", "credentialsRef": {"name": "c"}, "managedSecretName": name}
        for name in ("first", "second.one")
    ]
    assert [(child.id, child.requested_by) for child in compile_resource(parse(document)).children] == [
        ("KMSSecret-first", "spec.kmsSecrets"),
        ("KMSSecret-second.one", "spec.kmsSecrets"),
        ("NetworkPolicy", "spec.networkPolicy"),
        ("Service", "spec.ports"),
        ("Deployment", "always"),
        ("HorizontalPodAutoscaler", "spec.autoscaling"),
        ("PodDisruptionBudget", "spec.pdb"),
        ("Ingress", "spec.ingress"),
        ("ServiceMonitor", "spec.serviceMonitor"),
    ]


@each_of(VALID)
def test_children_are_in_apply_order(case: Case) -> None:
    for compilation in case.compiled:
        ranks = [apply_rank(manifest["kind"]) for manifest in compilation.manifests]
        assert ranks == sorted(ranks)
        assert len({child.id for child in compilation.children}) == len(compilation.children)


@each_of(VALID)
def test_the_resource_itself_compiles_to_the_same(case: Case) -> None:
    links, _ = case.links
    for compilation in case.compiled:
        again = compile_resource(parse(compilation.resource_manifest, case.platform), case.platform, links=links)
        assert again.manifests == compilation.manifests
        assert again.resource_manifest == compilation.resource_manifest


def test_the_resource_itself_has_the_group_and_namespace_of_the_platform_and_what_was_written() -> None:
    platform = Platform(api_group="lux.cloud", namespace="lux")
    document = {
        "apiVersion": "lux.cloud/v1",
        "kind": "Service",
        "metadata": {"name": "bridge", "labels": {"team": "bridge"}},
        "spec": {"image": {"repository": "ghcr.io/luxfi/bridge", "tag": "v1"}, "replicas": 0},
    }
    assert compile_resource(parse(document, platform), platform).resource_manifest == {
        **document,
        "metadata": {"name": "bridge", "namespace": "lux", "labels": {"team": "bridge"}},
    }


def test_a_refusal_has_the_warnings_too_and_says_which_is_which() -> None:
    document = rich()
    document["spec"]["image"]["tag"] = "latest"
    document["spec"]["replicas"] = 3
    document["spec"]["ingress"]["pathRules"] = []
    document["spec"]["strategy"] = "Recreate"
    document["spec"]["rollout"] = {}
    mounted = {mount["name"] for mount in document["spec"]["volumeMounts"]}
    document["spec"]["volumes"] = [each for each in document["spec"]["volumes"] if each["name"] in mounted]
    with pytest.raises(SpecError) as caught:
        compile_resource(parse(document))
    assert caught.value.findings == (
        Finding(
            '"ghcr.io/hanzoai/api:latest" has the tag latest, so that a restart may bring another image; pin a version',
            "spec.image",
            subject="Service hanzo/api",
            severity="warning",
        ),
        Finding(
            "has no effect beside autoscaling, which owns the count from 2 up; leave it out, got 3",
            "spec.replicas",
            subject="Service hanzo/api",
        ),
    )


@each_of(VALID)
def test_messages_are_in_one_style(case: Case) -> None:
    for compilation in case.compiled:
        for finding in compilation.warnings:
            assert finding.severity == "warning"
            assert not re.search(r"[.\n]\Z|\A[A-Z]", finding.message)
