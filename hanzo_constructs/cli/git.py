"""What git keeps: files as they were at a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import Finding, ReadError, system_reason

__all__ = ["File", "contents", "files_at", "git", "is_revision", "path_in_repository", "write_files"]


class File(NamedTuple):
    """A file of a revision."""

    name: str
    """From the root of the repository: `dist/api.yaml`."""
    blob: str
    """The name that git gives to its content."""
    is_link: bool = False


def git(*arguments: str, stdin: bytes | None = None) -> bytes:
    """Return what git prints; raises `ReadError` with the first line that it complains with."""
    try:
        ran = subprocess.run(["git", *arguments], input=stdin, capture_output=True, check=False)  # noqa: S603, S607 - the user's git
    except OSError as error:
        raise ReadError([Finding(f"git cannot be run: {system_reason(error)}")]) from error
    if ran.returncode:
        reason = (ran.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"])[0]
        raise ReadError([Finding(f"git {arguments[0]} failed: {reason}")])
    return ran.stdout


def is_revision(name: str) -> bool:
    """Tell whether git knows the revision *name* here."""
    try:
        git("rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{tree}}")
    except ReadError:
        return False
    return True


def path_in_repository(path: str) -> str:
    """Return *path*, which is meant from the working directory, from the root of the repository; `.` is that itself."""
    prefix = os.fsdecode(git("rev-parse", "--show-prefix")).rstrip("\n")
    return os.path.normpath(os.path.join(prefix, path)) if prefix or path else "."  # noqa: PTH118 - of no real path


def files_at(revision: str, paths: Collection[str]) -> Iterator[File]:
    """Yield the files of *revision* that are at *paths* or below, which are meant from the root of the repository."""
    wanted = [] if "." in paths else [*paths]
    listed = git(
        "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision, *wanted
    )  # where `--` would be a path
    for line in filter(None, listed.split(b"\0")):
        about, _, name = line.partition(b"\t")
        mode, kind, blob = about.decode().split()
        if kind == "blob":
            yield File(os.fsdecode(name), blob, mode == "120000")


def contents(files: Collection[File]) -> Iterator[tuple[File, bytes]]:
    """Yield each of *files* with its content."""
    printed = git("cat-file", "--batch", stdin="".join(f"{each.blob}\n" for each in files).encode()) if files else b""
    start = 0
    for each in files:
        end = printed.index(b"\n", start)
        size = int(printed[start:end].rpartition(b" ")[2])
        yield each, printed[end + 1 : end + 1 + size]
        start = end + 1 + size + 1


def write_files(files: Collection[File], root: Path) -> None:
    """Write *files* below *root*; links last, so that none of them leads a file elsewhere."""
    for each, text in contents(sorted(files, key=lambda each: each.is_link)):
        name = PurePosixPath(each.name)
        if name.is_absolute() or ".." in name.parts or ".git" in name.parts:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if each.is_link:
            path.symlink_to(os.fsdecode(text))
        else:
            path.write_bytes(text)
