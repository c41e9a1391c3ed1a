"""Durations as Go writes them: `100ms`, `1s`, `1m30s`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown
from .published import text

__all__ = ["Duration", "PositiveDuration", "in_one_unit", "milliseconds"]

_DURATION = re.compile(r"(?=\d)(?:(\d{1,5})h)?(?:(\d{1,5})m(?!s))?(?:(\d{1,5})s)?(?:(\d{1,9})ms)?\Z", re.ASCII)
_SINGLE = re.compile(r"\d+(?:h|m|s|ms)\Z", re.ASCII)
_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}


def milliseconds(duration: str) -> int:
    """Return the length of *duration*; raises ValueError with examples when it is none."""
    matched = _DURATION.match(duration)
    if not matched:
        raise ValueError(f"must be a duration such as 500ms, 5s or 1m30s, got {shown(duration)}")
    return sum(int(amount) * unit for amount, unit in zip(matched.groups(), _UNITS.values(), strict=True) if amount)


def in_one_unit(duration: str) -> str:
    """Return *duration* with a single unit: as it is where it has one, else the largest that holds it whole.

    `1m30s` is `90s`.
    """
    length = milliseconds(duration)
    if _SINGLE.match(duration):
        return duration
    name, unit = next((name, unit) for name, unit in _UNITS.items() if length % unit == 0 and (length or name == "s"))
    return f"{length // unit}{name}"


def _checked(value: str) -> str:
    milliseconds(value)
    return value


def _positive(value: str) -> str:
    if not milliseconds(value):
        raise ValueError(f"must be longer than nothing, got {value}")
    return value


# one of the units at least: each alternative begins with the largest that is written
_MILLISECONDS = "([0-9]{1,9}ms)?"
_SECONDS = f"([0-9]{{1,5}}s)?{_MILLISECONDS}"
_FORM = text(
    f"([0-9]{{1,5}}h([0-9]{{1,5}}m)?{_SECONDS}|[0-9]{{1,5}}m{_SECONDS}|[0-9]{{1,5}}s{_MILLISECONDS}|[0-9]{{1,9}}ms)",
    most=29,
)

Duration = Annotated[str, AfterValidator(_checked), _FORM]
"""A duration in hours, minutes, seconds and milliseconds, kept as written."""
PositiveDuration = Annotated[str, AfterValidator(_positive), _FORM]
"""A duration of a millisecond at least, kept as written."""
