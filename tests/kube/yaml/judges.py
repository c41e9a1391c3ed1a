"""Whom we compare with: kubectl's own reader, and a stricter equality than Python's."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

KUBECTL = shutil.which("kubectl")

needs_kubectl = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")


def read_by_kubectl(text: str) -> Any:
    """Return what kubectl makes of *text*, one object with apiVersion, kind and a name."""
    assert KUBECTL
    command = [KUBECTL, "annotate", "--local", "-o", "json", "-f", "-", "read=it"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def same(one: Any, other: Any) -> bool:
    """Compare values and types; of numbers only the values, so that 1.0 is 1 but not True."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if {type(one), type(other)} == {int, float}:
        return bool(one == other)
    return type(one) is type(other) and bool(one == other)
