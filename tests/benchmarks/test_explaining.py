"""What it may cost to explain is judged by what it costs to compile the same."""

from __future__ import annotations

import pytest

from benchmarks.bars import bars


@pytest.mark.parametrize(("explained", "kept"), [(1.5, True), (1.51, False), (None, None)])
def test_one_service_costs_at_most_half_as_much_again_to_explain(explained: float | None, kept: bool | None) -> None:  # noqa: FBT001 - a case
    explaining = {} if explained is None else {1: (1.0, explained)}
    judged = {bar.promise: bar.kept for bar in bars([], None, None, explaining)}
    assert judged["`hzc show --why` of 1 takes at most 1.5 times the CPU of `hzc compile`"] is kept
    assert judged["`hzc show --why` of 400 takes at most 4 times the CPU of `hzc compile`"] is None
