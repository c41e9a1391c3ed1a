"""The arguments that a program which renders an app understands by itself."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Flags", "UnknownArgumentError", "command", "flags_in", "help_text"]

_HELP = """\
Usage: {command} [OPTIONS]

{purpose}
Writes the Kubernetes objects of its charts to the directory that the environment variable
CDK8S_OUTDIR names, or else to the one that the program names, or to dist. All files are written, or
none; what an earlier run wrote there and is not needed any more is removed.

Options:
  --check     Write nothing, and exit with 1 where the files there are others than would be written.
  --strict    Take warnings for errors.
  -h, --help  Show this message and exit.
"""


class Flags(NamedTuple):
    """What the arguments say."""

    check: bool = False
    strict: bool = False
    help: bool = False


class UnknownArgumentError(Exception):
    """There is an argument that nobody reads; the text is its name without the value."""


def flags_in(arguments: Sequence[str]) -> Flags:
    """Return what *arguments* say; raises `UnknownArgumentError`."""
    known = {"--check": "check", "--strict": "strict", "--help": "help", "-h": "help"}
    for each in arguments:
        if each not in known:
            raise UnknownArgumentError(each.partition("=")[0])
    return Flags(**{known[each]: True for each in arguments})


def help_text() -> str:
    """Return what the program says of itself, its own first line included."""
    documentation = (getattr(sys.modules["__main__"], "__doc__", None) or "").strip().partition("\n")[0]
    return _HELP.format(command=command(), purpose=f"{documentation}\n" if documentation else "")


def command() -> str:
    """Return the command that runs this program: `python main.py`, or `python -m apps.shop.main`."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    if spec is not None:
        return f"python -m {spec.name.removesuffix('.__main__')}"
    path = Path(sys.argv[0])
    here = path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
    return shlex.join(["python", str(here)])
