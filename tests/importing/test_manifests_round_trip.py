"""What resources become is imported as what becomes the same: nothing is lost, and nothing is added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from benchmarks.coverage.compare import missing
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import InputError
from hanzo_constructs.importing import Imported
from hanzo_constructs.importing.manifests import cleaned, normal
from hanzo_constructs.spec.kinds import parse
from tests.importing.test_manifests import came_to
from tests.properties.resources import resources
from tests.properties.rich import NEWEST

Object = dict[str, Any]
KINDS = ("Service", "Stateful", "Task")
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def key(manifest: Object) -> tuple[str, str | None, str]:
    return manifest["kind"], manifest["metadata"].get("namespace"), manifest["metadata"]["name"]


def compiled(documents: Iterable[Object]) -> list[Object]:
    return [each for one in documents for each in compile_resource(parse(one, NEWEST), NEWEST).manifests]


def again(imported: Imported) -> dict[tuple[str, str | None, str], Object]:
    return {key(each): each for each in (*compiled(imported.resources), *imported.objects_beside)}


def differences(one: Object, other: Object) -> list[Any]:
    """Return what stands in one of two objects alone; a monitor may find its Service by other labels."""
    one, other = normal(cleaned(one)), normal(cleaned(other))
    if one["kind"] == "ServiceMonitor":
        one, other = ({**each, "spec": {**each["spec"], "selector": {}}} for each in (one, other))
    added = [each for each in missing(other, one) if each[0][-2:-1] != ("ports",)]  # of containers: they open nothing
    return [*missing(one, other), *added]


def keeps_everything(kind: str, data: st.DataObject) -> None:
    document = data.draw(resources(kind))
    document["metadata"].setdefault("annotations", {})["hanzo.ai/epoch"] = "2025"
    try:
        objects = compiled([document])
    except InputError:
        reject()  # what another epoch refuses
    found, findings = came_to(*objects, platform=NEWEST)
    assert not [each for each in findings if each.severity == "error"]
    made = again(found)
    for each in objects:
        if each["kind"] == "Secret":
            continue
        assert key(each) in made
        assert not differences(each, made[key(each)])
    assert len(made) == len(objects)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3, suppress_health_check=QUIET, phases=[Phase.generate], deadline=None)
@given(data=st.data())
def test_any_resource_is_found_again(kind: str, data: st.DataObject) -> None:
    keeps_everything(kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, suppress_health_check=QUIET, derandomize=False, deadline=None)
@given(data=st.data())
def test_any_resource_is_found_again_in_a_longer_search(kind: str, data: st.DataObject) -> None:
    keeps_everything(kind, data)
