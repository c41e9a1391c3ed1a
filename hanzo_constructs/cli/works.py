"""What is read together goes through all steps together, and what the set as a whole says of it comes in between."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..compiler.ties import Ties
from ..errors import Finding
from ..own_objects import Target
from ..platform import Platform
from .kept_sections import KeptSection, SectionStore
from .parts import Part, compiled, tracked
from .reading import Around, Share, Taken, taken
from .sections import Section

__all__ = ["News", "Said", "Work", "finished", "news_between", "works_of"]

T = TypeVar("T")

_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what the counters of two provers lie apart for each resource."""


class Work(NamedTuple):
    """What was read together."""

    taken: Taken
    section: Section | None = None
    """The documents, where their result is kept."""
    kept: KeptSection | None = None
    """That result, if it is known: then only objects of the user's own were read."""

    @property
    def ties(self) -> list[Ties]:
        """What each resource has to do with others."""
        return self.kept.ties if self.kept else self.taken.part.ties

    @property
    def number(self) -> int:
        """How many resources there are."""
        return len(self.kept.subjects if self.kept else self.taken.part.declared)


class Said(NamedTuple):
    """What a share says of itself before it is compiled."""

    names: dict[str, tuple[int, str]]
    """The number in the share, and the place, of the first resource of each name."""
    number: int
    """How many resources there are."""
    ties: list[Ties]
    around: Around

    @staticmethod
    def of(works: Sequence[Work]) -> Said:
        """Return what the share of *works* says."""
        names: dict[str, tuple[int, str]] = {}
        around = Around(works[0].taken.part.platform)
        starts = accumulate((each.number for each in works), initial=0)
        for start, work in zip(starts, works, strict=False):
            found = work.taken.part.names.items()
            names |= {name: (start + number, where) for name, (number, where) in found}
            around.add(work.taken.around)
        return Said(
            names, sum(each.number for each in works), [*chain.from_iterable(each.ties for each in works)], around
        )


class News(NamedTuple):
    """What the set as a whole says of a share."""

    links: Links
    contradictions: tuple[Finding, ...]
    twins: dict[int, str]
    """Resources whose name one of an earlier share has, by their index, and where that stands."""
    start: int
    """The number of the first resource in the set."""
    scaled: Collection[Target]


def works_of(share: Sequence[Share] | Sequence[Section], platform: Platform) -> list[Work]:
    """Read a *share*: each section of it by itself, or all of it together where nothing is kept."""
    known: dict[str, Any] = {}
    first: dict[str, str] = {}
    sections = [each for each in share if isinstance(each, Section)]
    if sections:
        return [Work(taken(each.stretches, platform, known=known, first=first), each) for each in sections]
    return [Work(taken([each for each in share if isinstance(each, Share)], platform, known=known, first=first))]


def news_between(said: Sequence[Said]) -> tuple[list[News], Around]:
    """Return what the set says of each of the shares that have *said* what they are, and what stands around all."""
    around = Around(said[0].around.platform)
    for each in said:
        around.add(each.around)
    beside = around.surroundings()
    links, contradictions = links_between(chain(chain.from_iterable(each.ties for each in said), beside.ties))
    starts = accumulate((each.number for each in said), initial=0)
    found = zip(_twins([each.names for each in said]), starts, strict=False)
    return [News(links, contradictions, twins, start, beside.scaled) for twins, start in found], around


def finished(
    works: Sequence[Work],
    news: News,
    render: Callable[[Compilation], T],
    store: SectionStore | None = None,
    *,
    long: bool = False,
) -> Part[T] | None:
    """Compile *works* with what the set says of them; what comes of sections goes to *store*.

    None where only one prover that was given everything can say what is wrong.
    """
    whole: Part[T] | None = None
    start = 0
    for work in tracked(iter(works), len(works)) if long and len(works) > 1 else works:
        part = work.taken.part
        if work.kept is None:
            for index, earlier in news.twins.items():
                if start <= index < start + work.number:
                    part.drop_twin(index - start, earlier)
            part.contradict(news.contradictions)
            first = (news.start + start) * _MOST_OBJECTS
            alone = long and len(works) == 1
            done = compiled(part, news.links, render, start=first, scaled=news.scaled, long=alone)
            if store and work.section and not news.scaled:
                store.keep(work.section, work.taken, done, news.links)
        else:
            done = work.kept.part
        start += work.number
        if whole is None:
            whole = done
        elif not whole.merge(done):
            return None
    return whole


def _twins(shares: Iterable[dict[str, tuple[int, str]]]) -> Iterator[dict[int, str]]:
    """Yield for each of *shares* the resources that have a name of an earlier one, and where that stands."""
    first: dict[str, str] = {}
    for names in shares:
        yield {names[name][0]: first[name] for name in names.keys() & first.keys()}
        first = {name: where for name, (_, where) in names.items()} | first
