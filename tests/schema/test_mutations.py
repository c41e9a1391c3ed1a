"""One mistake in a right resource, whatever it is: the models and the definition say the same of it, or a table says why not."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.fields import Path
from hanzo_constructs.schema.unsaid import row_of
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.properties.resources import resources
from tests.properties.rich import NEWEST, rich
from tests.schema.oracle import as_stored
from tests.schema.test_agreement import is_said, judged

BASIC = [kind.name for kind in KINDS.values() if not kind.of]
_OTHER_TYPES: tuple[Any, ...] = ({"a": 1}, ["a"], "text", 7, True, None, 1.5)
_ABSENT: Any = object()


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything in *value*."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in entries:
        yield (*path, step)
        yield from _places(item, (*path, step))


def _out_of_bounds(value: Any) -> SearchStrategy[Any]:
    """Return values of the type of *value* that few fields take."""
    match value:
        case bool():
            return st.just(not value)
        case int():
            return st.sampled_from([-1, 0, value + 1, 65536, 2**31, 2**40])
        case str():
            return st.sampled_from(["", "x" * 300, "A b!", f"{value}-", value.upper(), "ä", f"/{value}"])
        case list():
            return st.sampled_from([[], [*value, *copy.deepcopy(value[:1])]])
    return st.just({})


def _other_type(value: Any) -> SearchStrategy[Any]:
    return st.sampled_from([each for each in _OTHER_TYPES if type(each) is not type(value)])


@st.composite
def _mistaken(draw: DrawFn, kind: str) -> dict[str, Any]:
    """Return a resource of *kind* in which one thing is left out, of another type, out of bounds or misspelt."""
    document: dict[str, Any] = copy.deepcopy(draw(st.just(rich(kind)) | resources(kind)))
    path = draw(st.sampled_from([*_places(document["spec"])]))
    around = document["spec"]
    for step in path[:-1]:
        around = around[step]
    last = path[-1]
    value = around[last]
    changed = draw(st.just(_ABSENT) | _other_type(value) | _out_of_bounds(value))
    if changed is _ABSENT:
        del around[last]
        if isinstance(last, str) and draw(st.booleans()):
            around[f"{last}x"] = value
    else:
        around[last] = changed
    return document


def _differences(document: dict[str, Any]) -> list[str]:
    """Return what is refused by one of the two alone, and not listed."""
    try:
        resource = parse(document, NEWEST)
        compile_resource(resource, NEWEST)
    except SpecError as error:
        refused = judged(document["kind"], document)
        errors = [each for each in error.findings if each.severity == "error"]
        return [str(each) for each in errors if not is_said(each, refused) and not row_of(each.path, each.message)]
    return [str(each) for each in judged(document["kind"], as_stored(resource))]


@pytest.mark.thorough
@pytest.mark.parametrize("kind", BASIC)
@settings(max_examples=20)
@given(data=st.data())
def test_one_mistake_is_found_by_both(kind: str, data: st.DataObject) -> None:
    assert _differences(data.draw(_mistaken(kind))) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", BASIC)
@settings(max_examples=250, derandomize=False)
@given(data=st.data())
def test_one_of_many_mistakes_is_found_by_both(kind: str, data: st.DataObject) -> None:
    assert _differences(data.draw(_mistaken(kind))) == []
