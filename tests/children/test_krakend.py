"""The configuration of the gateway is one that KrakenD takes, and sends each request where the route says."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from hanzo_constructs.children.config_map import data_hash
from hanzo_constructs.children.krakend import endpoints, krakend_json, upstream_of
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.spec.gateway import CONFIG_HASH, METHODS
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import VALID, Case

SCHEMA = jsonschema_rs.validator_for(json.loads(Path(__file__).with_name("krakend_schema.json").read_text("utf-8")))
ENDPOINTS = jsonschema_rs.validator_for(
    {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/endpoint"},
        "$defs": json.loads(Path(__file__).with_name("krakend_schema.json").read_text("utf-8"))["$defs"],
    }
)
CASES = [case for case in VALID if {"Gateway", "Base"} & {document["kind"] for document in case.documents}]
ROUTES: list[dict[str, Any]] = [
    {"prefix": "/v1/chat", "backend": "llm:8000", "methods": ["POST", "GET"]},
    {"prefix": "/v1", "backend": "api:80"},
    {"prefix": "/files", "backend": "http://s3:9000/bucket", "stripPrefix": True},
    {"prefix": "/", "backend": "site:80"},
]


def gateway(routes: list[dict[str, Any]], annotations: dict[str, str] | None = None) -> Compilation:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Gateway",
        "metadata": {"name": "gateway", "namespace": "hanzo", "annotations": annotations or {}},
        "spec": {"routes": routes},
    }
    return compile_resource(parse(document))


def configuration(compilation: Compilation) -> str:
    (config,) = (each for each in compilation.manifests if each["kind"] == "ConfigMap")
    text: str = config["data"]["krakend.json"]
    return text


def reached(compilation: Compilation, method: str, path: str) -> str | None:
    """Return the URL that *path* is fetched from, by the documented rules: the path itself before a wildcard."""
    found = {
        each["endpoint"]: each["backend"][0]
        for each in json.loads(configuration(compilation))["endpoints"]
        if each["method"] == method
    }
    if backend := found.get(path):
        return f"{backend['host'][0]}{backend['url_pattern']}"
    below = [each for each in found if each.endswith("/*") and path.startswith(each[:-1])]
    if not below:
        return None
    backend = found[max(below, key=len)]
    return f"{backend['host'][0]}{backend['url_pattern']}{path[len(max(below, key=len)) - 1 :]}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_configurations_are_such_as_the_gateway_takes(case: Case) -> None:
    for compilation in case.compilations():
        for manifest in compilation.manifests:
            data = manifest.get("data", {}) if manifest["kind"] == "ConfigMap" else {}
            if "krakend.json" in data:
                assert not [str(error) for error in SCHEMA.iter_errors(json.loads(data["krakend.json"]))]
            if "endpoints.json" in data:
                assert not [str(error) for error in ENDPOINTS.iter_errors(json.loads(data["endpoints.json"]))]


def test_the_schema_refuses_what_the_gateway_refuses() -> None:
    good = json.loads(configuration(gateway(ROUTES)))
    for path, value in (
        (("version",), 2),
        (("timeout",), "1m30s"),
        (("endpoints", 0, "endpoint"), "v1"),
        (("endpoints", 0, "endpoint"), "/*"),
        (("endpoints", 0, "method"), "HEAD"),
        (("endpoints", 0, "backend"), []),
        (("endpoints", 0, "backend", 0, "host"), ["llm:8000"]),
        (("endpoints", 0, "backend", 0, "url_pattern"), "/*"),
        (("endpoints", 0, "extra_config"), {"auth/validator": {"alg": "RS256", "jwk_url": "http://keys"}}),
        (("endpoints", 0, "extra_config"), {"qos/ratelimit/router": {"every": "1s"}}),
    ):
        bad = json.loads(json.dumps(good))
        place = bad
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        assert not SCHEMA.is_valid(bad), path


def test_the_order_of_routes_and_methods_changes_no_byte() -> None:
    texts = {configuration(gateway(list(routes))) for routes in permutations(ROUTES)}
    texts.add(configuration(gateway([{**ROUTES[0], "methods": ["GET", "POST"]}, *ROUTES[1:]])))
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/v1/chat", "http://llm:8000/v1/chat"),
        ("/v1/chat/completions", "http://llm:8000/v1/chat/completions"),
        ("/v1/chats", "http://api:80/v1/chats"),
        ("/files", "http://s3:9000/bucket"),
        ("/files/a/b.txt", "http://s3:9000/bucket/a/b.txt"),
        ("/", "http://site:80/"),
        ("/other", None),
    ],
)
def test_a_request_arrives_where_the_route_says(path: str, url: str | None) -> None:
    assert reached(gateway(ROUTES), "GET", path) == url


def test_a_method_that_is_not_routed_arrives_nowhere() -> None:
    assert reached(gateway(ROUTES), "DELETE", "/v1/chat") is None


def test_the_old_epoch_answers_at_the_prefix_alone() -> None:
    old = gateway(ROUTES, {"hanzo.ai/epoch": "2025"})
    assert reached(old, "GET", "/v1/chat") == "http://llm:8000/v1/chat"
    assert reached(old, "GET", "/v1/chat/completions") is None


@pytest.mark.parametrize(
    ("backend", "strip", "host", "path"),
    [
        ("chat", False, "http://chat", "/v1"),
        ("chat:80", True, "http://chat:80", ""),
        ("https://chat.example.com/", False, "https://chat.example.com", "/v1"),
        ("https://chat.example.com/api/", False, "https://chat.example.com", "/api/v1"),
        ("https://chat.example.com/api/", True, "https://chat.example.com", "/api"),
    ],
)
def test_a_backend_is_a_host_and_a_path(backend: str, host: str, path: str, *, strip: bool) -> None:
    upstream = upstream_of(backend, "/v1", strip=strip)
    assert (upstream.host, upstream.path) == (host, path)


def test_a_changed_route_restarts_the_pods_and_the_same_does_not() -> None:
    def digest(routes: list[dict[str, Any]]) -> str:
        (workload,) = (each for each in gateway(routes).manifests if each["kind"] == "Deployment")
        text: str = workload["spec"]["template"]["metadata"]["annotations"][CONFIG_HASH]
        return text

    assert digest(ROUTES) == digest(ROUTES[::-1]) != digest(ROUTES[1:])


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert data_hash({"a": "1", "b": "2"}) == data_hash({"b": "2", "a": "1"}) != data_hash({"a": "2", "b": "1"})


def test_two_thousand_endpoints_fit_into_a_config_map() -> None:
    routed = [
        endpoint
        for number in range(200)
        for endpoint in endpoints(
            f"/v1/app-{number}",
            METHODS,
            upstream_of(f"http://app-{number}.hanzo.svc:8000", "/v1", strip=False),
            below=True,
        )
    ]
    assert len(routed) == 2000
    assert len(krakend_json("gateway", routed, port=8080)) < 1024 * 1024
