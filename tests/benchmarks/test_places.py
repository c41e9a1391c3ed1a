"""What the benchmarks start is where they look for it, and what they measure is what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.entries import entries
from benchmarks.fleet import resource
from benchmarks.inputs import by_hand
from benchmarks.places import HERE, hzc, node
from hanzo_constructs.kube.yaml import dump_all, load_all
from hanzo_constructs.kube.yaml.simple import read_simple
from hanzo_constructs.kube.yaml.source import chunks


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what processes share")
def test_the_memory_of_all_processes_is_more_than_that_of_one(tmp_path: Path) -> None:
    held = "x = bytearray(40 << 20); import time; time.sleep(0.5)"
    both = f"import subprocess, sys; x = bytearray(40 << 20); subprocess.run([sys.executable, '-c', {held!r}])"
    peaks = []
    for options in ([], ["--tree"]):
        streams = [str(tmp_path / "out"), str(tmp_path / "err")]
        command = [sys.executable, str(HERE / "measure.py"), *options, *streams, sys.executable, "-c", both]
        peaks.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["peak"])
    assert peaks[1] > 80 << 20 > peaks[0]


def test_a_fleet_that_is_written_by_hand_holds_the_same() -> None:
    text = dump_all(resource(number) for number in range(20))
    written = by_hand(text)
    for form in ("&health", "*health", "it''s", "limits: {cpu", "name : ", " #\t"):
        assert written.count(form) == 20
    assert [each.data for each in load_all(written)] == [each.data for each in load_all(text)]
    assert all(read_simple(chunk.text, {}) for chunk in chunks(written))


@pytest.mark.node
def test_the_programs_of_all_entries_are_there() -> None:
    assert Path(node()).is_file()
    assert Path(hzc()).is_file()
    assert len({entry.name for entry in entries()}) == len(entries())
