"""`hzc compile`: resources in, manifests out, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .options import OptionsOnce, files, platform_options, platform_with, settings_used, strict
from .printing import counted, print_data, print_findings, print_line, safe, tell

if TYPE_CHECKING:
    from .checking import Checked

__all__ = ["compile_command"]

_STDOUT = "-"


@click.command("compile", cls=OptionsOnce, short_help="Print or write the Kubernetes objects of resources.")
@files
@click.option(
    "--output",
    "-o",
    metavar="DIR|-",
    default=_STDOUT,
    show_default=True,
    type=click.Path(allow_dash=True),
    help="Directory to write to, or - for the standard output.",
)
@click.option("--single", is_flag=True, help="Write one file instead of one for each resource.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option(
    "--mode",
    type=click.Choice(["children", "resources"]),
    help="Write what the resources compile to, or the resources themselves for clusters that run an operator. "
    "Default: the platform's setting output.",
)
@platform_options
@strict
def compile_command(
    files: tuple[str, ...],
    *,
    output: str,
    single: bool,
    form: str,
    mode: Literal["children", "resources"] | None,
    settings: str | None,
    namespace: str | None,
    strict: bool,
) -> int:
    """Compile the resources in FILE, which is a file of YAML or JSON, a directory, or - for the standard input.

    Nothing is written unless all resources are right and fit together. In DIR, files that an earlier run wrote and
    that are not needed any more are removed; files of others are never touched.
    """
    if not output:  # the text of an unset variable
        raise click.UsageError("--output must name a directory, and the name is empty")
    if single and output == _STDOUT:
        raise click.UsageError("--single needs --output DIR: the standard output is one file anyway")
    from ..sources import read_from
    from .checking import check
    from .rendering import FORMATS, files_of, object_texts, renderer

    platform = platform_with(settings, namespace)
    shape = FORMATS[form]
    checked = check(files, platform, renderer(shape, mode or platform.output), settings=settings_used(settings))
    print_findings(checked.findings)
    if output != _STDOUT and (source := read_from(output, checked.sources)):
        message = f"--output must name a directory that is not read from, and {output} holds {source.name}"
        raise click.UsageError(f"{message}; choose another one, such as dist")
    if checked.failed(strict=strict):
        print_line(f"{checked.tally}; nothing written")
        return 2
    _tell_of_placeless(checked)
    pieces = [outcome.value for outcome in checked.outcomes if outcome.value]
    if output == _STDOUT:
        before, after = object_texts(checked.objects, shape)
        print_data(shape.joined([*before.values(), *(piece.text for piece in pieces), *after.values()]))
        return 0
    from ..output.directory import write_directory
    from ..output.objects import gone_lines

    change = write_directory(Path(output), files_of(pieces, shape, single=single, objects=checked.objects))
    for line in gone_lines(output, change.gone, change.unread):
        print_line(safe(line))
    tell(
        f"{output}: {counted(len(change.written), 'file')} written, "
        f"{len(change.unchanged)} unchanged, {len(change.removed)} removed"
    )
    return 0


def _tell_of_placeless(checked: Checked[Any]) -> None:
    """Say which objects are written without a namespace, although they were proven in one."""
    if found := checked.placeless:
        from ..own_objects import subject_of

        namespace, first = checked.namespace, subject_of(found[0].data)
        who = f"{first} names" if len(found) == 1 else f"{len(found)} objects of your own, such as {first}, name"
        print_line(
            safe(
                f"note: {found[0].where()}: {who} no namespace; checked in {namespace}, so apply with "
                f"--namespace {namespace}, or write metadata.namespace"
            )
        )
