"""Every kind of error has words of its own: where, what, what was given, what is allowed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Gt, Le, Len, Lt, MultipleOf
from pydantic import AfterValidator, Field

from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import CheckedModel, Items, Mapping, Model, Problem, parse_as


def not_main(text: str) -> str:
    if text == "main":
        raise ValueError("main is taken")
    return text


def even(number: int) -> int:
    if number % 2:
        raise AssertionError("must be even")
    return number


class Port(Model):
    name: Annotated[str, AfterValidator(not_main)]
    protocol: Literal["TCP", "UDP"] | None = None
    level: Literal[1, 2] | None = None
    odd: Literal["", "It's", "a, b", 'say "or"'] | None = None


class Cat(Model):
    kind: Literal["cat"]
    lives: int


class Dog(Model):
    kind: Literal["dog"]
    tricks: Items[str]


class Plain(Model):
    deep: Mapping[Items[Port]] | None = None


class Tree(Model):
    branches: Items[Tree] = ()


class Spec(CheckedModel):
    replicas: Annotated[int, Ge(1), Le(9)] | None = None
    share: Annotated[float, Gt(0), Lt(1)] | None = None
    ratio: float | None = None
    pairs: Annotated[int, MultipleOf(2)] | None = None
    evens: Annotated[int, AfterValidator(even)] | None = None
    name: Annotated[str, Len(1, 5)] | None = None
    code: Annotated[str, Len(3)] | None = None
    slug: Annotated[str, Field(pattern="^[a-z]+$")] | None = None
    enabled: bool | None = None
    ports: Items[Port] | None = None
    few: Annotated[Items[str], Len(1, 2)] | None = None
    some: Annotated[Items[str], Len(2)] | None = None
    labels: Mapping[str] | None = None
    by_name: Mapping[Port] | None = None
    keyed: dict[Annotated[str, Field(pattern="^[a-z]+$", max_length=3)], str] | None = None
    nested: Plain | None = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    target: Port | str | None = None
    amount: int | str | None = None
    several: Items[Port | Cat] | None = None
    minimum: int | None = None
    maximum: int | None = None

    def problems(self) -> Iterator[Problem]:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            yield Problem(("minimum",), f"must not exceed maximum ({self.maximum}), got {self.minimum}")
            yield Problem((), "is upside down")


FIELDS = "replicas, share, ratio, pairs, evens, name, code, slug, enabled, ports, ... and 12 more"


def messages(document: object, model: type[Model] = Spec) -> list[str]:
    with pytest.raises(SpecError) as refused:
        parse_as(model, document, ("spec",))
    assert str(refused.value) == "\n".join(map(str, refused.value.findings))
    return [str(finding) for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        # not a mapping at all
        (None, ["spec: expected a mapping, got null"]),
        ("text", ["spec: expected a mapping, got a string"]),
        (5, ["spec: expected a mapping, got an integer"]),
        ([], ["spec: expected a mapping, got a list"]),
        # types
        ({"replicas": "three"}, ["spec.replicas: expected an integer, got a string"]),
        ({"replicas": "3"}, ["spec.replicas: expected an integer, got a string; leave the quotes out"]),
        ({"replicas": True}, ["spec.replicas: expected an integer, got a boolean"]),
        ({"replicas": 2.5}, ["spec.replicas: expected an integer, got a number"]),
        ({"replicas": 2.0}, ["spec.replicas: expected an integer, got a number"]),
        ({"replicas": {}}, ["spec.replicas: expected an integer, got a mapping"]),
        ({"ratio": "much"}, ["spec.ratio: expected a number, got a string"]),
        ({"ratio": True}, ["spec.ratio: expected a number, got a boolean"]),
        ({"ratio": math.nan}, ["spec.ratio: must be a finite number, got nan"]),
        ({"ratio": -math.inf}, ["spec.ratio: must be a finite number, got -inf"]),
        ({"name": 5}, ["spec.name: expected a string, got an integer; quote it"]),
        ({"name": 1.5}, ["spec.name: expected a string, got a number; quote it"]),
        ({"name": False}, ["spec.name: expected a string, got a boolean; quote it"]),
        ({"name": ["a"]}, ["spec.name: expected a string, got a list"]),
        ({"name": b"a"}, ["spec.name: expected a string, got a Python bytes"]),
        ({"name": "\ud800"}, [r"spec.name: must be valid Unicode"]),
        ({"enabled": "yes"}, ["spec.enabled: expected true or false, got a string"]),
        ({"enabled": 1}, ["spec.enabled: expected true or false, got an integer"]),
        ({"ports": "http"}, ["spec.ports: expected a list, got a string"]),
        ({"ports": {"http": 80}}, ["spec.ports: expected a list, got a mapping"]),
        ({"few": {"a", "b"}}, ["spec.few: expected a list, got a Python set"]),
        ({"few": (text for text in "ab")}, ["spec.few: expected a list, got a Python generator"]),
        ({"labels": ["a"]}, ["spec.labels: expected a mapping, got a list"]),
        ({"labels": "a=b"}, ["spec.labels: expected a mapping, got a string"]),
        ({"nested": "x"}, ["spec.nested: expected a mapping with deep, got a string"]),
        ({"ports": [None, 1]}, ["spec.ports[0]: expected a mapping with name, protocol, level, odd, got null", "spec.ports[1]: expected a mapping with name, protocol, level, odd, got an integer"]),
        # bounds
        ({"replicas": 0}, ["spec.replicas: must be at least 1, got 0"]),
        ({"replicas": 10}, ["spec.replicas: must be at most 9, got 10"]),
        ({"replicas": 10**30}, ["spec.replicas: must be at most 9, got about 1e30"]),
        ({"share": 0.0}, ["spec.share: must be greater than 0.0, got 0.0"]),
        ({"share": 1.0}, ["spec.share: must be less than 1.0, got 1.0"]),
        ({"pairs": 3}, ["spec.pairs: must be a multiple of 2, got 3"]),
        ({"evens": 3}, ["spec.evens: must be even"]),
        # lengths and forms
        ({"name": ""}, ["spec.name: must not be empty"]),
        ({"name": "abcdef"}, ["spec.name: must have at most 5 characters, got 6"]),
        ({"code": "ab"}, ["spec.code: must have at least 3 characters, got 2"]),
        ({"slug": "A b"}, ['spec.slug: must match ^[a-z]+$, got "A b"']),
        ({"few": []}, ["spec.few: must not be empty"]),
        ({"few": ["a", "b", "c"]}, ["spec.few: must have at most 2 entries, got 3"]),
        ({"some": ["a"]}, ["spec.some: must have at least 2 entries, got 1"]),
        # closed sets
        (
            {"ports": [{"name": "a", "protocol": "tcp"}]},
            ['spec.ports[0].protocol: must be one of TCP, UDP, got "tcp", did you mean TCP?'],
        ),
        ({"ports": [{"name": "a", "protocol": "ICMP"}]}, ['spec.ports[0].protocol: must be one of TCP, UDP, got "ICMP"']),
        ({"ports": [{"name": "a", "protocol": 6}]}, ["spec.ports[0].protocol: must be one of TCP, UDP, got 6"]),
        ({"ports": [{"name": "a", "level": 3}]}, ["spec.ports[0].level: must be one of 1, 2, got 3"]),
        (
            {"ports": [{"name": "a", "odd": "x"}]},
            ['spec.ports[0].odd: must be one of "", It\'s, a, b, say "or", got "x"'],
        ),
        # fields
        ({"ports": [{}]}, ["spec.ports[0].name: required"]),
        ({"replica": 1}, ["spec.replica: unknown field, did you mean replicas?"]),
        ({"by_name": {}}, ["spec.by_name: unknown field, did you mean byName?"]),
        ({"zzz": 1}, [f"spec.zzz: unknown field, known are {FIELDS}"]),
        ({"zzz": None}, [f"spec.zzz: unknown field, known are {FIELDS}"]),
        ({"odd.key": 1}, [f'spec["odd.key"]: unknown field, known are {FIELDS}']),
        ({"nested": {"depp": 1}}, ["spec.nested.depp: unknown field, did you mean deep?"]),
        # keys
        ({1: 2}, ["spec: expected a string as key, got an integer; quote it"]),
        ({None: 2}, ["spec: expected a string as key, got null; quote it"]),
        ({"nested": {True: 2}}, ["spec.nested: expected a string as key, got a boolean; quote it"]),
        ({"labels": {1: "a"}}, ["spec.labels: expected a string as key, got an integer; quote it"]),
        ({"labels": {None: "a"}}, ["spec.labels: expected a string as key, got null; quote it"]),
        ({"labels": {False: "a"}}, ["spec.labels: expected a string as key, got a boolean; quote it"]),
        ({"labels": {2.5: "a"}}, ["spec.labels: expected a string as key, got a number; quote it"]),
        ({"labels": {(1, 2): "a"}}, ["spec.labels: expected a string as key, got a list"]),
        ({"labels": {"\ud800": "a"}}, [r'spec.labels["\ud800"]: the key must be valid Unicode']),
        ({"labels": {"[key]": 1}}, ['spec.labels["[key]"]: expected a string, got an integer; quote it']),
        ({"keyed": {"A": "a"}}, ['spec.keyed.A: the key must match ^[a-z]+$, got "A"']),
        ({"keyed": {"abcd": "a"}}, ["spec.keyed.abcd: the key must have at most 3 characters, got 4"]),
        ({"labels": {"a.b/c": 1}}, ['spec.labels["a.b/c"]: expected a string, got an integer; quote it']),
        ({"labels": {"a\nb": 1}}, [r'spec.labels["a\nb"]: expected a string, got an integer; quote it']),
        # deep down
        (
            {"nested": {"deep": {"x.y": [{"name": "a"}, {"name": "b", "protocl": "TCP"}]}}},
            ['spec.nested.deep["x.y"][1].protocl: unknown field, did you mean protocol?'],
        ),
        ({"byName": {"http": {"name": "main"}}}, ["spec.byName.http.name: main is taken"]),
        # one of several types
        ({"pet": {"kind": "cow"}}, ['spec.pet.kind: must be one of cat, dog, got "cow"']),
        ({"pet": {"kind": "Dog"}}, ['spec.pet.kind: must be one of cat, dog, got "Dog", did you mean dog?']),
        ({"pet": {"lives": 9}}, ["spec.pet.kind: required"]),
        ({"pet": "cat"}, ["spec.pet: expected a mapping with kind, lives, got a string"]),
        ({"pet": {"kind": "cat", "lives": "9"}}, ["spec.pet.lives: expected an integer, got a string; leave the quotes out"]),
        ({"pet": {"kind": "dog", "tricks": [1]}}, ["spec.pet.tricks[0]: expected a string, got an integer; quote it"]),
        ({"pet": {"kind": "dog", "tricks": [], "lives": 1}}, ["spec.pet.lives: unknown field, known are kind, tricks"]),
        ({"amount": True}, ["spec.amount: expected an integer or a string, got a boolean"]),
        ({"target": 5}, ["spec.target: expected a mapping or a string, got an integer"]),
        ({"target": {"name": 5}}, ["spec.target.name: expected a string, got an integer; quote it"]),
        ({"target": {"nam": "a"}}, ["spec.target.name: required", "spec.target.nam: unknown field, did you mean name?"]),
        ({"several": [{"name": "a"}, 5]}, ["spec.several[1]: expected a mapping, got an integer"]),
        # rules between fields
        (
            {"minimum": 3, "maximum": 2},
            ["spec.minimum: must not exceed maximum (2), got 3", "spec: is upside down"],
        ),
        # several at once
        (
            {"replicas": 0, "name": "", "ports": [{"name": "a"}, {"name": 1, "x": 1}], "unknown": 1},
            [
                "spec.replicas: must be at least 1, got 0",
                "spec.name: must not be empty",
                "spec.ports[1].name: expected a string, got an integer; quote it",
                "spec.ports[1].x: unknown field, known are name, protocol, level, odd",
                f"spec.unknown: unknown field, known are {FIELDS}",
            ],
        ),
    ],
)  # fmt: skip
def test_messages(document: object, expected: list[str]) -> None:
    assert messages(document) == expected


def test_a_tree_that_contains_itself_is_refused() -> None:
    branches: list[Any] = []
    branches.append({"branches": branches})
    assert messages({"branches": branches}, Tree) == ["spec.branches[0].branches[0]: must not contain itself"]


def test_a_hundred_bad_entries_are_a_hundred_findings() -> None:
    found = messages({"labels": {f"label{number}": number for number in range(100)}})
    assert found == [f"spec.labels.label{number}: expected a string, got an integer; quote it" for number in range(100)]


def test_without_a_place_the_path_is_the_field_alone() -> None:
    with pytest.raises(SpecError) as refused:
        parse_as(Spec, {"replicas": 0})
    (finding,) = refused.value.findings
    assert (finding.path, finding.message, finding.severity) == ("replicas", "must be at least 1, got 0", "error")
    with pytest.raises(SpecError) as refused:
        parse_as(Spec, [])
    assert str(refused.value) == "expected a mapping, got a list"


def test_python_code_gets_the_same_messages() -> None:
    with pytest.raises(SpecError) as refused:
        Spec(replicas=0, by_name={"http": {"name": "main"}}, ports=[Port(name="a"), {"name": "b", "protokol": "TCP"}])  # type: ignore[arg-type, dict-item]
    assert str(refused.value).splitlines() == [
        "replicas: must be at least 1, got 0",
        "ports[1].protokol: unknown field, did you mean protocol?",
        "byName.http.name: main is taken",
    ]


def test_nothing_of_pydantic_is_shown() -> None:
    with pytest.raises(SpecError) as refused:
        parse_as(Spec, {"replicas": 0})
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "pydantic" not in str(refused.value)
