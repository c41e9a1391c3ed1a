"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..compiler import Compilation
from ..compiler.links import links_between
from ..errors import Finding
from ..platform import Platform
from ..sources import Declaration, Source, declarations, sources
from ..verify import External
from .parts import LONG, Outcome, Part, compiled, located, parsed
from .printing import counted, standard_input

__all__ = ["Checked", "check"]

T = TypeVar("T")


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
    declared: list[Declaration] = []
    others: list[Declaration] = []
    for place in places:
        found, problems = declarations(place, standard_input() if place.path is None else None)
        checked.findings += problems
        for each in found:
            (declared if chosen(each.data) else others).append(each)
    part = _in_processes(declared, others, platform, render) or _alone(declared, others, platform, render)
    checked.outcomes = part.outcomes
    checked.findings += part.findings
    proof = part.prover.proof()
    checked.findings = [*_in_order(checked.findings, places), *proof.findings]
    checked.external = tuple(proof.external)
    return checked


def _in_processes(
    declared: list[Declaration], others: list[Declaration], platform: Platform, render: Callable[[Compilation], T]
) -> Part[T] | None:
    if others or len(declared) < LONG:
        return None
    from .processes import check_in_processes

    return check_in_processes(declared, platform, render)


def _alone(
    declared: list[Declaration], others: list[Declaration], platform: Platform, render: Callable[[Compilation], T]
) -> Part[T]:
    """Do all steps in this process; of *others*, all that matters is what they have to do with what was *declared*."""
    part, around = parsed(declared, platform), parsed(others, platform)
    links, contradictions = links_between([*part.ties, *around.ties])
    if contradictions:
        known = zip((*part.resources, *around.resources), (*declared, *others), strict=True)
        where = {str(resource): declaration for resource, declaration in known}
        for finding in contradictions:
            part.findings += located([finding], where[finding.subject])
    return compiled(part, platform, links, render)


def _in_order(findings: Iterable[Finding], places: Iterable[Source]) -> list[Finding]:
    """Return *findings* in the order in which the user reads the files."""
    order = {place.name: number for number, place in enumerate(places)}

    def key(finding: Finding) -> tuple[int, int]:
        file, _, line = finding.where.rpartition(":")
        return (order[file], int(line)) if file in order else (order.get(finding.where, -1), 0)

    return sorted(findings, key=key)
