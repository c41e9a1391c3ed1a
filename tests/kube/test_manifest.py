"""An object as a dict: who it belongs to, what is absent, and what tells it apart."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.manifest import Identity, identity, manifest, present
from hanzo_constructs.kube.owner import Owner, Pods

OWNER = Owner(name="api", namespace="hanzo", labels={"a": "b"})


def test_an_object_has_the_name_namespace_and_labels_of_its_owner() -> None:
    assert manifest("Service", OWNER, spec={"ports": []}) == {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "hanzo", "labels": {"a": "b"}},
        "spec": {"ports": []},
    }


def test_an_object_may_have_a_name_of_its_own_annotations_and_no_namespace() -> None:
    owner = Owner(name="api", namespace=None, labels={})
    assert manifest("Secret", owner, name="other", annotations={"a": "b"}, data={}) == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "other", "labels": {}, "annotations": {"a": "b"}},
        "data": {},
    }
    assert "annotations" not in manifest("Secret", owner, annotations={})["metadata"]


def test_an_object_for_pods_has_their_name_and_the_labels_of_the_owner() -> None:
    canary = Pods(OWNER, "api-canary", labels={"a": "c"}, selector={"a": "c"})
    metadata = {"name": "api-canary", "namespace": "hanzo", "labels": {"a": "b"}}
    assert manifest("Service", canary)["metadata"] == metadata


def test_a_kind_that_is_not_in_the_table_is_told_its_version() -> None:
    made = manifest("Widget", OWNER, labels={"a": "x", "c": "d"}, api_version="example.com/v1")
    metadata = {"name": "api", "namespace": "hanzo", "labels": {"a": "x", "c": "d"}}
    assert made == {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": metadata}


def test_labels_and_annotations_are_copies() -> None:
    annotations = {"a": "b"}
    metadata = manifest("Secret", OWNER, annotations=annotations)["metadata"]
    assert metadata["labels"] is not OWNER.labels
    assert metadata["annotations"] is not annotations


def test_none_is_absent_and_every_other_empty_value_is_a_value() -> None:
    fields: dict[str, Any] = {"a": None, "b": 0, "c": "", "d": False, "e": [], "f": {}, "g": 1}
    assert present(fields) == {"b": 0, "c": "", "d": False, "e": [], "f": {}, "g": 1}
    assert "a" in fields


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}, ("", "Service", "", "a")),
        (
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "namespace": "b"}},
            ("apps", "Deployment", "b", "a"),
        ),
        (
            {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "a", "namespace": ""}},
            ("hanzo.ai", "Service", "", "a"),
        ),
    ],
)
def test_the_version_is_no_part_of_the_identity(document: dict[str, Any], expected: Identity) -> None:
    assert identity(document) == expected
