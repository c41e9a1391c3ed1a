"""Whatever a core type takes comes back as it was written: every type, every field, nothing added, nothing dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.kube import core
from hanzo_constructs.kube.core import Container, EmptyDirVolumeSource, EnvVar, EnvVarSource, SecretKeySelector, Volume
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.model import parse_as, written
from tests.kube.core.strategies import instances_of, instances_with, optional_fields, wire

MODELS: list[type[Part]] = [
    model for name in core.__all__ if isinstance(model := getattr(core, name), type) and issubclass(model, Part)
]
FIELDS = [(model, name) for model in MODELS for name in optional_fields(model)]


def exactly(data: Any) -> str:
    """Return *data* as text: as data, 1, 1.0 and true are equal."""
    return json.dumps(data, sort_keys=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=25)
@given(data=st.data())
def test_what_was_written_comes_back(model: type[Part], data: st.DataObject) -> None:
    document = data.draw(instances_of(model))
    before = exactly(document)
    assert exactly(written(parse_as(model, document))) == before
    assert exactly(document) == before, "the input was changed"


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=1000, derandomize=False)
@given(data=st.data())
def test_what_was_written_comes_back_in_a_longer_search(model: type[Part], data: st.DataObject) -> None:
    document = data.draw(instances_of(model))
    assert exactly(written(parse_as(model, document))) == exactly(document)


@pytest.mark.thorough
@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: part if isinstance(part, str) else part.__name__)
@settings(max_examples=2)
@given(data=st.data())
def test_each_field_alone_comes_back_and_its_null_does_not(model: type[Part], name: str, data: st.DataObject) -> None:
    document = data.draw(instances_with(model, [name]))
    assert wire(model, name) in document
    assert exactly(written(parse_as(model, document))) == exactly(document)
    without = {key: value for key, value in document.items() if key != wire(model, name)}
    assert exactly(written(parse_as(model, {**document, wire(model, name): None}))) == exactly(without)


@pytest.mark.parametrize(
    ("model", "document"),
    [
        pytest.param(Volume, {"name": "scratch", "emptyDir": {}}, id="empty mapping"),
        pytest.param(Container, {"name": "main", "env": [], "command": [""]}, id="empty list and empty string in one"),
        pytest.param(EnvVar, {"name": "EMPTY", "value": ""}, id="empty string"),
        pytest.param(Container, {"name": "main", "livenessProbe": {"initialDelaySeconds": 0}}, id="zero"),
        pytest.param(Container, {"name": "main", "stdin": False}, id="false"),
        pytest.param(Container, {"name": "main", "resources": {"limits": {}, "requests": {}}}, id="no amounts"),
        pytest.param(Container, {"name": "", "image": ""}, id="what nobody should write"),
    ],
)
def test_what_is_empty_is_kept(model: type[Part], document: dict[str, Any]) -> None:
    assert exactly(written(parse_as(model, document))) == exactly(document)


def test_numbers_become_quantities_and_nothing_else_changes_its_type() -> None:
    document = {
        "name": "main",
        "resources": {"requests": {"cpu": 1, "memory": "1Gi"}, "limits": {"cpu": 0.5, "memory": 2e9}},
        "livenessProbe": {"httpGet": {"port": 8080}},
        "readinessProbe": {"httpGet": {"port": "8080"}},
    }
    kept = written(parse_as(Container, document))
    assert kept.pop("resources") == {
        "requests": {"cpu": "1", "memory": "1Gi"},
        "limits": {"cpu": "0.5", "memory": "2000000000"},
    }
    document.pop("resources")
    assert exactly(kept) == exactly(document)


def test_a_mapping_of_free_form_keeps_its_nulls() -> None:
    entry: dict[str, Any] = {"fieldsV1": {"f:metadata": {"f:name": None}, "f:spec": [None, {}]}}
    assert written(parse_as(core.ManagedFieldsEntry, entry)) == entry


def test_python_code_and_a_document_give_the_same() -> None:
    in_python = EnvVar(
        name="PASSWORD", value_from=EnvVarSource(secret_key_ref=SecretKeySelector(name="database", key="password"))
    )
    document = {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "database", "key": "password"}}}
    assert in_python == parse_as(EnvVar, document)
    assert written(in_python) == document
    assert written(Volume(name="shm", empty_dir=EmptyDirVolumeSource(medium="Memory"))) == {
        "name": "shm",
        "emptyDir": {"medium": "Memory"},
    }
