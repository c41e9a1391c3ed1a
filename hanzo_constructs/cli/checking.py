"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..compiler import Compilation, compile_resource
from ..compiler.links import LINKED_KINDS, NO_LINKS, Links, links_of
from ..errors import Finding, SpecError
from ..kube.fields import parsed_path
from ..platform import Platform
from ..sources import Declaration, Source, declarations, sources
from ..spec.kinds import parse
from ..spec.resource import Resource
from ..verify import External, Prover
from .printing import counted, is_terminal, standard_input

__all__ = ["Checked", "Outcome", "check"]

T = TypeVar("T")

_BATCH = 32
"""Resources that take a step together: a seventh faster than each all the way, and little is held at a time."""

_LONG = 500
"""Resources from which on a terminal shows how far the work is."""


@dataclass(slots=True)
class Outcome(Generic[T]):
    """What became of one declared resource."""

    where: str
    subject: str
    """`Service hanzo/api`, or where the resource stands when it could not be understood."""
    value: T | None = None
    """What was made of its compilation; None if there is none."""


@dataclass(slots=True)
class Checked(Generic[T]):
    """All resources of a run, and everything found in them."""

    outcomes: list[Outcome[T]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Errors and warnings, in the order of the input, those of the whole set last."""
    external: tuple[External, ...] = ()
    """What the set needs from outside."""

    def failed(self, *, strict: bool) -> bool:
        """Tell whether anything found forbids output; *strict*: warnings do too."""
        return any(strict or finding.severity == "error" for finding in self.findings)

    @property
    def tally(self) -> str:
        """How much was found: `1 error, 2 warnings`."""
        errors = sum(finding.severity == "error" for finding in self.findings)
        return f"{counted(errors, 'error')}, {counted(len(self.findings) - errors, 'warning')}"


def check(
    arguments: Iterable[str],
    platform: Platform,
    render: Callable[[Compilation], T],
    *,
    chosen: Callable[[Any], bool] = lambda _: True,
) -> Checked[T]:
    """Compile and prove the *chosen* resources in *arguments* on *platform*; keep what *render* makes of each.

    Compilations are dropped as soon as they are rendered, so that a fleet fits in little memory.
    """
    checked: Checked[T] = Checked()
    places, checked.findings = sources(arguments)
    declared, linked = [], []
    for place in places:
        found, problems = declarations(place, standard_input() if place.path is None else None)
        checked.findings += problems
        declared += [each for each in found if chosen(each.data)]
        linked += [each for each in found if isinstance(each.data, dict) and each.data.get("kind") in LINKED_KINDS]
    work = _Work(platform, checked.findings)
    work.link(linked)
    prover = Prover()
    for batch in _batches(declared):
        outcomes = [Outcome[T](where, where) for where in map(Declaration.where, batch)]
        resources = list(map(work.parsed, batch, outcomes))
        compilations = list(map(work.compiled, batch, resources))
        for outcome, compilation in zip(outcomes, compilations, strict=True):
            if compilation:
                prover.add(compilation, outcome.where)
        for outcome, compilation in zip(outcomes, compilations, strict=True):
            outcome.value = render(compilation) if compilation else None
        checked.outcomes += outcomes
    proof = prover.proof()
    checked.findings = [*_in_order(checked.findings, places), *proof.findings]
    checked.external = tuple(proof.external)
    return checked


@dataclass(slots=True)
class _Work:
    """The steps from a declaration to its compilation; what is wrong on the way goes to `findings`."""

    platform: Platform
    findings: list[Finding]
    _links: Links = NO_LINKS
    _first: dict[str, str] = field(default_factory=dict)
    """Where each resource was first declared."""

    def link(self, declared: Iterable[Declaration]) -> None:
        """Find out what the resources *declared* have to do with each other; what is wrong with one is said later."""
        places: dict[str, Declaration] = {}
        resources = []
        for declaration in declared:
            with suppress(SpecError):
                resource = parse(declaration.data, self.platform)
                places.setdefault(str(resource), declaration)
                resources.append(resource)
        self._links, contradictions = links_of(resources, self.platform)
        for finding in contradictions:
            self.findings += _located([finding], places[finding.subject])

    def parsed(self, declaration: Declaration, outcome: Outcome[T]) -> Resource | None:
        """Return the resource of *declaration*, unless it is wrong or not the first of its name."""
        try:
            resource = parse(declaration.data, self.platform)
        except SpecError as error:
            self.findings += _located(error.findings, declaration)
            outcome.subject = error.findings[0].subject or outcome.where
            return None
        namespace, name = resource.metadata.namespace or self.platform.namespace, resource.metadata.name
        subject = outcome.subject = f"{resource.kind} {namespace}/{name}" if namespace else f"{resource.kind} {name}"
        first = self._first.setdefault(subject, outcome.where)
        if first is outcome.where:
            return resource
        second = Finding(f"is declared twice (also at {first})", "metadata.name", subject)
        self.findings += _located([second], declaration)
        return None

    def compiled(self, declaration: Declaration, resource: Resource | None) -> Compilation | None:
        """Return the compilation of *resource*, unless there is none."""
        if resource is None:
            return None
        try:
            compilation = compile_resource(resource, self.platform, links=self._links)
        except SpecError as error:
            self.findings += _located(error.findings, declaration)
            return None
        if compilation.warnings:
            self.findings += _located(compilation.warnings, declaration)
        return compilation


def _batches(declared: list[Declaration]) -> Iterator[list[Declaration]]:
    """Yield *declared* in batches; show on a terminal how far that is if there are many."""
    batches = [declared[start : start + _BATCH] for start in range(0, len(declared), _BATCH)]
    declared.clear()
    batches.reverse()
    one_by_one = (batches.pop() for _ in range(len(batches)))
    if len(batches) * _BATCH < _LONG or not is_terminal(sys.stderr):
        return one_by_one
    from rich.console import Console
    from rich.progress import track

    return iter(track(one_by_one, "compiling", total=len(batches), console=Console(stderr=True), transient=True))


def _located(findings: Iterable[Finding], declaration: Declaration) -> Iterator[Finding]:
    for finding in findings:
        yield finding.at(declaration.where(parsed_path(finding.path)))


def _in_order(findings: Iterable[Finding], places: Iterable[Source]) -> list[Finding]:
    """Return *findings* in the order in which the user reads the files."""
    order = {place.name: number for number, place in enumerate(places)}

    def key(finding: Finding) -> tuple[int, int]:
        file, _, line = finding.where.rpartition(":")
        return (order[file], int(line)) if file in order else (order.get(finding.where, -1), 0)

    return sorted(findings, key=key)
