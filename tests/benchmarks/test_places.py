"""The programs that the benchmarks start are where they look for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.entries import entries
from benchmarks.places import hzc, node


@pytest.mark.node
def test_the_programs_of_all_entries_are_there() -> None:
    assert Path(node()).is_file()
    assert Path(hzc()).is_file()
    assert len({entry.name for entry in entries()}) == len(entries())
