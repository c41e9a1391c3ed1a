"""The configuration of the gateway is one that KrakenD takes, and sends each request where the route says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from itertools import permutations
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.children.config_map import hash_annotation
from hanzo_constructs.children.krakend import Routed, endpoints, upstream_of
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.methods import METHODS
from hanzo_constructs.spec.workload import CONFIG_HASH
from tests.golden.cases import VALID, Case
from tests.krakend import configurations, files_of

SCHEMA = jsonschema_rs.validator_for(json.loads(Path(__file__).with_name("krakend_schema.json").read_text("utf-8")))
ENDPOINTS = jsonschema_rs.validator_for(
    {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/endpoint"},
        "$defs": json.loads(Path(__file__).with_name("krakend_schema.json").read_text("utf-8"))["$defs"],
    }
)
KRAKEND = next(filter(None, map(shutil.which, ("krakend", "krakend-ce"))), None)
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


def configuration(compilation: Compilation) -> dict[str, Any]:
    (config,) = configurations(compilation.manifests).values()
    assert isinstance(config, dict)
    return config


def reached(compilation: Compilation, method: str, path: str) -> str | None:
    """Return the URL that *path* is fetched from: of the endpoints it fits, that with fixed segments from the left."""
    found: list[tuple[list[bool], dict[str, Any], dict[str, str]]] = []
    for each in configuration(compilation)["endpoints"]:
        pattern = re.sub(r"\{([^}]*)\}", r"(?P<\1>[^/]+)", each["endpoint"])
        if each["method"] == method and (matched := re.fullmatch(pattern, path)):
            fixed = [not segment.startswith("{") for segment in each["endpoint"].split("/")]
            found.append((fixed, each["backend"][0], matched.groupdict()))
    if not found:
        return None
    _, backend, values = max(found, key=lambda each: each[0])
    return f"{backend['host'][0]}{backend['url_pattern'].format(**values)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_configurations_are_such_as_the_gateway_takes(case: Case) -> None:
    for compilation in case.compiled:
        for config in configurations(compilation.manifests).values():
            assert not [str(error) for error in SCHEMA.iter_errors(config)]
        for manifest in compilation.manifests:
            data = manifest.get("data", {}) if manifest["kind"] == "ConfigMap" else {}
            if "endpoints.json" in data:
                assert not [str(error) for error in ENDPOINTS.iter_errors(json.loads(data["endpoints.json"]))]


def test_the_schema_refuses_what_the_gateway_refuses() -> None:
    good = configuration(gateway(ROUTES))
    for path, value in (
        (("version",), 2),
        (("timeout",), "1m30s"),
        (("endpoints", 0, "endpoint"), "v1"),
        (("endpoints", 0, "endpoint"), "/v1/__health/x"),
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
    texts = {json.dumps(gateway(list(routes)).manifests) for routes in permutations(ROUTES)}
    texts.add(json.dumps(gateway([{**ROUTES[0], "methods": ["GET", "POST"]}, *ROUTES[1:]]).manifests))
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/v1/chat", "http://llm:8000/v1/chat"),
        ("/v1/chat/completions", "http://llm:8000/v1/chat/completions"),
        ("/v1/chat/completions/", "http://llm:8000/v1/chat/completions/"),
        ("/v1/chats", "http://api:80/v1/chats"),
        ("/v1", "http://api:80/v1"),
        ("/v1/", "http://api:80/v1/"),
        ("/files", "http://s3:9000/bucket"),
        ("/files/a/b.txt", "http://s3:9000/bucket/a/b.txt"),
        ("/files/", "http://s3:9000/bucket/"),
        ("/", "http://site:80/"),
        ("/other/place", "http://site:80/other/place"),
        ("/1/2/3/4/5/6", "http://site:80/1/2/3/4/5/6"),
        ("/1/2/3/4/5/6/7", None),
        ("/v1/chat/1/2/3/4/5/6", "http://llm:8000/v1/chat/1/2/3/4/5/6"),
        ("/v1/chat/1/2/3/4/5/6/7", None),
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
    ("backend", "host", "root"),
    [
        ("chat", "http://chat", ""),
        ("chat:80", "http://chat:80", ""),
        ("https://chat.example.com/", "https://chat.example.com", ""),
        ("https://chat.example.com/api/", "https://chat.example.com", "/api"),
    ],
)
def test_a_backend_is_a_host_and_a_path(backend: str, host: str, root: str) -> None:
    upstream = upstream_of(backend, strip=False)
    assert (upstream.host, upstream.root) == (host, root)


def test_a_longer_prefix_has_what_a_shorter_one_reaches_too() -> None:
    routes: list[dict[str, Any]] = [
        {"prefix": "/v1", "backend": "api:80"},
        {"prefix": "/v1/{id}", "backend": "one:80", "stripPrefix": True},
    ]
    assert reached(gateway(routes), "GET", "/v1/7/more") == "http://one:80/more"
    assert reached(gateway(routes), "GET", "/v1/") == "http://api:80/v1/"


def test_what_lies_on_the_way_to_a_longer_prefix_is_an_endpoint_of_its_own() -> None:
    routes: list[dict[str, Any]] = [
        {"prefix": "/v1", "backend": "http://api:80/root", "stripPrefix": True},
        {"prefix": "/v1/users/{id}/orders", "backend": "orders:80"},
    ]
    found = {each["endpoint"]: each["backend"][0] for each in configuration(gateway(routes))["endpoints"]}
    assert found["/v1/users"] == {"url_pattern": "/root/users", "host": ["http://api:80"]}
    assert found["/v1/users/{p3}/"] == {"url_pattern": "/root/users/{p3}/", "host": ["http://api:80"]}


SEGMENTS = st.lists(st.sampled_from(["a", "b", "{x}", "{y}"]), max_size=4)


@given(st.lists(st.tuples(SEGMENTS, st.booleans()), min_size=1, max_size=6, unique_by=lambda route: len(route[0])))
def test_the_router_can_take_and_finds_every_endpoint(routes: list[tuple[list[str], bool]]) -> None:
    """Each endpoint is there once, a parameter has one name in one place, and there is no gap on the way."""
    routed = [
        Routed(f"/{'/'.join(segments)}", ("GET",), upstream_of(f"host-{number}:80", strip=strip))
        for number, (segments, strip) in enumerate(routes)
    ]
    paths = [each["endpoint"] for each in endpoints(routed, below=True)]
    assert len({*paths}) == len(paths)
    assert all(
        segment in {"a", "b", "", f"{{p{place}}}"} for path in paths for place, segment in enumerate(path.split("/"))
    )
    for segments, _ in routes:
        for length in range(1, len(segments)):
            way = [f"{{p{place}}}" if part[0] == "{" else part for place, part in enumerate(segments[:length], 1)]
            general = {"/".join(path.split("/")[1:]) for path in paths if "{" in path}
            covers = [each for each in general if re.fullmatch(re.sub(r"\{p\d+\}", "[^/]+", each), "/".join(way))]
            assert not covers or {f"/{'/'.join(way)}", f"/{'/'.join(way)}/"} <= {*paths}


def test_the_order_of_endpoints_does_not_depend_on_that_of_routes() -> None:
    routed = [Routed(prefix, METHODS, upstream_of("a", strip=False)) for prefix in ("/a", "/a/b/c", "/{x}", "/")]
    texts = {json.dumps(endpoints(order, below=True)) for order in permutations(routed)}
    assert len(texts) == 1


def test_a_changed_route_restarts_the_pods_and_the_same_does_not() -> None:
    def digest(routes: list[dict[str, Any]]) -> str:
        (workload,) = (each for each in gateway(routes).manifests if each["kind"] == "Deployment")
        text: str = workload["spec"]["template"]["metadata"]["annotations"][CONFIG_HASH]
        return text

    assert digest(ROUTES) == digest(ROUTES[::-1]) != digest(ROUTES[1:])


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert (
        hash_annotation({"a": "1", "b": "2"})
        == hash_annotation({"b": "2", "a": "1"})
        != hash_annotation({"a": "2", "b": "1"})
    )


@pytest.mark.parametrize(
    ("epoch", "count", "maps", "problem"),
    [
        ("2026", 500, 1, None),
        ("2026", 3000, 3, None),
        ("2025", 300, 1, None),
        ("2025", 700, 1, "kubectl apply"),
        ("2025", 3000, 1, "several gateways"),
    ],
)
def test_a_large_configuration_is_said_to_be_one(epoch: str, count: int, maps: int, problem: str | None) -> None:
    routes: list[dict[str, Any]] = [
        {"prefix": f"/v1/app-{n}", "backend": "app:80", "methods": ["GET", "POST"]} for n in range(count)
    ]
    try:
        found = gateway(routes, {"hanzo.ai/epoch": epoch})
    except SpecError as error:
        findings = error.findings
    else:
        findings = found.warnings
        assert sum(manifest["kind"] == "ConfigMap" for manifest in found.manifests) == maps
    about = [finding for finding in findings if finding.path == "spec.routes"]
    assert [finding.severity for finding in about] == ([] if not problem else ["warning" if count < 1000 else "error"])
    assert all(problem in finding.message for finding in about if problem)


def test_routes_below_each_other_cost_no_more_than_others() -> None:
    """A thousand prefixes below each other, of which every second ends, are gone through once."""
    routed = [
        Routed("/a" * (2 * number + 1), METHODS[:1], upstream_of(f"host-{number}", strip=False))
        for number in range(500)
    ]
    start = time.process_time()
    assert len(endpoints(routed, below=True)) > 500 * 14
    assert time.process_time() - start < 5


@pytest.mark.slow
@pytest.mark.skipif(KRAKEND is None, reason="krakend is not installed")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_krakend_takes_golden_configurations(case: Case, tmp_path: Path) -> None:
    """Check them with `-t`, which builds the router too: what it takes there it takes in the cluster."""
    for compilation in case.compiled:
        for files in files_of(compilation.manifests):
            for name, text in files.texts.items():
                (tmp_path / name).write_text(text, "utf-8")
            expands = {"FC_ENABLE": "1", "FC_SETTINGS": str(tmp_path)} if files.template else {}
            file = tmp_path / ("krakend.tmpl" if files.template else "krakend.json")
            done = subprocess.run(
                [str(KRAKEND), "check", "-t", "-c", file],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, **expands},
            )
            assert done.returncode == 0, done.stdout + done.stderr
