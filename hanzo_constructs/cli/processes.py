"""A long set on several processors: each process takes its share through all steps, and the proofs are merged.

All that one process must know of the others' resources are their names and what comes of all links. So each says what
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
from itertools import chain, pairwise
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..declaration import Declaration
from ..errors import Finding
from ..own_objects import NO_SURROUNDINGS, Surroundings, Target
from ..platform import Platform
from .parts import Parsed, Part, compiled, parsed

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["check_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a share at least: enough that handing over its result costs little beside it."""
_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what the counters of two provers lie apart for each resource."""


class _News(NamedTuple):
    """What the set as a whole says of a share."""

    links: Links
    contradictions: tuple[Finding, ...]
    twins: dict[int, str]
    """Resources whose name one of an earlier share has, by their index, and where that stands."""


class _Task(NamedTuple):
    """What is the same for all shares."""

    platform: Platform
    render: Callable[[Compilation], Any]
    scaled: Collection[Target]

    def finished(self, part: Parsed[Any], news: _News, start: int, *, long: bool = False) -> Part[Any]:
        """Compile *part*, whose first resource is number *start* of the set."""
        for index, earlier in news.twins.items():
            part.drop_twin(index, earlier)
        part.contradict(news.contradictions)
        count = start * _MOST_OBJECTS
        return compiled(part, self.platform, news.links, self.render, start=count, scaled=self.scaled, long=long)


def check_in_processes(
    declared: list[Declaration],
    platform: Platform,
    render: Callable[[Compilation], T],
    beside: Surroundings = NO_SURROUNDINGS,
) -> Part[T] | None:
    """Compile and prove *declared*, with objects of the user's own *beside* them.

    None when only one process can say what is wrong, or when there are no processors to share the work.
    """
    number = min(_processors(), len(declared) // _PART)
    if number < 2:
        return None
    starts = [len(declared) * place // number for place in range(number + 1)]
    shares = [declared[start:end] for start, end in pairwise(starts)]
    task = _Task(platform, render, beside.scaled)
    _warm_up(declared[0], task)
    fork = multiprocessing.get_context("fork")  # a process inherits what it works on, and hands over results only
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for start, share in zip(starts[1:], shares[1:], strict=False):
            mine, theirs = fork.Pipe()
            processes.append(fork.Process(target=_work, args=(theirs, share, start, task)))
            processes[-1].start()
            connections.append(mine)
            theirs.close()  # so that its end shows here
        return _together(shares, connections, task, beside)
    except (EOFError, OSError):
        return None  # one was killed, for want of memory perhaps: one process needs less
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _warm_up(first: Declaration, task: _Task) -> None:
    """Take the *first* resource through all steps, so that no process need import and build what that takes anew."""
    with suppress(Exception):  # a bug shows when the resource is compiled in earnest
        part = parsed([first], task.platform)
        links, _ = links_between(part.ties)
        task.finished(part, _News(links, (), {}), 0)


def _together(
    shares: Sequence[list[Declaration]], connections: Sequence[Connection], task: _Task, beside: Surroundings
) -> Part[Any] | None:
    """Take the first of *shares* through all steps, and merge it with the others, which are behind *connections*."""
    first = parsed(shares[0], task.platform)
    said = [(first.names, first.ties), *(connection.recv() for connection in connections)]
    links, contradictions = links_between(chain(chain.from_iterable(ties for _, ties in said), beside.ties))
    twins = [*_twins([names for names, _ in said], shares)]
    for connection, theirs in zip(connections, twins[1:], strict=True):
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
        connection.send((sent, contradictions, theirs))
    whole = task.finished(first, _News(links, contradictions, twins[0]), 0, long=True)
    is_whole = all(whole.merge(connection.recv()) for connection in connections)
    return whole if is_whole else None


def _twins(names: Iterable[list[str | None]], shares: Iterable[list[Declaration]]) -> Iterator[dict[int, str]]:
    """Yield for each of *shares* the resources that have one of the *names* of an earlier one, and where that stands."""
    first: dict[str, Declaration] = {}
    for mine, share in zip(names, shares, strict=True):
        known = {name: index for index, name in enumerate(mine) if name}
        yield {known[name]: first[name].where() for name in known.keys() & first.keys()}
        first |= {name: share[index] for name, index in known.items() if name not in first}


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _work(connection: Connection, share: list[Declaration], start: int, task: _Task) -> None:
    """Take a *share*, which begins at *start*; over *connection* go names and ties, what is said of them, and the result.

    Nothing is sent where this process fails with a bug: one process alone fails with it as well, and reports it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    with suppress(Exception):
        part = parsed(share, task.platform)
        connection.send((part.names, part.ties))
        links, contradictions, twins = connection.recv()
        connection.send(task.finished(part, _News(Links(*links), contradictions, twins), start))
