"""`hzc fleet`: which kinds, epochs and deprecated fields are in use, whose they are, and what is left to defaults."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from .options import OptionsOnce, files, platform_options, platform_with, settings_used
from .printing import counted, has_colours, is_terminal, print_data, print_findings, safe

if TYPE_CHECKING:
    from ..compiler.usage import Usage
    from ..platform import Platform

__all__ = ["fleet"]

_OPERATOR = "2025"
_FORMATS = ("text", "json", "markdown")
_HEADS = ("namespace", "owner", "kind", "version", "epoch", "resources")

Rows = list[tuple[str, ...]]


@click.command(cls=OptionsOnce, short_help="Say what resources use, and what they leave to defaults.")
@files
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@platform_options
def fleet(files: tuple[str, ...], *, form: str, settings: str | None, namespace: str | None) -> int:
    """Count the resources in FILE, which is a file of YAML or JSON, a directory, or - for the standard input.

    Prints how many resources of which kind, version and epoch there are by namespace and owner (the label hanzo.ai/org;
    an epoch that is pinned has a *), which deprecated fields are in use, and which decisions are left to defaults:
    the number of replicas, the version of the image, requests, the storage class. Resources of v1alpha1 are counted
    too, and not compiled.
    """
    from ..compiler.usage import usage_of
    from ..versions import is_old
    from .checking import check

    platform = platform_with(settings, namespace)
    old: list[dict[str, Any]] = []

    def is_compiled(data: Any) -> bool:
        if is_old(data, platform):
            old.append(data)
            return False
        return True

    checked = check(files, platform, usage_of, settings=settings_used(settings), chosen=is_compiled)
    print_findings(finding for finding in checked.findings if finding.severity == "error")
    usages = [outcome.value for outcome in checked.outcomes if outcome.value]
    usages += [_old_usage(each, platform) for each in old]
    if form == "json":
        import json  # not before it is needed: every command would wait for it

        print_data([json.dumps([usage._asdict() for usage in usages], indent=2, ensure_ascii=False), "\n"])
    elif form == "markdown":
        print_data(chain.from_iterable(_markdown(title, heads, rows) for title, heads, rows in _tables(usages)))
    else:
        _print(usages)
    return 2 if checked.failed(strict=False) else 0


def _old_usage(data: dict[str, Any], platform: Platform) -> Usage:
    """Return what is known of *data*, a resource of v1alpha1: the operator derived from it what epoch 2025 does."""
    from ..compiler.usage import ORGANISATION, Usage

    metadata = data.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    labels = metadata.get("labels")
    return Usage(
        kind=str(data["kind"]),
        api_version=str(data["apiVersion"]),
        namespace=str(metadata.get("namespace") or platform.namespace or ""),
        name=str(metadata.get("name", "")),
        organisation=str(labels.get(ORGANISATION, "")) if isinstance(labels, dict) else "",
        epoch=_OPERATOR,
        is_pinned=True,
        deprecated=("apiVersion",),
        defaulted=(),
    )


def _tables(usages: Sequence[Usage]) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """Yield a title, the heads of the columns and the rows of each table."""
    counts = Counter(
        (
            usage.namespace,
            usage.organisation,
            usage.kind,
            usage.api_version,
            usage.epoch + ("*" if usage.is_pinned else ""),
        )
        for usage in usages
    )
    yield "In use", _HEADS, [(*key, str(count)) for key, count in sorted(counts.items())]
    deprecated = _by_field((field, usage) for usage in usages for field in usage.deprecated)
    yield "Deprecated", ("field", "resources", "which"), deprecated
    defaulted = _by_field((field, usage) for usage in usages for field in usage.defaulted)
    yield "Left to defaults", ("field", "resources", "which"), defaulted


def _by_field(found: Iterable[tuple[str, Usage]]) -> Rows:
    by_field: dict[str, list[str]] = {}
    for field, usage in found:
        place = f"{usage.namespace}/" if usage.namespace else ""
        by_field.setdefault(field, []).append(f"{usage.kind} {place}{usage.name}")
    return [(field, str(len(names)), ", ".join(sorted(names))) for field, names in sorted(by_field.items())]


def _markdown(title: str, heads: tuple[str, ...], rows: Rows) -> Iterator[str]:
    yield f"### {title}\n\n"
    if not rows:
        yield "Nothing.\n\n"
        return
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    yield from (f"| {' | '.join(safe(cell).replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)
    yield "\n"


def _print(usages: Sequence[Usage]) -> None:
    """Print tables: in colours and as wide as the terminal for people, a line for each row for programs."""
    if not is_terminal(sys.stdout):
        for title, heads, rows in _tables(usages):
            print_data([f"{title}\n", *(f"{safe(line)}\n" for line in _aligned((heads, *rows)))] if rows else [])
        print_data([f"{counted(len(usages), 'resource')}\n"])
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(color_system="auto" if has_colours(sys.stdout) else None)
    for title, heads, rows in _tables(usages):
        table = Table(*heads, title=title, title_justify="left", box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(safe(cell)) for cell in row))
        if rows:
            console.print(table, end="\n\n")
    console.print(counted(len(usages), "resource"), highlight=False)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
