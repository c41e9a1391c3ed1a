"""Partial objects laid over whole ones."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hanzo_constructs.kube.schemas import FOREIGN, item_key, kind_type, merged


def _volume(limit: object) -> dict[str, Any]:
    return {"spec": {"template": {"spec": {"volumes": [{"name": "a", "emptyDir": {"sizeLimit": limit}}]}}}}


CASES: tuple[tuple[str, Any, Any, Any], ...] = (
    ("a field is added", {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
    ("a field is replaced", {"a": 1}, {"a": "x"}, {"a": "x"}),
    ("null removes a field", {"a": 1, "b": 2}, {"a": None}, {"b": 2}),
    ("null removes nothing that is not there", {"b": 2}, {"a": None, "c": {"d": None}}, {"b": 2, "c": {}}),
    ("mappings are merged", {"metadata": {"labels": {"a": "1"}}}, {"metadata": {"labels": {"b": "2"}}}, {"metadata": {"labels": {"a": "1", "b": "2"}}}),
    ("an empty mapping changes nothing", {"metadata": {"labels": {"a": "1"}}}, {"metadata": {"labels": {}}}, {"metadata": {"labels": {"a": "1"}}}),
    ("a value in place of a mapping", {"a": {"b": 1}}, {"a": 2}, {"a": 2}),
    ("a mapping in place of a value", {"a": 2}, {"a": {"b": None, "c": [{"d": None}]}}, {"a": {"c": [{}]}}),
    ("other lists are replaced", {"spec": {"template": {"spec": {"tolerations": [{"key": "a"}]}}}}, {"spec": {"template": {"spec": {"tolerations": [{"key": "b"}]}}}}, {"spec": {"template": {"spec": {"tolerations": [{"key": "b"}]}}}}),
    ("an amount becomes a text", {}, {"spec": {"template": {"spec": {"overhead": {"cpu": 1, "memory": 0.5}}}}}, {"spec": {"template": {"spec": {"overhead": {"cpu": "1", "memory": "0.5"}}}}}),
    ("an amount in a list", {}, _volume(128974848), _volume("128974848")),
    ("a text for an amount stays", {}, _volume("1000Mi"), _volume("1000Mi")),
    ("a set takes what it does not have", {"metadata": {"finalizers": ["a", "b"]}}, {"metadata": {"finalizers": ["c", "a"]}}, {"metadata": {"finalizers": ["a", "b", "c"]}}),
)  # fmt: skip


@pytest.mark.parametrize(("base", "over", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_merging(base: Any, over: Any, expected: Any) -> None:
    deployment = kind_type("apps/v1", "Deployment")
    assert deployment
    before = copy.deepcopy((base, over))
    assert merged(base, over, deployment) == expected
    assert (base, over) == before


def _pod(*containers: dict[str, Any]) -> dict[str, Any]:
    return {"spec": {"template": {"spec": {"containers": [*containers]}}}}


def test_items_are_told_apart_by_their_keys_and_stay_in_their_places() -> None:
    base = _pod({"name": "a", "image": "a:1", "ports": [{"containerPort": 80}]}, {"name": "b", "image": "b:1"})
    over = _pod(
        {"name": "c", "image": "c:1", "command": None},
        {"name": "a", "ports": [{"containerPort": 80, "protocol": "UDP"}, {"containerPort": 80, "name": "http"}]},
    )
    kind = kind_type("apps/v1", "Deployment")
    assert kind
    assert merged(base, over, kind) == _pod(
        {
            "name": "a",
            "image": "a:1",
            "ports": [{"containerPort": 80, "name": "http"}, {"containerPort": 80, "protocol": "UDP"}],
        },
        {"name": "b", "image": "b:1"},
        {"name": "c", "image": "c:1"},
    )


def test_lists_of_foreign_kinds_are_replaced() -> None:
    base = {"metadata": {"finalizers": ["a"]}, "spec": {"endpoints": [{"port": "http"}, {"port": "metrics"}]}}
    over = {"metadata": {"finalizers": ["b"]}, "spec": {"endpoints": [{"port": "http", "scheme": "https"}]}}
    assert merged(base, over, FOREIGN) == {
        "metadata": {"finalizers": ["a", "b"]},
        "spec": {"endpoints": [{"port": "http", "scheme": "https"}]},
    }


def test_what_tells_an_item_apart() -> None:
    assert item_key({"containerPort": 80}, ("containerPort", "protocol")) == (80, "TCP")
    assert item_key({"protocol": "TCP"}, ("containerPort", "protocol")) is None
    assert item_key("a", ("name",)) is None
    assert item_key("a", ()) == "a"
