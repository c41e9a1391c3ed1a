"""A long input of which most is known already: what is known is taken, the rest compiled, and all of it proven together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from ..compiler import Compilation
from ..platform import Platform
from .kept_sections import KeptSection, SectionStore
from .making import Making, PutAway
from .parts import LONG, Parsed, Part
from .processes import number_of_processes, work_in_processes
from .reading import Around, Text
from .rendering import Piece
from .sections import Placed, Places, Section, Stretch, sections_of
from .works import Said, Work, finished, news_between, read

__all__ = ["check_in_sections"]


def check_in_sections(
    texts: Sequence[Text],
    platform: Platform,
    render: Callable[[Compilation], Piece],
    store: Callable[[], PutAway[Piece]] | None,
    kept: SectionStore,
) -> tuple[Part[Piece], Around, Places] | None:
    """Compile and prove what is declared in *texts*; return that, what stands around it, and where everything is.

    Of sections, what is *kept* is taken, and what is not is kept from now on. What is rendered may be put away until the end,
    in the *store* of each process. None where that cannot be done: where texts are not YAML, where rules of the company are asked of
    everything, and where only one prover can say what is wrong.
    """
    if platform.rules_ or not (sections := sections_of(texts)):
        return None
    known = [kept.known(section) for section in sections]
    new = [0 if result else section.number for section, result in zip(sections, known, strict=True)]
    processes = min(sum(new) // LONG + 1, number_of_processes(texts))
    cuts = [*_cuts(new, processes)]
    puts = [store and store() for _ in cuts]
    shares = [
        [
            _work(
                sections[number],
                known[number],
                Making(Parsed(platform), render, put, number, at_once=True, packs=True),
            )
            for number in range(start, end)
        ]
        for (start, end), put in zip(cuts, puts, strict=True)
    ]
    done = work_in_processes(shares, texts[0], kept) if len(shares) > 1 else _alone(shares[0], kept)
    kept.make_room()
    if done is None:
        return None
    part, around = done
    around.objects = [each.plain if isinstance(each, Placed) else each for each in around.objects]
    return part, around, Places(sections)


def _cuts(new: Sequence[int], number: int) -> Iterator[tuple[int, int]]:
    """Yield where each of a *number* of shares begins and ends, with as many *new* documents in each as in the others."""
    ends = [*accumulate(new)]
    places = [bisect_left(ends, ends[-1] * place // number) + 1 for place in range(1, number)]
    return ((start, end) for start, end in pairwise([0, *places, len(new)]) if start < end)


def _work(section: Section, kept: KeptSection | None, making: Making[Piece]) -> Work[Piece]:
    """Return the work that a *section* is; of one that is *kept*, objects of the user's own are read."""
    if kept is None:
        return Work(making, section.stretches, section)
    documents = enumerate(section.documents)
    objects = [Stretch(source, (document,)) for index, (source, document) in documents if index in kept.objects]
    if making.put_away:
        kept = kept._replace(pieces=making.put_away(kept.pieces))
    return Work(making, objects, section, kept)


def _alone(share: Sequence[Work[Piece]], kept: SectionStore) -> tuple[Part[Piece], Around] | None:
    read(share, shown=sum(each.section.number for each in share if each.section and not each.kept) >= LONG)
    (news,), around = news_between([Said.of(share)])
    part = finished(share, news, kept)
    return (part, around) if part and part.put_in_order() else None
