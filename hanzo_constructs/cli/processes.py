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
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from pickle import loads
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..compiler.ties import Ties
from ..errors import Finding
from ..own_objects import Target
from ..platform import Platform
from .making import Making, PutAway
from .parts import Parsed, Part
from .reading import Around, Share, Taken, Text, first_of, number_of_documents, shared_out, taken

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["check_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a share at least: enough that handing over its result costs little beside it."""


class _Said(NamedTuple):
    """What a share says of itself before it is compiled."""

    names: dict[str, tuple[int, str]]
    """The number in the share, and the place, of the first resource of each name."""
    ties: list[bytes]
    """In parts; empty for the first process, which has its own."""
    around: Around

    @staticmethod
    def of(share: Taken) -> _Said:
        """Return what *share* says."""
        return _Said(share.part.parsed.names, share.part.packed_ties, share.around)


class _News(NamedTuple):
    """What the set as a whole says of a share."""

    links: Links
    contradictions: tuple[Finding, ...]
    twins: dict[int, str]
    """Resources whose name one of an earlier share has, by their index, and where that stands."""
    scaled: Collection[Target]


def _finished(making: Making[T], news: _News) -> Part[T] | None:
    """Finish what is *making* with what the set says of it."""
    for index, earlier in news.twins.items():
        making.parsed.drop_twin(index, earlier)
    making.parsed.contradict(news.contradictions)
    return making.finished(news.links, scaled=news.scaled)


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
    number = min(_processors(), sum(map(number_of_documents, texts)) // _PART)
    if number < 2 or len(shares := shared_out(texts, number)) < 2:
        return None
    _warm_up(texts[0], platform, render)
    first, *others = [
        Making(Parsed(platform), render, store and store(), number, at_once=True, shown=number == 0)
        for number in range(len(shares))
    ]
    fork = multiprocessing.get_context("fork")  # a process inherits what it works on, and hands over results only
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for share, making in zip(shares[1:], others, strict=True):
            mine, theirs = fork.Pipe()
            connections.append(mine)
            process: BaseProcess = fork.Process(target=_work, args=(theirs, share, making, connections))
            process.start()
            processes.append(process)
            theirs.close()  # so that its end shows here
        return _together(shares[0], first, connections)
    except (EOFError, OSError):
        return None  # one was killed, for want of memory perhaps: one process needs less
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _warm_up(first: Text, platform: Platform, render: Callable[[Compilation], T]) -> None:
    """Take a resource of the *first* text through all steps, so that no process need import and build what that takes anew."""
    with suppress(Exception):  # a bug shows when the resource is compiled in earnest
        making = taken([first_of(first)], Making(Parsed(platform), render)).part
        making.finished(links_between(making.parsed.known_ties)[0])


def _together(
    share: Sequence[Share], making: Making[T], connections: Sequence[Connection]
) -> tuple[Part[T], Around] | None:
    """Take the first *share* through all steps, and merge it with the others, which are behind *connections*."""
    first = taken(share, making)
    said: list[_Said] = [_Said.of(first), *(connection.recv() for connection in connections)]
    around = first.around
    for each in said[1:]:
        around.add(each.around)
    beside = around.surroundings()
    packed = chain.from_iterable(each.ties for each in said)
    others: Iterator[list[Ties]] = map(loads, packed)
    links, contradictions = links_between(chain(making.parsed.known_ties, chain.from_iterable(others), beside.ties))
    around.links = links
    making.drop_ties()
    news = [_News(links, contradictions, twins, beside.scaled) for twins in _twins([each.names for each in said])]
    # what is read-only here is handed over as what it is made of
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
    whole = _finished(making, news[0])
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


def _twins(shares: Iterable[dict[str, tuple[int, str]]]) -> Iterator[dict[int, str]]:
    """Yield for each of *shares* the resources that have a name of an earlier one, and where that stands."""
    first: dict[str, str] = {}
    for names in shares:
        yield {names[name][0]: first[name] for name in names.keys() & first.keys()}
        first = {name: where for name, (_, where) in names.items()} | first


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _work(connection: Connection, share: Sequence[Share], making: Making[Any], inherited: Sequence[Connection]) -> None:
    """Take a *share*; over *connection* go names and ties, what is said of them, and the result.

    Nothing is sent where this process fails with a bug: one process alone fails with it as well, and reports it. What is
    *inherited* of the first process is closed, so that its end shows here.
    """
    for each in inherited:
        each.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    with suppress(Exception):
        connection.send(_Said.of(taken(share, making)))
        links, news = connection.recv()
        part = _finished(making, _News(Links(*links), *news))
        connection.send(part and (part, len(making.packed_provers)))
        for prover in making.packed_provers if part else ():
            connection.send_bytes(prover)
