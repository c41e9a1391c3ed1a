"""Names and places are written as a user reads them, on one line, whatever is in them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.kube.fields import discreet, field_path, parsed_path, shown, suggestion, wire_name


@pytest.mark.parametrize(
    ("python", "wire"),
    [
        ("image", "image"),
        ("env_from", "envFrom"),
        ("p2p_port", "p2pPort"),
        ("host_api", "hostApi"),
        ("jwks_url", "jwksUrl"),
        ("target_cpu_utilization", "targetCpuUtilization"),
        ("class_", "class"),
        ("fields_v1", "fieldsV1"),
    ],
)
def test_wire_names(python: str, wire: str) -> None:
    assert wire_name(python) == wire


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("spec",), "spec"),
        (("spec", "ports", 1, "name"), "spec.ports[1].name"),
        ((0, "name"), "[0].name"),
        (("metadata", "labels", "app.kubernetes.io/name"), 'metadata.labels["app.kubernetes.io/name"]'),
        (("limits", "nvidia.com/gpu"), 'limits["nvidia.com/gpu"]'),
        (("$patch", "kebab-case", "_x"), "$patch.kebab-case._x"),
        (("a", ""), 'a[""]'),
        (("a", "0"), 'a["0"]'),
        (("a", "two words"), 'a["two words"]'),
        (("a", 'say "hi"'), r'a["say \"hi\""]'),
        (("a", "back\\slash"), r'a["back\\slash"]'),
        (("a", "two\nlines"), r'a["two\nlines"]'),
        (("a", "\x1b[31mred"), r'a["\u001b[31mred"]'),
        (("a", "naïve", "日本"), 'a["naïve"]["日本"]'),
        (("a", "half \ud800"), r'a["half \ud800"]'),
        (("a", '"]', "b"), r'a["\"]"].b'),
    ],
)
def test_paths(path: tuple[str | int, ...], text: str) -> None:
    assert field_path(path) == text
    assert parsed_path(text) == path


def test_a_key_that_no_label_could_have_is_cut() -> None:
    assert field_path(("a", "x" * 317)) == "a." + "x" * 317
    assert field_path(("a", "x" * 10**6, "b")) == 'a["' + "x" * 57 + '..."].b'


any_text = st.text(st.characters(exclude_categories=()))
keys = any_text.filter(lambda key: discreet(key) == key)
paths = st.lists(keys | st.integers(0, 10**6)).map(tuple)


@given(paths)
def test_a_path_is_one_printable_line_and_can_be_read_back(path: tuple[str | int, ...]) -> None:
    text = field_path(path)
    assert parsed_path(text) == path
    assert len(text.splitlines()) <= 1
    text.encode()


@given(st.lists(any_text).map(tuple))
def test_a_path_with_secrets_is_one_printable_line_too(path: tuple[str, ...]) -> None:
    assert len(field_path(path).splitlines()) <= 1
    field_path(path).encode()


def test_what_may_be_a_secret_in_a_key_is_left_out() -> None:
    assert field_path(("spec", "TOKEN=hunter2")) == 'spec["TOKEN=..."]'
    assert "hunter2" not in field_path(("spec", "http://app:hunter2@example.com"))


@given(any_text)
def test_a_shown_string_is_one_printable_line(text: str) -> None:
    line = shown(text)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    line.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("three", '"three"'),
        ("", '""'),
        ("a" * 60, '"' + "a" * 60 + '"'),
        ("a" * 61, '"' + "a" * 57 + '..."'),
        ('"' * 61, '"' + '\\"' * 57 + '..."'),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (0, "0"),
        (-5, "-5"),
        (10**19, "10000000000000000000"),
        (10**30, "about 1e30"),
        pytest.param(-(10**5000), "about -1e5000", id="more digits than Python prints"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        (math.nan, "nan"),
        ([1], "a list"),
        ((1,), "a list"),
        ({"password": "x"}, "a mapping"),
        ({1}, "a Python set"),
        (b"x", "a Python bytes"),
        (object(), "a Python object"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_subclass_is_shown_as_what_it_is_in_a_document() -> None:
    class Positioned(dict[str, object]):
        """What a reader may hand over."""

    assert shown(Positioned()) == "a mapping"


@pytest.mark.parametrize(
    ("wrong", "known", "right"),
    [
        ("maxReplica", ["minReplicas", "maxReplicas"], "maxReplicas"),
        ("replcas", ["replicas", "image"], "replicas"),
        ("env_from", ["env", "envFrom"], "envFrom"),
        ("hostAPI", ["hostApi", "hosts"], "hostApi"),
        ("IMAGE", ["image"], "image"),
        ("tcp", ["TCP", "UDP"], "TCP"),
        ("zzz", ["image", "replicas"], ""),
        ("", ["image"], ""),
        ("image", [], ""),
    ],
)
def test_suggestions(wrong: str, known: list[str], right: str) -> None:
    assert suggestion(wrong, known) == right
