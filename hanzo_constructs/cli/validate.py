"""`hzc validate`: everything compiling does but output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .options import OptionsOnce, files, platform_options, platform_with, settings_used, strict
from .printing import coloured, counted, print_data, print_findings, safe

if TYPE_CHECKING:
    from ..declaration import Declaration
    from .parts import Outcome

__all__ = ["validate"]


@click.command(cls=OptionsOnce, short_help="Check resources and print a line for each.")
@files
@platform_options
@strict
def validate(files: tuple[str, ...], *, settings: str | None, namespace: str | None, strict: bool) -> int:
    """Check the resources in FILE, which is a file of YAML or JSON, a directory, or - for the standard input.

    Resources are compiled, and the objects of all of them are proven to fit together. Prints a line for each resource,
    and what the set needs besides: objects that it refers to and does not contain.
    """
    platform = platform_with(settings, namespace)
    from ..verify import needs_lines
    from .checking import check

    checked = check(files, platform, lambda compilation: len(compilation.children), settings=settings_used(settings))
    print_findings(checked.findings)
    wrong = checked.wrong
    lines = [_line(outcome, fits=outcome.where not in wrong) for outcome in checked.outcomes]
    lines += [_object_line(each, fits=each.where() not in wrong) for each in checked.objects]
    lines += needs_lines(checked.external)
    of_ones_own = f", {counted(len(checked.objects), 'object')} of your own" if checked.objects else ""
    lines.append(f"{counted(len(checked.outcomes), 'resource')}{of_ones_own}, {checked.tally}")
    print_data(f"{line}\n" for line in lines)
    return 2 if checked.failed(strict=strict) else 0


def _line(outcome: Outcome[int], *, fits: bool) -> str:
    if outcome.value is None or not fits:
        return f"{coloured('fail', sys.stdout)}  {safe(outcome.subject)}"
    return f"{coloured('ok', sys.stdout)}    {safe(outcome.subject)}  {counted(outcome.value, 'child')}"


def _object_line(declaration: Declaration, *, fits: bool) -> str:
    from ..own_objects import subject_of

    mark = f"{coloured('ok', sys.stdout)}  " if fits else coloured("fail", sys.stdout)
    return f"{mark}  {safe(subject_of(declaration.data))}"
