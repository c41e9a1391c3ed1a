"""What a user writes as env, envFrom, volumes and volumeMounts arrives in the pod exactly so: all of it, in order."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.core import EnvFromSource, EnvVarSource, Volume, VolumeMount
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.pod import volume_problems
from tests.kube.core.strategies import instances_of, instances_with, optional_fields, wire
from tests.properties.odd import ODD_GIVEN
from tests.properties.parts import KNOWN, OF_FILES, Data, environments, volumes
from tests.properties.resources import least, spec_of
from tests.properties.rich import NEWEST
from tests.properties.test_any_resource import pod_of

pytestmark = pytest.mark.thorough

OF_A_VARIABLE = optional_fields(EnvVarSource)
OF_MANY = [name for name in optional_fields(EnvFromSource) if name != "prefix"]
OF_A_VOLUME = [name for name in optional_fields(Volume) if name != "git_repo"]  # refused: kubelets mount none


DIRECTORIES = {"configMapRef": {"name": "api-directories"}}
"""What stands in front of the user's envFrom where it could name another directory for the data."""


def exactly(data: Any) -> str:
    """Return *data* as text: as data, 1, 1.0 and true are equal. The order of keys has no meaning."""
    return json.dumps(data, sort_keys=True)


def pod(kind: str, **spec: Any) -> Data:
    """Compile a resource of *kind* with the fields *spec* and what it cannot do without; return its pod."""
    document = least(kind)
    if kind != "LatticeService":  # whose pods are always restricted
        document["metadata"]["annotations"] = {"hanzo.ai/pod-security": "none"}
    document["spec"] |= spec
    try:
        compilation = compile_resource(parse(document, NEWEST), NEWEST)
    except SpecError:
        reject()  # what a cluster refuses arrives nowhere
    found: Data = pod_of(compilation.manifests)["spec"]
    return found


@cache
def pod_alone(kind: str) -> Data:
    """Return the pod of the least resource of *kind*, to look at and not to change."""
    return pod(kind)


@cache
def fields_of(kind: str) -> set[str]:
    """Return the fields of the spec of *kind*, in wire names."""
    return {wire(spec_of(kind), name) for name in spec_of(kind).model_fields}


def arrives(**spec: Any) -> None:
    """Assert that each of the fields *spec* stands in the pod or in its main container as it was written.

    Of every kind that has these fields, behind what the kind has there by itself.
    """
    before = exactly(spec)
    kinds = [kind for kind in KINDS if spec.keys() <= fields_of(kind)]
    assert {KINDS[kind].compiled_as for kind in kinds} >= {"Service", "Datastore"}
    for kind in kinds:
        found, alone = pod(kind, **spec), pod_alone(kind)
        for field, value in spec.items():
            own, all_of_them = (
                (each if field == "volumes" else each["containers"][0]).get(field, []) for each in (alone, found)
            )
            directories = [each for each in all_of_them[:1] if each == DIRECTORIES and each not in own]
            assert exactly(all_of_them) == exactly([*own, *directories, *value])
    assert exactly(spec) == before


def _is_taken(volume: Data) -> bool:
    """Tell whether no rule finds anything wrong in *volume* by itself."""
    return not [*volume_problems((parse_as(Volume, {**volume, "name": "theirs"}),))]


def test_the_least_of_every_kind_has_pods() -> None:
    assert all(pod(kind)["containers"] for kind in KINDS)


@pytest.mark.parametrize("source", OF_A_VARIABLE)
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_a_variable_from_every_source(source: str, data: st.DataObject) -> None:
    place = data.draw(instances_with(EnvVarSource, [source], KNOWN))
    others = data.draw(environments)
    files = [{"name": OF_FILES, "emptyDir": {}}]
    arrives(env=[*others, {"name": "from.a.source", "valueFrom": place}], volumes=files)


@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(environments)
def test_variables(env: list[Data]) -> None:
    arrives(env=env)
    arrives(env=env[::-1])


@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.text(), st.text())
def test_values_of_any_text(first: str, second: str) -> None:
    arrives(env=[{"name": "SECOND", "value": second}, {"name": "FIRST", "value": first}])


@pytest.mark.parametrize("source", OF_MANY)
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_many_variables_from_every_source(source: str, data: st.DataObject) -> None:
    alone = data.draw(instances_with(EnvFromSource, [source], KNOWN))
    prefixed = data.draw(instances_with(EnvFromSource, [source, "prefix"], KNOWN))
    arrives(envFrom=[prefixed, alone, prefixed])


@pytest.mark.parametrize("source", OF_A_VOLUME)
@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_a_volume_from_every_source(source: str, data: st.DataObject) -> None:
    drawn = instances_with(Volume, [source], KNOWN) | instances_with(Volume, [source], ODD_GIVEN)
    volume = {**data.draw(drawn.filter(_is_taken)), "name": "theirs"}
    others = data.draw(volumes)
    assert wire(Volume, source) in volume
    mount = {**data.draw(instances_of(VolumeMount, KNOWN)), "name": "theirs", "mountPath": "/theirs"}
    arrives(
        volumes=[*(each for each in others if each["name"] != "theirs"), volume],
        volumeMounts=[mount, {**mount, "mountPath": "/again"}],
    )
