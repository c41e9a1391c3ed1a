"""What a document declares: one resource or object, or those in a `List` one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import Finding
from .kube import fields
from .kube.fields import shown, type_shown
from .kube.lists import members_of
from .kube.yaml import Document

__all__ = ["Declaration", "declared_in"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One resource as it was written, not yet understood."""

    data: Any
    document: Document
    at: fields.Path = ()
    """Where it stands in the document: `("items", 3)` in a List."""

    def where(self, path: fields.Path = ()) -> str:
        """Return `file:line` of the field at *path* of the resource, or of what is nearest around it."""
        return self.document.where((*self.at, *path))

    @property
    def lean(self) -> Declaration:
        """The same without its data, if that can be read again when somebody asks for it."""
        return self if self.document.again is None else _Lean(self.document.lean, self.at)


class _Lean(Declaration):
    """A declaration whose data is read when somebody asks for it, which is for messages alone."""

    __slots__ = ("_data",)
    _data: tuple[Any] | None

    def __init__(self, document: Document, at: fields.Path) -> None:
        """Say in which *document* it stands, and where."""
        object.__setattr__(self, "document", document)
        object.__setattr__(self, "at", at)
        object.__setattr__(self, "_data", None)

    @property
    def data(self) -> Any:
        """What was written."""
        if self._data is not None:
            return self._data[0]
        found: Any = self.document.again() if self.document.again else None
        for step in self.at:
            found = found[step]
        object.__setattr__(self, "_data", (found,))
        return found


def declared_in(document: Document) -> Iterator[Declaration | Finding]:
    """Yield what *document* declares, and what is wrong with a List."""
    yield from _items(document.data, document, ())


def _items(data: Any, document: Document, at: fields.Path) -> Iterator[Declaration | Finding]:
    """Yield *data*, which stands at a place of *document*, or where it is a List what is in it, and what is wrong with it."""
    if type(data) is not dict or data.get("kind") != "List":
        if (members := members_of(data)) is None:
            yield Declaration(data, document, at)
        else:
            yield from _items({"apiVersion": "v1", "kind": "List", "items": members}, document, at)
        return
    unknown = [key for key in data if key not in {"apiVersion", "kind", "metadata", "items"}]
    for key in unknown:
        path = (*at, key)
        yield Finding("unknown field of a List", fields.field_path(path), "List", document.where(path))
    if data.get("apiVersion") != "v1":
        path = (*at, "apiVersion")
        message = f"must be v1, got {shown(data.get('apiVersion'))}"
        yield Finding(message, fields.field_path(path), "List", document.where(path))
    items, path = data.get("items"), (*at, "items")
    if not isinstance(items, list):
        message = "required" if "items" not in data else f"expected a list, got {type_shown(items)}"
        yield Finding(message, fields.field_path(path), "List", document.where(path))
        return
    if not items:
        yield Finding("holds no resource", fields.field_path(path), "List", document.where(path))
    for index, item in enumerate(items):
        yield from _items(item, document, (*path, index))
