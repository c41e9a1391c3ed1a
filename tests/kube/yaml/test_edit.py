"""An edit of a text says what the edit of the data says, and nothing else of the text is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from hanzo_constructs.kube.fields import Path
from hanzo_constructs.kube.yaml import dump, load, read
from hanzo_constructs.kube.yaml.edit import EditError, edited, rewritten
from hanzo_constructs.kube.yaml.field_edits import Edit, Put, Remove, Rename, changed

_names = st.sampled_from(["a", "b", "hostAPI", "ä ö", "1", "x: y", "hanzo.ai/epoch", "true"])
_scalars = st.none() | st.booleans() | st.integers(-9, 10**6) | st.text(max_size=12) | st.just("one\ntwo\n\n")
_values = st.recursive(
    _scalars, lambda below: st.lists(below, max_size=3) | st.dictionaries(_names, below, max_size=3), max_leaves=12
)
_documents = st.dictionaries(_names, _values, min_size=1, max_size=4)


def _folded(data: Any) -> str:
    return yaml.safe_dump(data, default_flow_style=None, allow_unicode=True, sort_keys=False, indent=4, width=30)


def _indented(data: Any) -> str:
    return "---\n" + yaml.safe_dump(data, default_style='"', allow_unicode=True, sort_keys=False)


STYLES = [dump, lambda data: json.dumps(data, indent=2, ensure_ascii=False), json.dumps, _folded, _indented]


def _places(data: Any, path: Path = ()) -> Iterator[Path]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from _places(value, (*path, step))


@st.composite
def edits_of(draw: DrawFn, data: Any) -> Edit:
    """Return an edit of *data* of any sort."""
    places = [*_places(data)]
    named = [path for path in places if isinstance(path[-1], str)]
    mappings = [path for path in ((), *places) if isinstance(_at(data, path), dict)]
    lists = [path for path in places if isinstance(_at(data, path), list)]
    removable = [path for path in places if len(path) > 1 or len(data) > 1]
    sorts: list[st.SearchStrategy[Edit]] = [
        st.builds(lambda path, name, value: Put((*path, name), value), st.sampled_from(mappings), _names, _values)
    ]
    if named:
        sorts.append(st.builds(Put, st.sampled_from(named), _values))
        sorts.append(
            st.sampled_from(named).flatmap(
                lambda path: _names.filter(lambda name: name not in _at(data, path[:-1])).map(
                    lambda name: Rename(path, name)
                )
            )
        )
    if removable:
        sorts.append(st.builds(Remove, st.sampled_from(removable)))
    if full := [path for path in lists if _at(data, path)]:
        sorts.append(
            st.builds(lambda path, value: Put((*path, len(_at(data, path))), value), st.sampled_from(full), _values)
        )
    return draw(st.one_of(sorts))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


@given(_documents, st.sampled_from(STYLES), st.data())
def test_text_and_data_say_the_same(data: dict[str, Any], written: Any, drawn: st.DataObject) -> None:
    text = written(data)
    assume([each.data for each in read(text).documents] == [data])  # what PyYAML writes, Kubernetes may read otherwise
    edit = drawn.draw(edits_of(data))
    try:
        after = edited(text, [edit])
    except EditError:
        assert _is_unusual(text), text
        return
    assert [each.data for each in load(after)] == [changed(data, edit)]


def _is_unusual(text: str) -> bool:
    """Tell whether *text* need not be editable: keys of several lines, lists right in lists, JSON that is no YAML."""
    return "? " in text or "- - " in text or "-\n" in text or "\\ud" in text


BLOCK = """\
# of the shop
spec:
  a: 1  # one
  # above b
  b: "two"
  list:
    - x: 1
      w: 2

    # above the second
    - x: 3
  text: |
    lines

  last: &l {k: v}
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Rename(("spec", "a"), "c"), "  a: 1", "  c: 1"),
        (Put(("spec", "a"), 2), "a: 1  # one", "a: 2  # one"),
        (Put(("spec", "b"), "three"), '"two"', '"three"'),
        (Remove(("spec", "b")), '  b: "two"\n', ""),
        (Remove(("spec", "list", 0, "x")), "- x: 1\n      w: 2", "- w: 2"),
        (Remove(("spec", "list", 1, "x")), "- x: 3", "- {}"),
        (Remove(("spec", "list", 1)), "    - x: 3\n", ""),
        (Put(("spec", "list", 2), {"z": [1]}), "    - x: 3\n", "    - x: 3\n    - z:\n      - 1\n"),
        (Put(("spec", "list", 0, "z"), {"q": "no"}), "      w: 2\n", '      w: 2\n      z:\n        q: "no"\n'),
        (Put(("spec", "list"), "short"), BLOCK[BLOCK.index("list:") : BLOCK.index("  text")], "list: short\n"),
        (Remove(("spec", "text")), "  text: |\n    lines\n", ""),
        (Put(("spec", "last", "q"), 1), "{k: v}", "{k: v, q: 1}"),
        (Remove(("spec", "last", "k")), "&l {k: v}", "{}"),
        (Put(("spec", "more"), []), "{k: v}\n", "{k: v}\n  more: []\n"),
    ],
    ids=str,
)
def test_the_rest_stays(edit: Edit, before: str, after: str) -> None:
    assert edited(BLOCK, [edit]) == BLOCK.replace(before, after, 1)


def test_a_comment_stays_beside_what_is_emptied() -> None:
    assert edited("pdb: # drains\n  enabled: true\n", [Remove(("pdb", "enabled"))]) == "pdb: {} # drains\n"


def test_documents_around_stay() -> None:
    text = b"a:   1\n...\n# no\n---\n  b: {c:  1}\n--- \nd: 1"
    assert rewritten(text, {5: [Put(("b", "c"), 2)]}) == text.replace(b"c:  1", b"c:  2")
    assert rewritten(text, {}) == text
    assert rewritten(text, {6: [Put(("e",), 2)]}) == text + b"\ne: 2"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: &x {b: 1}\nc: *x\n", Rename(("a", "b"), "d")),
        ("a: 1\n", Remove(("a",))),
        ("a: 1\n", Remove(("b",))),
        ('{"a": 1}{"b": 1}', Rename(("a",), "c")),
    ],
)
def test_what_cannot_be_changed_in_place(text: str, edit: Edit) -> None:
    with pytest.raises(EditError, match="cannot be changed in place"):
        edited(text, [edit])
