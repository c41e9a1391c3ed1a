"""Cron expressions of five fields, as a CronJob takes them.

https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown
from .published import text

__all__ = ["CronExpression", "cron_problem", "schedule_problem"]

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DAYS = {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 6, _DAYS),
)
_PART = re.compile(r"(?:(\*|\?)|([0-9a-z]{1,3})(?:-([0-9a-z]{1,3}))?)(?:/([0-9]{1,4}))?\Z", re.IGNORECASE | re.ASCII)
_EVERY_DAY = re.compile(r"[*?](?:/0*1)?\Z")
_MACRO = re.compile(r"@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month in the longest year."""


def cron_problem(expression: str) -> str:
    """Say why *expression* is not five cron fields that some day meets; empty when it is."""
    meant, problem = _fields(expression)
    if problem:
        return problem
    _, _, days, months, _ = meant
    # where days of the week are given too, one of them would do as well as a day of the month
    any_weekday = any(_EVERY_DAY.match(part) for part in expression.split()[4].split(","))
    if any_weekday and all(min(days) > _LONGEST[month - 1] for month in months):
        return f"no year has such a day, got {shown(expression)}"
    return ""


def schedule_problem(schedule: str) -> str:
    """Say why an API server refuses *schedule*; it takes macros such as `@daily` too, and days that no year has."""
    if _MACRO.fullmatch(schedule):
        return ""
    return _fields(schedule)[1]


def _fields(expression: str) -> tuple[list[set[int]], str]:
    """Return the numbers that each field of *expression* means, and why they are not five fields."""
    values = expression.split()
    if len(values) != len(_FIELDS):
        return [], f"must be five cron fields (minute hour day-of-month month day-of-week), got {shown(expression)}"
    meant: list[set[int]] = []
    for value, (name, low, high, names) in zip(values, _FIELDS, strict=True):
        parts = [_meant(part, low, high, names) for part in value.split(",")]
        if not all(parts):
            return [], f"the {name} must be {low} to {high}, *, a range, a step or a list of them, got {shown(value)}"
        meant.append(set().union(*parts))
    return meant, ""


def _meant(part: str, low: int, high: int, names: dict[str, int]) -> set[int]:
    """Return the numbers that *part* of a field means; none when it is not valid."""
    matched = _PART.match(part)
    if not matched:
        return set()
    every, first, last, step = matched.groups()
    if every:
        begin, end = low, high
    else:
        begin = _number(first, names)
        # a single number with a step means: from there on
        end = _number(last, names) if last else high if step else begin
    if not low <= begin <= end <= high or (step and int(step) == 0):
        return set()
    return set(range(begin, end + 1, int(step or 1)))


def _number(text: str, names: dict[str, int]) -> int:
    return int(text) if text.isdigit() else names.get(text.lower(), -1)


def _checked(value: str) -> str:
    if problem := cron_problem(value):
        raise ValueError(problem)
    return value


CronExpression = Annotated[
    str, AfterValidator(_checked), text(r"\s*([A-Za-z0-9*,/?-]+\s+){4}[A-Za-z0-9*,/?-]+\s*", most=1024)
]
"""Five cron fields; macros such as @daily and time zones are not taken."""
