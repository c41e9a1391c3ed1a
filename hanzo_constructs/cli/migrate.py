"""`hzc migrate`: from v1alpha1, and from its spelling, to v1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import OptionsOnce, files, platform_with
from .printing import counted, print_data, print_findings, print_line, tell

if TYPE_CHECKING:
    from ..errors import Finding
    from .migrating import Migrated

__all__ = ["migrate"]

_NEWEST = "v1"


@click.command(cls=OptionsOnce, short_help="Rewrite resources of v1alpha1 as resources of v1.")
@files
@click.option(
    "--to", "version", type=click.Choice([_NEWEST]), default=_NEWEST, show_default=True, help="Version to write."
)
@click.option("--write", is_flag=True, help="Change the files in place, all of them or none.")
@click.option("--diff", is_flag=True, help="Print what changes instead of the whole text.")
@click.option("--check", is_flag=True, help="Print nothing, and exit with 1 where there is something to migrate.")
@click.option("--force", is_flag=True, help="Leave out what v1 cannot say.")
@click.option(
    "--platform", "settings", metavar="FILE", type=click.Path(), help="Platform settings. Default: as for compile."
)
def migrate(
    files: tuple[str, ...], *, version: str, write: bool, diff: bool, check: bool, force: bool, settings: str | None
) -> int:
    """Rewrite the resources of v1alpha1 in FILE, which is a file of YAML or JSON, a directory, or - for the standard input.

    Prints the text, with comments, order and quotes as they were; documents of other kinds, and resources of v1, stay
    as they are but for the spelling of fields. A migrated resource is pinned to epoch 2025, so that it becomes what it
    was. Reports what was ignored and is obeyed from now on, what is written out, and what v1 cannot say: that is lost
    with --force, and else nothing is written and the exit status is 1.
    """
    from .migrating import migrated_sources

    del version  # there is one
    if check and (write or diff or force):
        raise click.UsageError("--check writes nothing; leave --write, --diff and --force out")
    if write and "-" in files:
        raise click.UsageError("--write cannot change the standard input; leave one of them out")
    found, findings = migrated_sources(files, platform_with(settings, None))
    if any(finding.severity == "error" for finding in findings):
        print_findings(findings)
        return 2
    if check:
        print_findings(each for every in found for each in every.old)
        return 1 if any(every.changes for every in found) else 0
    lost = [each for every in found for each in every.lost]
    print_findings([*findings, *_in_order(found, as_warnings=force)])
    if lost and not force:
        print_data(_differences(found) if diff else [])
        print_line(f"{counted(len(lost), 'field')} would be lost; nothing written; --force leaves them out")
        return 1
    _print(found, diff=diff, write=write)
    return 0


def _in_order(found: Sequence[Migrated], *, as_warnings: bool) -> Iterator[Finding]:
    from dataclasses import replace

    for every in found:
        lost = [replace(each, severity="warning") for each in every.lost] if as_warnings else every.lost
        yield from sorted([*lost, *every.remarks], key=lambda each: int(each.where.rpartition(":")[2]))


def _print(found: Sequence[Migrated], *, diff: bool, write: bool) -> None:
    if diff:
        print_data(_differences(found))
    if write:
        from ..output.rewriting import rewrite_files

        rewrite_files({Path(every.path): every.after for every in found if every.path and every.changes})
        tell(f"{counted(sum(every.changes for every in found), 'file')} rewritten")
    elif not diff:
        print_data(_joined([every.after.decode() for every in found]))


def _differences(found: Sequence[Migrated]) -> Iterator[str]:
    for every in found:
        before, after = (text.decode().splitlines(keepends=True) for text in (every.before, every.after))
        for line in unified_diff(before, after, every.name, every.name):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """Yield *texts* as one stream of documents."""
    for number, text in enumerate(texts):
        if number and not text.startswith("---"):
            yield "---\n"
        yield text if text.endswith("\n") or number + 1 == len(texts) else f"{text}\n"
