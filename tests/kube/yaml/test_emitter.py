"""How a manifest looks on paper, and what is refused instead of written wrongly."""

from __future__ import annotations

from collections import OrderedDict
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from hanzo_constructs.kube.yaml import dump, dump_all, load


class Policy(StrEnum):
    ALWAYS = "Always"


class Count(IntEnum):
    TWO = 2


LAYOUT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "api", "labels": {"app.kubernetes.io/name": "api"}, "annotations": {}},
    "spec": {
        "replicas": 0,
        "paused": False,
        "ratio": 0.5,
        "nothing": None,
        "containers": [
            {"name": "api", "args": ["--port=8080", "-v", "1"], "command": []},
            {"env": [{"name": "EMPTY", "value": ""}]},
            {},
        ],
        "matrix": [[1, 2], [[3], []], [{"a": 1, "b": [2]}]],
        "script": "#!/bin/sh\nset -e\n\nif true; then\n\techo 'hi'\nfi\n",
        "items": ["one\ntwo", "three\n\n", " indented\n"],
    },
}

LAYOUT_TEXT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels:
    app.kubernetes.io/name: api
  annotations: {}
spec:
  replicas: 0
  paused: false
  ratio: 0.5
  nothing: null
  containers:
  - name: api
    args:
    - --port=8080
    - -v
    - "1"
    command: []
  - env:
    - name: EMPTY
      value: ""
  - {}
  matrix:
  - - 1
    - 2
  - - - 3
    - []
  - - a: 1
      b:
      - 2
  script: |
    #!/bin/sh
    set -e

    if true; then
    \techo 'hi'
    fi
  items:
  - |-
    one
    two
  - |+
    three

  - |2
     indented
"""

PLAIN = [
    "nginx", "ghcr.io/hanzoai/api:v1.2.3", "/bin/sh", "100m", "1Gi", "25%", "5s", "v1.0", "1.2.3", "10.0.0.1",
    "a,b", "a:b", "a#b", "x=y", "$(A)", "${A}", "-c", "--port=8080", "-e", "./a", "../b", ".hidden", ";a",
    "(a)", "^a.*$", "\\d+", "user@host", "https://a.b:80/c?d=e#f", "3f2504e0-4f89", "_", "it's", "日本語", "ü",
    "🎉", "a b", 'say "hi"', "12:30 PM", "a  b", "no way",
]  # fmt: skip

QUOTED = {
    "": '""',
    "yes": '"yes"',
    "tRue": '"tRue"',
    "~": '"~"',
    "1": '"1"',
    "0755": '"0755"',
    "1e3": '"1e3"',
    "12E": '"12E"',
    "1:30": '"1:30"',
    "8080:80": '"8080:80"',
    "2001-01-01": '"2001-01-01"',
    ".inf": '".inf"',
    "=": '"="',
    "<<": '"<<"',
    "---": '"---"',
    "- a": '"- a"',
    "a: b": '"a: b"',
    "a:": '"a:"',
    "a #b": '"a #b"',
    "# a": '"# a"',
    "*": '"*"',
    "@a": '"@a"',
    "[a]": '"[a]"',
    " a": '" a"',
    "a\xa0": '"a\xa0"',
    '{"a": 1}': "'{\"a\": 1}'",
    '"a"': "'\"a\"'",
    "a: it's \\": "'a: it''s \\'",
    "a\tb": '"a\\tb"',
    "\n": '"\\n"',
    "\na": '"\\na"',
    "a \nb": '"a \\nb"',
    "\ta\nb": '"\\ta\\nb"',
    "a\r\nb": '"a\\r\\nb"',
    "\0": '"\\u0000"',
    "\x85": '"\\u0085"',
    "a\u2028b\n": '"a\\u2028b\\n"',
    "\ufeffa": '"\\ufeffa"',
    "a\u202eb": '"a\\u202eb"',
    '"\x7f\\': '"\\"\\u007f\\\\"',
}


def test_layout() -> None:
    assert dump(LAYOUT) == LAYOUT_TEXT


@pytest.mark.parametrize("text", PLAIN)
def test_what_nobody_misreads_is_written_plain(text: str) -> None:
    assert dump({"a": text, text: 1}) == f"a: {text}\n{text}: 1\n"


@pytest.mark.parametrize(("text", "written"), QUOTED.items())
def test_what_anybody_may_misread_is_quoted(text: str, written: str) -> None:
    assert dump({"a": text, text: 1}) == f"a: {written}\n{written}: 1\n"


def test_a_key_with_lines_is_written_on_one() -> None:
    assert dump({"a\nb\n": "c"}) == '"a\\nb\\n": c\n'


@pytest.mark.parametrize("value", ["a", "a\nb", 1, {"b": 1}, [1], {}, []])
def test_a_key_too_long_for_readers_gets_the_long_form(value: Any) -> None:
    data = {"k" * 1001: value, "list": [{"l" * 1001: value}]}
    assert dump(data).startswith(f"? {'k' * 1001}\n:")
    assert load(dump(data))[0].data == data


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (1e16, "1.0e+16"),
        (1e-7, "1.0e-07"),
        (1.5e300, "1.5e+300"),
        (2**63 - 1, "9223372036854775807"),
    ],
)
def test_numbers(number: float, written: str) -> None:
    assert dump({"a": number, "b": [number]}) == f"a: {written}\nb:\n- {written}\n"


def test_kinds_of_the_plain_types_are_written_as_these() -> None:
    data = {"a": (1, "b"), "c": OrderedDict(d=Policy.ALWAYS), Policy.ALWAYS: Count.TWO, "e": ()}
    assert dump(data) == "a:\n- 1\n- b\nc:\n  d: Always\nAlways: 2\ne: []\n"


def test_documents_are_separated() -> None:
    assert dump_all([{"a": 1}, {}, {"b": "x\n\n"}, {"c": 1}]) == "a: 1\n---\n{}\n---\nb: |+\n  x\n\n---\nc: 1\n"
    assert dump_all([]) == ""


def test_shared_parts_are_written_out() -> None:
    shared = {"b": [1]}
    assert dump({"a": shared, "c": shared}) == "a:\n  b:\n  - 1\nc:\n  b:\n  - 1\n"


def endless() -> dict[str, Any]:
    data: dict[str, Any] = {}
    data["a"] = [data]
    return data


REFUSED: list[tuple[Any, type[Exception], str]] = [
    (
        {"spec": {"ports": [{"port": {1}}]}},
        TypeError,
        "spec.ports[0].port: a value of type set cannot be written as YAML",
    ),
    ({"a": [1, Decimal(1)]}, TypeError, "a[1]: a value of type Decimal cannot be written as YAML"),
    ({"a": b"x"}, TypeError, "a: a value of type bytes cannot be written as YAML"),
    ({"a": {1: 2}}, TypeError, "a: the key 1 is an integer, not a string"),
    ({None: 2}, TypeError, "the key None is null, not a string"),
    ({"a": [float("nan")]}, ValueError, "a[0]: nan is not a number that JSON can carry"),
    ({"a": float("-inf")}, ValueError, "a: -inf is not a number that JSON can carry"),
    ({"a": 2**63}, ValueError, "a: an integer must fit in 64 bits"),
    ({"a": {"b": "x\ud800"}}, ValueError, "a.b: lone surrogate U+D800 cannot be written as UTF-8"),
    ({"a": "x\n\udfff"}, ValueError, "a: lone surrogate U+DFFF cannot be written as UTF-8"),
    ({"a": {"\ud800": 1}}, ValueError, "a: lone surrogate U+D800 cannot be written as UTF-8"),
    (["a"], TypeError, "a document must be a mapping, got a list"),
    (None, TypeError, "a document must be a mapping, got null"),
    (endless(), ValueError, ".".join(["a[0]"] * 50) + ": mappings and lists are nested deeper than 100 levels"),
]


@pytest.mark.parametrize(("data", "error", "message"), REFUSED)
def test_refusals_name_the_field(data: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        dump(data)
    assert str(caught.value) == message


def nested(levels: int) -> dict[str, Any]:
    data: Any = 1
    for level in range(levels - 1):
        data = [data] if level % 3 else {"a": data}
    return {"a": data}


def test_a_hundred_levels_are_written_and_read_and_no_more() -> None:
    assert load(dump(nested(100)))[0].data == nested(100)
    with pytest.raises(ValueError, match="deeper than 100 levels"):
        dump(nested(101))
