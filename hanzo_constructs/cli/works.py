"""What is read together goes through all steps together; what the set as a whole says of it comes in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pickle import dumps, loads
from typing import Any, Generic, NamedTuple, TypeVar

from ..compiler.links import Links, links_between
from ..compiler.ties import Ties
from ..errors import Finding
from ..kube.yaml.simple import LineCache
from ..own_objects import Target
from ..verify import Prover
from .kept_sections import KeptSection, SectionStore, restored
from .making import Making
from .parts import Parsed, Part
from .printing import tracked
from .reading import Around, Readable, taken
from .sections import Section

__all__ = ["News", "Said", "Work", "finished", "news_between", "read"]

T = TypeVar("T")


@dataclass
class Work(Generic[T]):
    """Documents that are read together, and what is made of them."""

    making: Making[T]
    texts: Sequence[Readable]
    """What is read."""
    section: Section | None = None
    """All of the documents, where their result is kept."""
    kept: KeptSection | None = None
    """That result, if it is known: then only objects of the user's own are read."""
    around: Around | None = None
    """What stands around the resources, once they are read."""
    prover: bytes = b""
    """What that of the section knows, packed, once it is finished."""

    @property
    def ties(self) -> Iterable[Ties]:
        """What each resource has to do with others, as far as that is not packed."""
        if self.kept:
            return self.kept.ties
        return () if self.making.packed_ties else self.making.parsed.known_ties

    @property
    def number(self) -> int:
        """How many resources there are."""
        return len(self.kept.names if self.kept else self.making.parsed.ties)

    @property
    def names(self) -> dict[str, tuple[int, str]]:
        """The number, and the place, of the first resource of each name."""
        return self.kept.names if self.kept else self.making.parsed.names

    def read(self, known: LineCache, first: dict[str, str]) -> None:
        """Read the texts; what is *known* of lines, and where the *first* resource of each name stands, is added to."""
        if self.kept and not self.kept.names.keys().isdisjoint(first):
            self._forget()
        self.making.parsed.first = first
        self.around = taken(self.texts, self.making, known=known).around
        if self.section and self.making.packs:
            self.making.pack()
        if self.kept and self.section:
            first |= {name: where for name, (_, where) in self.kept.names.items()}
            self.around.namespaces |= self.kept.namespaces
            documents = enumerate(self.section.documents)
            self.around.filled |= {source.name for index, (source, _) in documents if index not in self.kept.empty}

    def finished(self, news: News, start: int, store: SectionStore | None) -> Part[T] | None:
        """Finish it with what the set says; its resources are counted from *start* in their share.

        What comes of a section goes to *store*. None: see `Making.finished`.
        """
        twins = {index - start: news.twins[index] for index in news.twins if 0 <= index - start < self.number}
        if self.kept:
            if not twins and self.kept.holds(news.links, news.contradictions, news.scaled):
                self.prover = self.kept.prover
                return self.kept.part
            self._forget()
            self.read({}, {})
        parsed = self.making.parsed
        for index, earlier in twins.items():
            parsed.drop_twin(index, earlier)
        parsed.contradict(news.contradictions)
        done = self.making.finished(news.links, scaled=news.scaled)
        if self.section is None or done is None:
            return done
        if (packed := self._packed(done)) is None:
            return None
        self.prover = packed
        if store and self.around and not news.scaled:
            store.keep(self.section, self.making, self.around, done, packed, news.links)
        return done

    def _packed(self, done: Part[T]) -> bytes | None:
        """Return what the prover of the section, which is *done*, knows; None where it must know it in the order of the input."""
        earlier = self.making.packed_provers
        if len(earlier) == 1 and not done.prover.index.objects:
            return earlier.pop()
        provers = [*map(loads, earlier), done.prover]
        earlier.clear()
        done.prover = provers[0]
        if not all(map(done.prover.merge, provers[1:])) or not done.put_in_order():
            return None
        return dumps(done.prover)

    def _forget(self) -> None:
        """Let the whole section be read, as if nothing were kept of it."""
        made = self.making
        if self.section:
            parsed = Parsed[T](made.parsed.platform)
            self.making = Making(parsed, made.render, made.put_away, made.number, at_once=True, packs=made.packs)
            self.kept, self.texts = None, self.section.stretches


class Said(NamedTuple):
    """What a share says of itself before it is compiled."""

    names: dict[str, tuple[int, str]]
    """The number in the share, and the place, of the first resource of each name."""
    ties: list[Ties]
    packed: list[bytes]
    """Further ties, in parts."""
    around: Around

    @staticmethod
    def of(works: Sequence[Work[Any]]) -> Said:
        """Return what the share of *works* says."""
        names: dict[str, tuple[int, str]] = {}
        around = Around(works[0].making.parsed.platform)
        for start, work in zip(_starts(works), works, strict=True):
            names |= {name: (start + number, where) for name, (number, where) in work.names.items()}
            if work.around:
                around.add(work.around)
        ties = [*chain.from_iterable(each.ties for each in works)]
        packed = [*chain.from_iterable(each.making.packed_ties for each in works if each.kept is None)]
        return Said(names, ties, packed, around)


class News(NamedTuple):
    """What the set as a whole says of a share."""

    links: Links
    contradictions: tuple[Finding, ...]
    twins: dict[int, str]
    """Resources whose name one of an earlier share has, by their index, and where that stands."""
    scaled: Collection[Target]


def read(works: Sequence[Work[Any]], *, shown: bool = False) -> None:
    """Read the texts of *works*, and let what is made of them take what is declared there; *shown*: on a terminal, too."""
    known: LineCache = {}
    first: dict[str, str] = {}
    for work in tracked(iter(works), len(works)) if shown and len(works) > 1 else works:
        work.read(known, first)


def news_between(said: Sequence[Said]) -> tuple[list[News], Around]:
    """Return what the set says of each of the shares that have *said* what they are, and what stands around all."""
    around = said[0].around
    for each in said[1:]:
        around.add(each.around)
    beside = around.surroundings()
    packed: Iterator[list[Ties]] = map(loads, chain.from_iterable(each.packed for each in said))
    ties = chain(chain.from_iterable(each.ties for each in said), chain.from_iterable(packed), beside.ties)
    links, contradictions = links_between(ties)
    around.links = links
    return [News(links, contradictions, each, beside.scaled) for each in _twins([each.names for each in said])], around


def finished(
    works: Sequence[Work[T]], news: News, store: SectionStore | None = None, packed: list[bytes] | None = None
) -> Part[T] | None:
    """Finish *works* with what the set says of them; what comes of sections goes to *store*.

    What provers of sections know is *packed*, if there is a list for it, and else merged. None where what is wrong can only be
    said when all is compiled in the order of the input.
    """
    whole: Part[T] | None = None
    for start, work in zip(_starts(works), works, strict=True):
        done = work.finished(news, start, store)
        if done is None:
            return None
        provers = [*work.making.packed_provers, *([work.prover] if work.prover else ())]
        unpacked = map(restored if work.kept else loads, provers)  # nobody's entry is believed
        known = [*unpacked] if work.kept or packed is None else []
        if packed is not None:
            packed += provers
        if whole is not None:
            whole.add(done)
        elif work.section:
            done.prover = Prover(platform=work.making.parsed.platform)
        whole = whole or done
        if packed is None and not all(map(whole.prover.merge, known)):
            return None
    return whole


def _starts(works: Sequence[Work[Any]]) -> list[int]:
    """Return the number of the first resource of each of *works*."""
    return [*accumulate((each.number for each in works), initial=0)][:-1]


def _twins(shares: Iterable[dict[str, tuple[int, str]]]) -> Iterator[dict[int, str]]:
    """Yield for each of *shares* the resources that have a name of an earlier one, and where that stands."""
    first: dict[str, str] = {}
    for names in shares:
        yield {names[name][0]: first[name] for name in names.keys() & first.keys()}
        first = {name: where for name, (_, where) in names.items()} | first
