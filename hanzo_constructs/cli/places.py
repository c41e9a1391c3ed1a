"""Where a side of a comparison is: a path, the standard input, or what git keeps of a revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..errors import Finding
from ..output.listing import LIST_NAME
from ..settings import PYPROJECT, SETTINGS_FILE
from ..sources import STDIN, SUFFIXES
from .git import File, files_at, is_revision, path_in_repository, write_files
from .printing import standard_input

__all__ = ["Place", "place_of"]


class Place(NamedTuple):
    """A path to read, and what messages say instead of it."""

    path: str
    settings_near: Path
    """The directory from which settings are looked for, upwards."""
    name: tuple[str, str] | None = None
    """The beginning of the path, and what the user typed instead; None: that is the path."""

    def as_typed(self, finding: Finding) -> Finding:
        """Return *finding* with what the user typed in place of the path."""
        if self.name is None:
            return finding
        return replace(finding, where=finding.where.replace(*self.name), message=finding.message.replace(*self.name))


@contextmanager
def place_of(argument: str) -> Iterator[Place]:
    """Yield where the files are that *argument* means: a file, a directory, `-`, `revision` or `revision:path` of git.

    What is not a file by itself is written to a directory that goes away afterwards. Of a revision, those are files that
    may be read, and settings in the directories above. Raises `ReadError` where git knows no such revision.
    """
    if argument == STDIN:
        with TemporaryDirectory(prefix="hzc-") as directory:
            file = Path(directory, "stdin")
            file.write_bytes(standard_input().read())
            yield Place(str(file), Path.cwd(), (str(file), "<stdin>"))
        return
    revision, colon, folder = argument.partition(":")
    path = Path(argument)
    if path.exists() or (not colon and not is_revision(revision)):
        yield Place(argument, path if path.is_dir() else path.parent)  # whoever reads it says that it is not there
        return
    with TemporaryDirectory(prefix="hzc-") as directory:
        root = Path(directory).resolve()
        (root / ".git").touch()  # settings are looked for up to here
        inside = path_in_repository(folder)
        above = [str(parent / name) for parent in Path(inside, "_").parents for name in (SETTINGS_FILE, PYPROJECT)]
        write_files([each for each in files_at(revision, {inside, *above}) if _is_read(each)], root)
        name = (f"{root}/", f"{revision}:") if inside != "." else (str(root), revision)
        path = root / inside
        yield Place(str(path), path if path.is_dir() else path.parent, name)


def _is_read(file: File) -> bool:
    name = Path(file.name)
    return name.suffix.lower() in SUFFIXES or name.name in {PYPROJECT, LIST_NAME} or file.is_link
