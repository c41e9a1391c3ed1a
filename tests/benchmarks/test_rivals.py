"""The rivals of the benchmark are judged by reference objects; here the reference itself is judged. Nothing is timed."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import jsonschema_rs
import pytest

from benchmarks.fleet import resource
from benchmarks.reference import KINDS, objects
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.spec.kinds import parse

pytest.importorskip("kubernetes_validate", reason="the schemas come with kubernetes-validate")

SCHEMAS = resources.files("kubernetes_validate") / "kubernetes-json-schema" / "v1.34.0-local-strict"
SCHEMA_FILES: dict[str, str] = dict(
    zip(
        KINDS,
        (
            "deployment-apps-v1",
            "service-v1",
            "ingress-networking-v1",
            "horizontalpodautoscaler-autoscaling-v2",
            "poddisruptionbudget-policy-v1",
            "networkpolicy-networking-v1",
        ),
        strict=True,
    )
)
BASE = "https://kubernetes.test/api/"


@cache
def _definitions() -> jsonschema_rs.Registry:
    definitions = json.loads((SCHEMAS / "_definitions.json").read_text())
    return jsonschema_rs.Registry([(f"{BASE}_definitions.json", definitions)])


def test_the_fleet_is_a_function_of_the_index() -> None:
    assert [resource(index) for index in range(30)] == [resource(index) for index in range(30)]
    assert len({json.dumps(resource(index)["spec"]) for index in range(200)}) == 200


def test_the_reference_is_what_the_compiler_makes_of_the_fleet() -> None:
    for index in range(40):
        compiled = [child.manifest for child in compile_resource(parse(resource(index))).children]
        assert sorted(compiled, key=lambda manifest: KINDS.index(manifest["kind"])) == objects(index)


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_is_valid_where_unknown_fields_are_refused(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{SCHEMA_FILES[kind]}.json").read_text())
    validator = jsonschema_rs.Draft7Validator({**schema, "$id": f"{BASE}{kind}.json"}, registry=_definitions())
    (manifest,) = (manifest for manifest in objects(7) if manifest["kind"] == kind)
    assert [error.message for error in validator.iter_errors(manifest)] == []
    wrong = {**manifest, "spec": {**manifest["spec"], "unknown": 1}}
    assert not validator.is_valid(wrong)
