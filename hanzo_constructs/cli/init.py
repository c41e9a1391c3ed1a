"""`hzc init`: a resource, or a whole project, to begin with."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import click

from .kinds import kind_meant
from .options import OptionsOnce, platform_with
from .printing import counted, print_data, tell

__all__ = ["init"]


@click.command(cls=OptionsOnce, short_help="Print a resource, or write a project, to begin with.")
@click.argument("kind", metavar="KIND")
@click.argument("name", metavar="NAME")
@click.option("--python", is_flag=True, help="Write a program in Python instead of YAML.")
@click.option("--project", is_flag=True, help="Write a whole project into the working directory.")
@click.option(
    "--schema",
    metavar="PATH|URL",
    help="Begin with a line that tells editors which JSON Schema holds; a PATH is relative to the file to be.",
)
@click.option(
    "--platform", "settings", metavar="FILE", type=click.Path(), help="Platform settings. Default: as for compile."
)
def init(kind: str, name: str, *, python: bool, project: bool, schema: str | None, settings: str | None) -> int:
    """Print a resource of KIND called NAME that compiles as it stands.

    Every other field of the kind is there as a comment with an example: uncomment what you need. With --project, the
    working directory gets all that a repository needs: settings, CI, and with --python tests with snapshots. No file that
    is there is changed.
    """
    from ..scaffold import project_files, python_text, resource_sections, yaml_text

    if schema is not None and (python or project):
        raise click.UsageError("--schema is for a resource in YAML that is printed; leave --python and --project out")
    if schema is not None and (not schema or not schema.isprintable()):
        raise click.BadParameter("must be a path or a URL on one line", param_hint="'--schema'")
    chosen, platform = kind_meant(kind), platform_with(settings, None)
    if project:
        return _write(project_files(chosen, name, platform, python=python))
    sections = resource_sections(chosen, name, platform)
    modeline = [f"# yaml-language-server: $schema={schema}\n"] if schema else []
    text = python_text(chosen, name, sections) if python else yaml_text(chosen, name, sections, platform)
    print_data([*modeline, text])
    return 0


def _write(files: dict[str, str]) -> int:
    """Write all *files*, or none of them; raises `OutputError` where that is impossible."""
    from ..errors import OutputError, system_reason

    if there := [name for name in files if os.path.lexists(name)]:
        raise OutputError("\n".join(f"{name} is there already; nothing written" for name in there))
    with ExitStack() as undo:
        for name, text in files.items():
            try:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                with Path(name).open("x", encoding="utf-8") as file:
                    undo.callback(Path(name).unlink)
                    file.write(text)
            except OSError as error:
                raise OutputError(f"{name}: cannot be written: {system_reason(error)}; nothing written") from error
        undo.pop_all()
    tell(f"{counted(len(files), 'file')} written; README.md says what to do with them")
    return 0
