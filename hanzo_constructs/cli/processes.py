"""A long set on several processors: each process takes its part through all steps, and the proofs are merged.

This way knows only sets in which nothing is wrong. Whatever is wrong is left to one process, which alone defines what
is said of it; so both ways say the same.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from ..compiler import Compilation
from ..compiler.links import Links
from ..platform import Platform
from ..sources import Declaration
from ..verify import Prover
from .checking import Part, check_part, in_batches, tracked

__all__ = ["check_in_processes"]

T = TypeVar("T")

_PART = 250
"""Resources of a part: enough that handing over its result costs little beside it."""
_MOST_OBJECTS = 1000
"""More objects than a resource ever has: what the counters of two provers lie apart for each resource."""

_work: tuple[list[Declaration], Platform, Links, Callable[[Compilation], Any]]
"""What the processes take from; they inherit it, so that nothing but results is ever handed over."""


def check_in_processes(
    declared: list[Declaration], platform: Platform, links: Links, render: Callable[[Compilation], T]
) -> Part[T] | None:
    """Compile and prove *declared*; None when something is wrong, or when there are no processors to share the work."""
    workers = _processors()
    if workers < 2:
        return None
    global _work  # noqa: PLW0603 - what a forked process inherits is global by nature
    _work = (declared, platform, links, render)
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    starts = range(0, len(declared), _PART)
    fork = multiprocessing.get_context("fork")
    whole: Part[T] = Part([], [], Prover())
    with ProcessPoolExecutor(min(workers, len(starts)), fork, initializer=_prepare) as executor:
        try:
            for part in tracked(executor.map(_check_from, starts), len(starts), long=True):
                if part is None or not whole.prover.merge(part.prover):
                    executor.shutdown(cancel_futures=True)
                    return None
                whole.outcomes += part.outcomes
                whole.findings += part.findings
        except BrokenProcessPool:
            return None  # one was killed, for want of memory perhaps: one process needs less
    subjects = {outcome.subject for outcome in whole.outcomes}
    return whole if len(subjects) == len(whole.outcomes) else None


def _processors() -> int:
    """Return how many processors this process may use, where processes inherit what they work on."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others


def _check_from(start: int) -> Part[Any] | None:
    """Check the part that begins with the declaration number *start*; None when something is wrong in it."""
    declared, platform, links, render = _work
    batches = in_batches(declared[start : start + _PART])
    part = check_part(batches, platform, links, render, start=start * _MOST_OBJECTS)
    return None if any(finding.severity == "error" for finding in part.findings) else part
