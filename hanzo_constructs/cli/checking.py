"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..compiler import Compilation, compile_unshared
from ..compiler.linked_documents import linked_documents, name_of_gateway
from ..compiler.links import Links, links_of
from ..errors import Finding, SpecError
from ..kube.fields import parsed_path
from ..platform import Platform
from ..sources import Declaration, Source, declarations, sources
from ..spec.kinds import parse
from ..spec.resource import Resource
from ..verify import External, Prover
from .printing import counted, is_terminal, standard_input

__all__ = ["Checked", "Outcome", "Part", "check", "check_part", "in_batches", "tracked"]

S = TypeVar("S")
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
class Part(Generic[T]):
    """What became of some of the resources of a run."""

    outcomes: list[Outcome[T]]
    findings: list[Finding]
    prover: Prover


@dataclass(slots=True)
class Checked(Generic[T]):
    """All resources of a run, and everything found in them."""

    outcomes: list[Outcome[T]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Errors, warnings and notes, in the order of the input, those of the whole set last."""
    sources: list[Source] = field(default_factory=list)
    """What was read."""
    external: tuple[External, ...] = ()
    """What the set needs from outside."""

    def failed(self, *, strict: bool) -> bool:
        """Tell whether anything found forbids output; *strict*: warnings do too."""
        forbidding = {"error", "warning"} if strict else {"error"}
        return any(finding.severity in forbidding for finding in self.findings)

    @property
    def tally(self) -> str:
        """How much was found: `1 error, 2 warnings`."""
        found = Counter(finding.severity for finding in self.findings)
        return f"{counted(found['error'], 'error')}, {counted(found['warning'], 'warning')}"


def check(
    arguments: Iterable[str],
    platform: Platform,
    render: Callable[[Compilation], T],
    *,
    settings: Collection[Path] | None = None,
    chosen: Callable[[Any], bool] = lambda _: True,
) -> Checked[T]:
    """Compile and prove the *chosen* resources in *arguments* on *platform*; keep what *render* makes of each.

    Compilations are dropped as soon as they are rendered, so that a fleet fits in little memory. Other settings than
    *settings* that stand among the files get a warning, unless that is None.
    """
    checked: Checked[T] = Checked()
    places, checked.findings = sources(arguments, used=settings)
    checked.sources = places
    declared, everything = [], []
    for place in places:
        found, problems = declarations(place, standard_input() if place.path is None else None)
        checked.findings += problems
        declared += [each for each in found if chosen(each.data)]
        everything += found
    links = _links(everything, platform, checked.findings)
    everything.clear()
    part = _in_processes(declared, platform, links, render) or check_part(_batches(declared), platform, links, render)
    checked.outcomes = part.outcomes
    checked.findings += part.findings
    proof = part.prover.proof()
    checked.findings = [*_in_order(checked.findings, places), *proof.findings]
    checked.external = tuple(proof.external)
    return checked


def check_part(
    batches: Iterable[list[Declaration]],
    platform: Platform,
    links: Links,
    render: Callable[[Compilation], T],
    *,
    start: int = 0,
) -> Part[T]:
    """Compile *batches* and hand what they become to a prover, which counts from *start*."""
    part: Part[T] = Part([], [], Prover(start=start))
    work = _Work(platform, links, part.findings)
    for batch in batches:
        outcomes = [Outcome[T](where, where) for where in map(Declaration.where, batch)]
        resources = list(map(work.parsed, batch, outcomes))
        compilations = list(map(work.compiled, batch, resources))
        for declaration, compilation in zip(batch, compilations, strict=True):
            if compilation:
                part.prover.add(compilation, declaration.where(), located=partial(_place, declaration))
        for outcome, compilation in zip(outcomes, compilations, strict=True):
            outcome.value = render(compilation) if compilation else None
        part.outcomes += outcomes
    return part


def _in_processes(
    declared: list[Declaration], platform: Platform, links: Links, render: Callable[[Compilation], T]
) -> Part[T] | None:
    if len(declared) < _LONG:
        return None
    from .processes import check_in_processes

    return check_in_processes(declared, platform, links, render)


def _links(declared: Sequence[Declaration], platform: Platform, findings: list[Finding]) -> Links:
    """Return what the resources *declared* have to do with each other; what is wrong with one alone is said later."""
    places: dict[str, Declaration] = {}
    resources, wrong = [], set()
    for place in linked_documents([declaration.data for declaration in declared], platform):
        declaration = declared[place]
        try:
            resource = parse(declaration.data, platform)
        except SpecError:
            wrong.add(name_of_gateway(declaration.data, platform))
            continue
        places.setdefault(str(resource), declaration)
        resources.append(resource)
    links, contradictions = links_of(resources, platform)
    # a gateway that is wrong is there all the same
    links = replace(links, gateways=links.gateways | wrong)
    for finding in contradictions:
        findings += _located([finding], places[finding.subject])
    return links


@dataclass(slots=True)
class _Work:
    """The steps from a declaration to its compilation; what is wrong on the way goes to `findings`."""

    platform: Platform
    links: Links
    findings: list[Finding]
    _first: dict[str, str] = field(default_factory=dict)
    """Where each resource was first declared."""

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
            compilation = compile_unshared(resource, self.platform, links=self.links)
        except SpecError as error:
            self.findings += _located(error.findings, declaration)
            return None
        if compilation.warnings:
            self.findings += _located(compilation.warnings, declaration)
        return compilation


def _batches(declared: list[Declaration]) -> Iterator[list[Declaration]]:
    """Yield *declared* in batches; show on a terminal how far that is if there are many."""
    batches = in_batches(declared)
    declared.clear()
    batches.reverse()
    return tracked((batches.pop() for _ in range(len(batches))), len(batches), long=len(batches) * _BATCH >= _LONG)


def in_batches(declared: list[Declaration]) -> list[list[Declaration]]:
    """Return *declared* in pieces that stay in the processor's cache from one step to the next."""
    return [declared[start : start + _BATCH] for start in range(0, len(declared), _BATCH)]


def tracked(steps: Iterator[S], number: int, *, long: bool) -> Iterator[S]:
    """Yield the *number* of *steps*; show on a terminal how far that is if it takes *long*."""
    if not long or not is_terminal(sys.stderr):
        return steps
    from rich.console import Console
    from rich.progress import track

    return iter(track(steps, "compiling", total=number, console=Console(stderr=True), transient=True))


def _place(declaration: Declaration, path: str) -> str:
    return declaration.where(parsed_path(path))


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
