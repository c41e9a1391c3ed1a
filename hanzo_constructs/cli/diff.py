"""`hzc diff`: what a change does to what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .options import OptionsOnce, platform_options
from .printing import print_data, safe

if TYPE_CHECKING:
    from ..diff import Difference, FieldChange

__all__ = ["diff"]

_FORMATS = ("text", "json", "markdown", "md")


@click.command(cls=OptionsOnce, short_help="Say what a change of resources or manifests does to what runs.")
@click.argument("old", metavar="OLD", type=click.Path(allow_dash=True))
@click.argument("new", metavar="NEW", type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything differs.")
@platform_options
def diff(old: str, new: str, *, form: str, exit_code: bool, settings: str | None, namespace: str | None) -> int:
    """Compare the objects in OLD and NEW, and say of each change what it does to what runs.

    OLD and NEW are directories or files of manifests or of resources, which are compiled, - for the standard input, or
    revisions of git: main, or main:dist for one directory or file of it. Settings of the platform are the nearest to each.

    What may lose data comes first, then what API servers refuse, with commands that make it anyway. Values of Secrets,
    and others that are called like one, are not printed.
    """
    from .diff_report import report_of

    if old == new == "-":
        raise click.UsageError("both are the standard input; name a file or a revision for OLD or NEW")
    from .sides import sides

    report = report_of(sides(old, new, settings, namespace))
    if form == "json":
        import json

        print_data([json.dumps([_data(each) for each in report.all], indent=2, ensure_ascii=False), "\n"])
    elif form in {"markdown", "md"}:
        from .diff_markdown import markdown

        print_data(markdown(report))
    else:
        from .diff_text import text

        print_data(f"{safe(line)}\n" for line in text(report))
    return 1 if exit_code and report.all else 0


def _data(difference: Difference) -> dict[str, Any]:
    change = difference.change
    found: dict[str, Any] = {"object": _key(change.key), "change": _how(difference)}
    if change.renamed_from:
        found["renamedFrom"] = _key(change.renamed_from)
    found["effect"] = difference.effect
    found["consequences"] = [
        {"effect": each.effect, "message": each.message, "commands": [*each.commands]}
        for each in difference.consequences
    ]
    found["fields"] = [_field(each, change.kind) for each in change.fields]
    return found


def _how(difference: Difference) -> str:
    change = difference.change
    return (
        "removed" if not change.new else "added" if not change.old else "renamed" if change.renamed_from else "changed"
    )


def _key(key: tuple[str, str, str, str]) -> dict[str, str]:
    return dict(zip(("group", "kind", "namespace", "name"), key, strict=True))


def _field(field: FieldChange, kind: str) -> dict[str, Any]:
    from ..diff.changes import place
    from ..diff.values import plain_value

    values = {"old": plain_value(field.old, field, kind), "new": plain_value(field.new, field, kind)}
    return {
        "path": place(field.path),
        "how": field.how,
        **{key: each for key, each in values.items() if each is not None},
    }
