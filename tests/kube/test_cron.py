"""Cron expressions: what the CronJob controller takes is taken, and what it refuses is refused with a reason."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.cron import cron_problem, schedule_problem


@pytest.mark.parametrize(
    "expression",
    [
        "0 3 * * *",
        "*/15 * * * *",
        "0 0 1,15 * *",
        "0 2-4 * * mon-fri",
        "5/20 * ? JAN,Dec Sun",
        "0 0 31 2,3 *",
        "0 0 30 2 1",
        "0 0 29 2 *",
        "59 23 31 12 6",
        "  0   3 * *  * ",
        "0 0 31 2 */2",
        "*/100 * * * *",
    ],
)
def test_what_a_cron_job_takes(expression: str) -> None:
    assert cron_problem(expression) == ""


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("", 'must be five cron fields (minute hour day-of-month month day-of-week), got ""'),
        ("@daily", 'must be five cron fields (minute hour day-of-month month day-of-week), got "@daily"'),
        ("0 0 3 * * *", 'must be five cron fields (minute hour day-of-month month day-of-week), got "0 0 3 * * *"'),
        ("60 * * * *", 'the minute must be 0 to 59, *, a range, a step or a list of them, got "60"'),
        ("* 24 * * *", 'the hour must be 0 to 23, *, a range, a step or a list of them, got "24"'),
        ("* * 0 * *", 'the day of month must be 1 to 31, *, a range, a step or a list of them, got "0"'),
        ("* * * 13 *", 'the month must be 1 to 12, *, a range, a step or a list of them, got "13"'),
        ("* * * * 7", 'the day of week must be 0 to 6, *, a range, a step or a list of them, got "7"'),
        ("* * * * fry", 'the day of week must be 0 to 6, *, a range, a step or a list of them, got "fry"'),
        ("*/0 * * * *", 'the minute must be 0 to 59, *, a range, a step or a list of them, got "*/0"'),
        ("30-10 * * * *", 'the minute must be 0 to 59, *, a range, a step or a list of them, got "30-10"'),
        ("1, * * * *", 'the minute must be 0 to 59, *, a range, a step or a list of them, got "1,"'),
        ("٣ * * * *", 'the minute must be 0 to 59, *, a range, a step or a list of them, got "٣"'),
        ("0 0 30 2 *", 'no year has such a day, got "0 0 30 2 *"'),
        ("0 0 30 2 mon,*", 'no year has such a day, got "0 0 30 2 mon,*"'),
        ("0 0 30 2 */1", 'no year has such a day, got "0 0 30 2 */1"'),
        ("0 0 31 4,6 ?", 'no year has such a day, got "0 0 31 4,6 ?"'),
    ],
)
def test_what_is_refused(expression: str, problem: str) -> None:
    assert cron_problem(expression) == problem


@pytest.mark.parametrize("schedule", ["0 3 * * *", "0 0 30 2 *", "@daily", "@every 1h30m"])
def test_what_an_api_server_takes_as_a_schedule(schedule: str) -> None:
    assert schedule_problem(schedule) == ""


@pytest.mark.parametrize("schedule", ["every day", "@dayly", "@every", "@daily @weekly", ""])
def test_what_an_api_server_refuses_as_a_schedule(schedule: str) -> None:
    assert schedule_problem(schedule).startswith("must be five cron fields")
