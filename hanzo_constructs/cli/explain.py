"""`hzc explain`: what is said of a kind, or of a field of it."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from .kinds import kind_meant
from .options import OptionsOnce, platform_with
from .printing import print_data

__all__ = ["explain"]


def _paths(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - as click calls it
    """Return the kinds, or the paths of the fields, that *incomplete* begins."""
    from ..errors import SpecError
    from ..schema.field_texts import SETTINGS, fields_below
    from ..spec.kinds import kind_names

    *before, last = incomplete.split(".")
    if not before:
        names = [*map(str.lower, kind_names()), SETTINGS]
        return [CompletionItem(name) for name in names if name.startswith(last.lower())]
    try:
        kind = None if before[0] == SETTINGS else kind_meant(before[0])
        fields = fields_below(kind, before[1:])
    except SpecError:
        return []
    return [CompletionItem(".".join((*before, name))) for name in fields if name.startswith(last)]


@click.command(cls=OptionsOnce, short_help="Say what a kind or a field of it means.")
@click.argument("path", metavar="KIND[.FIELD]...", shell_complete=_paths)
@click.option("--recursive", is_flag=True, help="List the names of all fields below, without descriptions.")
@click.option("--api-version", metavar="GROUP/VERSION", help="API version of the kind. Default: the only one.")
@click.option(
    "--platform", "settings", metavar="FILE", type=click.Path(), help="Platform settings. Default: as for compile."
)
def explain(path: str, *, recursive: bool, api_version: str | None, settings: str | None) -> int:
    """Print what a kind is for, or what a field of it means, with the fields below it.

    KIND is the name of a kind, its plural or its short name, as in hzc explain service.spec.ingress, or platform for the
    platform settings, as in hzc explain platform.rules. The layout is that of kubectl explain.
    """
    from ..schema.field_texts import SETTINGS, text_of, text_of_setting

    name, *fields = path.split(".")
    if name == SETTINGS:
        if api_version is not None:
            raise click.BadParameter("platform settings have no API version", param_hint="'--api-version'")
        print_data([text_of_setting(fields, recursive=recursive)])
        return 0
    kind, platform = kind_meant(name), platform_with(settings, None)
    if api_version not in (None, own := kind.api_version(platform)):
        raise click.BadParameter(f"{kind.name} is of {own}, got {api_version}", param_hint="'--api-version'")
    print_data([text_of(kind, fields, platform, recursive=recursive)])
    return 0
