"""What the reader accepts, what it refuses, and in which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from hanzo_constructs.errors import ReadError
from hanzo_constructs.kube.yaml import load, load_all, strict

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
NESTED_ALIAS = f"a: &x {'[' * 90}{']' * 90}\nb: {'[' * 20}*x{']' * 20}\n"
BLOCK_LEVELS = "a:\n" + "".join(f"{'  ' * level}- b:\n" for level in range(1, 120))

ALIAS = "an alias has no anchor in front of it; quote the value if it is text that begins with *"
TAG = "a tag is not supported, leave it out; quote the value if it is text that begins with !"

REFUSED: dict[str, tuple[bytes | str, str]] = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", '3: key "a" is used twice (also on line 1)'),
    "duplicate key, quoted": ("a:\n  b: 1\n  'b': 2\n", '3: key "b" is used twice (also on line 2)'),
    "duplicate key, flow": ('{a: 1, "a": 2}', '1: key "a" is used twice (also on line 1)'),
    "duplicate key, number": ('1: a\n"1": b\n', '2: key "1" is used twice (also on line 1)'),
    "alias bomb": (BOMB, "4: more than 20 aliases, write the values out"),
    "many aliases": ("a: &x 1\n" + "b:\n" + "- *x\n" * 21, "23: more than 20 aliases, write the values out"),
    "large aliases": (
        f"a: &x [{'1, ' * 3000}]\nb: [*x, *x, *x]\nc: *x\n",
        "3: aliases stand for more than 10000 values, write them out",
    ),
    "nested aliases": (NESTED_ALIAS, "2: mappings and lists are nested deeper than 100 levels"),
    "alias without anchor": ("a: *x\n", "1: " + ALIAS),
    "alias in its anchor": ("a: &x\n  b: *x\n", "2: an alias stands inside its own anchor"),
    "merge key": ("a: &x {b: 1}\nc:\n  <<: *x\n", "3: merge keys (<<) are not supported, write the fields out"),
    "flow levels": ("[" * 1_000_000, "1: mappings and lists are nested deeper than 100 levels"),
    "flow mappings": ("{a: " * 1000, "1: mappings and lists are nested deeper than 100 levels"),
    "block levels": (BLOCK_LEVELS, "51: mappings and lists are nested deeper than 100 levels"),
    "dashes": ("- " * 10_000, "1: mappings and lists are nested deeper than 100 levels"),
    "large document": ("a: 1\n---\nb: " + "x" * 10_000_000, "2: the document is larger than 4 MiB"),
    "large text": (b"a: 1\n" * 14_000_000, "1: the text is larger than 64 MiB, split it into several files"),
    "tag": ("a: !foo b\n", "1: " + TAG),
    "tag of Python": (
        "a: !!python/object/apply:os.system [x]",
        "1: " + TAG,
    ),
    "tag with a handle": ("a: !foo!bar b\n", "1: " + TAG),
    "tag that looks like one of YAML": ("a: !!foo b\n", "1: " + TAG),
    "tag of YAML": ("a: !!binary aGk=\n", "1: tag !!binary is not supported, leave it out"),
    "tag without name": ("a: ! 5\n", "1: " + TAG),
    "tag of another kind": ("a: !!map x\n", "1: tag !!map is not supported, leave it out"),
    "boolean key": ("on: 1\n", '1: key "on" is read as true, quote it if it is text'),
    "octal key": ("0755: 1\n", '1: key "0755" is read as 493, quote it if it is text'),
    "number key": ("a:\n  1.10: 1\n", '2: key "1.10" is read as 1.1, quote it if it is text'),
    "null key": ("~: 1\n", '1: key "~" is read as null, quote it if it is text'),
    "list key": ("? [a]\n: 1\n", "1: a mapping or a list cannot be a key"),
    "large number": (
        "a: 18446744073709551616\n",
        "1: the number does not fit in 64 bits, quote it if it is text",
    ),
    "infinity": ("a:\n- .inf\n", "2: .inf is not a number that JSON can carry"),
    "tab": ("a:\n\tb: 1\n", "2: tabs cannot indent YAML, use spaces"),
    "tab behind spaces": ("a:\n  - b: 1\n  \tc: 2\n", "3: tabs cannot indent YAML, use spaces"),
    "tab in a block": ("a: |\n\tb\n", "2: tabs cannot indent YAML, use spaces"),
    "colon in text": ("a: b: c\n", "1: not valid YAML: mapping values are not allowed in this context"),
    "indentation": ("a: 1\n b: 2\n", "2: not valid YAML: mapping values are not allowed in this context"),
    "open quote": (
        'a: 1\nb: "x\nc: 2\n',
        "2: not valid YAML: found unexpected end of stream while scanning a quoted scalar",
    ),
    "open bracket": (
        "a: [1,\nb: 2\n",
        "2: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence from line 1",
    ),
    "text among keys": (
        "a: 1\nb\nc: 2\n",
        "2: not valid YAML: could not find expected ':' while scanning a simple key",
    ),
    "odd start": ("a: 1\nb: @x\n", "2: not valid YAML: plain text cannot start with '@', quote it"),
    "unknown escape": ('a: "\\q"\n', "1: not valid YAML: found unknown escape character while parsing a quoted scalar"),
    "half a character": (
        'a: "\\ud83d"\n',
        "1: not valid YAML: found invalid Unicode character escape code while parsing a quoted scalar",
    ),
    "two documents": ("a: 1\n---\nb: 1\nb: 2\n", '4: key "b" is used twice (also on line 3)'),
    "NUL": ("a: 1\nb: \0\n", "2: character U+0000 is not allowed in YAML"),
    "control character": ("a: x\x1by\n", "1: character U+001B is not allowed in YAML"),
    "byte order mark inside": ("a: \ufeffx\n", "1: character U+FEFF is not allowed in YAML"),
    "lone surrogate": ("a: \ud800\n", "1: character U+D800 is not allowed in YAML"),
    "Latin-1": ("a: 1\nb: é\n".encode("latin-1"), "2: not valid UTF-8: byte 0xe9 at offset 8"),
    "UTF-16": ("a: 1\n".encode("utf-16"), "1: the text is UTF-16 or UTF-32, save it as UTF-8"),
    "UTF-16 without mark": ("a: 1\n".encode("utf-16-be"), "1: the text is UTF-16 or UTF-32, save it as UTF-8"),
    "directive": ("%TAG ! tag:x,2026:\n---\na: 1\n", "1: directives other than %YAML are not supported"),
}

READ: dict[str, tuple[str, list[tuple[int, Any]]]] = {
    "empty": ("", []),
    "comments": ("# a\n---\n\n# b\n...\n---\n", []),
    "documents": ("a: 1\n---\nb: 2\n--- # c\n\n# d\nc: 3\n", [(1, {"a": 1}), (3, {"b": 2}), (7, {"c": 3})]),
    "on the marker line": ("--- {a: 1}\n--- b\n--- |\n c\n", [(1, {"a": 1}), (2, "b"), (3, "c\n")]),
    "end marker": ("a: 1\n...\n# b\n---\nc: 1\n...\n", [(1, {"a": 1}), (5, {"c": 1})]),
    "not a marker": ("a: |\n  ---\n  b\nc: ---d\n", [(1, {"a": "---\nb\n", "c": "---d"})]),
    "version directive": ("# x\n%YAML 1.2\n---\na: 1\n", [(4, {"a": 1})]),
    "other roots": ("- 1\n---\ntext\n---\n~\n---\n1\n", [(1, [1]), (3, "text"), (5, None), (7, 1)]),
    "Windows": ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", [(1, {"a": 1, "b": "x\ny\n"})]),
    "byte order mark": ("\ufeffa: 1\n", [(1, {"a": 1})]),
    "few aliases": ("a: &x {b: [1]}\nc: *x\nd: *x\n", [(1, {name: {"b": [1]} for name in "acd"})]),
    "alias as a key": ("&x a: *x\n*x : 1\n".replace("*x :", "b :"), [(1, {"a": "a", "b": 1})]),
    "tags that say nothing new": ("a: !!str 5\nb: !!map {c: !!seq [1]}\n", [(1, {"a": "5", "b": {"c": [1]}})]),
    "keys that are what they say": ("8080: a\ntrue: b\n-1: c\n", [(1, {"8080": "a", "true": "b", "-1": "c"})]),
    "quoted merge key": ('"<<": 1\n', [(1, {"<<": 1})]),
    "missing values": ("a:\nb:\n- \n-\nc: ''\n? d\n", [(1, {"a": None, "b": [None, None], "c": "", "d": None})]),
    "folded": ("a: >-\n  b\n  c\n\n  d\ne: f\n  g\n", [(1, {"a": "b c\nd", "e": "f g"})]),
    "tabs that do not indent": ("a:\tb\nc: 'd\te'\n", [(1, {"a": "b", "c": "d\te"})]),
    "odd and fine": (
        'a: "0755"\nb: ""\nc: "x\\n---\\ny"\nd: 0\ne: {}\nf: é\n',
        [(1, {"a": "0755", "b": "", "c": "x\n---\ny", "d": 0, "e": {}, "f": "é"})],
    ),
}


@pytest.mark.parametrize(("text", "finding"), REFUSED.values(), ids=REFUSED)
def test_refusal(text: bytes | str, finding: str) -> None:
    if "not valid YAML" in finding and not hasattr(yaml, "CBaseLoader"):
        pytest.skip("the words are libyaml's, and PyYAML was built without it")
    with pytest.raises(ReadError) as caught:
        load_all(text, name="app.yaml")
    assert str(caught.value) == f"app.yaml:{finding}"


@pytest.mark.parametrize(
    "value",
    [
        "*hunter2secret",
        "!hunter2secret x",
        "!hunter2!secret x",
        "!!hunter2secret x",
        "!<hunter2secret> x",
        "&hunter2secret [*hunter2secret]",
        "9223372036854775808",
        "0123456789012345678",
        "09007199254740993",
        "1234567e1234567",
        "@hunter2secret",
        "%hunter2secret",
        "`hunter2secret",
    ],
)
@pytest.mark.parametrize("around", ["a: {}\n", "a: [{}]\n", '{{"a": {}}}\n', "- {}\n"])
def test_a_value_that_nobody_quoted_is_not_repeated(value: str, around: str) -> None:
    """It may be a password that begins with a mark of YAML, or has digits only."""
    with pytest.raises(ReadError) as caught:
        load(around.format(value))
    message = str(caught.value)
    assert not any(part in message for part in ("hunter2", "secret", "922337", "12345", "900719"))


@pytest.mark.parametrize("header", ["|", "|-", "|+", ">", ">-", "|2", "!!str |"])
@pytest.mark.parametrize("body", ["  x", "  x\n  y", "  x\n\n", "  x\n  "])
def test_a_block_at_the_end_means_the_same_without_the_last_line_break(header: str, body: str) -> None:
    """kubectl ends the last line before it reads; where the end is missing, that is the only change."""
    text = f"a: {header}\n{body}"
    ended = text if text.endswith("\n") else text + "\n"
    assert (
        load_all(text)[0].data == load_all(ended)[0].data == load_all(text + "\n---\n"[text.endswith("\n") :])[0].data
    )


def test_a_block_at_the_end_of_a_file_ends_with_a_line_break() -> None:
    assert load_all("a: |\n  x")[0].data == {"a": "x\n"}
    assert load_all(b"\xef\xbb\xbfa: |\r\n  x")[0].data == {"a": "x\n"}
    assert load("{a: 1}\n---\nb: |\n  x")[1].data == {"b": "x\n"}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_reading(text: str, expected: list[tuple[int, Any]]) -> None:
    for given in (text, text.encode()):
        assert [(document.line, document.data) for document in load_all(given)] == expected


def test_all_findings_of_all_documents_are_reported_in_order() -> None:
    text = "a: 1\na: 2\nyes: 3\nb: .inf\n---\nc: [\n---\nd: 1\n---\ne: *x\nf: !t g\nh:\n\ti: 1\n"
    with pytest.raises(ReadError) as caught:
        load_all(text, name="f")
    assert str(caught.value).splitlines() == [
        'f:2: key "a" is used twice (also on line 1)',
        'f:3: key "yes" is read as true, quote it if it is text',
        "f:4: .inf is not a number that JSON can carry",
        "f:6: not valid YAML: did not find expected node content while parsing a flow node",
        "f:10: " + ALIAS,
        "f:11: " + TAG,
        "f:13: tabs cannot indent YAML, use spaces",
    ]


def test_what_an_alias_stands_for_is_copied() -> None:
    (document,) = load_all("a: &x {b: [1]}\nc: *x\n")
    document.data["a"]["b"].append(2)
    assert document.data["c"] == {"b": [1]}


FIELDS = """\
# a comment
kind: Service
spec:
  image: {repository: api, tag: v1}
  ports:
  - name: http

    containerPort: 80
  -
    name: metrics
  args: [a,
    b]
  "quoted key": |
    text
"""


@pytest.mark.parametrize("text", [FIELDS, FIELDS.replace("repository", "!!str repository")])
def test_lines_of_fields(text: str) -> None:
    _, document = load_all("a: 1\n---\n" + text, name="app.yaml")
    assert document.line == 4
    assert document.line_of(()) == 4
    assert document.line_of(("spec",)) == 5
    assert document.line_of(("spec", "image", "tag")) == 6
    assert document.line_of(("spec", "ports", 0)) == 8
    assert document.line_of(("spec", "ports", 0, "containerPort")) == 10
    assert document.line_of(("spec", "ports", 1, "name")) == 12
    assert document.line_of(("spec", "args", 1)) == 14
    assert document.line_of(("spec", "quoted key")) == 15
    assert document.line_of(("spec", "ports", 1, "protocol")) == 12
    assert document.line_of(("spec", "replicas")) == 5
    assert document.line_of(("status", "phase")) == 4
    assert document.where(("spec", "ports", 0, "name")) == "app.yaml:8"
    assert document.where() == "app.yaml:4"


def test_many_keys_are_fine() -> None:
    (document,) = load_all("".join(f"key-{number}: {number}\n" for number in range(50_000)))
    assert document.data == {f"key-{number}": number for number in range(50_000)}


def test_many_documents_are_fine() -> None:
    documents = load_all("".join(f"a: {number}\n---\n" for number in range(5_000)))
    assert [(document.line, document.data["a"]) for document in documents] == [(2 * n + 1, n) for n in range(5_000)]


@pytest.mark.parametrize("name", sorted(READ.keys() - {"tabs that do not indent"}))
def test_the_parser_in_python_reads_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "_Parser", yaml.BaseLoader)
    text, expected = READ[name]
    assert [(document.line, document.data) for document in load_all(text)] == expected


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_the_parser_in_python_refuses_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "_Parser", yaml.BaseLoader)
    text, finding = REFUSED[name]
    with pytest.raises(ReadError) as caught:
        load_all(text, name="app.yaml")
    if "not valid YAML" not in finding:
        assert str(caught.value) == f"app.yaml:{finding}"


def test_bytes_and_text_of_a_file_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_bytes("a: ü\n".encode())
    assert load(path.read_bytes())[0].data == load(path.read_text(encoding="utf-8"))[0].data == {"a": "ü"}
