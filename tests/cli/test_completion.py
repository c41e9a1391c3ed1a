"""The completion scripts: word for word, and in the shells that are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FOLDER = Path(__file__).parent / "golden" / "completion"
PROGRAMS = Path(sys.executable).parent


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script(shell: str, hzc: Run, request: pytest.FixtureRequest) -> None:
    golden = FOLDER / f"{shell}.txt"
    ran = hzc("completion", shell)
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.stdout)
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout == golden.read_text()


def test_an_unknown_shell(hzc: Run) -> None:
    ran = hzc("completion", "tcsh")
    assert (ran.status, ran.stdout) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in ran.stderr


IN_BASH = """
source <(hzc completion bash)
COMP_WORDS=(hzc "$@")
COMP_CWORD=$#
_hzc_completion hzc
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(program: list[str]) -> list[str]:
    env = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    ran = subprocess.run(program, capture_output=True, text=True, env=env, check=True)
    assert ran.stderr == ""
    return ran.stdout.split("\n")[:-1]


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["comp"], ["compat", "compile", "completion"]),
        (["va"], ["validate"]),
        (["compile", "--f"], ["--format"]),
        (["compile", "--format", ""], ["yaml", "json"]),
        (["completion", "z"], ["zsh"]),
        (["show", "--wh"], ["--why"]),
        (["explain", "plat"], ["platform"]),
        (["explain", "platform.rules.mes"], ["platform.rules.message", "platform.rules.messageExpression"]),
    ],
)
def test_in_bash(words: list[str], expected: list[str]) -> None:
    assert completed(["bash", "--norc", "-c", IN_BASH, "bash", *words]) == expected


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_in_fish() -> None:
    script = 'hzc completion fish | source; complete -C "hzc va"'
    assert [line.split("\t")[0] for line in completed(["fish", "--no-config", "-c", script])] == ["validate"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_takes_the_script() -> None:
    assert completed(["zsh", "-f", "-c", 'autoload -U compinit; compinit -D; eval "$(hzc completion zsh)"']) == []
