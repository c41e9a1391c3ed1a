"""A resource on its way to another version: what it says by now, how that came about, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ..kube.fields import Path, shown, type_shown
from ..kube.yaml.field_edits import Edit, Put, Remove, Rename, changed

__all__ = ["MISSING", "Draft", "Remark"]

MISSING = object()
"""What stands at a place where there is nothing."""


class Remark(NamedTuple):
    """What a migration does beside writing the same in other words."""

    kind: Literal["lost", "effective", "different", "written"]
    """lost: the new version cannot say it. effective: it was accepted and ignored, and is obeyed from now on.
    different: something else is derived from now on. written: what was a default, or was derived, is written out, so
    that it stays."""
    path: Path
    """The place in the document as it was."""
    value: str
    """What stands there, in words that give no secret away; empty where that says nothing."""
    why: str


@dataclass
class Draft:
    """A resource as far as it has been migrated; `edits`, one after the other, make `data` of what was given."""

    data: Any
    edits: list[Edit] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def get(self, *path: str | int) -> Any:
        """Return what stands at *path*, or `MISSING`."""
        found = self.data
        for step in path:
            if isinstance(found, dict) and isinstance(step, str):
                found = found.get(step, MISSING)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return MISSING
        return found

    def has_block(self, *path: str | int) -> bool:
        """Tell whether a mapping stands at *path*."""
        return isinstance(self.get(*path), dict)

    def indexes(self, *path: str | int) -> range:
        """Return the indexes of the list at *path*; none where there is no list."""
        found = self.get(*path)
        return range(len(found) if isinstance(found, list) else 0)

    def put(self, path: Path, value: Any, why: str = "") -> None:
        """Write *value* at *path*; *why* says why it is written out, where the reader should know."""
        if why:
            self.remarks.append(Remark("written", path, _disclosed(value), why))
        self._do(Put(path, value))

    def rename(self, path: Path, name: str) -> None:
        """Give the field at *path* another *name*."""
        self._do(Rename(path, name))

    def remove(self, path: Path) -> None:
        """Take away what stands at *path* and says nothing."""
        self._do(Remove(path))

    def lose(self, path: Path, why: str, *, known: bool = True) -> None:
        """Take away what stands at *path* and cannot be said any more; of a field that is not *known*, say no value."""
        self.remarks.append(Remark("lost", path, _hidden(self.get(*path), known=known), why))
        self._do(Remove(path))

    def obey(self, path: Path, why: str) -> None:
        """Say that what stands at *path* was ignored and is obeyed from now on."""
        self.remarks.append(Remark("effective", path, "", why))

    def differ(self, path: Path, why: str) -> None:
        """Say that from now on something else is derived from what stands at *path*."""
        self.remarks.append(Remark("different", path, "", why))

    def _do(self, edit: Edit) -> None:
        self.data = changed(self.data, edit)
        self.edits.append(edit)


def _disclosed(value: object) -> str:
    """Return *value*, which is no user's, in words."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_disclosed(each)}" for key, each in value.items()) or "{}"
    return value if isinstance(value, str) else shown(value)


def _hidden(value: object, *, known: bool) -> str:
    """Return what may be said of *value*, a user's: a string may be a password, and so may all in an unknown field."""
    if isinstance(value, dict):
        return f"a mapping of {', '.join(sorted(map(str, value)))}" if value and known else "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return shown(value) if known and not isinstance(value, str) else type_shown(value)
