"""The text of compiled resources, in YAML or JSON, for one stream or for files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..compiler import Compilation
from ..declaration import Declaration
from ..kube.manifest import Manifest
from ..kube.yaml import dump
from ..output.names import file_name
from ..own_objects import comes_first, object_file_name
from .spool import Spool, Stored

__all__ = ["FORMATS", "Files", "Format", "Piece", "files_of", "object_texts", "renderer", "stored_pieces"]


Content = str | Stored
"""A text, or where it stands until the end of a run."""


class Piece(NamedTuple):
    """The text of one resource, without what stands around all of them."""

    kind: str
    namespace: str | None
    name: str
    content: Content

    @property
    def text(self) -> str:
        """The text, wherever it stands."""
        return self.content if isinstance(self.content, str) else self.content.text

    @property
    def in_memory(self) -> Piece:
        """The same, which needs no file."""
        return self._replace(content=self.text)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write objects down."""

    suffix: str
    text: Callable[[Iterable[Manifest]], str]
    """Write the objects of one resource."""
    joined: Callable[[Iterable[Content]], Iterator[Content]]
    """Join the texts of several resources to the parts of one file."""


def _yaml(manifests: Iterable[Manifest]) -> str:
    # In front of each document, not between them: files and outputs can be strung together as they are.
    return "".join(["---\n" + dump(manifest) for manifest in manifests])


_json_object = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _json(manifests: Iterable[Manifest]) -> str:
    return ",\n".join(map(_json_object, manifests))


def _json_list(texts: Iterable[Content]) -> Iterator[Content]:
    start = '{"apiVersion": "v1", "kind": "List", "items": [\n'
    for text in texts:
        yield start
        yield text
        start = ",\n"
    yield "\n]}\n"


FORMATS = {
    "yaml": Format(".yaml", _yaml, iter),
    # One List is one JSON value, which every tool reads; a line for each object keeps differences readable.
    "json": Format(".json", _json, _json_list),
}
"""Formats by name."""


def renderer(form: Format, mode: Literal["children", "resources"]) -> Callable[[Compilation], Piece]:
    """Return what turns a compilation into its text: of its children, or of the resource itself."""

    def piece(compilation: Compilation) -> Piece:
        manifests = compilation.manifests if mode == "children" else [compilation.resource_manifest]
        owner = compilation.owner
        return Piece(compilation.resource.kind, owner.namespace, owner.name, form.text(manifests))

    return piece


def stored_pieces(spool: Spool) -> Callable[[list[Piece]], list[Piece]]:
    """Return what puts the texts of pieces into a new file of *spool*, as far as there is room."""
    put = spool.opened()

    def put_away(pieces: list[Piece]) -> list[Piece]:
        stored = put([piece.text for piece in pieces])
        if stored is None:
            return pieces
        return [piece._replace(content=content) for piece, content in zip(pieces, stored, strict=True)]

    return put_away


def object_texts(objects: Sequence[Declaration], form: Format) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of *objects* of the user's own by the names of their files: those that come first, and the others."""
    texts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for each in objects:
        name = object_file_name(each.data, form.suffix)
        head = {key: each.data[key] for key in ("apiVersion", "kind", "metadata")}
        texts[0 if comes_first(each.data) else 1][name] = form.text([head | each.data])
    return texts


class Files(Mapping[str, str]):
    """The texts of files by their names, each read when it is asked for."""

    def __init__(self, parts: Mapping[str, Sequence[Content]]) -> None:
        """Say what the *parts* of each file are."""
        self.parts = parts

    def __getitem__(self, name: str) -> str:
        """Return the text of the file *name*."""
        return "".join([part if isinstance(part, str) else part.text for part in self.parts[name]])

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self.parts)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.parts)


def files_of(pieces: Sequence[Piece], form: Format, *, single: bool, objects: Sequence[Declaration] = ()) -> Files:
    """Return the text of each file by its name: one for each resource and each of *objects*, or a *single* one."""
    before, after = object_texts(objects, form)
    if single:
        texts = [*before.values(), *(piece.content for piece in pieces), *after.values()]
        return Files({f"manifests{form.suffix}": [*form.joined(texts)]})
    files = {
        file_name(piece.kind, piece.namespace, piece.name, suffix=form.suffix): [*form.joined([piece.content])]
        for piece in pieces
    }
    return Files(files | {name: [*form.joined([text])] for name, text in (before | after).items()})
