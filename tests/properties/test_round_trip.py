"""What a user writes as env, envFrom, volumes and volumeMounts arrives in the pod exactly so: all of it, in order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.core import EnvFromSource, EnvVarSource, Volume, VolumeMount
from hanzo_constructs.spec.kinds import parse
from tests.kube.core.strategies import instances_of, instances_with, optional_fields, wire
from tests.properties.rich import NEWEST
from tests.properties.services import KNOWN, environments, volumes

Data = dict[str, Any]

OF_A_VARIABLE = optional_fields(EnvVarSource)
OF_MANY = [name for name in optional_fields(EnvFromSource) if name != "prefix"]
OF_A_VOLUME = optional_fields(Volume)


def exactly(data: Any) -> str:
    """Return *data* as text: as data, 1, 1.0 and true are equal. The order of keys has no meaning."""
    return json.dumps(data, sort_keys=True)


def pod(**spec: Any) -> Data:
    """Compile a Service with the fields *spec*; return its pod."""
    image = {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0"}
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "api", "annotations": {"hanzo.ai/pod-security": "none"}},
        "spec": {"image": image, **spec},
    }
    (deployment,) = compile_resource(parse(document, NEWEST), NEWEST).manifests
    found: Data = deployment["spec"]["template"]["spec"]
    return found


def arrives(**spec: Any) -> None:
    """Assert that each of the fields *spec* stands in the pod or in its main container as it was written."""
    before = exactly(spec)
    found = pod(**spec)
    places: dict[str, Any] = {"volumes": found}
    for field, value in spec.items():
        assert exactly(places.get(field, found["containers"][0])[field]) == exactly(value)
    assert exactly(spec) == before


@pytest.mark.parametrize("source", OF_A_VARIABLE)
@settings(max_examples=25)
@given(data=st.data())
def test_a_variable_from_every_source(source: str, data: st.DataObject) -> None:
    place = data.draw(instances_with(EnvVarSource, [source], KNOWN))
    others = data.draw(environments)
    arrives(env=[*others, {"name": "from.a.source", "valueFrom": place}])


@settings(max_examples=100)
@given(environments)
def test_variables(env: list[Data]) -> None:
    arrives(env=env)
    arrives(env=env[::-1])


@settings(max_examples=100)
@given(st.text(), st.text())
def test_values_of_any_text(first: str, second: str) -> None:
    arrives(env=[{"name": "SECOND", "value": second}, {"name": "FIRST", "value": first}])


@pytest.mark.parametrize("source", OF_MANY)
@settings(max_examples=25)
@given(data=st.data())
def test_many_variables_from_every_source(source: str, data: st.DataObject) -> None:
    alone = data.draw(instances_with(EnvFromSource, [source], KNOWN))
    prefixed = data.draw(instances_with(EnvFromSource, [source, "prefix"], KNOWN))
    arrives(envFrom=[prefixed, alone, prefixed])


@pytest.mark.parametrize("source", OF_A_VOLUME)
@settings(max_examples=15)
@given(data=st.data())
def test_a_volume_from_every_source(source: str, data: st.DataObject) -> None:
    volume = {**data.draw(instances_with(Volume, [source], KNOWN)), "name": "theirs"}
    others = data.draw(volumes)
    assert wire(Volume, source) in volume
    mount = {**data.draw(instances_of(VolumeMount, KNOWN)), "name": "theirs", "mountPath": "/theirs"}
    arrives(
        volumes=[*(each for each in others if each["name"] != "theirs"), volume],
        volumeMounts=[mount, {**mount, "mountPath": "/again"}],
    )
