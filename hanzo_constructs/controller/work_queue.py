"""Which resources wait to be reconciled: each once, never two runs of one at a time, and later after a failure."""

from __future__ import annotations

import heapq
import random
import time
from collections.abc import Callable, Hashable
from threading import Condition
from typing import Generic, TypeVar

__all__ = ["WorkQueue"]

K = TypeVar("K", bound=Hashable)

_FIRST, _LONGEST = 0.5, 300.0
"""Seconds after the first failure, and at most."""
_REST = 20
"""Times as long as a failure took, at least, until it is tried again."""


class WorkQueue(Generic[K]):
    """A queue of keys, for several workers; what is added while it is worked on is done again afterwards."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, jitter: Callable[[], float] = random.random
    ) -> None:
        """Take the time from *clock*, in seconds, and what spreads retries, from 0 to 1, from *jitter*."""
        self._clock, self._jitter = clock, jitter
        self._waiting: dict[K, None] = {}
        self._working: set[K] = set()
        self._again: set[K] = set()
        self._later: list[tuple[float, int, K]] = []
        self._due: dict[K, float] = {}
        self._failures: dict[K, int] = {}
        self._count = 0
        self._closed = False
        self._changed = Condition()

    def __len__(self) -> int:
        """Return how many wait, those that wait for a later time not among them."""
        with self._changed:
            return len(self._waiting) + len(self._again)

    def add(self, key: K) -> None:
        """Have *key* done as soon as may be."""
        with self._changed:
            self._due.pop(key, None)
            if key in self._working:
                self._again.add(key)
            else:
                self._waiting[key] = None
            self._changed.notify()

    def add_after(self, key: K, seconds: float) -> None:
        """Have *key* done in *seconds*, unless it is due before."""
        with self._changed:
            due = self._clock() + seconds
            if key in self._waiting or key in self._again or self._due.get(key, float("inf")) <= due:
                return
            self._due[key] = due
            self._count += 1
            heapq.heappush(self._later, (due, self._count, key))
            self._changed.notify()

    def failed(self, key: K, took: float = 0.0) -> float:
        """Have *key* done again later, the later the oftener it has failed and the longer it *took*; return in how many seconds.

        What waits for an answer of somebody who gives none leaves most of the time to the others.
        """
        with self._changed:
            failures = self._failures[key] = self._failures.get(key, 0) + 1
        pause = max(_FIRST * 2 ** min(failures - 1, 20), took * _REST)
        seconds: float = min(_LONGEST, pause) * (1 + 0.2 * self._jitter())
        self.add_after(key, seconds)
        return seconds

    def succeeded(self, key: K) -> None:
        """Forget how often *key* has failed."""
        with self._changed:
            self._failures.pop(key, None)

    def take(self, timeout: float | None = None) -> K | None:
        """Wait for a key and return it, to be given back with `done`; None when the queue is closed, or after *timeout*."""
        end = None if timeout is None else self._clock() + timeout
        with self._changed:
            while True:
                if self._closed:
                    return None
                now = self._clock()
                self._ripen(now)
                if self._waiting:
                    key = next(iter(self._waiting))
                    del self._waiting[key]
                    self._working.add(key)
                    return key
                times = [each for each in (end, self._later[0][0] if self._later else None) if each is not None]
                if end is not None and now >= end:
                    return None
                self._changed.wait(max(0.0, min(times) - now) if times else None)

    def done(self, key: K) -> None:
        """Say that the work on *key* is over."""
        with self._changed:
            self._working.discard(key)
            if key in self._again:
                self._again.discard(key)
                self._waiting[key] = None
                self._changed.notify()

    def close(self) -> None:
        """Let all workers go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _ripen(self, now: float) -> None:
        """Move what is due to those that wait."""
        while self._later and self._later[0][0] <= now:
            due, _, key = heapq.heappop(self._later)
            if self._due.get(key) != due:
                continue  # it was done, or put off, since
            del self._due[key]
            if key in self._working:
                self._again.add(key)
            else:
                self._waiting[key] = None
