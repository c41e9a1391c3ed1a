"""The strict schemas know what each version of Kubernetes knows, and the compiler keeps to them."""

from __future__ import annotations

import copy

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify.checks.fields import LISTS, MAPPINGS, OTHERS
from tests.kubernetes_schemas import SUPPORTED, fields_of, knows, schema_errors
from tests.verify.pieces import service
from tests.verify.test_prover import EVERYTHING, SCALED


@pytest.mark.parametrize("version", SUPPORTED)
@pytest.mark.parametrize("spec", [EVERYTHING, SCALED, ""], ids=["everything", "scaled", "least"])
def test_what_the_compiler_makes_for_a_version_is_valid_there(spec: str, version: str) -> None:
    compilation = service(spec).compilation
    assert compilation is not None
    resource = compilation.resource_manifest
    platform = Platform(kubernetes=version)
    manifests = compile_resource(parse(resource, platform), platform).manifests
    assert [error for manifest in manifests for error in schema_errors(manifest, version)] == []
    assert {manifest["kind"] for manifest in manifests if not knows(manifest, version)} <= {
        "KMSSecret",
        "ServiceMonitor",
    }


def test_unknown_fields_wrong_types_and_missing_fields_are_all_reported() -> None:
    compilation = service("ports: [{name: http, containerPort: 80}]").compilation
    assert compilation is not None
    deployment = copy.deepcopy(next(each for each in compilation.manifests if each["kind"] == "Deployment"))
    deployment["spec"]["replicas"] = "two"
    deployment["spec"]["template"]["spec"]["containers"][0]["imag"] = "a"
    del deployment["spec"]["selector"]
    assert sorted(schema_errors(deployment, "1.37")) == [
        'spec.replicas: "two" is not of types "null", "integer"',
        "spec.template.spec.containers[0]: Additional properties are not allowed ('imag' was unexpected)",
        'spec: "selector" is a required property',
    ]


def test_a_field_is_unknown_before_it_exists() -> None:
    compilation = service().compilation
    assert compilation is not None
    (deployment,) = compilation.manifests
    assert schema_errors(deployment, "1.27") == [
        "spec.template.spec.containers[0].lifecycle.preStop: Additional properties are not allowed ('sleep' was unexpected)"
    ]
    assert schema_errors(deployment, "1.30") == []


def test_every_field_of_a_pod_is_known() -> None:
    assert {*LISTS, *MAPPINGS, *OTHERS} == fields_of("PodSpec", SUPPORTED[-1])
