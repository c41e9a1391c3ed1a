"""`hzc show`: what resources become, and why."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from .options import OptionsOnce, platform_options, platform_with, settings_used
from .printing import counted, has_colours, is_terminal, print_data, print_findings, print_line, safe

if TYPE_CHECKING:
    from ..compiler import Compilation
    from ..explain import KnownCauses
    from .parts import Outcome

__all__ = ["show"]


class _Child(NamedTuple):
    """A child as the table shows it."""

    kind: str
    id: str
    """What it is called by fields such as `adopt.names`."""
    name: str
    requested_by: str
    values: tuple[tuple[str, str, str], ...]
    """Path, value and reason of each value that the user did not write; empty unless asked for."""


class _Shown(NamedTuple):
    """What is shown of a resource."""

    children: list[_Child]
    facts: list[str]
    """Lines that say what is known of the image of a store."""
    steps: list[str]
    """Lines that say what changes of it need that applying it again cannot do."""


@click.command(cls=OptionsOnce, short_help="List what resources become; with --why, where values come from.")
@click.argument("file", metavar="FILE[:NAME]", type=click.Path(allow_dash=True))
@click.option("--why", is_flag=True, help="Add each value that the resource does not state, and where it comes from.")
@platform_options
def show(file: str, *, why: bool, settings: str | None, namespace: str | None) -> int:
    """List the children of the resources in FILE: id, name, and the field of the resource that asks for them.

    The id, which is the kind and more where there are several, is what adopt.names and overlay call a child.

    NAME, which is a name or Kind/name, chooses among several resources.
    """
    from ..explain import KnownCauses
    from .checking import check

    known = KnownCauses() if why else None
    path, name = _split(file)
    platform = platform_with(settings, namespace)
    passed_by: list[str] = []
    checked = check(
        [path],
        platform,
        lambda compilation: _Shown(_children(compilation, known), _facts(compilation, why=why), _steps(compilation)),
        settings=settings_used(settings),
        chosen=lambda data: name is None or _is_called(data, name, passed_by),
    )
    print_findings(checked.findings)
    if checked.failed(strict=False):
        print_line(checked.tally)
        return 2
    if name is not None and not checked.outcomes:
        raise click.UsageError(_not_found(path, name, passed_by))
    totals = _totals(checked.outcomes, len(checked.objects))
    if is_terminal(sys.stdout):
        _print_tables(checked.outcomes, totals)
    else:
        print_data(_lines(checked.outcomes, totals))
    return 0


def _split(argument: str) -> tuple[str, str | None]:
    """Return the file and the name in *argument*; a colon may belong to the name of a file."""
    path, colon, name = argument.rpartition(":")
    if not colon or not path or not name or Path(argument).exists():
        return argument, None
    return path, name


def _is_called(data: Any, wanted: str, passed_by: list[str]) -> bool:
    metadata = data.get("metadata") if isinstance(data, dict) else None
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str):
        return False
    passed_by.append(name)
    return wanted in {name, f"{data.get('kind')}/{name}"}


def _not_found(path: str, name: str, passed_by: list[str]) -> str:
    from ..kube.fields import suggestion

    near = suggestion(name.rpartition("/")[2], passed_by)
    return f"{path} holds no resource {name}" + (f", did you mean {near}?" if near else "")


def _children(compilation: Compilation, known: KnownCauses | None) -> list[_Child]:
    """Return the children of *compilation*; with what is *known* of causes, every value and its reason too."""
    from ..explain import reasons
    from ..kube.fields import shown

    values: dict[str, list[tuple[str, str, str]]] = {}
    for reason in reasons(compilation, known) if known is not None else ():
        if not reason.is_copied and reason.path not in {"apiVersion", "kind"}:
            values.setdefault(reason.child, []).append((reason.path, shown(reason.value), reason.because))
    return [
        _Child(
            child.manifest["kind"],
            child.id,
            child.manifest["metadata"]["name"],
            child.requested_by,
            tuple(values.get(child.id, ())),
        )
        for child in compilation.children
    ]


def _facts(compilation: Compilation, *, why: bool) -> list[str]:
    from ..compiler.relied_on import facts_relied_on

    return [*facts_relied_on(compilation, sources=why)]


def _steps(compilation: Compilation) -> list[str]:
    from ..compiler.adoption import adoption_steps
    from ..compiler.manual_steps import manual_steps

    found = (*adoption_steps(compilation), *manual_steps(compilation))
    return [line for steps in found for line in (steps.before, *map("  {}".format, steps.commands))]


def _title(outcome: Outcome[_Shown]) -> str:
    return f"{outcome.subject} ({outcome.where})"


def _totals(outcomes: list[Outcome[_Shown]], own: int) -> str:
    kinds = Counter(child.kind for outcome in outcomes if outcome.value for child in outcome.value.children)
    by_kind = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    of_ones_own = [f"{counted(own, 'object')} of your own"] if own else []
    children = f"{counted(kinds.total(), 'child')}: {by_kind}" if kinds else counted(0, "child")
    return ", ".join([counted(len(outcomes), "resource"), *of_ones_own, children])


def _lines(outcomes: list[Outcome[_Shown]], totals: str) -> Iterator[str]:
    """Yield the table for programs: the same whatever the terminal."""
    for outcome in outcomes:
        children, facts, steps = outcome.value or _Shown([], [], [])
        id_width = max((len(child.id) for child in children), default=0)
        name_width = max((len(child.name) for child in children), default=0)
        yield f"{safe(_title(outcome))}\n"
        for child in children:
            yield f"  {child.id:{id_width}}  {child.name:{name_width}}  {safe(child.requested_by)}\n"
            for path, value, because in child.values:
                yield f"    {safe(f'{path} = {value}')}: {safe(because)}\n"
        yield from (f"  {safe(line)}\n" for line in (*facts, *steps))
        yield "\n"
    yield f"{totals}\n"


def _print_tables(outcomes: list[Outcome[_Shown]], totals: str) -> None:
    """Print the table for people: in colours, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(color_system="auto" if has_colours(sys.stdout) else None)
    for outcome in outcomes:
        table = Table(title=Text(safe(_title(outcome))), title_justify="left", box=None, pad_edge=False)
        for column in ("child", "name or field", "why"):
            table.add_column(column, overflow="fold")
        children, facts, steps = outcome.value or _Shown([], [], [])
        for child in children:
            table.add_row(child.id, child.name, Text(safe(child.requested_by)), style="bold")
            for path, value, because in child.values:
                table.add_row("", Text(safe(f"{path} = {value}")), Text(safe(because)))
        console.print(table)
        for line in (*facts, *steps):
            console.print(Text(safe(line)), soft_wrap=True)
        console.print()
    console.print(totals, highlight=False)
