"""The group of commands, and how every run ends: 0, 1 for a failure, 2 for wrong input, and never with a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

import click

from ..errors import HanzoError, InputError, system_reason
from .printing import print_error, print_findings

__all__ = ["hzc", "run"]

_FAILED, _WRONG, _INTERRUPTED = 1, 2, 130

_REPORT = "this is a bug in hzc; please report it with the input that shows it (HZC_DEBUG=1 prints the traceback)"


_COMMANDS = {
    "check": ("check", "check"),
    "compat": ("compat", "compat"),
    "compile": ("compile", "compile_command"),
    "completion": ("completion", "completion"),
    "crds": ("definitions", "crds"),
    "diff": ("diff", "diff"),
    "explain": ("explain", "explain"),
    "fleet": ("fleet", "fleet"),
    "import": ("import_command", "import_command"),
    "init": ("init", "init"),
    "lsp": ("lsp", "lsp"),
    "migrate": ("migrate", "migrate"),
    "operator": ("operator", "operator"),
    "report": ("report", "report"),
    "schema": ("definitions", "schema_command"),
    "show": ("show", "show"),
    "synth": ("synth", "synth"),
    "takeover": ("takeover", "takeover"),
    "validate": ("validate", "validate"),
}
"""The module of each command, and its name there: a run imports the one that it is."""


class _Commands(Mapping[str, click.Command]):
    """The commands by name; each is imported when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        module, attribute = _COMMANDS[name]
        command: click.Command = getattr(import_module(f".{module}", __package__), attribute)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"hzc {version('hanzo-constructs')}")
        context.exit()


@click.group(
    commands=_Commands(),
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    # The same text on every terminal, so that it can be tested and quoted.
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 100},
    epilog="Exit status: 0 when all is well, 1 when something failed, such as writing, 2 when the input is wrong.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version and exit."
)
@click.pass_context
def hzc(context: click.Context) -> None:
    """Compile resources of the hanzo.ai platform into complete sets of Kubernetes objects."""
    if context.invoked_subcommand is None:  # versions of click do not agree on what follows from that
        click.echo(context.get_help(), err=True)
        context.exit(_WRONG)


def run(arguments: Sequence[str] | None = None, *, keeps: bool = False) -> int:
    """Run the command line with *arguments*, by default those of the process, and return the exit status.

    Where it *keeps* results, a run may print that of an earlier one, and leaves its own to later ones.
    """
    try:
        status = hzc.main(arguments, prog_name="hzc", standalone_mode=False, obj=keeps)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("HZC_DEBUG") and not isinstance(error, (HanzoError, click.ClickException)):
            raise
        return _ended_by(error)
    return status or 0


def _ended_by(error: BaseException) -> int:
    """Say what ended the run, and return the exit status."""
    match error:
        case InputError():
            print_findings(error.findings)
            return _WRONG
        case HanzoError():
            print_error(*str(error).split("\n"))
        case click.UsageError():
            print_error(_usage(error))
            return _WRONG
        case click.Abort() | KeyboardInterrupt():
            print_error("interrupted")
            return _INTERRUPTED
        case BrokenPipeError():
            _discard_stdout()  # whoever reads has seen enough, such as `head`
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            print_error(f"{place}{system_reason(error)}")
            _discard_stdout()
        case _:
            print_error(f"{type(error).__name__}: {error}: {_REPORT}")
    return _FAILED


def _usage(error: click.UsageError) -> str:
    message = error.format_message().rstrip(".").replace(". (Did you mean", " (did you mean")
    hint = f"; see `{error.ctx.command_path} --help`" if error.ctx else ""
    return message[:1].lower() + message[1:] + hint


def _discard_stdout() -> None:
    """Point the standard output at the null device, so that flushing it at exit does not fail once more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
