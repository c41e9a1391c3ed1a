"""`hzc report`: one page that says what a fleet is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import OptionsOnce, file_output, files, platform_options, platform_with, settings_used
from .printing import counted, print_data, print_findings, print_line, tell

if TYPE_CHECKING:
    from ..platform import Platform
    from .checking import Checked
    from .reporting import Reported

__all__ = ["report"]

_STDOUT = "-"
_SUFFIXES = (".html", ".htm")


@click.command(cls=OptionsOnce, short_help="Write one page that says what a fleet is, and why.")
@files
@file_output("File to write, which ends in .html, or - for the standard output. What is there is written over.")
@click.option("--title", default="Fleet", show_default=True, help="What the page is called.")
@platform_options
def report(files: tuple[str, ...], *, output: str, title: str, settings: str | None, namespace: str | None) -> int:
    """Write a page of HTML about the resources in FILE: a file of YAML or JSON, a directory, or - for the standard input.

    It lists what runs, what it asks for by namespace and owner, what is reached from outside, images, warnings and who
    connects to whom, with a search; and every value of every object with its reason. The page is one file that loads
    nothing. Values that may be secrets are not in it.
    """
    if output != _STDOUT and Path(output).suffix.lower() not in _SUFFIXES:
        raise click.BadParameter(
            f"must end in .html, or be - for the standard output, got {output!r}", param_hint="'--output'"
        )
    if not title.strip() or not title.isprintable():
        raise click.BadParameter("must be a line of text", param_hint="'--title'")
    platform = platform_with(settings, namespace)
    from .checking import check
    from .reporting import reporter

    checked = check(files, platform, reporter(), settings=settings_used(settings))
    print_findings(checked.findings)
    if checked.failed(strict=False):
        print_line(f"{checked.tally}; nothing written")
        return 2
    _write(output, title, checked, platform)
    return 0


def _write(output: str, title: str, checked: Checked[Reported], platform: Platform) -> None:
    from ..output.new_files import write_files
    from ..report import page_of
    from .reporting import fleet_of

    page = page_of(fleet_of(title, checked, platform))
    if output == _STDOUT:
        print_data([page])
        return
    write_files({Path(output): page.encode()}, force=True)
    tell(f"{output}: {counted(len(checked.outcomes), 'resource')}")
