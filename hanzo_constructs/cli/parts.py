"""Some of the resources of a run, on their way from what was declared to what was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, TypeVar

from ..compiler.resource_ties import ties_of, ties_of_wrong
from ..compiler.ties import Ties
from ..declaration import Declaration
from ..errors import Finding, SpecError
from ..kube.fields import parsed_path
from ..platform import Platform
from ..spec.kinds import parse
from ..spec.resource import Resource
from ..spec.short_forms import as_written
from ..verify import Prover

__all__ = ["BATCH", "FEW", "LONG", "Outcome", "Parsed", "Part", "located"]

S = TypeVar("S")
T = TypeVar("T")

FEW = 64
"""Resources up to which nothing need be kept but the whole result, as they are compiled in no time."""

LONG = 500
"""Resources from which on a run is worth several processes, and a terminal shows how far the work is."""

BATCH = 32
"""Resources that take a step together: what they need stays in the processor's cache from one step to the next."""


@dataclass(slots=True)
class Outcome(Generic[T]):
    """What became of one declared resource."""

    where: str
    subject: str
    """`Service hanzo/api`, or where the resource stands when it could not be understood."""
    value: T | None = None
    """What was made of its compilation; None if there is none."""


@dataclass(slots=True)
class Parsed(Generic[T]):
    """Declared resources, as far as they could be understood."""

    platform: Platform
    first: dict[str, str] = field(default_factory=dict)
    """Where the first resource of each name stands."""
    declared: list[Declaration] = field(default_factory=list)
    """Without their data, as far as that can be read again."""
    outcomes: list[Outcome[T]] = field(default_factory=list)
    resources: list[Resource | None] = field(default_factory=list)
    """None: it is wrong, not the first of its name, or compiled already."""
    ties: list[Ties | None] = field(default_factory=list)
    """What each resource has to do with others; None where nobody here needs it any more."""
    wrong: dict[int, list[Finding]] = field(default_factory=dict)
    """Why resources are None, by their index."""
    contradicted: list[Finding] = field(default_factory=list)
    """What contradicts other resources of the set."""
    _lean: int = 0
    """How many have no data any more."""

    def take(self, batch: list[Declaration]) -> None:
        """Parse what was declared in a *batch*; a resource that is wrong, or not the first of its name, is a finding.

        Its ties come after that, for all together: what a step needs stays in the processor's cache. Who has done all
        that needs what was written drops it.
        """
        start = len(self.declared)
        self.declared += batch
        for index, declaration in enumerate(batch, start):
            self._parse(index, declaration)
        known = zip(batch, self.resources[start:], strict=True)
        self.ties += [
            ties_of(resource, self.platform) if resource else ties_of_wrong(declaration.data, self.platform)
            for declaration, resource in known
        ]

    def drop_data(self) -> None:
        """Drop what was written of the resources taken last, as far as it can be read again."""
        self.declared[self._lean :] = [each.lean for each in self.declared[self._lean :]]
        self._lean = len(self.declared)

    def _parse(self, index: int, declaration: Declaration) -> None:
        where, resource = declaration.where(), None
        try:
            resource = parse(declaration.data, self.platform)
        except SpecError as error:
            subject = error.findings[0].subject or where
            self.wrong[index] = [*located(error.findings, declaration)]
        else:
            namespace, name = resource.metadata.namespace or self.platform.namespace, resource.metadata.name
            subject = f"{resource.kind} {namespace}/{name}" if namespace else f"{resource.kind} {name}"
        self.outcomes.append(Outcome(where, subject))
        self.resources.append(resource)
        if resource and (earlier := self.first.setdefault(subject, where)) is not where:
            self.drop_twin(index, earlier)

    @property
    def known_ties(self) -> Iterator[Ties]:
        """Yield the ties that are known here."""
        return filter(None, self.ties)

    @property
    def names(self) -> dict[str, tuple[int, str]]:
        """The number, and the place, of the first resource of each name; those that are wrong have none."""
        known = enumerate(self.outcomes)
        return {each.subject: (number, each.where) for number, each in known if number not in self.wrong}

    def drop_twin(self, index: int, earlier: str) -> None:
        """Drop the resource at *index*, whose name one has already that stands *earlier*."""
        twin = Finding(f"is declared twice (also at {earlier})", "metadata.name", self.outcomes[index].subject)
        self.wrong[index] = [*located([twin], self.declared[index])]
        self.resources[index] = None

    def contradict(self, contradictions: Iterable[Finding]) -> None:
        """Note those of the *contradictions* of the set whose subject is one of these resources."""
        contradictions = tuple(contradictions)
        known = zip(self.resources, self.declared, strict=True) if contradictions else ()
        where = {str(resource): declaration for resource, declaration in known if resource}
        for finding in contradictions:
            if finding.subject in where:
                self.contradicted += located([finding], where[finding.subject])


@dataclass(slots=True)
class Part(Generic[T]):
    """Resources that were compiled and handed to a prover."""

    outcomes: list[Outcome[T]]
    steps: tuple[list[Finding], list[Finding], list[Finding]]
    """What was found in parsing, in what contradicts others, and in compiling, each in the order of the input."""
    prover: Prover
    is_in_order: bool = True
    """Whether the resources were handed to the prover in the order of the input."""

    @property
    def findings(self) -> list[Finding]:
        """Return all that was found."""
        return [*chain.from_iterable(self.steps)]

    def merge(self, later: Part[T], provers: Iterable[Prover] = ()) -> bool:
        """Add what was made of *later* resources, of which some were handed to other *provers*.

        Return whether that could be done: see `Prover.merge`.
        """
        self.add(later)
        return all(self.prover.merge(each) for each in chain(provers, [later.prover]))

    def add(self, later: Part[T]) -> None:
        """Add what was made of *later* resources, but for what their prover knows."""
        self.outcomes += later.outcomes
        for mine, others in zip(self.steps, later.steps, strict=True):
            mine.extend(others)
        self.is_in_order = self.is_in_order and later.is_in_order

    def put_in_order(self) -> bool:
        """Put what was proven in the order of the input, and return whether that makes it right."""
        self.is_in_order = self.is_in_order or self.prover.put_in_order()
        return self.is_in_order


def located(findings: Iterable[Finding], declaration: Declaration) -> Iterator[Finding]:
    """Yield *findings* of *declaration*, each with file and line."""
    for finding in findings:
        written = as_written(finding, declaration.data)
        yield written.at(declaration.where(parsed_path(written.path)))
