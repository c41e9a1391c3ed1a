"""`hzc compile`: resources in, manifests out, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from .options import OptionsOnce, files, platform_options, platform_with, settings_file, settings_used, strict
from .printing import counted, print_bytes, print_data, print_findings, print_line, safe, tell

if TYPE_CHECKING:
    from ..errors import Finding
    from ..sources import Source
    from .checking import Checked
    from .given import Given

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
@click.option("--no-cache", is_flag=True, help="Do all the work anew, and keep no result.")
@platform_options
@strict
@click.pass_obj
def compile_command(
    keeps: bool,  # noqa: FBT001 - as click passes it
    /,
    files: tuple[str, ...],
    *,
    output: str,
    single: bool,
    form: str,
    mode: Literal["children", "resources"] | None,
    no_cache: bool,
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
    wanted = _Wanted(output, form, mode, settings, namespace, single=single, strict=strict)
    if not keeps or no_cache:
        return _compile(files, wanted, None)
    from .given import given
    from .kept import kept

    chosen = (wanted.target, single, form, mode, namespace, strict)
    all_given = given(files, settings_file(settings), settings_used(settings), chosen)
    result = kept(all_given.key) if all_given.key else None
    if result is None:
        return _compile(files, wanted, all_given)
    print_findings(result.findings)
    _refuse_input(output, all_given.places)
    if output == _STDOUT:
        print_bytes(result.files[_STDOUT])
    else:
        _write(output, {name: str(content, "utf-8") for name, content in result.files.items()})
    return 0


class _Wanted(NamedTuple):
    """What the options say."""

    output: str
    form: str
    mode: Literal["children", "resources"] | None
    settings: str | None
    namespace: str | None
    single: bool
    strict: bool

    @property
    def target(self) -> str:
        """What the result depends on of the output: whether it is a directory, and not which."""
        return _STDOUT if self.output == _STDOUT else "DIR"


def _compile(files: tuple[str, ...], wanted: _Wanted, all_given: Given | None) -> int:
    """Compile *files*, write what is *wanted*, and keep it where all that was *given* is known."""
    platform = platform_with(wanted.settings, wanted.namespace)
    from .checking import check
    from .rendering import FORMATS, files_of, object_texts, renderer

    shape = FORMATS[wanted.form]
    render = renderer(shape, wanted.mode or platform.output)
    checked = check(files, platform, render, settings=settings_used(wanted.settings), given=all_given)
    checked.findings += _placeless(checked)
    print_findings(checked.findings)
    _refuse_input(wanted.output, checked.sources)
    if checked.failed(strict=wanted.strict):
        print_line(f"{checked.tally}; nothing written")
        return 2
    pieces = [outcome.value for outcome in checked.outcomes if outcome.value]
    texts: Mapping[str, Iterable[str]]
    if wanted.output == _STDOUT:
        before, after = object_texts(checked.objects, shape)
        parts = [*before.values(), *(piece.text for piece in pieces), *after.values()]
        print_data(shape.joined(parts))
        texts = {_STDOUT: shape.joined(parts)}
    else:
        written = files_of(pieces, shape, single=wanted.single, objects=checked.objects)
        _write(wanted.output, written)
        texts = {name: (text,) for name, text in written.items()}
    if all_given and all_given.key:
        from ..spec.installed import is_looked_through
        from .kept import keep

        # who asked what other packages add, depends on them as well
        if all_given.is_as_it_was and not is_looked_through():
            keep(all_given.key, checked.findings, texts)
    return 0


def _refuse_input(output: str, places: Iterable[Source]) -> None:
    """Refuse to write to a directory that one of *places* is read from."""
    from ..sources import read_from

    if output != _STDOUT and (source := read_from(output, places)):
        message = f"--output must name a directory that is not read from, and {output} holds {source.name}"
        raise click.UsageError(f"{message}; choose another one, such as dist")


def _write(output: str, files: Mapping[str, str]) -> None:
    """Write *files* to the directory *output*, and say what that changed."""
    from ..output.directory import write_directory
    from ..output.objects import gone_lines

    change = write_directory(Path(output), files)
    for line in gone_lines(output, change.gone, change.unread):
        print_line(safe(line))
    tell(
        f"{output}: {counted(len(change.written), 'file')} written, "
        f"{len(change.unchanged)} unchanged, {len(change.removed)} removed"
    )


def _placeless(checked: Checked[Any]) -> list[Finding]:
    """Return the note which objects are written without a namespace, although they were proven in one."""
    if not (found := checked.placeless):
        return []
    from ..errors import Finding
    from ..own_objects import subject_of

    namespace, first = checked.namespace, subject_of(found[0].data)
    who = f"{first} names" if len(found) == 1 else f"{len(found)} objects of your own, such as {first}, name"
    message = f"{who} no namespace; checked in {namespace}, so apply with --namespace {namespace}, or write metadata.namespace"
    return [Finding(message, where=found[0].where(), severity="note")]
