"""Run the entries in rounds, one after the other, and keep the best of each: the machine is never quiet."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .check import difference
from .entries import Entry, Job
from .places import BUILD, HERE, environment

LONG = 4000
"""Services from which on the memory of all processes is measured, in a run of its own."""
SLOW = 20.0
"""Seconds from which one round is enough."""


class RunFailedError(Exception):
    """A command ended with an error; the message is the end of what it wrote to stderr."""


@dataclass
class Best:
    """The least time, the least work of all processors and the least peak memory that an entry needed for one size."""

    seconds: float = float("inf")
    peak: float = float("inf")
    cpu: float = float("inf")
    """Seconds of all processors together."""
    tree: float | None = None
    """The peak memory of all processes together, where that was asked."""

    def keep(self, seconds: float, peak: float, cpu: float) -> None:
        """Take in one more run."""
        self.seconds, self.peak, self.cpu = min(self.seconds, seconds), min(self.peak, peak), min(self.cpu, cpu)


@dataclass
class Timings:
    """All results of one entry, by number of services."""

    entry: Entry
    by_size: dict[int, Best] = field(default_factory=dict)

    def seconds(self, size: int) -> float | None:
        """Return the seconds for *size*, if measured."""
        return self.by_size[size].seconds if size in self.by_size else None

    def cost(self, low: int, high: int) -> float | None:
        """Return the seconds that each further service costs between two sizes."""
        less, more = self.seconds(low), self.seconds(high)
        return None if less is None or more is None else (more - less) / (high - low)


def run(command: list[str], folder: Path | None = None, *, tree: bool = False) -> dict[str, float]:
    """Run *command* in a fresh process with *folder* as its empty output folder; return seconds, seconds of processors and peak bytes.

    The bytes are those of the largest process, or with *tree* of all together.
    """
    stdout, stderr = BUILD / "stdout", BUILD / "stderr"
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    measure = [
        sys.executable,
        "-I",
        "-S",
        str(HERE / "measure.py"),
        *(["--tree"] if tree else []),
        str(stdout),
        str(stderr),
    ]
    variables = environment()
    if folder and "synth" not in command:  # `cdk8s synth` sets it itself
        variables["CDK8S_OUTDIR"] = str(folder)
    answer = subprocess.run([*measure, *command], capture_output=True, text=True, check=True, cwd=BUILD, env=variables)
    result: dict[str, float] = json.loads(answer.stdout)
    if result["code"] != 0:
        raise RunFailedError(stderr.read_text().strip()[-600:] or f"exit code {result['code']}")
    return result


def checked(entries: list[Entry], job: Job, say: Callable[[str], None]) -> Iterator[Entry]:
    """Yield the entries that render what the reference says; the reasons of the others are said."""
    for entry in entries:
        try:
            run(entry.command(job), job.folder)
            reason = difference(entry, job, BUILD / "stdout")
        except (OSError, RunFailedError, subprocess.CalledProcessError) as problem:
            reason = str(problem)
        if reason is None:
            reference = "what the compiler makes of it" if entry.mixed else "the reference"
            judged = f"the same objects as {reference}" if entry.same_objects else "six objects a service"
            say(f"{entry.name}: {judged}")
            yield entry
        else:
            say(f"{entry.name}: LEFT OUT: {reason}")


def measured(entries: list[Entry], jobs: list[Job], *, rounds: int, say: Callable[[str], None]) -> list[Timings]:
    """Measure every entry on every job, *rounds* times interleaved, the slow ones once."""
    timings = [Timings(entry) for entry in entries]
    for number in range(rounds):
        for job in jobs:
            for timing in timings:
                best = timing.by_size.setdefault(job.services, Best())
                if number and best.seconds > SLOW:
                    continue
                try:
                    result = run(timing.entry.command(job), job.folder)
                except RunFailedError as problem:
                    say(f"{timing.entry.name}, {job.services} services: FAILED: {problem}")
                    continue
                best.keep(result["seconds"], result["peak"], result["cpu"])
                say(f"round {number + 1}, {job.services} services, {timing.entry.name}: {result['seconds']:.2f} s")
    for job in jobs if sys.platform == "linux" else ():
        for timing in timings:
            if timing.entry.ours and job.services >= LONG:
                with suppress(RunFailedError):
                    result = run(timing.entry.command(job), job.folder, tree=True)
                    timing.by_size[job.services].tree = result["peak"]
    return timings
