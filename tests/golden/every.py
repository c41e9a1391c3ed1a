"""Tests of every golden case that are a loop: one item of pytest for a few cases, because an item takes longer than they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import pytest

from tests.golden.cases import Case

__all__ = ["each_of"]

_MOST = 25
"""Cases in one item."""


def each_of(cases: Sequence[Case]) -> Callable[[Callable[[Case], None]], Callable[[list[Case]], None]]:
    """Return a decorator that makes a test of few of *cases* at a time from a check of one; a failure names its case."""
    parts = [
        pytest.param(some[at : at + _MOST], id=f"{kind}-{at}")
        for kind, all_of_kind in groupby(cases, key=lambda case: case.folder.parent.name)
        for some in [[*all_of_kind]]
        for at in range(0, len(some), _MOST)
    ]

    def decorated(check: Callable[[Case], None]) -> Callable[[list[Case]], None]:
        @pytest.mark.parametrize("some", parts)
        def test(some: list[Case]) -> None:
            failures = [failure for case in some if (failure := _failure(check, case))]
            if len(failures) == 1:
                raise failures[0]
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(some)} cases", failures)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return decorated


def _failure(check: Callable[[Case], None], case: Case) -> Exception | None:
    try:
        check(case)
    except Exception as error:  # noqa: BLE001 - the other cases are checked too
        error.add_note(f"golden case {case.name}")
        return error
    return None
