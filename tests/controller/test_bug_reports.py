"""Bugs in the log of the operator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanzo_constructs.controller.bug_reports import raised


def test_where_it_was_raised_and_nothing_that_it_quotes() -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads('{"password": hunter2}')
    told = raised(caught.value)
    assert told.startswith("JSONDecodeError < ")
    assert f"{Path(__file__).name}:" in told
    assert "hunter2" not in told
