"""One declared resource or object of a set, and what is known of it: parsed, linked, compiled and ready for the proof."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..compiler import Compilation, compile_unshared
from ..compiler.links import Links
from ..compiler.resource_ties import ties_of, ties_of_wrong
from ..compiler.ties import Ties
from ..declaration import Declaration
from ..errors import Finding, SpecError
from ..explain import DecidingFields
from ..kube.fields import Path, field_path, parsed_path
from ..own_objects import Target, in_namespace, is_own_object, without_scaled_replicas
from ..platform import Platform
from ..spec.kinds import parse
from ..spec.resource import Resource
from ..spec.short_forms import as_written, path_as_written
from ..verify import Prover
from .pieces import File, Piece

__all__ = ["Entry", "entry_of", "place_of"]

_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what the counters of two provers lie apart."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Around what stands for a place in messages until it is known on which line that is."""


@dataclass(eq=False)
class Entry:
    """One declaration of a set."""

    number: int
    file: File
    piece: Piece
    declaration: Declaration
    is_object: bool = False
    resource: Resource | None = None
    subject: str = ""
    """`Service shop/api`; empty for one that cannot be understood."""
    problems: list[Finding] = field(default_factory=list)
    """What parsing finds."""
    ties: Ties = field(default_factory=lambda: Ties("", ("", "")))
    found: list[Finding] = field(default_factory=list)
    """What compiling finds."""
    compilation: Compilation | None = None
    prover: Prover | None = None
    """It was given what is derived, or the object itself."""
    _made_for: object = None
    _fields: tuple[Compilation, DecidingFields] | None = None

    @property
    def data(self) -> Any:
        """What was written."""
        return self.declaration.data

    def token(self, path: Path = ()) -> str:
        """Return what stands for the place of the field at *path* in messages."""
        return f"{_OPEN}{self.number} {field_path(path)}{_CLOSE}"

    def compile(self, platform: Platform, links: Links, scaled: Collection[Target]) -> None:
        """Compile the resource with *links*, unless that was done before and nothing has changed."""
        made_for = (links, scaled)
        if self._made_for == made_for or self.resource is None:
            return
        self._made_for, self.compilation, self.prover, self.found = made_for, None, None, []
        try:
            compilation = compile_unshared(self.resource, platform, links=links, ties=self.ties)
        except SpecError as error:
            self.found = [*self._written(error.findings)]
            return
        self.found = [*self._written(compilation.warnings)]
        self.compilation = without_scaled_replicas(compilation, scaled) if scaled else compilation
        self.prover = Prover(start=self.number * _MOST_OBJECTS, platform=platform)
        self.show_to(self.prover)

    def deciding_field(self, finding: Finding) -> Path:
        """Return the field, as it is written, that decides what *finding* is about; none where that is not known."""
        if self.compilation is None:
            return ()
        if self._fields is None or self._fields[0] is not self.compilation:
            self._fields = self.compilation, DecidingFields(self.compilation)
        return path_as_written(self._fields[1].field(finding) or (), self.data)

    @property
    def is_compiled(self) -> bool:
        """Whether there is nothing to compile, or it was done for some links."""
        return self._made_for is not None or self.resource is None

    def leave_out(self) -> None:
        """Forget what was derived: another resource has the name."""
        self._made_for, self.compilation, self.prover, self.found = None, None, None, []

    def place_in(self, namespace: str | None, platform: Platform) -> None:
        """Make the object known to its prover, taken to be in *namespace* if it names none."""
        if self._made_for == (namespace,):
            return
        self._made_for = (namespace,)
        self.prover = Prover(start=self.number * _MOST_OBJECTS, platform=platform)
        self.show_to(self.prover, namespace)

    def show_to(self, prover: Prover, namespace: str | None = None) -> None:
        """Give *prover* what there is to prove."""
        if self.is_object:
            prover.add_objects([in_namespace(self.data, namespace)], self.token())
        elif self.compilation:
            prover.add(self.compilation, self.token(), located=self._located)

    def _located(self, path: str) -> str:
        return self.token(path_as_written(parsed_path(path), self.data))

    def _written(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        return (as_written(finding, self.data) for finding in findings)


def entry_of(number: int, file: File, piece: Piece, declaration: Declaration, platform: Platform) -> Entry:
    """Return what *declaration* is on *platform*, parsed."""
    entry = Entry(number, file, piece, declaration)
    if is_own_object(declaration.data, platform):
        entry.is_object = True
        return entry
    try:
        resource = parse(declaration.data, platform)
    except SpecError as error:
        entry.problems = [as_written(finding, declaration.data) for finding in error.findings]
        entry.ties = ties_of_wrong(declaration.data, platform)
        return entry
    namespace, name = resource.metadata.namespace or platform.namespace, resource.metadata.name
    entry.subject = f"{resource.kind} {namespace}/{name}" if namespace else f"{resource.kind} {name}"
    entry.resource, entry.ties = resource, ties_of(resource, platform)
    return entry


def place_of(token: str) -> tuple[int, Path] | None:
    """Return the number of the entry that *token* stands for, and the path in it; None where it is no token."""
    if not token.startswith(_OPEN):
        return None
    number, _, path = token[1:-1].partition(" ")
    return int(number), parsed_path(path)
