"""A long input of which most is known already: what is known is taken, the rest compiled, and all of it proven together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeVar

from ..compiler import Compilation
from ..platform import Platform
from .kept_sections import KeptSection, SectionStore
from .parts import LONG, Part
from .reading import Around, Text, taken
from .sections import Placed, Places, Section, Stretch, sections_of
from .works import Said, Work, finished, news_between, works_of

__all__ = ["check_in_sections"]

T = TypeVar("T")

_FEWEST = 64
"""Documents of which nothing need be kept but the whole result, as they are compiled in no time."""


def check_in_sections(
    texts: Sequence[Text], platform: Platform, render: Callable[[Compilation], T], store: SectionStore
) -> tuple[Part[T], Around, Places] | None:
    """Compile and prove what is declared in *texts*; return that, what stands around it, and where everything is.

    Of sections, what is known is taken from *store*, and what is not is put there. None where that cannot be done: for
    few documents, where texts are not YAML, where rules of the company are asked of everything, and where only one prover
    can say what is wrong.
    """
    if platform.rules_ or not (sections := sections_of(texts, at_least=_FEWEST)):
        return None
    known = [store.known(section) for section in sections]
    unknown = [section for section, each in zip(sections, known, strict=True) if each is None]
    number = sum(section.number for section in unknown)
    done: tuple[Part[T], Around] | None = None
    if number >= LONG:
        from .processes import check_in_processes

        done = check_in_processes(texts, platform, render, sections, store)
    done = done or _together(sections, known, platform, render, store)
    if done is None:
        return None
    part, around = done
    around.objects = [each.plain if isinstance(each, Placed) else each for each in around.objects]
    store.make_room()
    return part, around, Places(sections)


def _together(
    sections: Sequence[Section],
    known: Sequence[KeptSection | None],
    platform: Platform,
    render: Callable[[Compilation], T],
    store: SectionStore,
) -> tuple[Part[T], Around] | None:
    """Compile what is not *known* of *sections*, and what has other links than it had."""
    lines, first = {}, {}  # type: ignore[var-annotated]
    works = [
        Work(taken(section.stretches, platform, known=lines, first=first), section)
        if kept is None
        else _work(section, kept, platform)
        for section, kept in zip(sections, known, strict=True)
    ]
    names = Counter(chain.from_iterable(each.kept.subjects if each.kept else each.taken.part.names for each in works))
    (news,), around = news_between([Said.of(works)])
    is_contradictory = max(names.values(), default=0) > 1 or news.contradictions or news.scaled
    if is_contradictory and any(each.kept for each in works):
        return None
    for index, work in enumerate(works):
        if work.kept and not work.kept.fits(news.links):
            (works[index],) = works_of([sections[index]], platform)
    part = finished(works, news, render, store, long=True)
    return None if part is None else (part, around)


def _work(section: Section, kept: KeptSection, platform: Platform) -> Work:
    """Return what is *kept* of a *section*; objects of the user's own are read."""
    documents = [*section.documents]
    objects = [
        Stretch(source, (document,)) for index, (source, document) in enumerate(documents) if index in kept.objects
    ]
    found = taken(objects, platform)
    found.around.namespaces |= kept.namespaces
    found.around.filled |= {source.name for index, (source, _) in enumerate(documents) if index not in kept.empty}
    return Work(found, section, kept)
