"""Names, hosts, labels and keys are what the API server takes, and the messages say what is wrong."""

from __future__ import annotations

import json

import pytest

from hanzo_constructs.kube.names import (
    annotation_problems,
    data_key_problem,
    dns_label_problem,
    host_problem,
    key_problem,
    label_problems,
    label_value_problem,
    object_name_problem,
    port_name_problem,
    service_name_problem,
)

LABEL = "must be lower-case letters, digits and '-', with a letter or digit at both ends, got {}"
OBJECT = "must be lower-case letters, digits, '-' and '.', with a letter or digit at both ends, got {}"
PORT = "must be lower-case letters, digits and single '-', with at least one letter, got {}"
VALUE = "must be letters, digits, '-', '_' and '.', with a letter or digit at both ends, got {}"
HOST = "must be a lower-case DNS name, or *. before one, got {}"
KEY = "must be [prefix/]name with at most 63 letters, digits, '-', '_' and '.' as name, got {}"


@pytest.mark.parametrize("key", ["a", "POSTGRES_PASSWORD", "tls.crt", ".dockerconfigjson", "-", "a..", "x" * 253])
def test_keys_of_data(key: str) -> None:
    assert data_key_problem(key) == ""


@pytest.mark.parametrize("key", ["", ".", "..", "..data", "a b", "a/b", "a\n", "ä"])
def test_what_is_no_key_of_data(key: str) -> None:
    shown = json.dumps(key, ensure_ascii=False)
    assert data_key_problem(key) == f"must be letters, digits, '-', '_' and '.', and not begin with '..', got {shown}"


def test_the_longest_key_of_data() -> None:
    assert data_key_problem("x" * 254) == "must have at most 253 characters, got 254"


@pytest.mark.parametrize("name", ["a", "0", "a-b", "a--b", "9lives", "x" * 63])
def test_dns_labels(name: str) -> None:
    assert dns_label_problem(name) == ""


@pytest.mark.parametrize("name", ["", "-", "-a", "a-", "A", "a.b", "a_b", "ä", "a\n", "\u0663", "a b", "a/b"])
def test_what_is_no_dns_label(name: str) -> None:
    shown = {"a\n": r'"a\n"'}.get(name, f'"{name}"')
    assert dns_label_problem(name) == LABEL.format(shown)


def test_dns_labels_have_a_limit_that_a_kind_may_lower() -> None:
    assert dns_label_problem("x" * 64) == "must have at most 63 characters, got 64"
    assert dns_label_problem("x" * 53, 52) == "must have at most 52 characters, got 53"
    assert dns_label_problem("x" * 52, 52) == ""


def test_services_begin_with_a_letter() -> None:
    assert service_name_problem("api") == ""
    assert service_name_problem("1api") == ('must begin with a letter because a Service is named after it, got "1api"')
    assert service_name_problem("Api") == LABEL.format('"Api"')


@pytest.mark.parametrize("name", ["a", "a.b", "0.0", "a-b.c-d", "x" * 63 + "." + "y" * 189])
def test_object_names(name: str) -> None:
    assert object_name_problem(name) == ""


@pytest.mark.parametrize("name", ["", ".", ".a", "a.", "a..b", "a.-b", "A.b", "a_b"])
def test_what_is_no_object_name(name: str) -> None:
    assert object_name_problem(name) == OBJECT.format(f'"{name}"')


def test_object_names_have_a_limit() -> None:
    assert object_name_problem("x" * 253) == ""
    assert object_name_problem("x" * 254) == "must have at most 253 characters, got 254"


@pytest.mark.parametrize("name", ["a", "http", "h2c", "9p", "a-b", "x" * 15])
def test_port_names(name: str) -> None:
    assert port_name_problem(name) == ""


@pytest.mark.parametrize("name", ["", "8080", "a--b", "-a", "a-", "HTTP", "a_b", "a.b", "http\n"])
def test_what_is_no_port_name(name: str) -> None:
    shown = {"http\n": r'"http\n"'}.get(name, f'"{name}"')
    assert port_name_problem(name) == PORT.format(shown)


def test_port_names_have_a_limit() -> None:
    assert port_name_problem("x" * 16) == "must have at most 15 characters, got 16"


@pytest.mark.parametrize("host", ["hanzo.ai", "*.hanzo.ai", "localhost", "xn--bcher-kva.example", "1.example"])
def test_hosts(host: str) -> None:
    assert host_problem(host) == ""


@pytest.mark.parametrize("host", ["", "*", "*.", "Hanzo.ai", "a.*.ai", "*.*.ai", "bücher.example", "a.ai:80", "a.ai/b"])
def test_what_is_no_host(host: str) -> None:
    assert host_problem(host) == HOST.format(f'"{host}"')


def test_an_address_is_no_host() -> None:
    assert host_problem("10.0.0.1") == "must be a DNS name, got an IP address"


@pytest.mark.parametrize("value", ["", "a", "A.b_c-d", "1", "x" * 63])
def test_label_values(value: str) -> None:
    assert label_value_problem(value) == ""


@pytest.mark.parametrize("value", [" ", "-", "a-", ".a", "a b", "ä", "a/b"])
def test_what_is_no_label_value(value: str) -> None:
    assert label_value_problem(value) == VALUE.format(f'"{value}"')


def test_label_values_have_a_limit() -> None:
    assert label_value_problem("x" * 64) == "must have at most 63 characters, got 64"


@pytest.mark.parametrize("key", ["a", "A.b_c", "example.com/a", "a.b/" + "x" * 63])
def test_keys(key: str) -> None:
    assert key_problem(key) == ""


@pytest.mark.parametrize("key", ["", "a b", "a/", "example.com/", "x" * 64, "a/-b"])
def test_what_is_no_key(key: str) -> None:
    shown = f'"{"x" * 57}..."' if len(key) == 64 else f'"{key}"'
    assert key_problem(key) == KEY.format(shown)


@pytest.mark.parametrize("prefix", ["", "A.b", "a/b", "a_b"])
def test_the_prefix_of_a_key_is_a_dns_name(prefix: str) -> None:
    assert key_problem(f"{prefix}/a") == f'the part before the slash must be a DNS name, got "{prefix}"'


def test_every_wrong_label_is_reported_at_its_key() -> None:
    labels = {"a b": "c", "d": "e", "f": "g h"}
    assert list(label_problems(labels)) == [(("a b",), KEY.format('"a b"')), (("f",), VALUE.format('"g h"'))]


def test_annotations_have_keys_of_any_case_and_values_of_any_kind() -> None:
    assert not list(annotation_problems({"Example.COM/Runbook": "any text\n", "A": ""}))
    assert list(annotation_problems({"a b": "c"})) == [(("a b",), KEY.format('"a b"'))]


def test_annotations_have_a_limit_in_all() -> None:
    limit = 256 * 1024
    fits = {"a": "x" * (limit - 1)}
    assert not list(annotation_problems(fits))
    assert list(annotation_problems(fits | {"b": ""})) == [
        ((), f"must have at most {limit} bytes in all, got {limit + 1}")
    ]
    assert list(annotation_problems({"a": "ä" * (limit // 2)})) == [
        ((), f"must have at most {limit} bytes in all, got {limit + 1}")
    ]
