"""Options that several commands share, and the platform they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..platform import Platform

__all__ = [
    "OptionsOnce",
    "file_output",
    "files",
    "platform_from",
    "platform_options",
    "platform_with",
    "settings_file",
    "settings_used",
    "strict",
]

F = TypeVar("F", bound=Callable[..., Any])

_PATH = click.Path(allow_dash=True)

files = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_PATH)
"""Files, directories and `-`."""

strict = click.option("--strict", is_flag=True, help="Take warnings for errors.")
"""Whether warnings are errors."""


def file_output(text: str) -> Callable[[F], F]:
    """Return the option -o for one file, or the standard output where it is left out; *text* explains it."""
    return click.option(
        "--output",
        "-o",
        metavar="FILE|-",
        default="-",
        show_default=True,
        type=click.Path(allow_dash=True),
        help=text,
    )


class OptionsOnce(click.Command):
    """A command whose options have one value: a second one is an error, where click would drop the first."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option that is given twice with a value; parse the others as usual."""
        given = [] if ctx.resilient_parsing else self.make_parser(ctx).parse_args(list(args))[2]
        for option in given:
            if isinstance(option, click.Option) and not (option.is_flag or option.multiple) and given.count(option) > 1:
                raise click.UsageError(f"{option.opts[0]} is given twice; give it once", ctx)
        return super().parse_args(ctx, args)


def platform_options(command: F) -> F:
    """Give *command* the options that choose the platform."""
    settings = click.option(
        "--platform",
        "settings",
        metavar="FILE",
        type=click.Path(),
        help="Platform settings. Default: hanzo.yaml, or [tool.hanzo] in pyproject.toml, of the working directory or "
        "the nearest directory above it within the repository.",
    )
    namespace = click.option(
        "--namespace",
        "-n",
        metavar="NAME",
        help="Namespace of resources that name none. Default: the platform's.",
    )
    return settings(namespace(command))


def platform_with(settings: str | None, namespace: str | None) -> Platform:
    """Return the platform in the file *settings*, or in the one that is found, with *namespace* put over its own."""
    return platform_from(settings_file(settings), namespace)


def platform_from(file: Path | None, namespace: str | None) -> Platform:
    """Return the platform in *file*, or of defaults where that is None, with *namespace* put over its own."""
    from .pydantic_alone import import_pydantic

    import_pydantic()
    from ..kube.names import dns_label_problem
    from ..platform import Platform
    from ..settings import load_platform

    platform = load_platform(file) if file else Platform()
    if namespace is None:
        return platform
    if problem := dns_label_problem(namespace):
        raise click.BadParameter(problem, param_hint="'--namespace'")
    return platform.model_copy(update={"namespace": namespace})


def settings_file(settings: str | None) -> Path | None:
    """Return the file that *settings* names, or the one that is found; None where there is none."""
    if settings == "":  # the text of an unset variable
        raise click.BadParameter("the path of a file is empty", param_hint="'--platform'")
    return _found_from_here() if settings is None else Path(settings)


def settings_used(settings: str | None) -> tuple[Path, ...] | None:
    """Return the settings file that was found, if there is one; None where *settings* names one and others do not count."""
    if settings is not None:
        return None
    file = _found_from_here()
    return (file,) if file else ()


def _found_from_here() -> Path | None:
    """Return the settings file that applies to the working directory, as short as messages want it."""
    from ..settings import find_settings

    file = find_settings(Path.cwd())
    return Path(os.path.relpath(file)) if file else None
