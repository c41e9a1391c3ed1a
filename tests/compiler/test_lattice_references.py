"""What references of a LatticeService stand for: the Services that are called by that name, and the objects it mounts."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.compilation import Compilation
from hanzo_constructs.compiler.link_index import LinkIndex
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.compiler.resource_ties import ties_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(namespace="shop")
AMOUNTS = {part: {"cpu": "100m", "memory": "128Mi"} for part in ("requests", "limits")}


def document(resources: dict[str, Any], spec: dict[str, Any] | None = None, **container: Any) -> dict[str, Any]:
    main = {"image": f"ghcr.io/acme/x@sha256:{'0a' * 32}", "resources": AMOUNTS, **container}
    workload = {"containers": {"main": main}, "resources": resources}
    whole = {"replicas": 1, "workload": workload, **(spec or {})}
    return {
        "apiVersion": "lattice.dev/v1alpha1",
        "kind": "LatticeService",
        "metadata": {"name": "caller"},
        "spec": whole,
    }


def compiled(found: dict[str, Any]) -> Compilation:
    return compile_resource(parse(found, PLATFORM), PLATFORM)


MODEL = {
    "apiVersion": "hanzo.ai/v1",
    "kind": "InferenceService",
    "metadata": {"name": "llm"},
    "spec": {
        "modelRef": "llama",
        "port": 9000,
        "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
    },
}
API = {
    "apiVersion": "hanzo.ai/v1",
    "kind": "Service",
    "metadata": {"name": "api"},
    "spec": {
        "image": {"repository": "ghcr.io/acme/api", "tag": "v1"},
        "ports": [{"name": "http", "containerPort": 80}, {"name": "grpc", "containerPort": 9090}],
        "services": [{"name": "api-grpc", "ports": ["grpc"]}],
    },
}


@pytest.mark.parametrize(
    ("other", "service", "url"),
    [
        (MODEL, "llm-svc", "http://llm-svc.shop.svc.cluster.local:9000"),
        (API, "api", "http://api.shop.svc.cluster.local:80"),
        (API, "api-grpc", "grpc://api-grpc.shop.svc.cluster.local:9090"),
    ],
)
def test_a_service_is_known_by_its_own_name(other: dict[str, Any], service: str, url: str) -> None:
    calls = {service: {"type": "service", "direction": "outbound"}}
    caller = parse(document(calls, variables={"URL": f"${{resources.{service}.url}}"}), PLATFORM)
    callee = parse(other, PLATFORM)
    links, _ = links_of([caller, callee], PLATFORM)
    index = LinkIndex[str]()
    for key, resource in (("callee", callee), ("caller", caller)):
        index.add(key, ties_of(resource, PLATFORM))
    for each in (links, index.links(ties_of(caller, PLATFORM))):
        found = compile_resource(caller, PLATFORM, links=each)
        assert not found.warnings
        (deployment,) = (child for child in found.manifests if child["kind"] == "Deployment")
        assert deployment["spec"]["template"]["spec"]["containers"][0]["env"] == [{"name": "URL", "value": url}]
    index.remove("callee")
    (warning,) = [
        each
        for each in compile_resource(caller, PLATFORM, links=index.links(ties_of(caller, PLATFORM))).warnings
        if "asks for a port" in each.message
    ]
    assert "nobody in the set" in warning.message


def test_a_template_takes_no_name_for_a_number() -> None:
    """Templates of Go read `.1db` as a number."""
    secret = {"1db": {"type": "secret", "params": {"provider": "vault", "keys": ["key"]}}}
    found = compiled(document(secret, variables={"A": "x${resources.1db.key}"}))
    (external,) = (each for each in found.manifests if each["metadata"]["name"] == "caller-variables")
    assert external["spec"]["target"]["template"]["data"] == {"main.A": "x{{ ._1db_key }}"}
    assert [each["secretKey"] for each in external["spec"]["data"]] == ["_1db_key"]


def test_files_are_mounted_from_the_config_map_that_is_adopted() -> None:
    found = compiled(document({}, {"adopt": {"names": {"ConfigMap": "old"}}}, files={"/etc/a": "text"}))
    by_kind = {each["kind"]: each for each in found.manifests}
    assert by_kind["ConfigMap"]["metadata"]["name"] == "old"
    (volume,) = by_kind["Deployment"]["spec"]["template"]["spec"]["volumes"]
    assert volume["configMap"]["name"] == "old"


def test_files_fit_into_the_object_that_holds_them() -> None:
    half = "x" * 600_000
    with pytest.raises(SpecError, match=r"must have at most 1048576 bytes of files together .* got 1200000"):
        compiled(document({}, files={"/a": half, "/b": half}))
