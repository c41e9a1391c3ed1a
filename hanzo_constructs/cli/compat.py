"""`hzc compat`: what a new version of definitions breaks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from .options import OptionsOnce
from .printing import counted, print_data, safe

if TYPE_CHECKING:
    from ..schema.compat import Change

__all__ = ["compat"]

_FORMATS = ("text", "json", "markdown")


@click.command(cls=OptionsOnce, short_help="Say what a new version of definitions breaks.")
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="List what nobody notices too.")
def compat(old: str, new: str, *, form: str, everything: bool) -> int:
    """Compare the CustomResourceDefinitions in OLD and NEW, and list what may break.

    OLD and NEW are files, directories, or revisions of git: v1.2.0, or v1.2.0:crds for one directory of it.

    breaking: something that was accepted is refused, or data is lost. risky: programs that read it, or people, may be
    surprised. safe: nobody notices. Exit status 1 where something breaks.
    """
    from ..schema.compat import compared
    from .revisions import definitions_in

    changes = compared(definitions_in(old), definitions_in(new))
    shown = [change for change in changes if everything or change.severity != "safe"]
    if form == "json":
        import json

        print_data([json.dumps([change._asdict() for change in shown], indent=2, ensure_ascii=False), "\n"])
    elif form == "markdown":
        print_data(_markdown(shown))
    else:
        print_data(f"{safe(line)}\n" for line in (*map(_line, shown), _tally(changes)))
    return 1 if any(change.severity == "breaking" for change in changes) else 0


def _line(change: Change) -> str:
    place = f"{change.definition} {change.place}".rstrip()
    return f"{change.severity:8}  {place}: {change.check}: {change.message}{_ratchet(change)}"


def _ratchet(change: Change) -> str:
    return " (stored objects work until the value is changed)" if change.ratchets else ""


def _tally(changes: list[Change]) -> str:
    from ..schema.compat.change import SEVERITIES

    counts = {severity: sum(change.severity == severity for change in changes) for severity in SEVERITIES}
    return f"{counted(len(changes), 'change')}: " + ", ".join(
        f"{count} {severity}" for severity, count in counts.items()
    )


def _markdown(changes: list[Change]) -> Iterator[str]:
    if not changes:
        yield "No change of the definitions breaks anything.\n"
    for severity, group in groupby(changes, key=lambda change: change.severity):
        yield f"### {severity.capitalize()}\n\n| definition | place | check | change |\n|---|---|---|---|\n"
        for change in group:
            cells = (change.definition, _code(change.place), change.check, _cell(change.message + _ratchet(change)))
            yield f"| {' | '.join(cells)} |\n"
        yield "\n"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return safe(text).replace("|", "\\|")
