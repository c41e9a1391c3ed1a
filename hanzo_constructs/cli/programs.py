"""Programs that render apps: run so that they write nothing, and say what they would write."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import Finding, OutputError, ReadError, system_reason
from ..kube.yaml import read
from ..output.listing import LIST_NAME
from ..output.rendering import RENDER_INTO
from .printing import print_line, safe

__all__ = ["ProgramOutput", "cdk8s_data", "cdk8s_settings", "default_directory", "rendered_by"]

_SETTINGS = "cdk8s.yaml"

_SITE = """\
import os, sys

here = os.path.dirname(__file__)
sys.path[:] = [each for each in sys.path if each != here]
rest = os.environ.pop("PYTHONPATH", "").partition(os.pathsep)[2]
if rest:
    os.environ["PYTHONPATH"] = rest
this = sys.modules.pop("sitecustomize")
try:
    from hanzo_constructs.constructs.node.pytest_hook import JsiiImportHook
except ImportError:
    pass
else:
    sys.meta_path.insert(0, JsiiImportHook())
try:
    import sitecustomize  # the user's own
except ImportError:
    sys.modules["sitecustomize"] = this  # whoever has imported this looks for it there
"""
"""Run by each Python that a program starts, before the program: it leaves things as if it had never been there."""


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """What a program would write to one directory."""

    directory: str
    """As the user would name it."""
    files: Mapping[str, str | bytes]
    warnings: int = 0
    keeps_list: bool = True
    """Whether a list of the files is written with them; a plain App of cdk8s writes none."""
    needs: tuple[str, ...] = ()
    """What it needs from outside, a line each; only a `HanzoApp` says it."""
    is_default: bool = False
    """Whether the program takes the directory from CDK8S_OUTDIR."""


def default_directory(said: Mapping[str, str]) -> str:
    """Return where a program writes to whose `cdk8s.yaml` *said* so much, unless it names a directory itself."""
    return os.environ.get("CDK8S_OUTDIR") or said.get("output") or "dist"


def cdk8s_settings(directory: Path) -> dict[str, str]:
    """Return `app` and `output` of the `cdk8s.yaml` in *directory*, as far as it says them; raises `ReadError`."""
    data = cdk8s_data(directory)
    said = {key: data[key] for key in ("app", "output") if data.get(key) is not None}
    if wrong := [Finding("expected a string", key, where=_SETTINGS) for key in said if not isinstance(said[key], str)]:
        raise ReadError(wrong)
    return said


def cdk8s_data(directory: Path) -> dict[str, Any]:
    """Return what the `cdk8s.yaml` in *directory* says, nothing where there is none; raises `ReadError`."""
    path = directory / _SETTINGS
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ReadError([Finding(f"cannot be read: {system_reason(error)}", where=str(path))]) from error
    found = read(text, name=str(path), syntax="yaml")
    data = found.documents[0].data if found.documents else None
    if found.findings:
        raise ReadError(found.findings)
    return data if isinstance(data, dict) else {}


def rendered_by(
    command: str, directory: str, *, is_chosen: bool, otherwise: str = "nothing compared"
) -> list[ProgramOutput]:
    """Run *command* by the shell, and return what it would write, and to where.

    *directory* is the one of programs that name none; where the user has chosen it (*is_chosen*), there must be such
    output. What the program prints goes to the standard error. Raises `ReadError` where it fails or renders nothing,
    from which follows what *otherwise* says, and `OutputError` where two apps write to one directory.
    """
    with TemporaryDirectory(prefix="hzc-check-") as scratch:
        plain, records = Path(scratch, "dist"), Path(scratch, "records")
        records.mkdir()
        environment = {**os.environ, "CDK8S_OUTDIR": str(plain), RENDER_INTO: str(records), **_asleep(Path(scratch))}
        ran = subprocess.run(command, shell=True, env=environment, stdout=subprocess.PIPE, check=False)  # noqa: S602 - as cdk8s does
        for line in ran.stdout.decode(errors="replace").splitlines():
            print_line(safe(line))
        if ran.returncode:
            raise ReadError([Finding(f"ended with status {ran.returncode}; {otherwise}", where=command)])
        found = [*map(_recorded, sorted(records.iterdir(), key=lambda path: int(path.stem)))]
        if plain.is_dir() and (written := _written(plain)):
            found.append(ProgramOutput(str(plain), written, keeps_list=(plain / LIST_NAME).exists()))
        return _placed(found, str(plain), directory, command, is_chosen=is_chosen)


def _asleep(scratch: Path) -> dict[str, str]:
    """Return variables that keep a Python program from starting Node where it imports cdk8s before this package."""
    (scratch / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(scratch), os.environ.get("PYTHONPATH"))))}


def _placed(
    found: list[ProgramOutput], plain: str, directory: str, command: str, *, is_chosen: bool
) -> list[ProgramOutput]:
    """Return what was *found* with the directories that the user knows, in place of *plain* that of the user's choice."""
    if not found:
        message = "rendered nothing; it must call synth() of an app, or main()"
        raise ReadError([Finding(message, where=command)])
    if is_chosen and all(each.directory != plain for each in found):
        message = f"does not write to CDK8S_OUTDIR, so that DIR has no meaning; leave {directory} out"
        raise ReadError([Finding(message, where=command)])
    placed = [
        replace(each, directory=directory, is_default=True)
        if each.directory == plain
        else replace(each, directory=_from_here(each.directory))
        for each in found
    ]
    seen: set[str] = set()
    for each in placed:
        if (real := os.path.realpath(each.directory)) in seen:
            message = (
                "two apps write there, so that one removes the files of the other; give each a directory of its own"
            )
            raise OutputError(f"{each.directory}: {message}")
        seen.add(real)
    return placed


def _recorded(path: Path) -> ProgramOutput:
    said = json.loads(path.read_text(encoding="utf-8"))
    return ProgramOutput(said["directory"], said["files"], said["warnings"], needs=tuple(said.get("needs", ())))


def _written(directory: Path) -> dict[str, bytes]:
    """Return what was written to *directory*, by the names of files; the list is none of them."""
    paths = (path for path in directory.rglob("*") if path.is_file() and path.name != LIST_NAME)
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}


def _from_here(directory: str) -> str:
    """Return *directory* as the user would name it in the working directory."""
    relative = os.path.relpath(directory)
    return directory if relative.startswith("..") else relative
