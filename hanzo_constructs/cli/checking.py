"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..compiler import Compilation
from ..compiler.links import links_between
from ..compiler.object_needs import ties_of_objects
from ..declaration import Declaration
from ..errors import Finding
from ..own_objects import (
    NO_SURROUNDINGS,
    Surroundings,
    in_apply_order,
    in_namespace,
    is_own_object,
    located_findings,
    own_namespace,
    scaled_targets,
)
from ..platform import Platform
from ..sources import Source, declarations, sources
from ..verify import External
from .given import Given
from .parts import LONG, Outcome, Part, compiled, parsed
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
    objects: list[Declaration] = field(default_factory=list)
    """Objects of the user's own, in the order in which they are applied."""
    wrong: set[str] = field(default_factory=set)
    """Where those stand in which there is an error."""
    placeless: list[Declaration] = field(default_factory=list)
    """Those of them that name no namespace, and are taken to be in *namespace*."""
    namespace: str | None = None
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
    given: Given | None = None,
) -> Checked[T]:
    """Compile and prove the *chosen* resources in *arguments* on *platform*; keep what *render* makes of each.

    Compilations are dropped as soon as they are rendered, so that a fleet fits in little memory. Other settings than
    *settings* that stand among the files get a warning, unless that is None. *given* is what was read of *arguments*
    already.
    """
    checked: Checked[T] = Checked()
    places, checked.findings = sources(arguments, used=settings) if given is None else (given.places, [*given.findings])
    read = given.texts if given else {}
    checked.sources = places
    around = _Set(platform)
    for place in places:
        text = read.get(place.name)
        stdin = standard_input() if place.path is None and text is None else None
        found, problems = declarations(place, stdin, text=text)
        checked.findings += problems
        for each in found:
            around.take(each, chosen)
    part = _in_processes(around, render) or _alone(around, render)
    checked.namespace = around.namespace if around.objects else None
    for each in around.objects:
        placed = in_namespace(each.data, checked.namespace)
        part.prover.add_objects([placed], each.where())
        if placed is not each.data:
            checked.placeless.append(each)
    checked.outcomes, checked.objects = part.outcomes, in_apply_order(around.objects)
    checked.findings += part.findings
    proof = part.prover.proof()
    checked.wrong = {each.where for each in proof.findings if each.severity == "error"} if around.objects else set()
    found_in_objects = located_findings(proof.findings, around.objects) if around.objects else proof.findings
    checked.findings = [*_in_order(checked.findings, places), *found_in_objects]
    checked.external = tuple(proof.external)
    return checked


@dataclass(slots=True)
class _Set:
    """What was read, sorted by what is done with it."""

    platform: Platform
    declared: list[Declaration] = field(default_factory=list)
    """Resources to compile."""
    others: list[Declaration] = field(default_factory=list)
    """Resources of which all that matters is what they have to do with those."""
    objects: list[Declaration] = field(default_factory=list)
    """Objects of the user's own."""

    def take(self, declaration: Declaration, chosen: Callable[[Any], bool]) -> None:
        """Sort *declaration* in."""
        if is_own_object(declaration.data, self.platform):
            self.objects.append(declaration)
        else:
            (self.declared if chosen(declaration.data) else self.others).append(declaration)

    @property
    def namespace(self) -> str | None:
        """The namespace that objects without one are taken to be in."""
        return own_namespace([each.data for each in (*self.declared, *self.others)], self.platform)

    def surroundings(self) -> Surroundings:
        """Return what the objects of the user's own have to do with resources."""
        if not self.objects:
            return NO_SURROUNDINGS
        namespace = self.namespace
        seen = [in_namespace(each.data, namespace) for each in self.objects]
        return Surroundings((ties_of_objects(seen, self.platform),), scaled_targets(seen))


def _in_processes(around: _Set, render: Callable[[Compilation], T]) -> Part[T] | None:
    if around.others or len(around.declared) < LONG:
        return None
    from .processes import check_in_processes

    return check_in_processes(around.declared, around.platform, render, around.surroundings())


def _alone(around: _Set, render: Callable[[Compilation], T]) -> Part[T]:
    """Do all steps in this process; of other resources, all that matters is what they have to do with what was declared."""
    declared, others, platform = around.declared, around.others, around.platform
    beside = around.surroundings()
    part, further = parsed(declared, platform), parsed(others, platform)
    links, contradictions = links_between([*part.ties, *further.ties, *beside.ties])
    part.contradict(contradictions)
    further.contradict(contradictions)
    part.contradicted += further.contradicted
    return compiled(part, platform, links, render, scaled=beside.scaled, long=len(declared) >= LONG)


def _in_order(findings: Iterable[Finding], places: Iterable[Source]) -> list[Finding]:
    """Return *findings* in the order in which the user reads the files."""
    order = {place.name: number for number, place in enumerate(places)}

    def key(finding: Finding) -> tuple[int, int]:
        file, _, line = finding.where.rpartition(":")
        return (order[file], int(line)) if file in order else (order.get(finding.where, -1), 0)

    return sorted(findings, key=key)
