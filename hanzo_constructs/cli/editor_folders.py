"""The folders that are open in an editor: which texts belong to one set, and what stands in the files that are not open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..editor import Diagnostic, Position, Text, WorkingSet
from ..editor.diagnostics import diagnostic_of
from ..editor.pieces import File
from ..editor.relevance import is_relevant
from ..editor.settings_text import of_rules, settings_in
from ..editor.view import View, view_at
from ..errors import PlatformError
from ..platform import Platform
from ..settings import SETTINGS_FILE, find_settings, load_platform
from ..sources import SUFFIXES, sources

__all__ = ["EditorFolders", "OpenSet"]

_NOT_OURS = frozenset({"node_modules", "site-packages", "__pycache__"})
"""Directories that are full of files of others."""
_MAX_FILE = 16 * 2**20
"""Bytes of a file that is looked at."""


@dataclass(eq=False)
class OpenSet:
    """The set of one directory, with the settings that hold there."""

    root: Path
    """The directory, or the only file."""
    base: Path
    """What names of files are relative to."""
    settings: Path | None = None
    working: WorkingSet = field(default_factory=WorkingSet)
    texts: dict[Path, str | bytes] = field(default_factory=dict)
    """Every text that counts, as it is now."""
    settings_text: str | bytes = ""
    about_settings: list[Diagnostic] = field(default_factory=list)
    is_changed: bool = True

    def name(self, path: Path) -> str:
        """Return what messages call the file at *path*."""
        return str(path.relative_to(self.base)) if path.is_relative_to(self.base) else str(path)

    def path(self, name: str) -> Path:
        """Return the path of the file that messages call *name*."""
        return self.base / name

    def put(self, path: Path, text: str | bytes | None) -> None:
        """Let *text* be that of the file at *path*; None: it does not count."""
        if text is None:
            if self.texts.pop(path, None) is None:
                return
            self.working.remove(self.name(path))
        else:
            if self.texts.get(path) == text:
                return
            self.texts[path] = text
            self.working.update(self.name(path), text)
        self.is_changed = True

    def use(self, platform: Platform) -> None:
        """Compile everything anew on *platform*, if it is another one."""
        if platform != self.working.platform:
            self.working = WorkingSet(platform)
            for path, text in self.texts.items():
                self.working.update(self.name(path), text)
            self.is_changed = True

    def diagnostics(self) -> dict[Path, list[Diagnostic]]:
        """Return what is wrong by now, by the file that it stands in."""
        self.is_changed = False
        paths = {self.name(path): path for path in self.texts}
        shown: dict[Path, list[Diagnostic]] = {path: [] for path in self.texts}
        for found in self.working.found():
            shown[paths[found.file.name]].append(diagnostic_of(found))
        if self.settings:
            of_set = of_rules(self.name(self.settings), self.settings_text, self.working.of_no_place)
            shown[self.settings] = [*self.about_settings, *of_set]
        return shown


class EditorFolders:
    """All that is open in one editor."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.folders: list[Path] = []
        self.buffers: dict[Path, str] = {}
        """What is open in the editor, saved or not."""
        self.sets: dict[Path, OpenSet] = {}
        """By their roots."""
        self._roots: dict[Path, Path] = {}
        """The root of the set that each file on the disk belongs to."""

    def scan(self) -> None:
        """Look anew at what stands on the disk."""
        listed = [path for folder in self.folders for path in _listed(folder)]
        with_settings = {
            path.parent for path in [*self.buffers, *self._settings_on_disk()] if path.name == SETTINGS_FILE
        }
        self._roots = {path: self._root(path, with_settings) for path in listed}
        wanted = {**self._roots}
        for path in self.buffers:
            if path.name != SETTINGS_FILE and self._may_count(path):
                wanted.setdefault(path, self._root(path, with_settings))
        old, self.sets = self.sets, {}
        for root in [*wanted.values(), *(self._root(each, with_settings) for each in self._open_settings())]:
            if root not in self.sets:
                self.sets[root] = old.get(root) or OpenSet(root, self._folder_of(root) or root.parent)
        for each in self.sets.values():
            self._read_settings(each)
            for path in [path for path in each.texts if wanted.get(path) != each.root]:
                each.put(path, None)
        for path, root in wanted.items():
            self.sets[root].put(path, self._text(path))

    def change(self, path: Path, text: str) -> None:
        """Let *text* be what the editor holds of the file at *path*."""
        is_new = path not in self.buffers
        self.buffers[path] = text
        if path.name == SETTINGS_FILE:
            known = next((each for each in self.sets.values() if each.settings == path), None)
            self._read_settings(known) if known and not is_new else self.scan()
        elif (owner := self.set_of(path)) and not is_new:
            owner.put(path, self._text(path))
        else:
            self.scan()

    def close(self, path: Path) -> None:
        """Let the file at *path* count again as it stands on the disk."""
        if self.buffers.pop(path, None) is not None:
            self.scan()

    def set_of(self, path: Path) -> OpenSet | None:
        """Return the set in which the file at *path* counts."""
        return next((each for each in self.sets.values() if path in each.texts), None)

    def diagnostics_of(self, path: Path) -> list[Diagnostic]:
        """Return what is wrong with the file at *path* by now."""
        owner = self.set_of(path)
        if owner is not None:
            found = owner.working.found()
            return [diagnostic_of(each) for each in found if each.file.name == owner.name(path)]
        return next((each.about_settings for each in self.sets.values() if each.settings == path), [])

    def view(self, path: Path, place: Callable[[Text], Position]) -> View | None:
        """Return what there is at a *place* in the file at *path*, if it is read."""
        if owner := self.set_of(path):
            file = owner.working.files[owner.name(path)]
            return view_at(owner.working, file, place(file.text))
        owner = next((each for each in self.sets.values() if each.settings == path), None)
        if owner is not None and path in self.buffers:
            file = File(owner.name(path), self.buffers[path])
            return view_at(owner.working, file, place(file.text), is_settings=True)
        if path in self.buffers and self._may_count(path):  # it may become one of ours
            file = File(path.name, self.buffers[path])
            return view_at(WorkingSet(), file, place(file.text))
        return None

    def _text(self, path: Path) -> str | bytes | None:
        """Return the text of the file at *path*, None where it is none of ours."""
        text: str | bytes | None = self.buffers.get(path)
        if text is None:
            text = _on_disk(path)
        if text is None:
            return None
        plain = text if isinstance(text, str) else text.decode(errors="replace")
        return text if is_relevant(plain) else None

    def _may_count(self, path: Path) -> bool:
        """Tell whether the file at *path*, which is open, would be read if it were saved."""
        if path in self._roots:
            return True
        if path.suffix.lower() not in SUFFIXES or path.exists():
            return self._folder_of(path) is None and path.suffix.lower() in SUFFIXES
        return True

    def _folder_of(self, path: Path) -> Path | None:
        around = [folder for folder in self.folders if path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=None)

    def _root(self, path: Path, with_settings: set[Path]) -> Path:
        """Return the directory whose set the file at *path* belongs to: that of the nearest settings in its folder."""
        folder = self._folder_of(path)
        if folder is None:
            return path
        between = (each for each in path.parents if each.is_relative_to(folder))
        return next((each for each in between if each in with_settings), folder)

    def _settings_on_disk(self) -> Iterator[Path]:
        for folder in self.folders:
            for path in folder.rglob(SETTINGS_FILE):
                inside = path.relative_to(folder).parts[:-1]
                if not any(part.startswith(".") or part in _NOT_OURS for part in inside):
                    yield path

    def _open_settings(self) -> Iterator[Path]:
        return (path for path in self.buffers if path.name == SETTINGS_FILE)

    def _read_settings(self, each: OpenSet) -> None:
        """Let *each* hold on the platform that its settings say; where these are wrong, on the one before."""
        directory = each.root if each.root in self.folders or each.root.is_dir() else each.root.parent
        each.settings, each.about_settings = None, []
        try:
            open_one = directory / SETTINGS_FILE
            each.settings = open_one if open_one in self.buffers else find_settings(directory)
            if each.settings is None:
                platform: Platform | None = Platform()
            elif each.settings.suffix == ".toml":
                platform = load_platform(each.settings)
            else:
                text: str | bytes | None = self.buffers.get(each.settings)
                text = text if text is not None else each.settings.read_bytes()
                each.settings_text = text
                platform, each.about_settings = settings_in(each.name(each.settings), text)
        except (PlatformError, OSError):
            return  # whoever runs hzc is told; here they are not open
        finally:
            each.is_changed = True
        if platform is not None:
            each.use(platform)


def _listed(folder: Path) -> Iterator[Path]:
    """Yield the files below *folder* that `hzc` would read."""
    for source in sources([str(folder)])[0]:
        if source.path and not any(part in _NOT_OURS for part in source.path.relative_to(folder).parts):
            yield source.path


def _on_disk(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.stat().st_size <= _MAX_FILE else None
    except OSError:
        return None
