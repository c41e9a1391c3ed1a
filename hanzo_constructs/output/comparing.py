"""Comparing an output directory with what would be written to it, without writing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, system_reason
from .directory import Content, encoded, lock, place_of, planned
from .listing import LIST_NAME, listed_files
from .objects import ObjectName

__all__ = ["Comparison", "compare_directory"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a directory differs from what would be written to it: names of files, sorted."""

    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """Files with another content; the list of files counts as one."""
    orphaned: tuple[str, ...] = ()
    """Files that an earlier run wrote and that this one would remove."""
    gone: tuple[ObjectName, ...] = ()
    """Objects that stand in the directory, and in nothing that would be written."""
    number: int = 0
    """How many files would be there, without the list."""

    @property
    def is_same(self) -> bool:
        """Whether writing would change nothing."""
        return not (self.missing or self.stale or self.orphaned)


def compare_directory(directory: Path, files: Mapping[str, str | Content], *, keeps_list: bool = True) -> Comparison:
    """Compare what stands in *directory* with *files* (text by file name), which `write_directory` would write there.

    Line ends do not count, because git may have converted them; files of others do not count either. Where no list is
    kept, nobody knows what is orphaned. Raises `OutputError` where the files could not be written for what is in their
    way, or where nobody can tell.
    """
    contents = encoded(directory, files)
    # where nothing is written, there is no list of it either
    wanted = {LIST_NAME, *contents} if keeps_list and contents else {*contents}
    try:
        if not os.path.lexists(directory):
            return Comparison(missing=tuple(sorted(wanted)), number=len(contents))
        if not directory.is_dir():
            raise OutputError(f"{directory}: is not a directory")
        with ExitStack() as cleanup:
            cleanup.enter_context(lock(directory.resolve(), directory, shared=True))
            listed = listed_files(directory) if keeps_list else set(contents)
            change = planned(directory, contents, listed, set(), _same)
            absent = {name for name in wanted if not os.path.lexists(directory / name)}
    except OSError as error:
        raise OutputError(f"{place_of(error, directory)}: cannot be read: {system_reason(error)}") from error
    stale = {*change.written} - absent
    if listed != {*contents} and LIST_NAME not in absent:  # an absent list names nothing
        stale.add(LIST_NAME)
    return Comparison(tuple(sorted(absent)), tuple(sorted(stale)), change.removed, change.gone, len(contents))


def _same(entry: os.DirEntry[str], content: Content) -> bool:
    """Tell whether the file *entry* holds *content*, whatever its line ends."""
    found = Path(entry.path).read_bytes()
    return found == content or found.replace(b"\r\n", b"\n") == bytes(content).replace(b"\r\n", b"\n")
