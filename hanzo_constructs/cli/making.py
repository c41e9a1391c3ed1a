"""From what is declared to what is made of it: compiled, proven and rendered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pickle import dumps, loads
from typing import Generic, TypeVar

from ..compiler import Compilation, compile_unshared
from ..compiler.links import NO_LINKS, Links
from ..compiler.offers import Name
from ..declaration import Declaration
from ..errors import Finding, SpecError
from ..kube.fields import parsed_path
from ..own_objects import Target, without_scaled_replicas
from ..spec.kinds import parse
from ..spec.short_forms import path_as_written
from ..verify import Prover
from .parts import BATCH, Parsed, Part, located
from .printing import tracked

__all__ = ["Making", "PutAway"]

S = TypeVar("S")
T = TypeVar("T")

PutAway = Callable[[list[T]], list[T]]
"""Takes what was rendered, and returns what stands for it until the end."""

_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what lies between the numbers of the first objects of two."""
_PACKED = 8
"""Batches whose prover is packed."""
_SHARE = _MOST_OBJECTS * 10**7
"""What lies between those of two shares."""


@dataclass(slots=True)
class Making(Generic[T]):
    """What is made of resources: of most as soon as they are parsed, so that a long set need not be held.

    What a resource compiles to may depend on others. Those that name none are compiled *at_once*, as if nobody named
    them; who turns out to be named by others is compiled once more.
    """

    parsed: Parsed[T]
    render: Callable[[Compilation], T]
    put_away: PutAway[T] | None = None
    number: int = 0
    """Of the share of a set; its objects are counted behind those of earlier shares."""
    at_once: bool = False
    packs: bool = False
    """Whether what is known of many resources is packed, where another process puts that of the set together."""
    shown: bool = False
    """Whether a terminal shows how far it is."""
    prover: Prover = field(init=False)
    found: dict[int, list[Finding]] = field(default_factory=dict)
    """What was found in compiling, by the index of the resource."""
    packed_ties: list[bytes] = field(default_factory=list)
    """The ties of all, in parts, where it packs."""
    packed_provers: list[bytes] = field(default_factory=list)
    """Earlier provers, likewise: they take a fifth of the room."""
    _made: dict[int, Name] = field(default_factory=dict)
    """What was compiled at once: namespaces and names, by the index."""

    def __post_init__(self) -> None:
        """Start a proof; rules of the company are asked in the order of the input."""
        self.prover = Prover(platform=self.parsed.platform)
        self.at_once = self.at_once and not self.parsed.platform.rules_

    def take(self, batch: list[Declaration]) -> None:
        """Parse what was declared in a *batch*, and compile what can be compiled at once."""
        parsed = self.parsed
        start = len(parsed.declared)
        parsed.take(batch)
        if self.at_once:
            known = enumerate(zip(parsed.resources[start:], parsed.ties[start:], strict=True), start)
            made = {index: ties.name for index, (resource, ties) in known if resource and ties and ties.names_nobody}
            self._make([*made], NO_LINKS)
            self._made |= made
        parsed.drop_data()
        if self.packs:
            self.packed_ties.append(dumps(parsed.ties[start:]))
            self.drop_ties(start)
            if len(self.packed_ties) % _PACKED == 0:
                self.pack()

    def pack(self) -> None:
        """Pack the prover, and start another one."""
        self.packed_provers.append(dumps(self.prover))
        self.prover = Prover(platform=self.parsed.platform)

    def drop_ties(self, start: int = 0) -> None:
        """Drop the ties of what was made, from *start* on, because somebody else knows them."""
        ties = self.parsed.ties
        ties[start:] = [None if start + index in self._made else each for index, each in enumerate(ties[start:])]

    def finished(self, links: Links, *, scaled: Collection[Target] = ()) -> Part[T] | None:
        """Compile what waits for the *links* of its set, or was compiled without those it has, and return all.

        Workloads that are *scaled* by objects of the user's own lose a number of pods that nobody wrote. None: what is
        wrong can only be said when all is compiled in the order of the input.
        """
        parsed = self.parsed
        if not self._forget_what_is_wrong(links, scaled):
            return None
        waiting = [index for index, resource in enumerate(parsed.resources) if resource]
        batches = [waiting[place : place + BATCH] for place in range(0, len(waiting), BATCH)]
        for batch in self.tracked(iter(batches), len(waiting)):
            self._make(batch, links, scaled)
        wrong, found = (
            [finding for index in sorted(findings) for finding in findings[index]]
            for findings in (parsed.wrong, self.found)
        )
        return Part(parsed.outcomes, (wrong, parsed.contradicted, found), self.prover, not (waiting and self._made))

    def _forget_what_is_wrong(self, links: Links, scaled: Collection[Target]) -> bool:
        """Forget what was made of twins, and of resources that have *links* or are *scaled*, which are parsed once more.

        Return whether that could be done.
        """
        parsed, counted = self.parsed, set[int]()
        for prover in self._provers() if scaled else ():
            known = prover.index.workloads
            counted |= {known[target].origin.order // _MOST_OBJECTS for target in scaled if target in known}
        first = self._order(0) // _MOST_OBJECTS
        forgotten = [
            index
            for index, name in self._made.items()
            if index in parsed.wrong or first + index in counted or links.concern(name)
        ]
        for index in forgotten:
            parsed.outcomes[index].value = None
            self.found.pop(index, None)
            if index not in parsed.wrong:
                parsed.resources[index] = parse(parsed.declared[index].data, parsed.platform)
        numbers = {first + index for index in forgotten}
        for place, prover in enumerate(self._provers() if forgotten else ()):
            if not prover.forget(numbers, _MOST_OBJECTS):
                return False
            if prover is not self.prover:
                self.packed_provers[place] = dumps(prover)
        return True

    def _provers(self) -> Iterator[Prover]:
        """Yield the provers of all that was made, unpacked one after the other."""
        yield from map(loads, self.packed_provers)
        yield self.prover

    def tracked(self, batches: Iterator[S], resources: int) -> Iterator[S]:
        """Yield the *batches* of so many *resources*, and show on a terminal how far that is."""
        return tracked(batches, resources / BATCH) if self.shown and resources else batches

    def _order(self, index: int) -> int:
        """Return the number of the first object of the resource at *index*."""
        return self.number * _SHARE + index * _MOST_OBJECTS

    def _make(self, indexes: list[int], links: Links, scaled: Collection[Target] = ()) -> None:
        """Compile the resources at *indexes*, hand them to the prover and render them; then drop them."""
        parsed = self.parsed
        compilations = [(index, made) for index in indexes if (made := self._compiled(index, links))]
        if scaled:
            compilations = [(index, without_scaled_replicas(made, scaled)) for index, made in compilations]
        for index, made in compilations:
            located = partial(_place, parsed.declared[index])
            self.prover.add(made, parsed.outcomes[index].where, located=located, order=self._order(index))
        rendered = [self.render(made) for _, made in compilations]
        if self.put_away:
            rendered = self.put_away(rendered)
        for (index, _), value in zip(compilations, rendered, strict=True):
            parsed.outcomes[index].value = value
        for index in indexes:
            parsed.resources[index] = None  # their room is that of the texts

    def _compiled(self, index: int, links: Links) -> Compilation | None:
        parsed = self.parsed
        resource, declaration = parsed.resources[index], parsed.declared[index]
        if resource is None:
            return None
        try:
            made = compile_unshared(resource, parsed.platform, links=links, ties=parsed.ties[index])
        except SpecError as error:
            self.found[index] = [*located(error.findings, declaration)]
            return None
        if made.warnings:
            self.found[index] = [*located(made.warnings, declaration)]
        return made


def _place(declaration: Declaration, path: str) -> str:
    return declaration.where(path_as_written(parsed_path(path), declaration.data))
