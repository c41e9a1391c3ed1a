"""Time zones by name: the form of one, and which names are known."""

from __future__ import annotations

import zoneinfo

import pytest

from hanzo_constructs.kube.time_zones import is_known_time_zone, time_zone_names, time_zone_problem


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "GB-Eire"])
def test_a_known_zone(name: str) -> None:
    assert time_zone_problem(name) == ""
    assert is_known_time_zone(name)


@pytest.mark.parametrize("name", ["Europe/Berln", "europe/berlin", "Europe", "Mars/Olympus", "Berlin"])
def test_what_has_the_form_of_a_zone_and_is_not_known(name: str) -> None:
    assert time_zone_problem(name) == ""
    assert not is_known_time_zone(name)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", 'must be a name such as Europe/Berlin or UTC, got ""'),
        ("../etc", 'must be a name such as Europe/Berlin or UTC, got "../etc"'),
        ("/UTC", 'must be a name such as Europe/Berlin or UTC, got "/UTC"'),
        ("+01:00", 'must be a name such as Europe/Berlin or UTC, got "+01:00"'),
        ("Europe/", 'must be a name such as Europe/Berlin or UTC, got "Europe/"'),
        ("local", "must name the time zone: Local is that of wherever the controller runs"),
    ],
)
def test_no_zone(name: str, problem: str) -> None:
    assert time_zone_problem(name) == problem


def test_the_names_are_those_of_the_database() -> None:
    machine = {name for name in zoneinfo.available_timezones() if time_zone_problem(name) == ""}
    if not machine:
        pytest.skip("this machine has no time zones")
    unknown = {name for name in machine if not is_known_time_zone(name)} - {"localtime", "Factory"}
    assert len(unknown) < 10  # newer data has a few more
    assert "Europe/Berlin" in time_zone_names("Europe")
