"""From arguments to compiled and proven resources, with everything that is wrong on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..compiler import Compilation
from ..compiler.links import NO_LINKS, links_between
from ..declaration import Declaration
from ..errors import Finding
from ..own_objects import in_apply_order, in_namespace, located_findings
from ..platform import Platform
from ..sources import Source, sources
from ..verify import External
from .given import Given
from .making import Making, PutAway
from .parts import LONG, Outcome, Parsed, Part
from .printing import counted, standard_input
from .reading import Around, Text, number_of_documents, shared_out, taken, text_of

__all__ = ["Checked", "check"]

if TYPE_CHECKING:
    from .sections import Places

T = TypeVar("T")

InSections = Callable[[Sequence[Text]], "tuple[Part[T], Around, Places] | None"]
"""Compiles and proves texts, of which it knows results; None where it cannot."""


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
    def wrong(self) -> set[str]:
        """Return where those begin in which there is an error, be it at their beginning or further down."""
        begin: dict[str, list[int]] = {}
        for place in (*(each.where for each in self.outcomes), *(each.where() for each in self.objects)):
            file, _, line = place.rpartition(":")
            begin.setdefault(file, []).append(int(line))
        begin = {file: sorted(lines) for file, lines in begin.items()}
        wrong: set[str] = set()
        for finding in self.findings:
            file, _, line = finding.where.rpartition(":")
            if finding.severity == "error" and file in begin and (before := bisect_right(begin[file], int(line))):
                wrong.add(f"{file}:{begin[file][before - 1]}")
        return wrong

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
    chosen: Callable[[Any], bool] | None = None,
    given: Given | None = None,
    store: Callable[[], PutAway[T]] | None = None,
    sections: InSections[T] | None = None,
) -> Checked[T]:
    """Compile and prove the *chosen* resources in *arguments*, or all, on *platform*; keep what *render* makes of each.

    What is rendered may be put away until the end, in the *store* of each process. Who knows the results of *sections* of the
    input may say what there is to know of all of it.

    Compilations are dropped as soon as they are rendered, so that a fleet fits in little memory. Other settings than
    *settings* that stand among the files get a warning, unless that is None. *given* is what was read of *arguments*
    already.
    """
    checked: Checked[T] = Checked()
    places, checked.findings = sources(arguments, used=settings) if given is None else (given.places, [*given.findings])
    read = given.texts if given else {}
    checked.sources = places
    texts = [_text(place, read.get(place.name)) for place in places]
    where, readable = None, _as_it_is
    if sections and (seen := sections(texts)):
        part, around, where = seen
        readable = where.readable
    else:
        part, around = _made(texts, platform, render, chosen, store)
    checked.findings += around.findings
    checked.findings += [
        Finding("holds no resource", where=place.name) for place in places if place.name not in around.filled
    ]
    checked.namespace = around.namespace if around.objects else None
    for each in around.objects:
        placed = in_namespace(each.data, checked.namespace)
        part.prover.add_objects([placed], each.where())
        if placed is not each.data:
            checked.placeless.append(each)
    checked.outcomes, checked.objects = part.outcomes, in_apply_order(around.objects)
    proof = part.prover.proof()
    found, proven = part.findings, [*proof.findings]
    derived = {outcome.where for outcome in part.outcomes if outcome.value is not None} if proven else set()
    derived = {each.where for each in map(readable, (each for each in proven if each.where in derived))}
    if where:
        proven = where.in_order(proven)
    checked.findings += map(readable, found)
    proven = [*map(readable, proven)]
    if derived:
        from .field_lines import with_lines_of_fields

        proven = with_lines_of_fields(proven, derived, texts, platform, around.links or NO_LINKS)
    found_in_objects = located_findings(proven, around.objects) if around.objects else proven
    checked.findings = [*_in_order(checked.findings, places), *found_in_objects]
    checked.external = tuple(proof.external)
    return checked


def _as_it_is(finding: Finding) -> Finding:
    return finding


def _text(place: Source, text: bytes | None) -> Text:
    return text_of(place, standard_input() if place.path is None and text is None else None, text)


def _made(
    texts: Sequence[Text],
    platform: Platform,
    render: Callable[[Compilation], T],
    chosen: Callable[[Any], bool] | None,
    store: Callable[[], PutAway[T]] | None,
) -> tuple[Part[T], Around]:
    """Compile and prove what is declared in *texts*: a long set in several processes, or at least not all at a time."""
    is_long = sum(map(number_of_documents, texts)) >= LONG
    done = None
    if is_long and chosen is None:
        from .processes import check_in_processes

        done = check_in_processes(texts, platform, render, store)
        done = done or _alone(
            texts, Making(Parsed(platform), render, store and store(), at_once=True, shown=True), chosen
        )
    done = done or _alone(texts, Making(Parsed(platform), render, shown=is_long), chosen)
    if done is None:
        raise AssertionError("what is compiled in the order of the input can be proven")
    return done


def _alone(
    texts: Sequence[Text], making: Making[T], chosen: Callable[[Any], bool] | None
) -> tuple[Part[T], Around] | None:
    """Do all steps in this process; of other resources, all that matters is what they have to do with what was *chosen*."""
    found = taken([*chain.from_iterable(shared_out(texts, 1))], making, chosen or (lambda _: True))
    part, further, around = making.parsed, found.further, found.around
    beside = around.surroundings()
    links, contradictions = links_between([*part.known_ties, *further.known_ties, *beside.ties])
    around.links = links
    making.drop_ties()
    part.contradict(contradictions)
    further.contradict(contradictions)
    part.contradicted += further.contradicted
    done = making.finished(links, scaled=beside.scaled)
    return (done, around) if done and done.put_in_order() else None


def _in_order(findings: Iterable[Finding], places: Iterable[Source]) -> list[Finding]:
    """Return *findings* in the order in which the user reads the files."""
    order = {place.name: number for number, place in enumerate(places)}

    def key(finding: Finding) -> tuple[int, int]:
        file, _, line = finding.where.rpartition(":")
        return (order[file], int(line)) if file in order else (order.get(finding.where, -1), 0)

    return sorted(findings, key=key)
