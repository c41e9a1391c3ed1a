"""One grammar for every URL of a server, and messages that repeat no secret."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.urls import SECRETIVE, server_problem, url_problem

LABEL = "x" * 63


@pytest.mark.parametrize(
    "url",
    [
        "http://a",
        "https://a.example.com:8443/path/to/keys.json",
        "http://10.0.0.1:9000",
        "http://[fd00::1]:8080/",
        "https://A.Example.com/a%20b",
        f"https://{LABEL}.example.com",
        "https://login.example.com/tenant/v2.0/.well-known/openid-configuration",
    ],
)
def test_urls(url: str) -> None:
    assert url_problem(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a",
        "ftp://a",
        "http://",
        "http://-",
        "http://..",
        "http://[",
        "http://[::g]",
        "http://::1",
        "http://a:b:c",
        "http://:80",
        "http://a:0",
        "http://a:65536",
        "http://1.2.3",
        "http://300.1.1.1",
        f"http://{LABEL}x.example.com",
        "http://a/b c",
        "http://a/'x",
        "http://a/{x}",
        "http://a/%zz",
        "http://a/\n",
        " http://a",
    ],
)
def test_what_is_no_url(url: str) -> None:
    assert url_problem(url) == "must be an http or https URL (not shown here)"


@pytest.mark.parametrize("path", ["/..", "/a/../b", "/./a", "/a/.", "/%2e%2e/a", "/a%2Fb"])
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert url_problem(f"http://a{path}") == "must have a path without /./ and /../ (not shown here)"


def test_secrets_are_not_repeated() -> None:
    assert url_problem("https://user:hunter2@a") == SECRETIVE
    assert url_problem("https://user:hunter2@a", credentials="no") == "no"
    for url in ("https://a/b?token=hunter2", "https://a#hunter2"):
        assert url_problem(url) == "must have no query or fragment, which would stand in a manifest (not shown here)"


@pytest.mark.parametrize("server", ["a", "a:80", "[::1]", "[::1]:80", "10.0.0.1:65535"])
def test_servers(server: str) -> None:
    assert server_problem(server) == ""


def test_what_is_no_server() -> None:
    assert server_problem("a:70000") == "must have a port from 1 to 65535"
    assert server_problem("a/b") == "must be host or host:port (not shown here)"
    assert server_problem("1.2.3") == "must have a DNS name or an IP address as host"
