"""The base of the specification: strict, frozen, wire names in documents, both spellings in Python."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from hanzo_constructs.errors import HanzoError, SpecError
from hanzo_constructs.kube.core import Container, EnvVar
from hanzo_constructs.kube.model import (
    CheckedModel,
    Items,
    Mapping,
    Model,
    Problem,
    field_docs,
    parse_as,
    written,
)


class Part(Model):
    """A part."""

    host_api: str
    """Where the key management service is."""
    p2p_port: int = 8080
    """Port between peers.

    A second paragraph.
    """
    undocumented: str | None = None
    class_: str | None = None
    """A name that Python keeps for itself."""


class Base(Model):
    shared: str = ""
    """Said by the base."""
    changed: str = ""
    """Said by the base and again below."""


class Derived(Base):
    changed: str = ""
    """Said below."""
    own: int | None = None


class Whole(CheckedModel):
    parts: Items[Part] = ()
    by_name: Mapping[Part] | None = None
    labels: Mapping[str] | None = None

    def problems(self) -> Iterator[Problem]:
        ports = [part.p2p_port for part in self.parts]
        for index, port in enumerate(ports):
            if (first := ports.index(port)) < index:
                yield Problem(("parts", index, "p2pPort"), f"{port} is used twice", ("parts", first, "p2pPort"))


def test_a_document_uses_wire_names_only() -> None:
    part = parse_as(Part, {"hostApi": "https://kms", "p2pPort": 1, "class": "a"})
    assert (part.host_api, part.p2p_port, part.class_) == ("https://kms", 1, "a")
    with pytest.raises(SpecError, match="host_api: unknown field, did you mean hostApi"):
        parse_as(Part, {"host_api": "https://kms"})


def test_python_code_uses_either_spelling() -> None:
    assert Part(host_api="a", p2p_port=1) == Part(hostApi="a", p2pPort=1)  # type: ignore[call-arg]
    nested = Whole(parts=[{"host_api": "a"}], by_name={"x": Part(host_api="b")})  # type: ignore[arg-type]
    assert written(nested) == {"parts": [{"hostApi": "a"}], "byName": {"x": {"hostApi": "b"}}}


def test_written_adds_and_drops_nothing_but_nulls() -> None:
    assert written(parse_as(Part, {"hostApi": "a"})) == {"hostApi": "a"}
    assert written(parse_as(Part, {"hostApi": "", "p2pPort": 8080, "class": None})) == {"hostApi": "", "p2pPort": 8080}
    assert written(parse_as(Whole, {"parts": [], "labels": {}, "byName": None})) == {"parts": [], "labels": {}}


def test_written_shares_nothing_with_the_model() -> None:
    whole = parse_as(Whole, {"labels": {"a": "b"}})
    written(whole)["labels"]["a"] = "changed"
    assert written(whole) == {"labels": {"a": "b"}}


def test_the_model_shares_nothing_with_the_document() -> None:
    document: dict[str, Any] = {"labels": {"a": "b"}, "parts": [{"hostApi": "a"}]}
    whole = parse_as(Whole, document)
    document["labels"]["a"] = "changed"
    document["parts"].append("more")
    assert written(whole) == {"labels": {"a": "b"}, "parts": [{"hostApi": "a"}]}


@pytest.mark.parametrize("parts", [[Part(host_api="a")], (Part(host_api="a"),)])
def test_lists_and_tuples_are_lists(parts: Any) -> None:
    assert Whole(parts=parts).parts == (Part(host_api="a"),)


def test_a_list_or_mapping_of_a_reader_is_a_list_or_mapping() -> None:
    class PositionedList(list[Any]):
        pass

    class PositionedDict(dict[str, Any]):
        pass

    document = PositionedDict(parts=PositionedList([PositionedDict(hostApi="a")]), labels=PositionedDict(a="b"))
    assert written(parse_as(Whole, document)) == {"parts": [{"hostApi": "a"}], "labels": {"a": "b"}}


def test_null_is_an_empty_list_where_the_field_has_no_null() -> None:
    assert parse_as(Whole, {"parts": None}).parts == ()


def test_mappings_are_in_the_order_of_their_keys() -> None:
    assert list(written(parse_as(Whole, {"labels": {"b": "1", "a": "2", "C": "3"}}))["labels"]) == ["C", "a", "b"]


def test_problems_are_found_together_and_say_where() -> None:
    part = {"hostApi": "a"}
    with pytest.raises(SpecError) as refused:
        parse_as(Whole, {"parts": [part, part, part]}, ("spec",))
    assert str(refused.value).splitlines() == [
        "spec.parts[1].p2pPort: 8080 is used twice (also spec.parts[0].p2pPort)",
        "spec.parts[2].p2pPort: 8080 is used twice (also spec.parts[0].p2pPort)",
    ]


def test_what_is_wrong_in_python_is_one_of_our_errors() -> None:
    with pytest.raises(HanzoError, match="hostApi: required"):
        Part()  # type: ignore[call-arg]
    with pytest.raises(SpecError, match="did you mean valueFrom"):
        EnvVar(name="A", value_form={})  # type: ignore[call-arg]


def test_models_are_frozen_and_compare_by_what_was_said() -> None:
    part = Part(host_api="a")
    with pytest.raises(ValidationError, match="frozen"):
        part.host_api = "b"
    assert part == Part(host_api="a")
    assert hash(part) == hash(Part(host_api="a"))
    assert part != Part(host_api="b")
    assert pickle.loads(pickle.dumps(part)) == part  # noqa: S301 - made a moment ago


def test_a_model_inside_a_model_is_taken_as_it_is() -> None:
    container = Container(name="main")
    assert Container(name="main") is not container

    class Pod(Model):
        container: Container

    assert Pod(container=container).container is container


def test_docs_are_read_from_below_the_fields() -> None:
    assert field_docs(Part) == {
        "host_api": "Where the key management service is.",
        "p2p_port": "Port between peers.\n\nA second paragraph.",
        "class_": "A name that Python keeps for itself.",
    }
    assert field_docs(Derived) == {"shared": "Said by the base.", "changed": "Said below."}


def test_docs_of_a_class_inside_a_function_are_found() -> None:
    class Inside(Model):
        field: str = ""
        """Said inside."""

        class Deeper(Model):
            field: str = ""
            """Said deeper."""

    assert field_docs(Inside) == {"field": "Said inside."}
    assert field_docs(Inside.Deeper) == {"field": "Said deeper."}


def test_docs_of_a_model_without_source_are_empty() -> None:
    space: dict[str, Any] = {"Model": Model, "__name__": "nowhere"}
    exec("class Bare(Model):\n    field: str = ''", space)  # noqa: S102 - the text on this line
    assert field_docs(space["Bare"]) == {}
