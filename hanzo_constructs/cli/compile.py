"""`hzc compile`: resources in, manifests out, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import click

from .options import OptionsOnce, files, platform_options, platform_with, settings_file, settings_used, strict
from .printing import print_bytes, print_data, print_findings, print_line
from .writing import write_told

if TYPE_CHECKING:
    from ..compiler import Compilation
    from ..errors import Finding
    from ..output.directory import Content
    from ..platform import Platform
    from ..sources import Source
    from .checking import Checked
    from .given import Given
    from .making import PutAway
    from .parts import Part
    from .reading import Around, Text
    from .rendering import Piece
    from .sections import Places
    from .spool import Stored

__all__ = ["Wanted", "compile_command", "compile_into", "output_options"]

_STDOUT = "-"

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """Give *command* the options that say what is written of resources."""
    options = (
        click.option("--single", is_flag=True, help="Write one file instead of one for each resource."),
        click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True),
        click.option(
            "--mode",
            type=click.Choice(["children", "resources"]),
            help="Write what the resources compile to, or the resources themselves for clusters that run an operator. "
            "Default: the platform's setting output.",
        ),
        click.option(
            "--kustomization", is_flag=True, help="Write a kustomization.yaml too, which lists the files of this run."
        ),
        click.option("--no-cache", is_flag=True, help="Do all the work anew, and keep no result."),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
@output_options
@platform_options
@strict
@click.pass_obj
def compile_command(
    keeps: bool,  # noqa: FBT001 - as click passes it
    /,
    files: tuple[str, ...],
    *,
    output: str,
    no_cache: bool,
    **options: Any,
) -> int:
    """Compile the resources in FILE, which is a file of YAML or JSON, a directory, or - for the standard input.

    Nothing is written unless all resources are right and fit together. In DIR, files that an earlier run wrote and
    that are not needed any more are removed; files of others are never touched.
    """
    if not output:  # the text of an unset variable
        raise click.UsageError("--output must name a directory, and the name is empty")
    for name in ("single", "kustomization"):
        if options[name] and output == _STDOUT:
            raise click.UsageError(f"--{name} needs --output DIR: the standard output is one file anyway")
    return 0 if compile_into(files, Wanted(output, **options), write_told, keeps=keeps and not no_cache) else 2


class Wanted(NamedTuple):
    """What the options say."""

    output: str
    form: str
    mode: Literal["children", "resources"] | None
    settings: str | None
    namespace: str | None
    single: bool
    kustomization: bool
    strict: bool

    @property
    def target(self) -> str:
        """What the result depends on of the output: whether it is a directory, and not which."""
        return _STDOUT if self.output == _STDOUT else "DIR"


def compile_into(
    files: tuple[str, ...],
    wanted: Wanted,
    write: Callable[[str, Mapping[str, str | Content]], object],
    *,
    keeps: bool,
    otherwise: str = "nothing written",
) -> bool:
    """Compile *files*, and print what is *wanted*, or *write* it by the names of files to the directory that is wanted.

    Where it *keeps* results, that of an earlier run may be taken. Return False where something is wrong, and say so; what
    follows from it is *otherwise*.
    """
    if not keeps:
        return _compile(files, wanted, write, None, otherwise)
    from .given import given
    from .kept import kept

    chosen = (wanted.form, wanted.mode, wanted.namespace)
    further = (wanted.target, wanted.single, wanted.strict)
    all_given = given(files, settings_file(wanted.settings), settings_used(wanted.settings), chosen, further)
    result = kept(all_given.key) if all_given.key else None
    if result is None:
        return _compile(files, wanted, write, all_given, otherwise)
    print_findings(result.findings)
    _refuse_input(wanted.output, all_given.places)
    if wanted.output == _STDOUT:
        print_bytes(result.files[_STDOUT])
    else:
        write(wanted.output, _with_kustomization(wanted, result.files))
    return True


def _compile(
    files: tuple[str, ...],
    wanted: Wanted,
    write: Callable[[str, Mapping[str, str | Content]], object],
    all_given: Given | None,
    otherwise: str,
) -> bool:
    """Compile *files*, write what is *wanted*, and keep it where all that was *given* is known."""
    platform = platform_with(wanted.settings, wanted.namespace)
    from .checking import check
    from .rendering import FORMATS, renderer, stored_pieces
    from .spool import Spool

    with Spool() as spool:
        render = renderer(FORMATS[wanted.form], wanted.mode or platform.output)
        used, store = settings_used(wanted.settings), partial(stored_pieces, spool)
        known = all_given if all_given and all_given.key else None
        sections = partial(_in_sections, platform, render, store, known) if known else None
        checked = check(files, platform, render, settings=used, given=all_given, store=store, sections=sections)
        return _written(checked, wanted, write, all_given, otherwise)


def _written(
    checked: Checked[Piece],
    wanted: Wanted,
    write: Callable[[str, Mapping[str, str | Content]], object],
    all_given: Given | None,
    otherwise: str,
) -> bool:
    """Write what is *wanted* of what was *checked*, and keep it where all that was *given* is known."""
    from .rendering import FORMATS, files_of, object_texts

    shape = FORMATS[wanted.form]
    checked.findings += _placeless(checked)
    print_findings(checked.findings)
    _refuse_input(wanted.output, checked.sources)
    if checked.failed(strict=wanted.strict):
        print_line(f"{checked.tally}; {otherwise}")
        return False
    pieces = [outcome.value for outcome in checked.outcomes if outcome.value]
    texts: Mapping[str, Iterable[str | Stored]]
    if wanted.output == _STDOUT:
        before, after = object_texts(checked.objects, shape)
        parts = [*before.values(), *(piece.content for piece in pieces), *after.values()]
        print_data(shape.joined(parts))
        texts = {_STDOUT: shape.joined(parts)}
    else:
        written = files_of(pieces, shape, single=wanted.single, objects=checked.objects)
        write(wanted.output, _with_kustomization(wanted, written))
        texts = written.parts
    if all_given and all_given.key:
        from .kept import keep

        if _may_keep(all_given):
            keep(all_given.key, checked.findings, texts)
    return True


def _may_keep(all_given: Given) -> bool:
    """Tell whether what was compiled depends on nothing but what was *given*."""
    from ..spec.installed import is_looked_through

    # who asked what other packages add, depends on them as well
    return all_given.is_as_it_was and not is_looked_through()


def _in_sections(
    platform: Platform,
    render: Callable[[Compilation], Piece],
    store: Callable[[], PutAway[Piece]],
    all_given: Given,
    texts: Sequence[Text],
) -> tuple[Part[Piece], Around, Places] | None:
    """Compile *texts* section by section, with what was *given* beside them, if there is much of them."""
    from .parts import FEW
    from .reading import number_of_documents

    if sum(map(number_of_documents, texts)) < FEW:
        return None
    from .incremental import check_in_sections
    from .kept_sections import SectionStore

    kept = SectionStore(all_given.base, partial(_may_keep, all_given))
    return check_in_sections(texts, platform, render, store, kept)


def _with_kustomization(
    wanted: Wanted, files: Mapping[str, str] | Mapping[str, memoryview]
) -> Mapping[str, str | Content]:
    """Return *files*, and where it is *wanted* what tells kustomize of them."""
    if not wanted.kustomization:
        return files
    from ..output.kustomization import kustomization

    return kustomization(Path(wanted.output), files)


def _refuse_input(output: str, places: Iterable[Source]) -> None:
    """Refuse to write to a directory that one of *places* is read from."""
    from ..sources import read_from

    if output != _STDOUT and (source := read_from(output, places)):
        message = f"--output must name a directory that is not read from, and {output} holds {source.name}"
        raise click.UsageError(f"{message}; choose another one, such as dist")


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
