"""Conventions of the source that no linter knows."""

from __future__ import annotations

import statistics

from tests.architecture.sources import SOURCES

LENGTHS = {source.name: len(source.path.read_text().splitlines()) for source in SOURCES if not source.generated}


def test_no_file_is_longer_than_400_lines() -> None:
    assert not {name: length for name, length in LENGTHS.items() if length > 400}


def test_the_median_file_is_no_longer_than_120_lines() -> None:
    assert statistics.median(LENGTHS.values()) <= 120


def test_no_module_is_named_after_nothing_in_particular() -> None:
    vague = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
    assert not [name for name in LENGTHS if vague & set(name.split("."))]
