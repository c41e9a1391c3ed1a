"""A long set on several processors: each process takes its share through all steps, and the proofs are merged.

A process reads its share itself, so that nobody holds the whole. All that one process must know of the others' resources are their names and what comes of all links. So each says what
its own are called and have to do with others, and compiles them when it hears what that comes to. The first process
takes a share too, so that nothing need be handed over of that. What an object or a route is in two shares is left to one
process, which alone sees both; so both ways say the same.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..platform import Platform
from .kept_sections import SectionStore
from .parts import Part
from .reading import Around, Share, Text, first_of, number_of_documents, shared_out
from .sections import Section
from .works import News, Said, finished, news_between, works_of

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["check_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a share at least: enough that handing over its result costs little beside it."""


def check_in_processes(
    texts: Sequence[Text],
    platform: Platform,
    render: Callable[[Compilation], T],
    sections: Sequence[Section] | None = None,
    store: SectionStore | None = None,
) -> tuple[Part[T], Around] | None:
    """Compile and prove what is declared in *texts*; return that, and what stands around it.

    The *sections* of the texts, where there are some, are put into *store*. None when only one process can say what is
    wrong, or when there are no processors to share the work.
    """
    number = min(_processors(), sum(map(number_of_documents, texts)) // _PART)
    if number < 2:
        return None
    shares = _sections_shared_out(sections, number) if sections else shared_out(texts, number)
    if len(shares) < 2:
        return None
    _warm_up(texts[0], platform, render)
    fork = multiprocessing.get_context("fork")  # a process inherits what it works on, and hands over results only
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for share in shares[1:]:
            mine, theirs = fork.Pipe()
            processes.append(fork.Process(target=_work, args=(theirs, share, platform, render, store)))
            processes[-1].start()
            connections.append(mine)
            theirs.close()  # so that its end shows here
        return _together(shares[0], connections, platform, render, store)
    except (EOFError, OSError):
        return None  # one was killed, for want of memory perhaps: one process needs less
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _warm_up(first: Text, platform: Platform, render: Callable[[Compilation], T]) -> None:
    """Take a resource of the *first* text through all steps, so that no process need import and build what that takes anew."""
    with suppress(Exception):  # a bug shows when the resource is compiled in earnest
        works = works_of([first_of(first)], platform)
        links, _ = links_between(works[0].taken.part.ties)
        finished(works, News(links, (), {}, 0, ()), render)


def _sections_shared_out(sections: Sequence[Section], number: int) -> list[Sequence[Section]]:
    """Return *sections* in a *number* of shares of about one size, in their order."""
    ends = [*accumulate(each.size for each in sections)]
    cuts = [0, *(bisect_left(ends, ends[-1] * place // number) for place in range(1, number)), len(sections)]
    return [sections[start:end] for start, end in pairwise(cuts) if start < end]


def _together(
    share: Sequence[Share] | Sequence[Section],
    connections: Sequence[Connection],
    platform: Platform,
    render: Callable[[Compilation], T],
    store: SectionStore | None,
) -> tuple[Part[T], Around] | None:
    """Take the first *share* through all steps, and merge it with the others, which are behind *connections*."""
    first = works_of(share, platform)
    said: list[Said] = [Said.of(first), *(connection.recv() for connection in connections)]
    news, around = news_between(said)
    # what is read-only here is handed over as what it is made of
    links = news[0].links
    sent = (
        links.gateways,
        dict(links.routes),
        dict(links.admitted),
        dict(links.targets),
        dict(links.reached),
        links.doors,
        dict(links.halves),
    )
    for connection, (_, *rest) in zip(connections, news[1:], strict=True):
        connection.send((sent, rest))
    whole = finished(first, news[0], render, store, long=True)
    others = [connection.recv() for connection in connections]
    if whole is None or not all(other is not None and whole.merge(other) for other in others):
        return None
    return whole, around


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _work(
    connection: Connection,
    share: Sequence[Share] | Sequence[Section],
    platform: Platform,
    render: Callable[[Compilation], Any],
    store: SectionStore | None,
) -> None:
    """Take a *share*; over *connection* go names and ties, what is said of them, and the result.

    Nothing is sent where this process fails with a bug: one process alone fails with it as well, and reports it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    with suppress(Exception):
        mine = works_of(share, platform)
        connection.send(Said.of(mine))
        links, news = connection.recv()
        connection.send(finished(mine, News(Links(*links), *news), render, store))
