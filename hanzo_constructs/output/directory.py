"""Writing an output directory: all of a set or nothing of it, and nothing of what others keep there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, system_reason
from .commit import Step, commit, flushed, saved
from .listing import LIST_NAME, is_plain, listed_files, listing
from .objects import ObjectName, object_names

__all__ = ["Change", "Content", "encoded", "lock", "place_of", "planned", "write_directory"]

Content = bytes | memoryview

_STAGE_PREFIX = ".hzc-new-"


@dataclass(frozen=True, slots=True)
class Change:
    """What writing did to a directory: names of files, sorted, and the objects that are in none of them any more."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    gone: tuple[ObjectName, ...] = ()
    """Objects that stood in a file that was replaced or removed, and stand in none now."""
    unread: tuple[str, ...] = ()
    """Such files that could not be read, so that nobody knows what is gone with them."""


def write_directory(directory: Path, files: Mapping[str, str | Content]) -> Change:
    """Make *directory* hold exactly *files* (text by file name) of ours; other files stay as they are.

    A name is that of a file, or of a file in one folder: `shop/api.yaml`. Files that an earlier run wrote and that are
    not among *files* are removed; files that have their content already are not touched. Raises `OutputError` where
    that is impossible, and then everything stands as it stood before.
    """
    contents = encoded(directory, files)
    try:
        with ExitStack() as cleanup:
            created = _created(directory, cleanup)
            place = directory.resolve()
            cleanup.enter_context(lock(place, directory))
            before = _remove_leftovers(place)
            listed = listed_files(directory)
            change = planned(directory, contents, listed, before)
            if change.written or change.removed or listed != set(files):
                _create_folders(place, change.written, created)
                stage = Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, dir=place))
                cleanup.callback(shutil.rmtree, stage, ignore_errors=True)
                commit(_staged(stage, change, contents, listed=listed), stage)
                flushed([place, *(place / folder for folder in _folders(change.written))])
                for folder in _folders(change.removed):
                    _remove_empty(place / folder)
            created.pop_all()
            return change
    except OSError as error:
        raise OutputError(f"{place_of(error, directory)}: cannot be written: {system_reason(error)}") from error


class _Encoded(Mapping[str, Content]):
    """The contents of files by their names, each encoded when it is asked for, so that they are not all held at a time."""

    def __init__(self, files: Mapping[str, str | Content]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> Content:
        content = self._files[name]
        return content.encode() if isinstance(content, str) else content

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def encoded(directory: Path, files: Mapping[str, str | Content]) -> Mapping[str, Content]:
    """Return the content of each of *files*; raises `OutputError` for names that cannot stand in *directory*."""
    if "\0" in str(directory):
        raise OutputError("the path of the output directory holds the character NUL")
    if wrong := [name for name in files if not is_plain(name)]:
        raise OutputError("\n".join(f"{directory}: {name} cannot be the name of a file there" for name in wrong))
    return _Encoded(files)


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
def lock(place: Path, directory: Path, *, shared: bool = False) -> Iterator[None]:
    """Keep other runs out of *place*, which the user calls *directory*, or those that write; it ends with the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network filesystems have no locks
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OutputError(f"{directory}: another run is writing there") from None
        yield
    finally:
        os.close(handle)


def _remove_leftovers(directory: Path) -> set[ObjectName]:
    """Remove what a run that was killed left behind, and return the objects in files that it replaced.

    The lock says that no run is alive.
    """
    before: set[ObjectName] = set()
    for entry in list(os.scandir(directory)):
        if entry.name.startswith(_STAGE_PREFIX) and entry.is_dir(follow_symlinks=False):
            for path in Path(entry.path).rglob("*.old"):
                if path.is_file() and not path.is_symlink() and not path.name.startswith(LIST_NAME):
                    before |= object_names(path.read_bytes())[0]
            shutil.rmtree(entry.path)
    return before


def _folders(names: Iterable[str]) -> list[str]:
    return sorted({name.partition("/")[0] for name in names if "/" in name})


def _create_folders(place: Path, names: Iterable[str], created: ExitStack) -> None:
    for folder in _folders(names):
        if not (place / folder).exists():
            (place / folder).mkdir()
            created.callback(_remove_empty, place / folder)


def _present(directory: Path, names: Iterable[str]) -> dict[str, os.DirEntry[str]]:
    """Return what stands in *directory* and in the folders of *names*; a folder that is a link is not looked into."""
    here = {entry.name: entry for entry in os.scandir(directory)}
    for folder in _folders(names):
        if folder in here and here[folder].is_dir(follow_symlinks=False):
            here |= {f"{folder}/{entry.name}": entry for entry in os.scandir(directory / folder)}
    return here


def _same(entry: os.DirEntry[str], content: Content) -> bool:
    return entry.stat().st_size == len(content) and Path(entry.path).read_bytes() == content


def planned(
    directory: Path,
    files: Mapping[str, Content],
    listed: set[str],
    before: set[ObjectName],
    same: Callable[[os.DirEntry[str], Content], bool] = _same,
) -> Change:
    """Return what has to happen in *directory*, where the objects *before* stood until a run was killed.

    What is the *same* already stays. Raises `OutputError` for files that are not ours to replace.
    """
    here = _present(directory, {*files, *listed})
    foreign = [
        f"{directory / folder}: is not a directory, or a symbolic link to one; remove it"
        for folder in _folders(files)
        if folder in here and not here[folder].is_dir(follow_symlinks=False)
    ]
    written, unchanged = [], []
    for name in sorted(files):
        if name not in here:
            written.append(name)
        elif here[name].is_symlink():
            foreign.append(f"{directory / name}: is a symbolic link, which is not followed; remove it")
        elif not here[name].is_file():
            foreign.append(f"{directory / name}: is not a file; remove it")
        elif same(here[name], files[name]):
            unchanged.append(name)
        elif name in listed:
            written.append(name)
        else:
            foreign.append(
                f"{directory / name}: was not written by an earlier run; move it or choose another directory"
            )
    if foreign:
        raise OutputError("\n".join(foreign))
    stale = [name for name in sorted(listed - set(files)) if name in here and here[name].is_file(follow_symlinks=False)]
    replaced = [*(name for name in written if name in here), *stale]
    read = {name: object_names((directory / name).read_bytes()) for name in replaced}
    gone = _gone(before.union(*(found for found, _ in read.values())), replaced, files)
    unread = sorted(name for name, (_, complete) in read.items() if not complete)
    return Change(tuple(written), tuple(unchanged), tuple(stale), tuple(sorted(gone)), tuple(unread))


def _gone(before: set[ObjectName], replaced: Iterable[str], files: Mapping[str, Content]) -> set[ObjectName]:
    """Return the objects of *before*, most of them in the *replaced* files, that are in none of *files*."""
    gone = set(before)
    # Nearly always, an object stays in its file; only where it does not, all files have to be looked at.
    for names in (replaced, files):
        for name in names:
            if gone and name in files:
                gone -= object_names(bytes(files[name]))[0]
    return gone


def _staged(stage: Path, change: Change, files: Mapping[str, Content], *, listed: set[str]) -> list[Step]:
    """Put everything that can fail for want of room or rights into *stage*; return the renames that are left to do."""
    directory, steps, fresh = stage.parent, [], []
    for folder in _folders([*change.written, *change.removed]):
        (stage / folder).mkdir()
    for name in change.written:
        path = stage / f"{name}.new"
        path.write_bytes(files[name])
        fresh.append(path)
        steps.append(Step(directory / name, path, saved(directory / name, stage / f"{name}.old")))
    steps += [Step(directory / name, None, saved(directory / name, stage / f"{name}.old")) for name in change.removed]
    # The first list holds the old names and the new ones: a run that is killed half-way can be repeated.
    place, both, final = directory / LIST_NAME, stage / "both", stage / "final"
    both.write_bytes(listing({*listed, *files}))
    final.write_bytes(listing(files))
    flushed([*fresh, both, final])
    return [Step(place, both, saved(place, stage / f"{LIST_NAME}.old")), *steps, Step(place, final, both)]


def place_of(error: OSError, directory: Path) -> str:
    """Return the file that *error* is about, as the user knows it."""
    name = str(error.filename2 or error.filename or directory)
    return str(directory) if _STAGE_PREFIX in name else name
