"""The mixed fleet is what the benchmark says it is, and right. Nothing is timed."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from benchmarks.bars import bars
from benchmarks.entries import entries
from benchmarks.mixed import NEIGHBOURHOOD, mixed_resource
from benchmarks.mixed_objects import mixed_compilations, mixed_objects, objects_per_resource
from benchmarks.runs import Best, Timings
from hanzo_constructs.verify import prove
from tests.krakend import configurations


def test_the_mixed_fleet_is_a_function_of_the_index() -> None:
    fleet = [json.dumps(mixed_resource(index)) for index in range(200)]
    assert fleet == [json.dumps(mixed_resource(index)) for index in reversed(range(200))][::-1]
    assert len(set(fleet)) == 200


def test_every_neighbourhood_has_the_same_shares() -> None:
    for first in range(0, 4000, NEIGHBOURHOOD):
        kinds = Counter(mixed_resource(index)["kind"] for index in range(first, first + NEIGHBOURHOOD))
        assert kinds == {"Service": 35, "Datastore": 10, "Base": 4, "Gateway": 1}


def test_all_engines_are_in_it() -> None:
    engines = {mixed_resource(index)["spec"].get("type") for index in range(NEIGHBOURHOOD)} - {None}
    assert engines == {"clickhouse", "docdb", "minio", "nats", "postgresql", "valkey"}


def test_a_hundred_compile_and_fit_together_without_a_word() -> None:
    compilations, contradictions = mixed_compilations(100)
    assert [*contradictions, *(warning for each in compilations for warning in each.warnings)] == []
    assert prove(compilations).findings == ()


def test_every_application_is_behind_the_gateway_of_its_neighbourhood() -> None:
    objects = mixed_objects(100)
    configs = [*configurations(objects).values()]
    assert len(configs) == 2
    for number, config in enumerate(configs):
        text = json.dumps(config["endpoints"])
        for ten in range(5):
            assert (f"app-{number * 5 + ten:04d}." in text) == (ten > 0)
            assert f"app-{(1 - number) * 5 + ten:04d}." not in text


def test_the_objects_of_a_resource_are_those_of_any_neighbourhood() -> None:
    assert len(mixed_objects(2 * NEIGHBOURHOOD)) == objects_per_resource() * 2 * NEIGHBOURHOOD


def _timings(name: str, further: float) -> Timings:
    """Return what was measured where every resource beyond the first 400 costs *further* seconds."""
    (entry,) = (entry for entry in entries() if entry.name == name)
    seconds = {1: 0.1, 400: 1.0, 4000: 1.0 + 3600 * further}
    return Timings(entry, {size: Best(value, 2**20) for size, value in seconds.items()})


@pytest.mark.parametrize(("slower", "kept"), [(1.0, True), (1.29, True), (1.31, False)])
def test_the_promise_about_time_is_per_object(monkeypatch: pytest.MonkeyPatch, slower: float, *, kept: bool) -> None:
    monkeypatch.setattr("benchmarks.entries.node", lambda: "node")
    plain, mixed = _timings("hzc", 0.006), _timings("hzc mixed", 0.001 * objects_per_resource() * slower)
    (bar,) = (bar for bar in bars([plain, mixed], None) if bar.promise.startswith("hzc mixed: an object"))
    assert bar.kept is kept
