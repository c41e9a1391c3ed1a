"""Every object that a golden case compiles to is one that Kubernetes takes, in every version that it is meant for."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import PlatformError, SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform, kubernetes_minor
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of
from tests.kubernetes_schemas import SUPPORTED, knows, schema_errors
from tests.properties.third_party import third_party_errors

pytestmark = pytest.mark.thorough

VERSIONS = [f"1.{minor}" for minor in range(25, 38)]
"""Every version that a platform may name."""


def of_version(platform: Platform, version: str) -> Platform | None:
    """Return *platform* with *version* as its oldest cluster; None where that is too old for another setting."""
    with suppress(PlatformError):
        return parse_as(Platform, platform.model_dump(mode="json", by_alias=True) | {"kubernetes": version})
    return None


def refused(manifest: dict[str, Any], version: str) -> list[str]:
    """Return what a cluster of *version* finds wrong; a kind that nobody knows is wrong too."""
    if (errors := third_party_errors(manifest)) is not None:
        return errors
    return schema_errors(manifest, version) if knows(manifest, version) else [f"{manifest['kind']} is unknown"]


@each_of(VALID)
def test_what_is_compiled_for_a_cluster_is_valid_there(case: Case) -> None:
    links, _ = case.links
    errors = []
    for version in VERSIONS:
        manifests: list[dict[str, Any]] = []
        platform = of_version(case.platform, version)
        for document in case.documents if platform else ():
            with suppress(SpecError):  # a field that is too new for the version
                manifests += compile_resource(parse(document, platform), platform, links=links).manifests
        errors += [(version, each["kind"], error) for each in manifests for error in refused(each, version)]
    assert not errors


@each_of(VALID)
def test_what_is_compiled_for_the_oldest_cluster_is_valid_in_newer_ones(case: Case) -> None:
    newer = [version for version in SUPPORTED if kubernetes_minor(version) >= case.platform.kubernetes_minor]
    manifests = [manifest for compilation in case.compiled for manifest in compilation.manifests]
    assert manifests
    errors = [
        (version, manifest["kind"], error)
        for version in newer
        for manifest in manifests
        for error in refused(manifest, version)
    ]
    assert not errors


def test_a_platform_may_name_these_versions_and_no_others() -> None:
    def named(version: str) -> bool:
        with suppress(PlatformError):
            return Platform(kubernetes=version).kubernetes == version
        return False

    assert [version for minor in range(100) if named(version := f"1.{minor}")] == VERSIONS


def test_few_golden_cases_are_too_new_for_the_oldest_version() -> None:
    def compiles(case: Case) -> bool:
        platform = of_version(case.platform, SUPPORTED[0])
        links, _ = case.links
        with suppress(SpecError):
            documents = case.documents
            return platform is not None and all(
                compile_resource(parse(each, platform), platform, links=links).children for each in documents
            )
        return False

    assert {case.name for case in VALID if not compiles(case)} == {
        "base/rollout-1.37",
        "base/rollout-against-the-quorum",
        "base/workload-fields",
        "base/workload-fields-2025",
        "datastore/generations-restricted-2025",
        "datastore/user-namespaces",
        "datastore/workload-fields",
        "datastore/workload-fields-2025",
        "inference_service/autoscaling-to-zero",
        "inference_service/dra",
        "inference_service/workload-fields",
        "service/env-from-a-file",
        "service/init-containers",
        "service/name-resolution",
        "service/network-policy-ports",
        "service/placement",
        "service/ports-of-sidecars",
        "service/rollout-slow-start",
        "service/service-options",
        "service/services",
        "service/sidecars-restart-policies",
        "service/sidecars-stop-last",
        "service/supplemental-groups",
        "service/traffic-distribution",
        "service/traffic-distribution-1.31",
        "service/user-namespaces",
        "service/volume-mounts",
        "service/volumes-from-the-cluster",
        "service/volumes-storage",
        "task/adopt",
        "task/everything",  # a job whose sidecars run on never ends
        "task/overlay",
        "task/sidecars",
        "task/sidecars-that-end",
    }


@pytest.mark.parametrize(
    ("place", "value", "error"),
    [
        (("spec", "replica"), 3, "spec: Additional properties are not allowed ('replica' was unexpected)"),
        (("spec", "replicas"), "two", 'spec.replicas: "two" is not of types "null", "integer"'),
    ],
)
def test_an_invalid_object_is_noticed(place: tuple[str, str], value: object, error: str) -> None:
    (case,) = (case for case in VALID if case.name == "service/minimal")
    manifest = case.compilations()[0].manifests[-1]
    manifest[place[0]][place[1]] = value
    assert refused(manifest, "1.30") == [error]


def test_an_invalid_object_of_a_third_party_is_noticed() -> None:
    (case,) = (case for case in VALID if case.name == "service/everything")
    secret, *_, monitor = case.compilations()[0].manifests
    secret["spec"]["hostApi"] = secret["spec"].pop("hostAPI")
    monitor["spec"]["endpoints"][0]["interval"] = "often"
    assert len(refused(secret, "1.30")) == 2
    assert len(refused(monitor, "1.30")) == 1
