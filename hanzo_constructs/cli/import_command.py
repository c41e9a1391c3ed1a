"""`hzc import`: what people have already, as a program in Python or as resources."""

from __future__ import annotations

from pathlib import Path

import click

from .options import OptionsOnce, file_output, files, platform_with
from .printing import counted, print_data, print_findings, print_line, tell

__all__ = ["import_command"]

_STDOUT = "-"
_SUFFIXES = {".py": "python", ".yaml": "yaml", ".yml": "yaml"}


@click.command("import", cls=OptionsOnce, short_help="Make a program in Python of what you have.")
@files
@click.option("--from-compose", "origin", flag_value="compose", help="FILE is a compose file of Docker.")
@click.option("--from-score", "origin", flag_value="score", help="FILE is a Score file, of score.dev/v1b1.")
@click.option(
    "--from-manifests",
    "origin",
    flag_value="manifests",
    help="FILE holds plain objects of Kubernetes, of any tool or a cluster.",
)
@file_output("File to write, x.py or x.yaml, or - for the standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["python", "yaml"]),
    help="What to write. Default: what the name of the file says, and python on the standard output.",
)
@click.option("--report", metavar="FILE", type=click.Path(), help="File for what is left, as JSON.")
@click.option("--strict", is_flag=True, help="Write nothing, and exit with 1, where something is left.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option(
    "--platform",
    "settings",
    metavar="FILE",
    type=click.Path(),
    help="Platform settings, which the program will read. Default: as for compile.",
)
def import_command(
    files: tuple[str, ...],
    *,
    origin: str | None,
    output: str,
    form: str | None,
    report: str | None,
    strict: bool,
    force: bool,
    settings: str | None,
) -> int:
    """Make a program in Python, or resources in YAML, of the resources in FILE: a file, a directory, or -.

    Running the program renders what compiling the files does. Resources of v1alpha1 become resources of v1, pinned to
    epoch 2025; objects of other kinds stand beside them. What can be said in no resource is printed as a table.
    """
    platform = platform_with(settings, None)
    wanted = form or _format_of(output)
    from .importing import read_all, remainder_json, remainder_table, yaml_text

    imported, findings = read_all(files, platform, origin or "resources")
    print_findings(findings)
    if any(finding.severity == "error" for finding in findings):
        return 2
    for line in remainder_table(imported.remainder) if imported.remainder else ():
        print_line(line)
    outputs: dict[Path, str] = {}
    if report:
        outputs[Path(report)] = remainder_json(imported.remainder)
    if strict and imported.remainder:
        _write(outputs, force=force)
        print_line(f"{counted(len(imported.remainder), 'field')} left; nothing written")
        return 1
    if wanted == "yaml":
        text = yaml_text(imported)
    else:
        from ..importing.python import program_text

        text = program_text(imported.resources, imported.objects_beside, platform, settings=settings or "")
    if output != _STDOUT:
        outputs[Path(output)] = text
    _write(outputs, force=force)
    if output == _STDOUT:
        print_data([text])
    return 0


def _format_of(output: str) -> str:
    if output == _STDOUT:
        return "python"
    if found := _SUFFIXES.get(Path(output).suffix.lower()):
        return found
    raise click.BadParameter("must end in .py, .yaml or .yml; or say what it is with --format", param_hint="'--output'")


def _write(contents: dict[Path, str], *, force: bool) -> None:
    """Write all files, or none of them; raises `OutputError` where one is there already, unless *force* is given."""
    from ..output.new_files import write_files

    if contents:
        write_files({path: text.encode() for path, text in contents.items()}, force=force)
        tell(f"{counted(len(contents), 'file')} written")
