"""What there is to know of the field under the cursor: what it means, and what it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..compiler import Compilation
from ..explain import KnownCauses, Reason, reasons
from ..kube.fields import Path, field_path, shown
from ..spec.short_forms import path_as_written
from .entries import Entry
from .schemas import Place
from .text import Span
from .view import View

__all__ = ["Hover", "Reasons", "hover"]

_MOST = 8
"""Values that are named; the others are counted."""
_MOST_FIELDS = 400
"""Values of a resource whose reasons are found out while somebody waits; it takes a second."""
_MAY_BE_SECRET = re.compile(r"\b(env|args|command|data|stringData|binaryData|annotations)\b")
"""Parts of objects whose values are not repeated: somebody may have written a password there."""


class Hover(NamedTuple):
    """What is shown, as Markdown, and what it is about."""

    text: str
    span: Span


class Reasons:
    """The reasons for what was derived, kept as long as it stays as it is."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known = KnownCauses()
        self._last: tuple[Compilation, tuple[Reason, ...]] | None = None

    def of(self, compilation: Compilation) -> tuple[Reason, ...]:
        """Return the reason for every value of *compilation*."""
        if self._last is None or self._last[0] is not compilation:
            self._last = compilation, reasons(compilation, self._known)
        return self._last[1]


def hover(view: View, known: Reasons) -> Hover | None:
    """Return what is shown at the position of *view*."""
    found = view.field_at()
    if found is None or not found[0]:
        return None
    path, _, span = found
    place = view.place_at(path)
    own = path[len(view.start_of(path)) :]
    parts = [_title(own, place)]
    if place and place.description:
        parts.append(place.description)
    if own == ("kind",) and (resource := view.place_at(path[:-1])):
        parts[1:] = [resource.description]
    entry = view.entry_at(path)
    if entry is not None and entry.compilation is not None and not view.piece.is_broken:
        if own in {("kind",), ("metadata", "name")}:
            parts += _becomes(entry.compilation)
        elif sum(field.is_scalar for field in view.fields.values()) > _MOST_FIELDS:
            parts.append("What it decides takes long to find out in so long a document: `hzc show --why` says it.")
        else:
            parts += _decides(entry, own, known)
    return Hover("\n\n".join(parts), view.file.span(view.piece, span)) if len(parts) > 1 else None


def _title(path: Path, place: Place | None) -> str:
    parts = [f"**{field_path(path)}**"]
    if place and place.types:
        parts.append(" or ".join(place.types))
    if place and place.default is not None:
        parts.append(f"default {shown(place.default)}")
    if place and len(place.values) > 1 and set(place.values) != {True, False}:
        parts.append(f"one of {', '.join(map(str, place.values))}")
    return ", ".join(parts)


def _becomes(compilation: Compilation) -> Iterator[str]:
    lines = [f"- {child.id} `{child.manifest['metadata']['name']}`" for child in compilation.children]
    yield "\n".join(["Becomes:", *lines])


def _decides(entry: Entry, path: Path, known: Reasons) -> Iterator[str]:
    """Yield what the field at *path*, and what is below it, decides."""
    compilation = entry.compilation
    if compilation is None:
        return
    written: dict[Path, Path] = {}
    found: list[str] = []
    for reason in known.of(compilation):
        for cause in reason.causes:
            if cause.source != "field":
                continue
            if cause.name not in written:
                written[cause.name] = path_as_written(cause.name, entry.data)
            if written[cause.name][: len(path)] == path:
                found.append(_line(reason))
                break
    if found:
        more = [f"- and {len(found) - _MOST} more"] if len(found) > _MOST else []
        yield "\n".join(["Decides:", *found[:_MOST], *more])


def _line(reason: Reason) -> str:
    is_open = reason.child.partition("-")[0] != "Secret" and not _MAY_BE_SECRET.search(reason.path)
    value = f" = `{shown(reason.value)}`" if is_open and not reason.is_copied else ""
    return f"- {reason.child} `{reason.path}`{value}"
