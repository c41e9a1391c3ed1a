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
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..platform import Platform
from .making import Making, PutAway
from .parts import Parsed, Part
from .reading import Around, Text, first_of, number_of_documents, shared_out, taken
from .works import News, Said, Work, finished, news_between, read

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from .kept_sections import SectionStore

__all__ = ["check_in_processes", "number_of_processes", "work_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a share at least: enough that handing over its result costs little beside it."""


def check_in_processes(
    texts: Sequence[Text],
    platform: Platform,
    render: Callable[[Compilation], T],
    store: Callable[[], PutAway[T]] | None = None,
) -> tuple[Part[T], Around] | None:
    """Compile and prove what is declared in *texts*; return that, and what stands around it.

    What is rendered may be put away until the end, in the *store* of each process.

    None when only one process can say what is wrong, or when there are no processors to share the work.
    """
    if (number := number_of_processes(texts)) < 2 or len(shares := shared_out(texts, number)) < 2:
        return None
    makings = (
        Making(Parsed(platform), render, store and store(), number, at_once=True, packs=number > 0, shown=number == 0)
        for number in range(len(shares))
    )
    return work_in_processes([[Work(making, share)] for making, share in zip(makings, shares, strict=True)], texts[0])


def number_of_processes(texts: Sequence[Text]) -> int:
    """Return how many processes *texts* are worth."""
    return min(_processors(), sum(map(number_of_documents, texts)) // _PART)


def work_in_processes(
    shares: Sequence[Sequence[Work[T]]], example: Text, sections: SectionStore | None = None
) -> tuple[Part[T], Around] | None:
    """Do the work of each of *shares* in a process; return what comes of all, and what stands around it.

    What comes of sections goes to the store of *sections*. What the beginning of an *example* takes is loaded before. None
    when only one process can say what is wrong.
    """
    _warm_up(example, shares[0][0].making)
    fork = multiprocessing.get_context("fork")  # a process inherits what it works on, and hands over results only
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for share in shares[1:]:
            mine, theirs = fork.Pipe()
            connections.append(mine)
            process: BaseProcess = fork.Process(target=_work, args=(theirs, share, connections, sections))
            process.start()
            processes.append(process)
            theirs.close()  # so that its end shows here
        return _together(shares[0], connections, sections)
    except (EOFError, OSError):
        return None  # one was killed, for want of memory perhaps: one process needs less
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _warm_up(first: Text, like: Making[T]) -> None:
    """Take a resource of the *first* text through all steps, so that no process need import and build what that takes anew."""
    with suppress(Exception):  # a bug shows when the resource is compiled in earnest
        making = taken([first_of(first)], Making(Parsed(like.parsed.platform), like.render)).part
        making.finished(links_between(making.parsed.known_ties)[0])


def _together(
    share: Sequence[Work[T]], connections: Sequence[Connection], sections: SectionStore | None
) -> tuple[Part[T], Around] | None:
    """Do the work of the first *share*, and merge it with that of the others, which are behind *connections*."""
    read(share)
    news, around = news_between([Said.of(share), *(connection.recv() for connection in connections)])
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
    whole = finished(share, news[0], sections)
    if whole is None:
        return None
    for connection in connections:
        made: tuple[Part[T], int] | None = connection.recv()
        if made is None:
            return None
        part, number = made
        if not whole.merge(part, (connection.recv() for _ in range(number))):
            return None
    return (whole, around) if whole.put_in_order() else None


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _work(
    connection: Connection,
    share: Sequence[Work[Any]],
    inherited: Sequence[Connection],
    sections: SectionStore | None,
) -> None:
    """Do the work of a *share*; over *connection* go names and ties, what is said of them, and the result.

    Nothing is sent where this process fails with a bug: one process alone fails with it as well, and reports it. What is
    *inherited* of the first process is closed, so that its end shows here.
    """
    for each in inherited:
        each.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    with suppress(Exception):
        read(share)
        connection.send(Said.of(share))
        links, news = connection.recv()
        packed: list[bytes] = []
        part = finished(share, News(Links(*links), *news), sections, packed)
        connection.send(part and (part, len(packed)))
        for prover in packed if part else ():
            connection.send_bytes(prover)
