"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..compiler import Compilation, compile_resource
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

_LONG = 500
"""Resources from which on a terminal shows how far the work is."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one declared resource."""

    subject: str
    """`Service hanzo/api`, or where the resource stands when it could not be understood."""
    where: str
    value: T | None
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
    declared = []
    for place in places:
        found, problems = declarations(place, standard_input() if place.path is None else None)
        checked.findings += problems
        declared += [each for each in found if chosen(each.data)]
    prover = Prover()
    seen: dict[str, str] = {}
    for declaration in _tracked(declared):
        where = declaration.where()
        value = None
        try:
            resource = parse(declaration.data, platform)
            subject = _subject(resource, platform)
            _refuse_second(subject, seen.setdefault(subject, where), where)
            compilation = compile_resource(resource, platform)
        except SpecError as error:
            checked.findings += _located(error.findings, declaration)
            subject = error.findings[0].subject or where
        else:
            if compilation.warnings:
                checked.findings += _located(compilation.warnings, declaration)
            prover.add(compilation, where)
            value = render(compilation)
        checked.outcomes.append(Outcome(subject, where, value))
    proof = prover.proof()
    checked.findings = [*_in_order(checked.findings, places), *proof.findings]
    checked.external = tuple(proof.external)
    return checked


def _tracked(declared: list[Declaration]) -> Iterator[Declaration]:
    """Yield each of *declared*, which is empty afterwards; show on a terminal how far that is if there are many."""
    number = len(declared)
    declared.reverse()
    one_by_one = (declared.pop() for _ in range(number))
    if number < _LONG or not is_terminal(sys.stderr):
        return one_by_one
    from rich.console import Console
    from rich.progress import track

    return iter(track(one_by_one, "compiling", total=number, console=Console(stderr=True), transient=True))


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


def _refuse_second(subject: str, first: str, where: str) -> None:
    if first is not where:
        raise SpecError([Finding(f"is declared twice (also at {first})", "metadata.name", subject)])


def _subject(resource: Resource, platform: Platform) -> str:
    namespace = resource.metadata.namespace or platform.namespace
    return f"{resource.kind} {namespace}/{resource.name}" if namespace else f"{resource.kind} {resource.name}"
