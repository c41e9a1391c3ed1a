"""Run `hzc` in this process and look at everything that a caller sees."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hanzo_constructs.cli.app import run


@dataclass(frozen=True)
class Ran:
    status: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory outside of any repository."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hzc(here: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: ARG001
    """Run `hzc` with arguments and a standard input in the working directory `here`."""
    monkeypatch.delenv("HZC_DEBUG", raising=False)

    def call(*arguments: str | Path, stdin: str | bytes = "", keeps: bool = False) -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        status = run([str(argument) for argument in arguments], keeps=keeps)
        captured = capsysbinary.readouterr()
        return Ran(status, captured.out.decode(), captured.err.decode())

    return call
