"""The definitions and the models agree: what compiles is stored, what is refused is refused there too or listed.

The definitions are judged by `oracle`, which runs their rules by an engine for CEL; a second engine is asked the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import Finding, SpecError
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.fields import Path, parsed_path
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.schema.rules import rules_of
from hanzo_constructs.schema.unsaid import REASONS, TABLE, Unsaid, row_of
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.golden.cases import CASES, ERRORS, Case
from tests.properties.mutations import ABSENT, places, values_of, ways
from tests.properties.rich import NEWEST, rich
from tests.schema.oracle import Refusal, as_stored, holds, holds_elsewhere, refusals, stored_schema, with_defaults


@cache
def findings_of_documents(case: Case) -> list[tuple[dict[str, Any], list[Finding]]]:
    """Return each document of *case* that has a kind of ours, and the errors that compiling it gives."""
    return [*_findings_of_documents(case)]


def _findings_of_documents(case: Case) -> Iterator[tuple[dict[str, Any], list[Finding]]]:
    links, _ = case.links
    for document in case.documents:
        if not isinstance(document, dict) or document.get("kind") not in [*KINDS]:
            continue
        try:
            compile_resource(parse(document, case.platform), case.platform, links=links)
        except SpecError as error:
            yield document, [each for each in error.findings if each.severity == "error"]
        else:
            yield document, []


def judged(kind: str, document: dict[str, Any]) -> list[Refusal]:
    schema = stored_schema(kind)
    return [*refusals(schema, with_defaults(schema, document))]


@pytest.mark.thorough
def test_what_compiles_is_stored() -> None:
    refused = []
    for case in CASES:
        for document, findings in findings_of_documents(case):
            if not findings:
                resource = parse(document, case.platform)
                refused += [f"{case.name}: {each}" for each in judged(resource.kind, as_stored(resource))]
    assert refused == []


def _without_indexes(path: Path) -> Path:
    return tuple(step for step in path if not isinstance(step, int))


def is_said(finding: Finding, refused: list[Refusal]) -> bool:
    """Tell whether one of *refused* names the place of *finding*, or one around it or below, within the spec."""
    place = _without_indexes(parsed_path(finding.path))
    named = [_without_indexes(each.path) for each in refused]
    return any(len(each) > 1 and (place[: len(each)] == each or each[: len(place)] == place) for each in named)


@cache
def _unsaid() -> list[tuple[str, Finding]]:
    """Each error of the golden cases that the definition of the kind does not give, with the name of its case."""
    return [
        (case.name, finding)
        for case in ERRORS
        for document, findings in findings_of_documents(case)
        for refused in [judged(document["kind"], document)]
        for finding in findings
        if not is_said(finding, refused)
    ]


def test_what_is_refused_is_refused_by_the_definition_or_listed() -> None:
    assert [f"{case}: {finding}" for case, finding in _unsaid() if row_of(finding.path, finding.message) is None] == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.what)
def test_what_is_listed_is_taken_by_a_definition(row: Unsaid) -> None:
    assert row.reason in REASONS
    assert any(row_of(finding.path, finding.message) is row for _, finding in _unsaid())


def _objects(kind: str, document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each rule that is asked of *document*, and the object that it is asked of."""

    def below(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, Any]]:
        for rule in schema.get("x-kubernetes-validations", ()) if isinstance(value, dict) else ():
            yield rule["rule"], value
        if isinstance(value, dict):
            for name, part in schema.get("properties", {}).items():
                if name in value:
                    yield from below(part, value[name])
        elif isinstance(value, list):
            for item in value:
                yield from below(schema.get("items", {}), item)

    schema = stored_schema(kind)
    yield from below(schema, with_defaults(schema, document))


@pytest.mark.thorough
def test_another_engine_gives_the_same_verdicts() -> None:
    asked = {}
    for case in CASES:
        for document, _ in findings_of_documents(case):
            for rule, value in _objects(document["kind"], document):
                asked[rule, repr(value)] = value
    differ = [rule for (rule, _), value in asked.items() if holds(rule, value) != holds_elsewhere(rule, value)]
    assert len(asked) > 1000
    assert differ == []


def test_a_message_is_one_line_and_a_rule_asks_before_it_reads() -> None:
    for kind in KINDS:
        for _, part in parts_of(stored_schema(kind), ""):
            for rule in part.get("x-kubernetes-validations", ()):
                assert rule["message"]
                assert "\n" not in rule["message"] + rule["rule"]


def test_rules_of_a_shared_model_hold_for_what_is_made_from_it() -> None:
    service, facade = (KINDS[name].model for name in ("Service", "IAM"))
    assert rules_of(facade) == rules_of(service)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if not kind.of])
def test_no_other_value_that_compiles_is_refused(kind: str) -> None:
    """Each field of ours gets other values; those of Kubernetes' own types are checked by the types alone."""
    refused: dict[str, Path] = {}
    tried = 0
    for place in places(KINDS[kind].model):
        own = not any(step is not None and issubclass(step, Part) for step in place.steps)
        for value in [ABSENT, *values_of(place.field)[:3]] if own and place.path[0] == "spec" else ():
            with suppress(SpecError):
                resource = parse(next(ways(rich(kind), place))(value), NEWEST)
                compile_resource(resource, NEWEST)
                tried += 1
                refused |= {str(each): place.path for each in judged(kind, as_stored(resource))}
    assert tried > 50
    assert refused == {}
