"""No field is accepted and ignored: each one, changed, changes the children or is refused."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.fields import Path, parsed_path
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.service import ServiceSpec
from tests.properties.mutations import ABSENT, Place, holds_models, places, values_at, values_of, ways
from tests.properties.rich import NEWEST, rich

PLACES = [place._replace(path=("spec", *place.path), steps=(None, *place.steps)) for place in places(ServiceSpec)]
ALWAYS_REFUSED = ("claims", 0)
"""Claims of a container, with a message: the pod they would refer to cannot declare any."""
ENOUGH = 3
"""Values of a field that are compared with each other."""

Children = Callable[[dict[str, Any], Path], str | None]


def children_of(document: dict[str, Any], at: Path = ()) -> str | None:
    """Return the children as text, or None where the resource is refused.

    What is refused elsewhere than at the place *at*, around it or below it, is replaced by other values, one after the other.
    """
    for attempt in itertools.count():
        try:
            return json.dumps(compile_resource(parse(document, NEWEST), NEWEST).manifests)
        except SpecError as error:
            for path in (parsed_path(finding.path) for finding in error.findings):
                elsewhere = path[0] == "spec" and at[: len(path)] != path[: len(at)]
                values = values_at(ServiceSpec, path[1:]) if elsewhere else []
                if attempt >= len(values):
                    return None
                place: Any = document
                for step in path[:-1]:
                    place = place[step]
                place[path[-1]] = values[attempt]
    return None


def outcomes(place: Place, children: Children) -> dict[str, str]:
    """Return the children for values that *place* takes; with only one such value, also for none."""
    best: dict[str, str] = {}
    for with_value in ways(rich(), place):
        found: dict[str, str] = {}
        for value in values_of(place.field):
            if (output := children(with_value(value), place.path)) is not None:
                found[json.dumps(value)] = output
            if len(found) == ENOUGH:
                return found
        if len(found) > 1:
            return found
        if found and (output := children(with_value(ABSENT), place.path)) is not None:
            best = best or {**found, "absent": output}
    return best


def ignored(places_of_interest: list[Place], children: Children) -> list[tuple[Any, str, str]]:
    """Return the places whose value does not show in the children, and those that take no value at all."""
    found: list[tuple[Any, str, str]] = []
    for place in places_of_interest:
        values = outcomes(place, children)
        pairs = itertools.combinations(values, 2)
        found += [(place.path, one, other) for one, other in pairs if values[one] == values[other]]
        found += [(place.path, "takes", "no value")] if len(values) < 2 else []
    return found


@pytest.mark.parametrize("name", [field.alias for field in ServiceSpec.model_fields.values()])
def test_each_field_changes_the_children_or_is_refused(name: str) -> None:
    mine = [place for place in PLACES if place.path[1] == name]
    assert mine
    found = ignored([place for place in mine if not holds_models(place.field)], children_of)
    assert not [each for each in found if each[0][-3:-1] != ALWAYS_REFUSED]


def test_a_field_that_is_ignored_is_noticed() -> None:
    def forgetful(document: dict[str, Any], at: Path) -> str | None:
        document["spec"].get("serviceMonitor", {}).pop("interval", None)
        return children_of(document, at)

    monitor = [place for place in PLACES if place.path[1:2] == ("serviceMonitor",) and not holds_models(place.field)]
    assert {path for path, *_ in ignored(monitor, forgetful)} == {("spec", "serviceMonitor", "interval")}
