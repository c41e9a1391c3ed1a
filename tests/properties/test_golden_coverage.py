"""The golden cases use every field of ours and every setting of the platform; every kind and engine, in every epoch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.adopt import Adopt
from hanzo_constructs.spec.datastore import Datastore
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.service import ServiceSpec, ServingSpec
from hanzo_constructs.spec.values import is_mapping
from tests.golden.cases import ERRORS, VALID, Case
from tests.properties.mutations import KEYS, holds_models, places
from tests.properties.test_settings_count import OF_THE_CONSTRUCTS

NEVER = {("readinessProbe", "terminationGracePeriodSeconds")}
"""Fields that are refused with a message: the model is that of probes that have them."""


@cache
def compilations() -> list[Compilation]:
    return [compilation for case in VALID for compilation in case.compiled]


def fields_in(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every field that is written, without indexes."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*at, key)
            yield from fields_in(item, (*at, key))
    elif isinstance(value, list):
        for item in value:
            yield from fields_in(item, at)


@cache
def mappings_of(kind: str) -> frozenset[tuple[str, ...]]:
    """Return the fields of *kind* that hold models by name, without such names on the way."""
    return frozenset(
        tuple(step for step in place.path[1:] if isinstance(step, str) and step not in KEYS.values())
        for place in places(KINDS[kind].model)
        if is_mapping(place.field.annotation) and holds_models(place.field)
    )


def without_names(path: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Return *path* in the spec of *kind* without the names that stand in mappings of models."""
    mappings = mappings_of(kind)
    found: tuple[str, ...] = ()
    skipped = False
    for step in path:
        if found in mappings and not skipped:
            skipped = True
            continue
        found, skipped = (*found, step), False
    return found


def fields_of(kind: str) -> set[tuple[str, ...]]:
    """Return the fields of the spec of *kind* that are not Kubernetes' own."""
    return {
        without_names(tuple(step for step in place.path[1:] if isinstance(step, str)), kind)
        for place in places(KINDS[kind].model)
        if place.path[0] == "spec" and len(place.path) > 1
        if (owner := place.steps[-1]) is not None and not issubclass(owner, Part)
    }


def never_adopted(kind: str) -> set[str]:
    """Return the fields of adopt that *kind* refuses with a message: it has no such identity."""
    workload = KINDS[kind].model.model_fields["spec"].annotation.workload_kind  # type: ignore[union-attr]
    claims = set() if workload == "StatefulSet" else {field for field, _ in Adopt.model_construct().claims}
    return claims | ({"selector"} if workload == "Job" else set())


@pytest.mark.parametrize("shape", sorted({kind.compiled_as for kind in KINDS.values()}))
def test_every_field_of_ours_is_used(shape: str) -> None:
    documents = [document for case in VALID for document in case.documents]
    mine = [document for document in documents if KINDS[document["kind"]].compiled_as == shape]
    used = {without_names(path, shape) for document in mine for path in fields_in(document["spec"])}
    ours = fields_of(shape)
    # what it shares with a Service is one model and one compiler: its parts are there
    if shape in ("Gateway", "Stateful", "InferenceService", "LatticeService"):
        shared = {field.alias for field in ServingSpec.model_fields.values()} | {"rollout"}
        shared -= {"autoscaling"} if shape == "InferenceService" else set()
        ours -= {path for path in ours if len(path) > 1 and path[0] in shared}
    ours -= {("adopt", field) for field in never_adopted(shape)}
    if shape != "Service":  # Services are one model and one builder, too
        ours -= {path for path in ours if len(path) > 1 and path[0] in ("service", "services")}
    assert len(ours) > (80 if shape == "Service" else 20)
    assert not {".".join(path) for path in ours - used - NEVER}


def test_every_kind_has_golden_cases_that_compile_and_one_that_is_refused() -> None:
    def kinds_of(cases: list[Case]) -> set[str]:
        documents = [document for case in cases for document in case.documents if isinstance(document, dict)]
        return {kind for document in documents if isinstance(kind := document.get("kind"), str)}

    assert kinds_of(VALID) == set(KINDS)
    assert kinds_of(ERRORS) >= set(KINDS)


def test_every_source_of_a_volume_a_variable_and_many_variables_is_used() -> None:
    parents = {("volumes", 0): {"name"}, ("envFrom", 0): {"prefix"}, ("env", 0, "valueFrom"): set[str]()}
    sources = {
        place.path[-1]
        for place in places(ServiceSpec)
        if place.path[:-1] in parents and place.path[-1] not in parents[place.path[:-1]]
    }
    used = {path[-1] for case in VALID for document in case.documents for path in fields_in(document["spec"])}
    assert len(sources) > 30
    assert not sources - used


def test_every_setting_is_used() -> None:
    files = [file for case in VALID if (file := case.folder / "platform.yaml").exists()]
    used = {key for file in files for document in load_all(file.read_bytes()) for key in document.data}
    settings = {field.alias for field in Platform.model_fields.values()}
    assert settings - used == OF_THE_CONSTRUCTS


def test_every_kind_is_used_in_every_epoch() -> None:
    used = {(compilation.resource.kind, compilation.rules.epoch.name) for compilation in compilations()}
    assert used == set(product(KINDS, EPOCHS))


def test_every_engine_is_used_in_every_epoch_with_and_without_a_backup() -> None:
    """A Datastore of the engine itself: that of a facade is another kind's case."""
    used = {
        (
            datastore.engine.name,
            compilation.rules.epoch.name,
            any(child.id == "CronJob" for child in compilation.children),
        )
        for compilation in compilations()
        if isinstance(datastore := compilation.resource, Datastore) and datastore.kind == "Datastore"
    }
    assert used == set(product(ENGINES, EPOCHS, (False, True)))
