"""`hzc check`: compares what was committed with what would be written now."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .compile import Wanted, compile_into, output_options
from .options import OptionsOnce, platform_options, strict
from .printing import counted, print_data, print_error, safe, tell

if TYPE_CHECKING:
    from ..output.comparing import Comparison
    from ..output.directory import Content
    from .programs import ProgramOutput

__all__ = ["check", "compared"]

_MOST_LINES = 40
"""Lines of a difference that are printed; who wants all of them asks for them."""

_DEFAULTS = {"form": "yaml"}


@click.command(cls=OptionsOnce, short_help="Tell whether written files are what would be written now.")
@click.argument("places", nargs=-1, metavar="[FILE...|DIR]", type=click.Path(allow_dash=True))
@click.option(
    "--output", "-o", metavar="DIR", type=click.Path(), help="Directory that hzc compile FILE... -o DIR has written."
)
@click.option(
    "--app",
    metavar="COMMAND",
    help="Program that renders an app, run by the shell. Default: app in the cdk8s.yaml of the working directory.",
)
@output_options
@platform_options
@strict
@click.pass_obj
def check(
    keeps: bool,  # noqa: FBT001 - as click passes it
    /,
    places: tuple[str, ...],
    *,
    output: str | None,
    app: str | None,
    no_cache: bool,
    **options: Any,
) -> int:
    """Render without writing, and compare with what stands in DIR: what is stale, missing or left over.

    With -o, FILE are compiled as hzc compile does, which takes the same options. Without it, a program in Python is run,
    and DIR is where it writes, by default output in the cdk8s.yaml, or dist.

    Prints each file that differs, what changes for what runs, and the command that writes it anew. The exit status is 1
    where something differs. Line ends that git converted make no difference.
    """
    if output is not None:
        if app is not None:
            raise click.UsageError("--app renders a program and -o says where FILE were written; leave one of them out")
        return _check_files(places, output, options, keeps=keeps and not no_cache)
    for name, value in options.items():
        if name != "strict" and value and value != _DEFAULTS.get(name):
            raise click.UsageError(
                f"--{_OPTIONS.get(name, name)} is for FILE, which need -o DIR; a program decides it itself"
            )
    return _check_app(places, app, is_strict=options["strict"])


_OPTIONS = {"form": "format", "settings": "platform"}
"""Options that are called otherwise here."""


def _check_files(files: tuple[str, ...], output: str, options: Mapping[str, Any], *, keeps: bool) -> int:
    """Compare what *files* become with the directory *output*."""
    from ..output.comparing import compare_directory

    if output in ("", "-"):
        raise click.UsageError("--output must name a directory")
    if not files:
        raise click.UsageError("missing argument FILE: name what hzc compile has read")
    statuses: list[int] = []

    def compare(directory: str, contents: Mapping[str, str | Content]) -> None:
        found = compare_directory(Path(directory), contents)
        statuses.append(_told(directory, contents, found, _compile_command(files, output, options)))

    wanted = Wanted(output, **options)
    if not compile_into(files, wanted, compare, keeps=keeps, otherwise="nothing compared"):
        return 2
    return max(statuses)


def _compile_command(files: Sequence[str], output: str, options: Mapping[str, Any]) -> str:
    command = ["hzc", "compile", *files, "-o", output]
    for name, value in options.items():
        if name == "strict" or not value or value == _DEFAULTS.get(name):
            continue
        command += [f"--{_OPTIONS.get(name, name)}", *([] if value is True else [value])]
    return shlex.join(command)


def _check_app(places: tuple[str, ...], app: str | None, *, is_strict: bool) -> int:
    """Compare what a program renders with what it has written."""
    from .programs import cdk8s_settings, default_directory, rendered_by

    if len(places) > 1:
        raise click.UsageError(f"got {len(places)} arguments; FILE need -o DIR, and a program writes to one DIR")
    if "" in places:
        raise click.UsageError("the path of DIR is empty")
    said = cdk8s_settings(Path())
    command = said.get("app") if app is None else app
    if not command:
        what = f"{places[0]}: what writes it is not known" if places else "nothing to check is named"
        message = f"{what}; write hzc check FILE... -o DIR for resources, or name a program with --app or in cdk8s.yaml"
        raise click.UsageError(message)
    default = default_directory(said)
    found = rendered_by(command, places[0] if places else default, is_chosen=bool(places))
    if is_strict and (warnings := sum(each.warnings for each in found)):
        print_error(f"{counted(warnings, 'warning')}; nothing compared")
        return 2
    return max(_compared(each, command) for each in found)


def _compared(rendered: ProgramOutput, command: str) -> int:
    is_said = rendered.is_default and rendered.directory != "dist"
    mend = f"CDK8S_OUTDIR={shlex.quote(rendered.directory)} {command}" if is_said else command
    return compared(rendered, mend)


def compared(rendered: ProgramOutput, command: str) -> int:
    """Compare what a program has *rendered* with what stands there; *command* mends it. Return the exit status."""
    from ..output.comparing import compare_directory

    found = compare_directory(Path(rendered.directory), rendered.files, keeps_list=rendered.keeps_list)
    return _told(rendered.directory, rendered.files, found, command)


def _told(directory: str, files: Mapping[str, str | Content], found: Comparison, command: str) -> int:
    """Say what was *found* in *directory*, and the *command* that mends it; return the exit status."""
    if found.is_same:
        tell(f"{directory}: {counted(found.number, 'file')} as they would be written")
        return 0
    from .stale import differences

    lines = [
        f"{word:<9} {safe(str(Path(directory) / name))}"
        for word, names in (("stale", found.stale), ("missing", found.missing), ("orphaned", found.orphaned))
        for name in names
    ]
    more = differences(Path(directory), files, found)
    lines += ["", *more[:_MOST_LINES]] if more else []
    if len(more) > _MOST_LINES:
        lines.append(f"... {counted(len(more) - _MOST_LINES, 'more line').replace('more lines', 'lines more')}")
    print_data(f"{safe(line)}\n" for line in lines)
    counts = ((found.stale, "stale"), (found.missing, "missing"), (found.orphaned, "orphaned"))
    told = ", ".join(f"{len(names)} {word}" for names, word in counts if names)
    print_error(f"{directory}: {told}; to write it anew: {command}")
    return 1
