"""Sessions on a terminal as the documentation shows them: commands behind `$`, and what they print."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from hanzo_constructs.cli.app import run

_SECONDS = re.compile(r"\bin \d+\.\d\ds\b")
_NEEDS_A_SHELL = re.compile(r"[|<>;&$*`]")


@dataclass(frozen=True)
class Command:
    """A command and what the page says it prints."""

    line: str
    output: str

    @property
    def shown(self) -> str:
        return f"$ {self.line}\n{self.output}"


@dataclass(frozen=True)
class Ran:
    """What running a command came to."""

    status: int
    output: str
    """Both streams, as a terminal shows them."""


def commands(text: str) -> Iterator[Command]:
    """Yield the commands in a block; a backslash at the end continues a command on the next line."""
    for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        found = re.match(r"((?:.*\\\n)*.*)\n", piece)
        assert found, piece
        yield Command(found[1], piece[found.end() :])


def run_command(line: str, here: Path) -> Ran:
    """Run *line* in the directory *here*; `hzc` without a shell, which takes no time."""
    line = line.replace("\\\n", " ")
    if line.startswith("hzc ") and not _NEEDS_A_SHELL.search(line):
        return _in_this_process(shlex.split(line)[1:])
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("HZC_", "CDK8S_", "PYTEST"))}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    # a page edits programs: Python knows by the second and the size whether what it compiled is still right
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=here,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode())


def fits(shown: str, printed: str) -> bool:
    """Tell whether a page may show *shown* for *printed*: `...` stands for what it leaves out; time passes anew."""
    shown, printed = (_SECONDS.sub("in 0.00s", text) for text in (shown, printed))
    pattern = re.escape(shown).replace(re.escape("...\n"), r"(?:.*\n)*?").replace(re.escape("..."), ".*?")
    return re.fullmatch(pattern, printed) is not None


def _in_this_process(arguments: list[str]) -> Ran:
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(printed), redirect_stderr(printed):
        status = run(arguments)
    printed.seek(0)
    return Ran(status, printed.read())
