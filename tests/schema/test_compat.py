"""What is said of prepared changes of definitions; `tests/cluster/test_compatibility.py` asks a real API server of them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.compat import Change, compared
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kinds import KINDS
from tests.schema.compat_cases import CASES, Case, definition

_OLD = definition()


def _version(**changes: Any) -> dict[str, Any]:
    """Return the old definition with *changes* of its version."""
    new = deepcopy(_OLD)
    new["spec"]["versions"][0].update(changes)
    return new


def _names(**changes: Any) -> dict[str, Any]:
    return definition(names={**_OLD["spec"]["names"], **changes})


def _versions(*names: str) -> dict[str, Any]:
    """Return a definition with versions of these *names*, of which the last is stored."""
    (version,) = _OLD["spec"]["versions"]
    return definition(versions=[{**deepcopy(version), "name": name, "storage": name == names[-1]} for name in names])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_of_a_field(case: Case) -> None:
    at = f"v1.{case.at or case.place}"
    found = {(*change[:4], change.ratchets) for change in compared([_OLD], [definition(case.new)])}
    assert (case.severity, "things.example.com", at, case.check, case.ratchets) in found
    worst = [change for change in found if change[0] == "breaking"]
    assert (case.severity == "breaking") is bool(worst)


@pytest.mark.parametrize(
    ("new", "severity", "place", "check"),
    [
        (definition(group="example.org"), "breaking", "", "group"),
        (definition(scope="Cluster"), "breaking", "", "scope"),
        (_names(kind="Object"), "breaking", "", "kind"),
        (_names(plural="objects"), "breaking", "", "plural"),
        (_names(singular="object"), "risky", "", "singular"),
        (_names(shortNames=[]), "risky", "", "shortNames"),
        (_names(shortNames=["th", "tg"]), "safe", "", "shortNames"),
        (_names(categories=[]), "risky", "", "categories"),
        (definition(conversion={"strategy": "Webhook"}), "risky", "", "conversion"),
        (_versions("v1", "v2"), "risky", "v1", "storage"),
        (_versions("v2"), "breaking", "v1", "version"),
        (_versions("v2", "v1"), "safe", "v2", "version"),
        (_version(served=False), "breaking", "v1", "served"),
        (_version(deprecated=True), "safe", "v1", "deprecated"),
        (_version(additionalPrinterColumns=[]), "risky", "v1", "column"),
        (_version(additionalPrinterColumns=[{"name": "Word", "type": "string", "jsonPath": ".spec.text"}]), "risky", "v1", "column"),
        (_version(subresources={}), "breaking", "v1", "subresource"),
        (_version(subresources={"status": {}, "scale": {"specReplicasPath": ".spec.size"}}), "safe", "v1", "subresource"),
    ],
)  # fmt: skip
def test_a_change_of_a_definition(new: dict[str, Any], severity: str, place: str, check: str) -> None:
    changes = compared([_OLD], [new])
    assert (severity, place, check) in {(change.severity, change.place, change.check) for change in changes}
    if severity != "breaking":
        assert not [change for change in changes if change.severity == "breaking"]


def test_a_definition_goes_and_comes() -> None:
    gone = Change("breaking", "things.example.com", "", "removed", "is gone: with it, every object is deleted")
    assert compared([_OLD], []) == [gone]
    assert [change.severity for change in compared([], [_OLD])] == ["safe"]


def test_the_status_that_a_subresource_takes_over_is_risky() -> None:
    (change,) = compared([_version(subresources={})], [_OLD])
    assert (change.severity, change.check) == ("risky", "subresource")


def test_a_field_that_the_stored_version_lacks_is_lost_where_nothing_converts() -> None:
    new = _versions("v1", "v2")
    spec = new["spec"]["versions"][1]["schema"]["openAPIV3Schema"]["properties"]["spec"]
    del spec["properties"]["free"]
    (change,) = (change for change in compared([_OLD], [new]) if change.severity == "breaking")
    assert (change.place, change.check) == ("v1.spec.free", "conversion")
    new["spec"]["conversion"] = {"strategy": "Webhook"}
    assert not [change for change in compared([_OLD], [new]) if change.severity == "breaking"]


def test_a_short_name_of_two_definitions_is_found_once() -> None:
    other = deepcopy(_OLD)
    other["metadata"]["name"] = "themes.example.com"
    (taken,) = (change for change in compared([_OLD], [_OLD, other]) if change.severity == "breaking")
    assert taken.message == "the short name th is that of themes.example.com too; an API server gives it to one of them"
    assert compared([_OLD, other], [_OLD, other]) == []


def test_nothing_changes_between_equals() -> None:
    for kind in KINDS.values():
        old = custom_resource_definition(kind, Platform())
        assert compared([old], [deepcopy(old)]) == []


def test_the_order_says_what_is_worst() -> None:
    spec = deepcopy(CASES[0].new)
    spec["properties"]["word"]["enum"] = ["a", "b", "c"]
    spec["properties"]["more"] = {"type": "string"}
    assert [change.severity for change in compared([_OLD], [definition(spec)])] == ["breaking", "risky", "safe"]
