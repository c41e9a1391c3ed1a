"""Compare the compiler and the constructs with what a user would pick instead.

    python -m benchmarks                          the table, and whether each promise is kept
    python -m benchmarks --date 2026-11-20        the same, written to docs/benchmarks.md
    python -m benchmarks --only hzc --only helm --sizes 400,4000 --rounds 5
    python -m benchmarks --only hzc --only "hzc forms" --sizes 400,4000,40000

`make benchmark` installs what is compared and runs this, with ARGS="--date ..." for its options. An entry
whose packages are missing, or that does not render the same fleet, is left out and named. Exit status 1 when one was
left out or a promise broken.
"""

from __future__ import annotations

import argparse
import json
import sys

from .bars import EXPLAINED, bars
from .emitting import EMITTERS
from .entries import Job, entries
from .inputs import prepared
from .kinds import RESOURCES
from .mixed_objects import objects_per_resource
from .places import BUILD, HERE, RESULT, hzc, machine
from .report import report
from .runs import RunFailedError, checked, measured, run

CHECKED = 40
"""The number of services for which an entry's output is compared with the reference."""

INTRODUCTION = """\
# Benchmarks

The same fleet of services, rendered by this project and by what you might use instead. Each service has two ports, eight
variables, three probes, a config volume, labels and security contexts. It becomes six objects: Deployment, Service,
Ingress, HorizontalPodAutoscaler, PodDisruptionBudget and NetworkPolicy. What each entry runs is in the last table.

How it is measured: `make benchmark` runs every entry in fresh processes, in turn with the others. Rounds: {rounds}; the
best counts ({slow}). Peak memory is that of the largest process; that of all
processes of ours together is measured in runs of their own, on Linux (PSS). CPU is the work of all
processors, in all processes of an entry: `hzc` shares a long set among the processors, so that where only one is free it
takes about that long.

What is compared: first, {checked} services of each entry are compared with the reference, object by object. The cdk8s-plus
programs write other selectors, affinities and defaults, so there only kinds, names and counts must agree. The entries
do not do the same work, to our disadvantage:

- `hzc` and our constructs validate every field and prove that the set fits together. Helm, Jinja2, jsonnet, KCL and plain
  cdk8s check nothing.
- `hzc` reads every field of every service from its file. The others have most of it in their templates and programs, and
  get only what differs.

The rows named mixed are another fleet, for which the others have no templates. Of fifty resources, 35 are Services, ten are
Datastores of all engines, four are Base applications, and one is the Gateway in front of them. A resource there becomes
{mixed:.2f} objects on average, so its promise is about the time for each object, compared with our own Services. Both of
our front ends must write the same objects.
"""


def main() -> int:
    """Check, measure, print, and write the page if a date is given."""
    options = _options()
    sizes = sorted({1, *map(int, options.sizes.split(","))})
    chosen = [entry for entry in entries() if not options.only or entry.name in options.only]
    inputs = prepared(sorted({*sizes, CHECKED}))

    def job(size: int) -> Job:
        return Job(size, size if options.one_chart else options.per_chart, BUILD / "out", inputs)

    rendering = list(checked(chosen, job(CHECKED), _say))
    timings = measured(rendering, [job(size) for size in sizes], rounds=options.rounds, say=_say)
    emitting, start_up = ({}, {}) if options.only else (_emitting(sizes[-1], options.rounds), _start_up())
    ratio = start_up["hzc --version"] / next(iter(start_up.values())) if len(start_up) > 1 else None
    costs = {} if options.only else _costs()
    explaining = {} if options.only else _explaining(options.rounds)
    judged = [bar for bar in bars(timings, ratio, costs, explaining) if bar.kept is not None or not options.only]
    tables = report(timings, judged, emitting=emitting, start_up=start_up)
    print(tables)
    if options.date:
        introduction = INTRODUCTION.format(
            rounds=options.rounds,
            checked=CHECKED,
            slow="one round from 20 seconds on",
            mixed=objects_per_resource(),
        )
        page = [introduction, "\n".join(f"- {line}" for line in [options.date, *machine()]), "", tables]
        RESULT.write_text("\n".join(page))
    return int(len(rendering) < len(chosen) or any(bar.kept is False for bar in judged))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--date", help="write docs/benchmarks.md, dated so")
    parser.add_argument("--sizes", default="40,400,4000", help="numbers of services (default: %(default)s); 1 is added")
    parser.add_argument("--rounds", type=int, default=3, help="how often (default: %(default)s)")
    parser.add_argument("--only", action="append", metavar="ENTRY", help="this entry; can be repeated")
    parser.add_argument("--per-chart", type=int, default=100, help="services in a cdk8s chart (default: %(default)s)")
    parser.add_argument("--one-chart", action="store_true", help="the whole fleet in one cdk8s chart")
    return parser.parse_args()


def _emitting(services: int, rounds: int) -> dict[str, float]:
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name in EMITTERS:
            try:
                run([sys.executable, str(HERE / "emitting.py"), name, str(services)])
            except RunFailedError as problem:
                _say(f"{name}: LEFT OUT: {problem}")
                continue
            seconds = float((BUILD / "stdout").read_text())
            best[name] = min(best.get(name, seconds), seconds)
    return best


def _costs() -> dict[str, tuple[float, float]]:
    """Return what an object of a Service, and of each kind that is compared with it, costs a processor."""
    found: dict[str, tuple[float, float]] = {}
    for kind in RESOURCES:
        try:
            run([sys.executable, "-m", "benchmarks.kinds", kind, "400"])
            service, own = json.loads((BUILD / "stdout").read_text())
        except (OSError, ValueError, RunFailedError) as problem:
            _say(f"{kind}: LEFT OUT: {problem}")
        else:
            found[kind] = service, own
    return found


def _explaining(rounds: int) -> dict[int, tuple[float, float]]:
    """Return what services cost a processor to compile and to explain, by their number; the commands take turns."""
    found: dict[int, tuple[float, float]] = {}
    for services in EXPLAINED:
        source = str(prepared([services]) / f"{services}.yaml")
        commands = [hzc(), "compile", "--no-cache", source, "-o", "-"], [hzc(), "show", "--why", source]
        try:
            compiled, explained = zip(
                *([run(command)["cpu"] for command in commands] for _ in range(rounds)), strict=True
            )
        except (OSError, RunFailedError) as problem:
            _say(f"hzc show --why: LEFT OUT: {problem}")
        else:
            found[services] = min(compiled), min(explained)
    return found


def _start_up() -> dict[str, float]:
    """Take the best of fifteen starts of each; a start is short and the machine noisy."""
    commands = {
        'python -c "import pydantic, yaml"': [sys.executable, "-c", "import pydantic, yaml"],
        "hzc --version": [hzc(), "--version"],
        "hzc --help": [hzc(), "--help"],
    }
    try:
        times = [{name: run(command)["seconds"] for name, command in commands.items()} for _ in range(15)]
    except (OSError, RunFailedError) as problem:
        _say(f"start-up: LEFT OUT: {problem}")
        return {}
    return {name: min(time[name] for time in times) for name in commands}


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    BUILD.mkdir(parents=True, exist_ok=True)
    sys.exit(main())
