"""Each rule of a definition is seen to refuse something, in its own words, that the models refuse at the same place.

What breaks the rules are the golden cases with errors: a rule that none of them breaks is not known to work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from hanzo_constructs.errors import Finding
from hanzo_constructs.kube.fields import Path
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.spec.kinds import KINDS
from tests.golden.cases import ERRORS
from tests.schema.oracle import Refusal, denied, denied_elsewhere, refused_path, stored_schema, with_defaults
from tests.schema.test_agreement import findings_of_documents, is_said


class Broken(NamedTuple):
    """A rule that an object breaks."""

    case: str
    value: Any
    """The object that the rule is asked of."""
    path: Path
    """The place that the rule names."""
    findings: tuple[Finding, ...]
    """What the models say of the whole document."""


def _rules() -> dict[str, str]:
    """Return each rule of each definition, with its message."""
    return {
        rule["rule"]: rule["message"]
        for kind in KINDS
        for _, part in parts_of(stored_schema(kind), "")
        for rule in part.get("x-kubernetes-validations", ())
    }


def _asked(schema: dict[str, Any], value: Any, path: Path = ()) -> Iterator[tuple[dict[str, str], Any, Path]]:
    """Yield each rule that is asked of *value* or of what is in it, with the object that it is asked of."""
    if isinstance(value, dict):
        for rule in schema.get("x-kubernetes-validations", ()):
            yield rule, value, path
        rest = schema.get("additionalProperties")
        for name, item in value.items():
            part = schema.get("properties", {}).get(name, rest if isinstance(rest, dict) else {})
            yield from _asked(part, item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _asked(schema.get("items", {}), item, (*path, index))


@cache
def _broken() -> dict[str, list[Broken]]:
    """Return by rule what breaks it."""
    found: dict[str, list[Broken]] = defaultdict(list)
    for case in ERRORS:
        for document, findings in findings_of_documents(case):
            schema = stored_schema(document["kind"])
            for rule, value, path in _asked(schema, with_defaults(schema, document)):
                if denied(rule["rule"], value):
                    place = refused_path(rule["message"], path)
                    found[rule["rule"]].append(Broken(case.name, value, place, tuple(findings)))
    return found


def _is_found(finding: Finding, place: Path) -> bool:
    """Tell whether *finding* is about *place*; one about the whole spec says in words which field it is about."""
    if finding.path in {"", "spec"}:
        return finding.message.startswith(f"{place[-1]} ")
    return is_said(finding, [Refusal(place, "")])


@pytest.mark.thorough
def test_each_rule_is_broken_where_the_models_find_a_mistake() -> None:
    """Not by an evaluation that fails, which an API server refuses too, but by one that comes to false."""
    unbroken = []
    for rule, message in _rules().items():
        if not any(_is_found(finding, each.path) for each in _broken().get(rule, ()) for finding in each.findings):
            unbroken.append(message)
    assert unbroken == []


@pytest.mark.thorough
def test_another_engine_finds_each_rule_broken() -> None:
    holding = []
    for rule, message in _rules().items():
        if not any(denied_elsewhere(rule, each.value) for each in _broken().get(rule, ())):
            holding.append(message)
    assert holding == []
