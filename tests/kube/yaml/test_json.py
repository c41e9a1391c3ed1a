"""JSON goes through a JSON parser and is read as strictly as YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.errors import ReadError
from hanzo_constructs.kube.yaml import load, load_all, load_json
from tests.kube.yaml.judges import same

REFUSED: dict[str, tuple[str, str]] = {
    "duplicate key": ('{"a": 1,\n"b": {"c": 1,\n"c": 2}}', '3: key "c" is used twice (also on line 2)'),
    "duplicate key, escaped": ('{"a": 1, "\\u0061": 2}', '1: key "a" is used twice (also on line 1)'),
    "NaN": ('{"a":\n[NaN]}', "2: NaN is not a number that JSON can carry"),
    "infinity": ('{"a": -Infinity}', "1: -Infinity is not a number that JSON can carry"),
    "large integer": (
        '{"a": 9223372036854775808}',
        "1: the number does not fit in 64 bits, quote it if it is text",
    ),
    "huge integer": (f'{{"a": {"9" * 5000}}}', "1: the number does not fit in 64 bits, quote it if it is text"),
    "huge number": ('{"a": 1e999}', "1: the number is too large, quote it if it is text"),
    "levels": ("[" * 1_000_000, "1: mappings and lists are nested deeper than 100 levels"),
    "closed levels": ('{"a":' * 101 + "1" + "}" * 101, "1: mappings and lists are nested deeper than 100 levels"),
    "half a character": ('{"a": "\\ud83d"}', "1: \\ud83d is half a character, write the character itself"),
    "half a character in a key": ('{"\\udc00": 1}', "1: \\udc00 is half a character, write the character itself"),
    "large document": (f'{{"a": 1}}\n{{"a": "{"x" * 5_000_000}"}}', "2: the document is larger than 4 MiB"),
    "missing colon": ('{"a": 1,\n"b" 2}', "2: not valid JSON: expecting ':' delimiter"),
    "open string": ('{"a": "b', "1: not valid JSON: unterminated string"),
    "line in a string": ('{"a": "b\nc"}', "1: not valid JSON: invalid control character"),
    "text behind": ('{"a": 1}\nb', "2: not valid JSON: expecting value"),
}


@pytest.mark.parametrize(("text", "finding"), REFUSED.values(), ids=REFUSED)
def test_refusal(text: str, finding: str) -> None:
    with pytest.raises(ReadError) as caught:
        load_json(text, name="app.json")
    assert str(caught.value) == f"app.json:{finding}"


def test_all_findings_of_all_documents_are_reported_in_order() -> None:
    with pytest.raises(ReadError) as caught:
        load_json('{"a": NaN,\n"b": 1, "b": 1e999}\n{"c": 1}\n{"d": 1, "d": 1}\n{', name="f")
    assert [str(finding) for finding in caught.value.findings[:-1]] == [
        "f:1: NaN is not a number that JSON can carry",
        'f:2: key "b" is used twice (also on line 2)',
        "f:2: the number is too large, quote it if it is text",
        'f:4: key "d" is used twice (also on line 4)',
    ]
    assert caught.value.findings[-1].where == "f:5"
    assert caught.value.findings[-1].message.startswith("not valid JSON: expecting property name")


def test_documents_follow_each_other_with_or_without_a_line_between() -> None:
    documents = load_json('\n{"a": 1}\n\n{"b":\n2}{"c": 3} [4]\n"d"\n')
    assert [(document.line, document.data) for document in documents] == [
        (2, {"a": 1}),
        (4, {"b": 2}),
        (5, {"c": 3}),
        (5, [4]),
        (6, "d"),
    ]


def test_numbers_and_characters() -> None:
    (document,) = load_json('{"a": [1.0, 1, -0, 1e3, 9223372036854775807], "b": "\\ud83d\\ude00\\u0000"}')
    assert same(document.data, {"a": [1.0, 1, 0, 1000.0, 2**63 - 1], "b": "😀\0"})


def test_lines_of_fields() -> None:
    text = '{\n\t"a": [\n\t\t1,\n\t\t{"b": [[], {}, [2,\n3]],\n"c\\n": true}\n\t],\n\t"d": {"e":\n4}\n}'
    _, document = load_json("{}\n" + text, name="app.json")
    assert document.line == 2
    assert {path: document.line_of(path) for path in (("a",), ("a", 0), ("a", 1, "b"), ("a", 1, "b", 2, 1))} == {
        ("a",): 3,
        ("a", 0): 4,
        ("a", 1, "b"): 5,
        ("a", 1, "b", 2, 1): 6,
    }
    assert document.line_of(("a", 1, "c\n")) == 7
    assert document.line_of(("d", "e")) == 9
    assert document.line_of(("d", "x")) == 9
    assert document.where(("a", 1, "x")) == "app.json:5"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(st.text(), json_values, max_size=4), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_any_data_is_read_back_with_a_line_for_every_field(data: dict[str, Any], ascii_only: bool, indent: Any) -> None:  # noqa: FBT001 - hypothesis fills it in
    (document,) = load(json.dumps(data, ensure_ascii=ascii_only, indent=indent))
    assert same(document.data, data)
    assert set(document.locate()) == {(), *paths(data, ())}


def paths(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    steps: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, child in steps for found in [(*path, step), *paths(child, (*path, step))]]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('  \n\t{"a": "\t"}'.replace('"\t"', '"b"'), [{"a": "b"}]),
        ('{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
        ("a: 1\n", [{"a": 1}]),
        ("{a: yes}", [{"a": True}]),
        ('{"a": .5,}', [{"a": 0.5}]),
        ("[a, b]\n---\nc: 1\n", [["a", "b"], {"c": 1}]),
        ('{"a": 1}\n---\n{"b": 2}\n', [{"a": 1}, {"b": 2}]),
        ("[]", [[]]),
        ("", []),
    ],
)
def test_load_finds_out_what_a_text_is(text: str, data: list[Any]) -> None:
    assert [document.data for document in load(text)] == data


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('{"a": 1, "a": 2}', '1: key "a" is used twice (also on line 1)'),
        ('{"a": NaN}', "1: NaN is not a number that JSON can carry"),
        ('{"a": [1, 2}', "1: not valid JSON: expecting ',' delimiter"),
        ("{a: [1, 2}", "1: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence"),
        ("{a: 1, a: 2}", '1: key "a" is used twice (also on line 1)'),
    ],
)
def test_load_refuses_in_the_words_of_the_right_language(text: str, finding: str) -> None:
    with pytest.raises(ReadError) as caught:
        load(text, name="app")
    assert str(caught.value) == f"app:{finding}"


def test_yaml_and_json_agree_on_what_is_both() -> None:
    text = '{"a": [1, -2.5, true, null, "x", "1", {}, []], "b": {"c": "d e"}}'
    assert same(load_all(text)[0].data, load_json(text)[0].data)
