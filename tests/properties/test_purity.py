"""Compiling is a function: same input, same bytes, in every process; it changes nothing and shares nothing."""

from __future__ import annotations

import copy
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import CASES, VALID, Case
from tests.golden.every import each_of

DIGEST_OF_EVERYTHING = """
import hashlib
from tests.golden.cases import CASES
digest = hashlib.sha256()
for case in CASES:
    for name, text in case.results().items():
        digest.update(f"{case.name} {name} {text}".encode())
print(digest.hexdigest())
"""


def containers(value: Any) -> Iterator[Any]:
    """Yield every mapping and list in *value*."""
    if isinstance(value, dict | list | tuple):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)


def shuffled(value: Any, random: Random) -> Any:
    """Return a copy of *value* with the keys of every mapping in another order, but of those that stand for a list."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {
            key: value[key]
            if key in ("env", "ports") and isinstance(value[key], dict)
            else shuffled(value[key], random)
            for key in keys
        }
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def only_json(value: Any) -> bool:
    if type(value) is dict:
        return all(type(key) is str and only_json(item) for key, item in value.items())
    if type(value) is list:
        return all(map(only_json, value))
    return type(value) in {str, int, float, bool}


def without_overlay(manifest: dict[str, Any]) -> dict[str, Any]:
    return {**manifest, "spec": {key: value for key, value in manifest["spec"].items() if key != "overlay"}}


@each_of(VALID)
def test_the_second_time_gives_the_same_and_the_input_is_as_before(case: Case) -> None:
    links, _ = case.links
    for document in case.documents:
        original = copy.deepcopy(document)
        resource = parse(document, case.platform)
        before = resource.model_copy(deep=True)
        first = compile_resource(resource, case.platform, links=links)
        kept = copy.deepcopy(first.manifests)
        second = compile_resource(resource, case.platform, links=links)
        assert first.manifests == second.manifests == kept
        assert first.resource_manifest == second.resource_manifest
        assert first.warnings == second.warnings
        assert resource == before
        assert document == original


@each_of(VALID)
def test_output_is_plain_and_shares_nothing_with_the_input_or_with_itself(case: Case) -> None:
    links, _ = case.links
    for document in case.documents:
        resource = parse(document, case.platform)
        compilation = compile_resource(resource, case.platform, links=links)
        again = compile_resource(resource, case.platform, links=links)
        outputs = [*compilation.manifests, compilation.resource_manifest, *again.manifests]
        assert only_json([*compilation.manifests, *again.manifests])
        assert only_json(without_overlay(compilation.resource_manifest))  # in which null removes what is derived
        seen = [id(one) for one in containers(outputs)]
        assert len(set(seen)) == len(seen)
        theirs = [*containers(document), *containers(_held(resource))]
        theirs += [compilation.owner.labels]
        theirs += [part for pods in compilation.pods for part in (pods.labels, pods.selector)]
        assert not set(seen) & {id(one) for one in theirs}


def _held(model: Any) -> Any:
    """Return what *model* holds, its own mappings and lists themselves."""
    if hasattr(model, "model_fields_set"):
        return [_held(value) for value in vars(model).values()]
    if isinstance(model, tuple):
        return tuple(_held(item) for item in model)
    return model


@each_of(VALID)
def test_the_order_of_mappings_changes_nothing(case: Case) -> None:
    random = Random(case.name)  # noqa: S311 - any other order will do
    links, _ = case.links
    for document in case.documents:
        expected = compile_resource(parse(document, case.platform), case.platform, links=links)
        for _ in range(3):
            found = compile_resource(parse(shuffled(document, random), case.platform), case.platform, links=links)
            assert dump_all(found.manifests) == dump_all(expected.manifests)
            assert dump_all([found.resource_manifest]) == dump_all([expected.resource_manifest])
            assert found.warnings == expected.warnings


@pytest.mark.processes
def test_the_seed_of_hashes_changes_nothing() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", DIGEST_OF_EVERYTHING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=CASES[0].folder.parents[3],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == hashlib.sha256().digest_size * 2
