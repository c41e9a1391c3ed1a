"""`hzc synth`: runs a program that renders apps, and writes what it renders; no Node, unless the program needs it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import OptionsOnce, strict
from .printing import counted, print_data, print_error, print_findings, print_line, safe
from .writing import write_told

if TYPE_CHECKING:
    from ..errors import Finding
    from .programs import ProgramOutput

__all__ = ["synth"]

_STDOUT = "-"
_MANIFESTS = (".yaml", ".yml")
"""How the names of files end that hold objects; a program may write others beside them."""
_NOT_RUN = ("validations",)
"""Settings of the cdk8s command line for which it does more than run the program."""


@click.command(cls=OptionsOnce, short_help="Run a program that renders an app, and write what it renders.")
@click.option(
    "--app",
    "-a",
    metavar="COMMAND",
    help="Program, run by the shell. Default: app in the cdk8s.yaml of the working directory.",
)
@click.option(
    "--output",
    "-o",
    metavar="DIR|-",
    type=click.Path(allow_dash=True),
    help="Directory to write to, or - for the standard output. Default: CDK8S_OUTDIR, output in the cdk8s.yaml, or dist.",
)
@click.option("--stdout", "-p", is_flag=True, help="The same as --output -.")
@click.option("--check", is_flag=True, help="Write nothing; exit with status 1 where the files there are others.")
@strict
def synth(*, app: str | None, output: str | None, stdout: bool, check: bool, strict: bool) -> int:
    """Run the program that cdk8s.yaml names, and write what it renders, as cdk8s synth does, without Node.

    All that one app renders is written or nothing of it. Files that an earlier run wrote and that are not needed any
    more are removed; files of others are never touched. Prints the files that the output consists of.
    """
    from .programs import cdk8s_data, cdk8s_settings, default_directory, rendered_by

    if stdout and output not in (None, _STDOUT):
        raise click.UsageError(f"--stdout prints and -o {output} writes; leave one of them out")
    output = _STDOUT if stdout else output
    if output == "":  # the text of an unset variable
        raise click.UsageError("--output must name a directory, and the name is empty")
    if check and output == _STDOUT:
        raise click.UsageError("--check compares with a directory, and the standard output is none")
    said = cdk8s_settings(Path())
    command = said.get("app") if app is None else app
    if not command:
        raise click.UsageError("nothing to run is named; write app: COMMAND in cdk8s.yaml, or --app COMMAND")
    print_findings(_left_out(cdk8s_data(Path())))
    chosen = output not in (None, _STDOUT)
    directory = output if output and chosen else default_directory(said)
    otherwise = "nothing compared" if check else "nothing written"
    found = rendered_by(command, directory, is_chosen=chosen, otherwise=otherwise)
    if strict and (warnings := sum(each.warnings for each in found)):
        print_error(f"{counted(warnings, 'warning')}; {otherwise}")
        return 2
    if check:
        return _compared(found, _command(app, output))
    if output == _STDOUT:
        print_data(part for each in found for part in _joined(each.files))
    else:
        for each in found:
            _write(each)
    for line in dict.fromkeys(line for each in found for line in each.needs):
        print_line(safe(line))
    return 0


def _left_out(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what a `cdk8s.yaml` asks for and this command does not do; raises `ReadError` where the output would differ."""
    from ..errors import Finding, ReadError

    shape = data.get("synthConfig")
    form = shape.get("format", "plain") if isinstance(shape, dict) else "plain"
    if form != "plain":
        message = "hzc synth writes plain manifests; cdk8s synth writes the chart of Helm"
        raise ReadError([Finding(message, "synthConfig.format", where="cdk8s.yaml")])
    for name in _NOT_RUN:
        if data.get(name):
            yield Finding("not run by hzc synth; cdk8s synth does that", name, where="cdk8s.yaml", severity="note")


def _command(app: str | None, output: str | None) -> str:
    parts = ["hzc", "synth", *(["--app", app] if app else []), *(["-o", output] if output else [])]
    return shlex.join(parts)


def _compared(found: Sequence[ProgramOutput], command: str) -> int:
    from .check import compared

    return max(compared(each, command) for each in found)


def _joined(files: Mapping[str, str | bytes]) -> Iterator[str]:
    """Yield the documents in *files*, by name; a plain App writes no separator in front of the first one."""
    for name in sorted(files):
        content = files[name]
        text = content.decode(errors="replace") if isinstance(content, bytes) else content
        if text.strip() and name.endswith(_MANIFESTS):
            yield text if text.startswith("---") else f"---\n{text}"
            yield "" if text.endswith("\n") else "\n"


def _write(rendered: ProgramOutput) -> None:
    """Write what was *rendered*, and print the names of the files."""
    change = write_told(rendered.directory, rendered.files)
    for name in change.removed:
        print_line(safe(f"removed {Path(rendered.directory) / name}"))
    print_data(f"{safe(str(Path(rendered.directory) / name))}\n" for name in sorted(rendered.files))
