"""Where the fields of a document stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.editor.fields import fields_of
from hanzo_constructs.editor.text import Text
from hanzo_constructs.kube.yaml import dump, read
from tests.golden.cases import CASES

TEXT = """\
# a comment
kind: Service
spec:
  image: a/b:1
  ports:
    - name: http   # one
      containerPort: 8080
    - {name: "b", containerPort: 9}
  text: |
    two
    lines
  empty:
"""


def written(text: str, path: tuple[str | int, ...]) -> tuple[str | None, str]:
    key, value, _ = fields_of(text)[path]
    whole = Text(text)
    return (whole.cut(key) if key else None), whole.cut(value)


def test_keys_and_values_of_blocks_and_brackets() -> None:
    assert written(TEXT, ("kind",)) == ("kind", "Service")
    assert written(TEXT, ("spec", "ports", 0, "name")) == ("name", "http")
    assert written(TEXT, ("spec", "ports", 1, "name")) == ("name", '"b"')
    assert written(TEXT, ("spec", "ports", 1)) == (None, '{name: "b", containerPort: 9}')
    assert written(TEXT, ("spec", "ports", 0)) == (None, "name: http   # one\n      containerPort: 8080")
    assert written(TEXT, ("spec", "empty")) == ("empty", "")


def test_fields_before_a_mistake_are_found_all_the_same() -> None:
    assert fields_of("a: 1\nb: {c: 2\n")[("a",)].is_scalar
    assert fields_of("") == {}
    assert fields_of("\x00") == {}
    assert ("a",) in fields_of("a: " + "[" * 3000)


def test_what_stands_there_is_the_value_that_is_read() -> None:
    case = next(each for each in CASES if each.name == "service/autoscaling")
    for document in case.documents:
        text = dump(document)
        for path, field in fields_of(text).items():
            if field.is_scalar and path:
                value = document
                for step in path:
                    value = value[step]
                cut = Text(text).cut(field.value)
                assert (isinstance(value, str) and "\n" in value) or read(cut, syntax="yaml").documents[0].data == value


@given(st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3), max_size=4))
def test_every_path_of_the_data_is_found(data: dict[str, list[str]]) -> None:
    found = fields_of(dump(data))
    wanted = {(key,) for key in data} | {(key, index) for key, items in data.items() for index in range(len(items))}
    assert wanted <= found.keys()
