"""Children by name, which say what there is where something else is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...errors import AbsentError, Finding
from ...kube.fields import listed, shown, suggestion
from ..node.cdk import ApiObject

__all__ = ["FoundObjects"]


class FoundObjects(Mapping[str, ApiObject]):
    """Objects by name; who asks for another one learns which there are."""

    def __init__(self, objects: Mapping[str, ApiObject], *, title: str, subject: str, where: str) -> None:
        """Hold *objects*, which are the attribute *title* of the construct of *subject*; messages name it and *where*."""
        self._objects = dict(objects)
        self._title, self._subject, self._where = title, subject, where

    def __getitem__(self, name: object) -> ApiObject:
        """Return the object *name*; raises `AbsentError`, which is a KeyError too."""
        if isinstance(name, str) and name in self._objects:
            return self._objects[name]
        near = suggestion(name, self._objects) if isinstance(name, str) else ""
        hint = f"did you mean {near}?" if near else f"there are {listed(self._objects)}"
        raise AbsentError([Finding(f"there is no {shown(name)}, {hint}", self._title, self._subject, self._where)])

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in order."""
        return iter(self._objects)

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self._objects)

    def __repr__(self) -> str:
        """Name the objects."""
        return f"<{self._title}: {listed(self._objects)}>"
