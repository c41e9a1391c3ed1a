"""The template of the gateway becomes the configuration that would otherwise be written out; Go's own templates judge."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from hanzo_constructs.children.krakend import Policies, Routed, endpoints, upstream_of
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.methods import METHODS
from tests.children.test_krakend import CASES, SCHEMA
from tests.krakend import configurations, expanded_by_go, files_of

needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="go is not installed")
ODD = 'a"b{{ .service }}\\<é\u2028>'
"""A name that would be something else in a template, in JSON or in HTML."""


def in_order(configuration: dict[str, Any]) -> dict[str, Any]:
    """Return *configuration* with its endpoints in an order of their own, which has no meaning to the gateway."""
    found = sorted(configuration["endpoints"], key=lambda each: (each["endpoint"], each["method"]))
    return {**configuration, "endpoints": found}


def company(routes: int, applications: int) -> list[Compilation]:
    """Return a gateway with *routes* of two methods, each with a limit and a policy, and with *applications*."""
    gateway = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Gateway",
        "metadata": {"name": "gateway", "namespace": "edge"},
        "spec": {
            "imageBuild": "hanzo",
            "image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.1.0"},
            "env": [
                {"name": "AUTH_ISSUER", "value": "https://iam.example.com"},
                {"name": "AUTH_JWKS_URL", "value": "https://iam.example.com/keys"},
            ],
            "rateLimits": [{"name": "standard", "maxRate": 100}],
            "authPolicies": [{"name": "users", "iamEndpoint": "https://iam.example.com"}],
            "routes": [
                {
                    "prefix": f"/v1/service-{number}",
                    "backend": f"http://service-{number}.team-{number % 40}.svc.cluster.local:8080",
                    "methods": ["GET", "POST"],
                    "rateLimit": "standard",
                    "authPolicy": "users",
                }
                for number in range(routes)
            ],
        },
    }
    bases = [
        {
            "apiVersion": "hanzo.ai/v1",
            "kind": "Base",
            "metadata": {"name": f"app-{number}", "namespace": f"team-{number % 40}"},
            "spec": {
                "image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1.0.0"},
                "storage": {"size": "1Gi"},
                "gateway": {"route": f"/apps/app-{number}", "gatewayNamespace": "edge", "authPolicy": "users"},
            },
        }
        for number in range(applications)
    ]
    resources = [parse(each) for each in (gateway, *bases)]
    links, contradictions = links_of(resources, compile_resource(resources[0]).rules.platform)
    assert not contradictions
    return [compile_resource(each, links=links) for each in resources]


def test_a_gateway_holds_the_routes_of_a_company() -> None:
    front, *_ = company(1000, 500)
    assert not front.warnings
    maps = [each for each in front.manifests if each["kind"] == "ConfigMap"]
    assert 1 < len(maps) <= 5
    # what kubectl keeps of each is an annotation, and all annotations together have 262144 bytes at most
    assert all(len(json.dumps(each)) < 262_144 for each in maps)
    (configuration,) = configurations(front.manifests).values()
    assert (
        len(configuration["endpoints"]) == (1000 * 2 + 500 * len(METHODS)) * 14 + 1
    )  # and the one that tells readiness
    assert not [str(error) for error in SCHEMA.iter_errors(configuration)]
    (workload,) = (each for each in front.manifests if each["kind"] == "Deployment")
    (volume,) = workload["spec"]["template"]["spec"]["volumes"]
    mounted = [source["configMap"]["name"] for source in volume["projected"]["sources"]]
    assert mounted == [each["metadata"]["name"] for each in maps]


def test_one_route_more_is_one_line_more_in_one_config_map() -> None:
    """A line stays where it is, so that a change of a route is a change of its line."""

    def lines(routes: int) -> dict[str, set[str]]:
        front = company(routes, 0)[0]
        maps = {each["metadata"]["name"]: each["data"] for each in front.manifests if each["kind"] == "ConfigMap"}
        return {
            name: {line.rstrip(",") for text in data.values() for line in text.splitlines()}
            for name, data in maps.items()
        }

    before, after = lines(1000), lines(1001)
    assert before.keys() == after.keys()
    changed = {name: (before[name] - after[name], after[name] - before[name]) for name in before}
    (added,) = (found for found in changed.values() if found != (set(), set()))
    assert added[0] == set()
    assert len(added[1]) == 1


@needs_go
@pytest.mark.slow
def test_go_expands_the_template_to_what_the_other_tests_read() -> None:
    compiled = [case.compilations() for case in CASES]
    manifests = [[manifest for each in found for manifest in each.manifests] for found in (*compiled, company(300, 50))]
    files = [each for found in manifests for each in files_of(found) if each.template]
    assert len(files) > 20
    expected = [config for found in manifests for config in configurations(found).values()]
    templates = [each.template is not None for found in manifests for each in files_of(found)]
    wanted = [config for config, is_template in zip(expected, templates, strict=True) if is_template]
    for expanded, read in zip(expanded_by_go(files), wanted, strict=True):
        assert in_order(expanded) == in_order(read)
        assert not [str(error) for error in SCHEMA.iter_errors(expanded)]


@needs_go
@pytest.mark.slow
def test_no_text_of_a_user_is_part_of_the_template() -> None:
    """The template gives the endpoints that are written out where there is no template, whatever the texts are."""
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Gateway",
        "metadata": {"name": "gateway", "namespace": "edge"},
        "spec": {
            "rateLimits": [{"name": ODD, "maxRate": 2**31 - 1}],
            "authPolicies": [{"name": ODD, "iamEndpoint": "https://iam.example.com"}],
            "routes": [
                {"prefix": "/v1/{id}", "backend": "a:80/x~y", "rateLimit": ODD, "authPolicy": ODD},
                {"prefix": "/v1/{id}/b", "backend": "b:80", "rateLimit": ODD, "stripPrefix": True},
                {"prefix": "/v1/c/{id}/d", "backend": "c:80", "authPolicy": ODD, "timeout": "1h30m"},
                {"prefix": "/", "backend": "http://d/root", "methods": ["GET", "DELETE"]},
            ],
        },
    }
    front = compile_resource(parse(document))
    (found,) = expanded_by_go(files_of(front.manifests))
    policies = Policies({ODD: {"alg": "RS256", "jwk_url": "https://iam.example.com/.well-known/jwks",
                               "issuer": "https://iam.example.com", "cache": True}},
                        {ODD: {"max_rate": 2**31 - 1, "capacity": 2**31 - 1, "every": "1s"}})  # fmt: skip
    routed = [
        Routed("/v1/{id}", ["GET"], upstream_of("a:80/x~y", strip=False), ODD, ODD),
        Routed("/v1/{id}/b", ["GET"], upstream_of("b:80", strip=True), None, ODD),
        Routed("/v1/c/{id}/d", ["GET"], upstream_of("c:80", strip=False), ODD, None, "1h30m"),
        Routed("/", ["GET", "DELETE"], upstream_of("http://d/root", strip=False)),
    ]
    assert (
        in_order(found)["endpoints"]
        == in_order({"endpoints": endpoints(routed, below=True, policies=policies)})["endpoints"]
    )
