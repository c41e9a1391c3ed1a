"""A long set on several processors: each process takes its share through all steps, and the proofs are merged.

All that one process must know of the others' resources are links: so each says what its own have to do with others,
and compiles them when it hears what that comes to. This way knows only sets in which nothing is wrong. Whatever is
wrong is left to one process, which alone defines what is said of it; so both ways say the same.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links, links_between
from ..platform import Platform
from ..sources import Declaration
from ..verify import Prover
from .own_objects import NO_SURROUNDINGS, Surroundings, Target
from .parts import Part, compiled, parsed, tracked

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["check_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a part: enough that handing over its result costs little beside it."""
_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what the counters of two provers lie apart for each resource."""


def check_in_processes(
    declared: list[Declaration],
    platform: Platform,
    render: Callable[[Compilation], T],
    beside: Surroundings = NO_SURROUNDINGS,
) -> Part[T] | None:
    """Compile and prove *declared*, with objects of the user's own *beside* them; None when something is wrong, or when there are no processors to share the work."""
    starts = range(0, len(declared), _PART)
    number = min(_processors(), len(starts))
    if number < 2:
        return None
    fork = multiprocessing.get_context("fork")  # a process inherits what it works on, and hands over results only
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for place in range(number):
            mine, theirs = fork.Pipe()
            work = (theirs, starts[place::number], declared, platform, render, beside.scaled)
            processes.append(fork.Process(target=_work, args=work))
            processes[-1].start()
            connections.append(mine)
            theirs.close()  # so that its end shows here
        return _gathered(connections, len(starts), beside)
    except (EOFError, OSError):
        return None  # one was killed, for want of memory perhaps: one process needs less
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _gathered(connections: Sequence[Connection], parts: int, beside: Surroundings) -> Part[Any] | None:
    """Tell the processes at the other ends of *connections* their links, and merge the *parts* that they return."""
    ties = [connection.recv() for connection in connections]
    if None in ties:
        return None
    links, contradictions = links_between(chain(chain.from_iterable(ties), beside.ties))
    if contradictions:
        return None
    for connection in connections:
        sent = links.gateways, dict(links.routes), dict(links.admitted), dict(links.targets), dict(links.reached)
        connection.send(sent)
    whole: Part[Any] = Part([], [], Prover())
    for place in tracked(iter(range(parts)), parts, long=True):
        part = connections[place % len(connections)].recv()
        if part is None or not whole.prover.merge(part.prover):
            return None
        whole.outcomes += part.outcomes
        whole.findings += part.findings
    subjects = {outcome.subject for outcome in whole.outcomes}
    return whole if len(subjects) == len(whole.outcomes) else None


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _work(
    connection: Connection,
    starts: range,
    declared: list[Declaration],
    platform: Platform,
    render: Callable[[Compilation], Any],
    scaled: Collection[Target],
) -> None:
    """Check the parts of *declared* that begin at *starts*; over *connection* go ties, links, and what was made.

    What is sent is None where a resource is wrong. Nothing is sent where this process fails with a bug: the other one
    fails with it as well, and reports it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    with suppress(Exception):
        parts = [parsed(declared[start : start + _PART], platform) for start in starts]
        is_right = not any(part.findings for part in parts)
        connection.send([each for part in parts for each in part.ties] if is_right else None)
        links = Links(*connection.recv())
        for start, each in zip(starts, parts, strict=True):
            part = compiled(each, platform, links, render, start=start * _MOST_OBJECTS, scaled=scaled)
            connection.send(None if any(finding.severity == "error" for finding in part.findings) else part)
