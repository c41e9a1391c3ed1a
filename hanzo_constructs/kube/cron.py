"""Cron expressions of five fields, as a CronJob takes them.

https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown

__all__ = ["CronExpression", "cron_problem"]

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DAYS = {name: number for number, name in enumerate("sun mon tue wed thu fri sat".split())}
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 6, _DAYS),
)
_PART = re.compile(r"(?:(\*|\?)|([0-9a-z]{1,3})(?:-([0-9a-z]{1,3}))?)(?:/([0-9]{1,2}))?\Z", re.IGNORECASE | re.ASCII)


def cron_problem(expression: str) -> str:
    """Say why *expression* is not five valid cron fields; empty when it is."""
    values = expression.split()
    if len(values) != len(_FIELDS):
        return f"must be five cron fields (minute hour day-of-month month day-of-week), got {shown(expression)}"
    for value, (name, low, high, names) in zip(values, _FIELDS, strict=True):
        if not all(_valid(part, low, high, names) for part in value.split(",")):
            return f"the {name} must be {low} to {high}, *, a range, a step or a list of them, got {shown(value)}"
    return ""


def _valid(part: str, low: int, high: int, names: dict[str, int]) -> bool:
    matched = _PART.match(part)
    if not matched:
        return False
    _, first, last, step = matched.groups()
    bounds = [names.get(text.lower(), int(text) if text.isdigit() else -1) for text in (first, last) if text is not None]
    inside = all(low <= bound <= high for bound in bounds)
    return inside and bounds == sorted(bounds) and step != "0" and step != "00"


def _checked(value: str) -> str:
    if problem := cron_problem(value):
        raise ValueError(problem)
    return value


CronExpression = Annotated[str, AfterValidator(_checked)]
"""Five cron fields; macros such as @daily and time zones are not taken."""
