"""An output directory keeps a list of the files written into it, so that everything else in it is left alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, system_reason
from .commit import Step, commit, flushed, saved

__all__ = ["LIST_NAME", "Change", "file_name", "write_directory"]

LIST_NAME = ".hzc-files"
"""The list of files in an output directory; whatever it does not name is somebody else's."""

_STAGE_PREFIX = ".hzc-new-"


@dataclass(frozen=True, slots=True)
class Change:
    """What writing did to a directory: file names, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def file_name(kind: str, namespace: str | None, name: str, *, suffix: str = ".yaml") -> str:
    """Return the name of the file of a resource: `service.hanzo.api.yaml`.

    Two resources never share a file: dots separate the parts, and no part has one.
    """
    parts = (kind.lower(), namespace, name) if namespace else (kind.lower(), name)
    return ".".join(re.sub(r"[^a-z0-9-]", _escaped, part) for part in parts) + suffix


def write_directory(directory: Path, files: Mapping[str, str]) -> Change:
    """Make *directory* hold exactly *files* (text by plain file name) of ours; other files stay as they are.

    Files that an earlier run wrote and that are not among *files* are removed; files that have their content already
    are not touched. Raises `OutputError` where that is impossible, and then everything stands as it stood before.
    """
    try:
        with ExitStack() as cleanup:
            created = _created(directory, cleanup)
            place = directory.resolve()
            cleanup.enter_context(_lock(place, directory))
            _remove_leftovers(place)
            listed = _listed(directory)
            change = _change(directory, files, listed)
            if change.written or change.removed or listed != set(files):
                stage = Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, dir=place))
                cleanup.callback(shutil.rmtree, stage, ignore_errors=True)
                commit(_staged(stage, change, files, listed=listed), stage)
                flushed([place])
            created.pop_all()
            return change
    except OSError as error:
        raise OutputError(f"{_place(error, directory)}: cannot be written: {system_reason(error)}") from error


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"_{byte:02x}" for byte in found[0].encode())


def _created(directory: Path, cleanup: ExitStack) -> ExitStack:
    """Create *directory* where it is missing; closing the result takes that back."""
    undo = cleanup.enter_context(ExitStack())
    for place in reversed((directory, *directory.parents)):
        if not place.exists():
            place.mkdir()
            undo.callback(_remove_empty, place)
    if not directory.is_dir():
        raise OutputError(f"{directory}: is not a directory")
    return undo


def _remove_empty(directory: Path) -> None:
    with suppress(OSError):
        directory.rmdir()


@contextmanager
def _lock(place: Path, directory: Path) -> Iterator[None]:
    """Keep other runs out of *place*, which the user calls *directory*; the lock ends with the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network filesystems have no locks
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OutputError(f"{directory}: another run is writing there") from None
        yield
    finally:
        os.close(handle)


def _remove_leftovers(directory: Path) -> None:
    """Remove what a run that was killed left behind; the lock says that no run is alive."""
    for entry in list(os.scandir(directory)):
        if entry.name.startswith(_STAGE_PREFIX) and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)


def _change(directory: Path, files: Mapping[str, str], listed: set[str]) -> Change:
    """Return what has to happen in *directory*; raises `OutputError` for files that are not ours to replace."""
    here = {entry.name: entry for entry in os.scandir(directory)}
    written, unchanged, foreign = [], [], []
    for name in sorted(files):
        if name not in here:
            written.append(name)
        elif here[name].is_symlink():
            foreign.append(f"{directory / name}: is a symbolic link, which is not followed; remove it")
        elif not here[name].is_file():
            foreign.append(f"{directory / name}: is not a file; remove it")
        elif _same(here[name], files[name].encode()):
            unchanged.append(name)
        elif name in listed:
            written.append(name)
        else:
            foreign.append(f"{directory / name}: was not written by hzc; move it or choose another directory")
    if foreign:
        raise OutputError("\n".join(foreign))
    stale = [name for name in sorted(listed - set(files)) if name in here and here[name].is_file(follow_symlinks=False)]
    return Change(tuple(written), tuple(unchanged), tuple(stale))


def _same(entry: os.DirEntry[str], content: bytes) -> bool:
    return entry.stat().st_size == len(content) and Path(entry.path).read_bytes() == content


def _listed(directory: Path) -> set[str]:
    path = directory / LIST_NAME
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OutputError(f"{path}: is not a file; remove it")
        names = json.loads(path.read_bytes())["files"]
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError, KeyError):
        names = None
    # A list that somebody tampered with must not make us replace or remove anything elsewhere.
    if not isinstance(names, list) or not all(isinstance(name, str) and _is_plain(name) for name in names):
        raise OutputError(f"{path}: is not a list of files that hzc wrote; remove it or choose another directory")
    return set(names)


def _is_plain(name: str) -> bool:
    return bool(name) and not name.startswith(".") and not {"/", "\\", "\0"} & set(name)


def _staged(stage: Path, change: Change, files: Mapping[str, str], *, listed: set[str]) -> list[Step]:
    """Put everything that can fail for want of room or rights into *stage*; return the renames that are left to do."""
    directory, steps, fresh = stage.parent, [], []
    for name in change.written:
        path = stage / f"{name}.new"
        path.write_bytes(files[name].encode())
        fresh.append(path)
        steps.append(Step(directory / name, path, saved(directory / name, stage)))
    steps += [Step(directory / name, None, saved(directory / name, stage)) for name in change.removed]
    # The first list holds the old names and the new ones: a run that is killed half-way can be repeated.
    listing, both, final = directory / LIST_NAME, stage / "both", stage / "final"
    both.write_bytes(_listing({*listed, *files}))
    final.write_bytes(_listing(files))
    flushed([*fresh, both, final])
    return [Step(listing, both, saved(listing, stage)), *steps, Step(listing, final, both)]


def _listing(names: Collection[str]) -> bytes:
    comment = "written by hzc: the files it may replace or remove"
    return (json.dumps({"comment": comment, "files": sorted(names)}, indent=1) + "\n").encode()


def _place(error: OSError, directory: Path) -> str:
    """Return the file that *error* is about, as the user knows it."""
    name = str(error.filename2 or error.filename or directory)
    return str(directory) if _STAGE_PREFIX in name else name
