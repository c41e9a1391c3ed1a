"""`hzc show`: what resources become, and why."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from .options import OptionsOnce, platform_options, platform_with, settings_used
from .printing import counted, has_colours, is_terminal, print_data, print_findings, print_line, safe

if TYPE_CHECKING:
    from ..compiler import Compilation
    from ..explain import KnownCauses
    from ..platform import Platform
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


@click.command(
    cls=OptionsOnce, short_help="List what resources become; with --why, where values come from; or draw them."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE[:NAME]...", type=click.Path(allow_dash=True))
@click.option("--why", is_flag=True, help="Add each value that the resource does not state, and where it comes from.")
@click.option("--graph", is_flag=True, help="Draw who is reached from outside, and who connects to whom.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("mermaid", "dot", "svg")),
    help="What --graph writes: text for Markdown, text for Graphviz, or a picture.  [default: mermaid]",
)
@platform_options
def show(
    files: tuple[str, ...],
    *,
    why: bool,
    graph: bool,
    form: str | None,
    settings: str | None,
    namespace: str | None,
) -> int:
    """List the children of the resources in FILE: id, name, and the field of the resource that asks for them.

    The id, which is the kind and more where there are several, is what adopt.names and overlay call a child.

    NAME, which is a name or Kind/name, chooses among several resources of one FILE. With --graph, it is drawn with those
    that it connects to, and those that connect to it.
    """
    if form and not graph:
        raise click.UsageError("--format says what --graph writes; add --graph")
    if graph and why:
        raise click.UsageError("--why adds to the list, and --graph draws a picture; leave one of them out")
    paths, name = _split(files)
    platform = platform_with(settings, namespace)
    if graph:
        return _draw(paths, name, form or "mermaid", platform, settings_used(settings))
    from .checking import check  # once pydantic is there as `platform_with` imports it

    known = _nothing_known() if why else None
    passed_by: list[str] = []
    checked = check(
        paths,
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
        raise click.UsageError(_not_found(paths[0], name, passed_by))
    totals = _totals(checked.outcomes, len(checked.objects))
    if is_terminal(sys.stdout):
        _print_tables(checked.outcomes, totals)
    else:
        print_data(_lines(checked.outcomes, totals))
    return 0


def _nothing_known() -> KnownCauses:
    from ..explain import KnownCauses

    return KnownCauses()


def _draw(
    paths: Sequence[str], name: str | None, form: str, platform: Platform, settings: tuple[Path, ...] | None
) -> int:
    """Print the picture of all resources, or of what is called *name* and what stands around it."""
    from .checking import check
    from .picturing import drawn, seen

    checked = check(paths, platform, seen, settings=settings)
    print_findings(checked.findings)
    if checked.failed(strict=False):
        print_line(checked.tally)
        return 2
    chosen = None
    if name is not None:
        keys = {each.subject: each.value.ties for each in checked.outcomes if each.value}
        chosen = [key for key, ties in keys.items() if name in {ties.name[1], f"{ties.kind}/{ties.name[1]}"}]
        if not chosen:
            raise click.UsageError(_not_found(paths[0], name, [ties.name[1] for ties in keys.values()]))
    print_data([drawn(checked, platform, form, chosen)])
    return 0


def _split(arguments: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """Return the files and the name in *arguments*; a colon may belong to the name of a file, and names are of one file."""
    path, colon, name = arguments[0].rpartition(":")
    if not colon or not path or not name or Path(arguments[0]).exists():
        return arguments, None
    if len(arguments) > 1:
        raise click.UsageError(f"{arguments[0]}: NAME chooses among the resources of one FILE, got {len(arguments)}")
    return (path,), name


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
    values = _values(compilation, known) if known is not None else {}
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


def _values(compilation: Compilation, known: KnownCauses) -> dict[str, list[tuple[str, str, str]]]:
    from ..explain import reasons
    from ..kube.fields import shown

    values: dict[str, list[tuple[str, str, str]]] = {}
    for reason in reasons(compilation, known):
        if not reason.is_copied and reason.path not in {"apiVersion", "kind"}:
            values.setdefault(reason.child, []).append((reason.path, shown(reason.value), reason.because))
    return values


def _facts(compilation: Compilation, *, why: bool) -> list[str]:
    from ..compiler.kind import compiler_of

    return [*compiler_of(compilation.resource).image_facts(compilation.resource, compilation.rules, sources=why)]


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
